import pytest
from django.core.files.base import ContentFile

from activity.models import EventRecord
from community.models import Notification
from community.privacy import Leaving
from community.services.departing import close_account
from ideas.models import (
    Comment,
    CommentRevision,
    Idea,
    IdeaImage,
    IdeaRevision,
    IdeaTally,
    Support,
    SupportChange,
)
from ideas.policies import can_support
from ideas.services import hiding, leaving, tallies
from ideas.services.discussing import comment, edit_comment
from ideas.services.steps import decide
from ideas.services.supporting import give_support
from ideas.services.writing import revise
from ideas.status import Status
from tests.community.test_pictures import drawn
from tests.factories.community import MemberFactory, NotificationFactory
from tests.factories.ideas import (
    GROUNDS,
    DraftFactory,
    IdeaFactory,
    answering,
    idea_in,
    said_on,
    supported,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("private_place")]


def gone(member, *, removes):
    return Leaving(member_id=member.pk, email=member.email, removes=removes)


def go(member, *, removes=False):
    """All parts, each until it is done."""
    who = gone(member, removes=removes)
    for part in (leaving.remove_ideas, leaving.remove_comments, leaving.withdraw_supports):
        while not part(who):
            pass


def supporters_of(idea):
    return IdeaTally.objects.get(pk=idea.pk).supports


def test_votes_for_what_is_not_shipped_are_withdrawn(member, board):
    open_one, shipped = IdeaFactory(board=board), idea_in(Status.IN_PROGRESS, board=board)
    for idea in (open_one, shipped):
        give_support(idea=idea, member=member)
        supported(idea)
    decide(idea=shipped, to=Status.SHIPPED, by=answering(board), grounds=GROUNDS)
    go(member)
    assert Support.objects.get(idea=open_one, member=member).state == "withdrawn"
    assert Support.objects.get(idea=shipped, member=member).state == "counted"
    assert (supporters_of(open_one), supporters_of(shipped)) == (1, 2)
    assert tallies.drifts() == []
    assert SupportChange.objects.filter(cause="left").count() == 1
    facts = EventRecord.objects.filter(kind="ideas.support_withdrawn", actor_id=member.pk)
    assert facts.count() == 1


def test_many_votes_are_withdrawn_in_batches(member, board, monkeypatch):
    monkeypatch.setattr(leaving, "MANY", 2)
    for idea in IdeaFactory.create_batch(5, board=board):
        give_support(idea=idea, member=member)
    go(member)
    assert not Support.objects.active().exists()
    assert tallies.drifts() == []


def test_a_vote_that_waits_is_withdrawn_too(newcomer, idea):
    give_support(idea=idea, member=newcomer)
    go(newcomer)
    assert Support.objects.get().state == "withdrawn"
    assert not EventRecord.objects.filter(kind="ideas.support_withdrawn").exists()


def test_drafts_go_in_any_case(member, board):
    draft = DraftFactory(board=board, author=member)
    IdeaImage.objects.create(idea=draft, file=ContentFile(drawn(), name="x.png"))
    go(member)
    assert not Idea.objects.filter(pk=draft.pk).exists()


def test_what_is_kept_reads_as_it_was(author, idea):
    said = said_on(idea, "Mine.", by=author)
    go(author, removes=False)
    idea.refresh_from_db()
    said.refresh_from_db()
    assert (idea.title, idea.removed_at) == ("Charge at night", None)
    assert (said.body, said.removed_at, said.hidden_at) == ("Mine.", None, None)


def test_an_idea_that_others_support_stays_without_its_words(author, idea):
    revise(idea=idea, by=author, version=1, title="Charge by day", body="Sun.", tags=["sun"])
    fans = supported(idea, 3)
    NotificationFactory(topic=f"idea:{idea.pk}", subject="Charge by day")
    go(author, removes=True)
    idea.refresh_from_db()
    assert (idea.title, idea.body, idea.body_html, idea.snippet) == (
        "Removed by its author", "", "", "",
    )  # fmt: skip
    assert idea.removed_at is not None
    assert idea.hidden_at is None
    assert supporters_of(idea) == len(fans)
    assert list(idea.tags.all()) == []
    (only,) = IdeaRevision.objects.filter(idea=idea)
    assert (only.title, only.body, only.number) == (idea.title, "", idea.version)
    assert Notification.objects.get(topic=f"idea:{idea.pk}").subject == idea.title
    assert can_support(MemberFactory(), idea).code == "support_closed"
    assert tallies.drifts() == []


