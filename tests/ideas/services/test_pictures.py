"""Pictures in an idea: drawn anew, as many as one's trust level allows."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from community.errors import Refused
from ideas.models import IdeaImage
from ideas.services.pictures import add_picture, remove_picture
from tests.factories.community import MemberFactory
from tests.factories.ideas import DraftFactory, idea_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def png(width=8, height=8, name="lamp.png"):
    content = io.BytesIO()
    Image.new("RGB", (width, height), "navy").save(content, "PNG")
    return SimpleUploadedFile(name, content.getvalue(), "image/png")


def refusal(deed, **about):
    with pytest.raises(Refused) as refused:
        deed(**about)
    return refused.value.code


def test_a_picture_is_drawn_anew(idea, author):
    kept = add_picture(idea=idea, by=author, file=png(2000, 1000), description="A lamp")
    assert (kept.width, kept.height) == (1600, 800)
    assert kept.file.name.endswith(".webp")
    assert "lamp" not in kept.file.name
    assert str(kept) == "A lamp"


@pytest.mark.parametrize(("level", "count"), [(0, 1), (1, 4), (2, 6)])
def test_as_many_as_the_trust_level_allows(level, count):
    draft = DraftFactory(author=MemberFactory(trust_level=level))
    for _ in range(count):
        add_picture(idea=draft, by=draft.author, file=png())
    one_more = {"idea": draft, "by": draft.author, "file": png()}
    assert refusal(add_picture, **one_more) == "too_many_pictures"


def test_what_is_no_picture(idea, author):
    text = SimpleUploadedFile("lamp.png", b"GIF89a but not really", "image/png")
    assert refusal(add_picture, idea=idea, by=author, file=text) == "bad_picture"


def test_by_the_author_alone(idea, stranger):
    assert refusal(add_picture, idea=idea, by=stranger, file=png()) == "not_yours"


def test_not_while_the_team_reviews():
    idea = idea_in("under_review")
    assert refusal(add_picture, idea=idea, by=idea.author, file=png()) == "already_in_review"


def test_a_picture_and_its_file_go(idea, author, django_capture_on_commit_callbacks):
    kept = add_picture(idea=idea, by=author, file=png())
    storage, name = kept.file.storage, kept.file.name
    with django_capture_on_commit_callbacks(execute=True):
        remove_picture(picture=kept, by=author)
    assert not IdeaImage.objects.exists()
    assert not storage.exists(name)


def test_a_picture_stays_when_the_deed_fails(idea, author, stranger):
    kept = add_picture(idea=idea, by=author, file=png())
    assert refusal(remove_picture, picture=kept, by=stranger) == "not_yours"
    assert kept.file.storage.exists(kept.file.name)