def test_it_says_so_in_the_language_of_the_idea(author, idea, visitor):
    Idea.objects.filter(pk=idea.pk).update(language="de")
    supported(idea)
    go(author, removes=True)
    idea.refresh_from_db()
    assert idea.title not in ("Removed by its author", "")
    page = visitor.get(idea.get_absolute_url()).content.decode()
    assert "Its author left and took the words along." in page


def test_an_idea_that_concerns_nobody_else_is_hidden(author, idea, visitor):
    said_on(idea, "More from me.", by=author)
    go(author, removes=True)
    idea.refresh_from_db()
    assert idea.hidden_at is not None
    assert visitor.get(idea.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("part", ["comment", "decision"])
def test_what_others_said_or_decided_keeps_it(author, part):
    idea = idea_in(Status.DECLINED if part == "decision" else Status.OPEN, author=author)
    if part == "comment":
        said_on(idea)
    go(author, removes=True)
    idea.refresh_from_db()
    assert idea.removed_at
    assert idea.hidden_at is None


def test_pictures_go_with_their_idea(author, idea, django_capture_on_commit_callbacks):
    picture = IdeaImage.objects.create(idea=idea, file=ContentFile(drawn(), name="x.png"))
    supported(idea)
    with django_capture_on_commit_callbacks(execute=True):
        go(author, removes=True)
    assert not IdeaImage.objects.exists()
    assert not picture.file.storage.exists(picture.file.name)


def test_comments_lose_their_words_and_keep_their_place(member, idea, visitor):
    said = comment(idea=idea, by=member, body="First words.")
    edit_comment(comment=said, by=member, version=1, body="Second words.")
    said_on(idea, "An answer.", parent=said)
    alone = comment(idea=idea, by=member, body="Nobody answered.")
    go(member, removes=True)
    said.refresh_from_db()
    assert (said.body, said.body_html) == ("", "")
    assert not CommentRevision.objects.exists()
    assert tallies.drifts() == []
    page = visitor.get(idea.get_absolute_url()).content.decode()
    assert "Its author removed this comment." in page
    assert "An answer." in page
    assert f'id="comment-{alone.pk}"' not in page
    # Nobody can bring it back, not even by lifting a restriction.
    hiding.set_comment_hidden(comment=said, hidden=False)
    said.refresh_from_db()
    assert said.hidden_at is not None


def test_what_was_said_for_a_team_stays(team_member, idea):
    official = comment(idea=idea, by=team_member, body="We answer.")
    go(team_member, removes=True)
    assert Comment.objects.get(pk=official.pk).body == "We answer."


def test_doing_it_again_changes_nothing(author, idea):
    supported(idea)
    said_on(idea, "Mine.", by=author)
    go(author, removes=True)
    before = list(Idea.objects.values()), list(Comment.objects.values())
    go(author, removes=True)
    assert (list(Idea.objects.values()), list(Comment.objects.values())) == before


def test_the_rest_of_the_site_reads_well(author, idea, visitor, api):
    """A former member: a neutral face, no link, no name."""
    said_on(idea, "Mine.", by=author)
    close_account(member=author, content="keep")
    for path in (idea.get_absolute_url(), "/ideas/", f"/ideas/{idea.pk}/history/",
                 f"/ideas/{idea.pk}/print/"):  # fmt: skip
        page = visitor.get(path).content.decode()
        assert "Former member" in page
        assert "Ada Brandt" not in page
        assert f"/people/former_{author.pk}" not in page
    shown = api.get(f"/api/v1/ideas/{idea.pk}/").json()["author"]
    assert (shown["display_name"], shown["url"]) == ("Former member", None)
