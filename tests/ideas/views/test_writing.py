"""Writing an idea: post it, keep it, look at it first; revise it; nothing typed is lost."""

import io
import zlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from ideas.models import Idea, IdeaImage
from ideas.services.writing import revise
from tests.factories.ideas import BoardFactory, DraftFactory, IdeaFactory, idea_in, supported
from tests.ideas.views.conftest import read

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


@pytest.fixture
def typed(board):
    return {
        "title": "Charge at night",
        "body": "It is **cheap**.",
        "board": board.pk,
        "language": "en",
        "tags": "night, cost",
        "action": "post",
    }


def png(size=(8, 8)):
    content = io.BytesIO()
    Image.new("RGB", size, "navy").save(content, "PNG")
    return SimpleUploadedFile("lamp.png", content.getvalue(), "image/png")


class TestPosting:
    def write(self, browser, typed, **changes):
        return read(browser.post("/ideas/new/", typed | changes))

    def test_a_posted_idea_leads_to_its_page(self, as_author, author, typed):
        page = self.write(as_author, typed)
        idea = Idea.objects.get()
        assert (page.status, page.response.url) == (302, f"/ideas/{idea.pk}/")
        assert (idea.status, idea.author, idea.title) == ("open", author, typed["title"])
        assert sorted(idea.tags.names()) == ["cost", "night"]

    def test_a_draft_is_kept(self, as_author, typed):
        page = self.write(as_author, typed, action="draft")
        assert page.response.url == "/drafts/"
        assert Idea.objects.get().status == "draft"

    def test_a_preview_keeps_nothing_and_loses_nothing(self, as_author, typed):
        page = self.write(as_author, typed, action="preview")
        assert page.status == 200
        assert "<strong>cheap</strong>" in page.html
        assert page.value_of("title") == typed["title"]
        assert page.value_of("body") == typed["body"]
        assert not Idea.objects.exists()

    def test_with_pictures(self, as_author, typed):
        self.write(as_author, typed, images=[png(), png()])
        assert IdeaImage.objects.count() == 2

    def test_the_board_and_the_title_may_stand_in_the_address(self, as_author, board):
        page = read(as_author.get("/ideas/new/?board=charging&q=A%20lamp"))
        assert page.value_of("title") == "A lamp"
        assert f'<option value="{board.pk}" selected' in page.html

    def test_boards_that_take_none_are_not_offered(self, as_author, board):
        closed = BoardFactory(accepts_ideas=False, name="Closed board")
        assert "Closed board" not in read(as_author.get("/ideas/new/"))
        assert read(as_author.get(f"/ideas/new/?board={closed.slug}")).status == 200

    def test_visitors_sign_in_first(self, visitor, typed):
        page = self.write(visitor, typed)
        assert page.status == 302
        assert not Idea.objects.exists()

    def test_an_unconfirmed_address_is_told_why_and_keeps_the_words(
        self, signed_in, newcomer, typed
    ):
        page = self.write(signed_in(newcomer), typed)
        assert page.status == 422
        assert "Confirm your e-mail address first" in page
        assert page.value_of("body") == typed["body"]
        assert not Idea.objects.exists()

    def test_a_double_click_posts_once(self, as_author, typed):
        """The second arrives when the first has done its work."""
        self.write(as_author, typed)
        page = self.write(as_author, typed)
        assert page.status == 302
        assert Idea.objects.count() == 1


BAD = {
    # name: (changes, what the page says)
    "no title": ({"title": ""}, "This field is required."),
    "spaces": ({"title": "  \t "}, "This field is required."),
    "zero-width alone": ({"title": "\u200b\u200d\u2060"}, "This field is required."),
    "long title": ({"title": "x" * 201}, "at most 200 characters"),
    "long body": ({"body": "x" * 20_001}, "at most 20000 characters"),
    "no board": ({"board": ""}, "This field is required."),
    "unknown board": ({"board": "999999"}, "not one of the available choices"),
    "no number": ({"board": "x"}, "not one of the available choices"),
    "unknown language": ({"language": "fr"}, "not one of the available choices"),
    "six tags": ({"tags": "a, b, c, d, e, f"}, "Use five tags at the most."),
    "long tag": ({"tags": "x" * 41}, "40"),
}


class TestBadInput:
    """A clear answer, and all that was typed is still there."""

    @pytest.mark.parametrize("name", BAD)
    def test_it_says_what_is_wrong(self, as_author, typed, name):
        changes, words = BAD[name]
        page = read(as_author.post("/ideas/new/", typed | changes))
        assert page.status == 422
        assert words in page
        assert 'role="alert"' in page.html
        for field in {"title", "body", "tags"} - set(changes):
            assert page.value_of(field) == typed[field]
        for field in {"title", "body", "tags"} & set(changes):
            assert len(page.value_of(field) or "") >= len(changes[field].strip())
        assert not Idea.objects.exists()

    @pytest.mark.parametrize(
        ("name", "text", "kept"),
        [
            ("emoji", "Charge 🦔 at night 👩‍👩‍👧", "Charge 🦔 at night 👩‍👩‍👧"),
            ("right to left", "שלום עולם", "שלום עולם"),
            ("override", "abc\u202edcba", "abcdcba"),
            ("NUL", "Charge\x00 at night", "Charge at night"),
            ("decomposed", "Za\u0308hler", "Zähler"),
            ("lines", "Charge\nat night", "Charge at night"),
        ],
    )
    def test_it_is_kept_as_it_can_be(self, as_author, typed, name, text, kept):
        page = read(as_author.post("/ideas/new/", typed | {"title": text}))
        assert page.status == 302
        assert Idea.objects.get().title == kept

    def test_bytes_that_are_no_text(self, as_author, typed):
        body = f"title=%ff%fe&body=%ed%a0%80&board={typed['board']}&language=en&action=post"
        answer = as_author.post("/ideas/new/", body, "application/x-www-form-urlencoded")
        assert answer.status_code in (302, 400, 422)

    @pytest.mark.parametrize(
        "monster",
        [
            ">" * 15_000,
            "[" * 15_000,
            "* " * 9_000,
            "- " * 40 + "x",
            "`" * 15_000,
            "|a" * 6_000,
            "*a **b " * 2_500,
            "![" * 7_000,
            "<a href=" * 2_000,
            "######### \n" * 900,
        ],
        ids=lambda monster: monster[:3],
    )
    def test_giant_markdown(self, as_author, typed, monster):
        answer = as_author.post("/ideas/new/", typed | {"body": monster})
        assert answer.status_code == 302
        assert as_author.get(answer.url).status_code == 200

    @pytest.mark.parametrize(
        "field", ["title", "body", "tags", "board", "language", "action", "images"]
    )
    def test_each_field_many_times_or_not_at_all(self, as_author, typed, field):
        without = {name: value for name, value in typed.items() if name != field}
        assert as_author.post("/ideas/new/", without).status_code in (302, 422)
        many = typed | {field: [str(typed.get(field, "x"))] * 300}
        assert as_author.post("/ideas/new/", many).status_code in (302, 422)

    def test_more_than_a_form_may_hold(self, as_author, typed):
        answer = as_author.post("/ideas/new/", typed | {"body": "x" * 1_100_000})
        assert answer.status_code in (400, 413, 422)


class TestBadPictures:
    def post(self, browser, typed, *files):
        return read(browser.post("/ideas/new/", typed | {"images": list(files)}))

    def check(self, page, typed, words):
        assert page.status == 422
        assert words in page
        assert page.value_of("title") == typed["title"]
        assert page.value_of("body") == typed["body"]
        assert not Idea.objects.exists()
        assert not IdeaImage.objects.exists()

    def test_what_is_none(self, as_author, typed):
        page = self.post(as_author, typed, SimpleUploadedFile("x.png", b"no picture"))
        self.check(page, typed, "This file is not a picture we can read.")

    def test_a_bomb(self, as_author, typed):
        """64 megapixels of nothing in a few kilobytes."""
        content = io.BytesIO()
        Image.new("1", (8_000, 8_000)).save(content, "PNG")
        bomb = SimpleUploadedFile("x.png", content.getvalue(), "image/png")
        assert bomb.size < 20_000
        self.check(self.post(as_author, typed, bomb), typed, "more than 40 megapixels")

    def test_a_bomb_that_only_says_so(self, as_author, typed):
        """Four gigapixels, by its header; there is nothing behind it."""
        size = (65_000).to_bytes(4) * 2
        header = b"IHDR" + size + bytes([8, 2, 0, 0, 0])
        png = b"\x89PNG\r\n\x1a\n" + (13).to_bytes(4) + header + zlib.crc32(header).to_bytes(4)
        bomb = SimpleUploadedFile("x.png", png, "image/png")
        self.check(self.post(as_author, typed, bomb), typed, "This file is not a picture")

    def test_a_heavy_one(self, as_author, typed):
        heavy = SimpleUploadedFile("x.png", b"\x89PNG" + bytes(5_000_001), "image/png")
        self.check(self.post(as_author, typed, heavy), typed, "larger than 5 MB")

    def test_one_good_and_one_bad_keep_neither(self, as_author, typed):
        page = self.post(as_author, typed, png(), SimpleUploadedFile("x.png", b"no picture"))
        self.check(page, typed, "This file is not a picture we can read.")

    def test_more_than_the_trust_level_allows(self, as_author, typed):
        self.check(self.post(as_author, typed, *[png() for _ in range(5)]), typed, "4 pictures")

    def test_an_empty_file(self, as_author, typed):
        page = self.post(as_author, typed, SimpleUploadedFile("x.png", b""))
        assert page.status == 422
        assert page.value_of("title") == typed["title"]


class TestEditing:
    @pytest.fixture
    def typed(self, idea):
        return {"title": idea.title, "body": "Better.", "tags": "night", "version": idea.version}

    def save(self, browser, idea, typed, **changes):
        return read(browser.post(f"/ideas/{idea.pk}/edit/", typed | {"action": "save"} | changes))

    def test_the_form_holds_what_the_idea_says(self, as_author, idea):
        idea.tags.add("night")
        page = read(as_author.get(f"/ideas/{idea.pk}/edit/"))
        assert page.value_of("title") == idea.title
        assert page.value_of("body") == idea.body
        assert page.value_of("tags") == "night"
        assert page.value_of("version") == "1"

    def test_a_change_leads_back(self, as_author, idea, typed):
        assert self.save(as_author, idea, typed, note="Why").status == 302
        idea.refresh_from_db()
        assert (idea.body, idea.version) == ("Better.", 2)
        assert idea.revisions.get(number=2).note == "Why"

    def test_a_stale_version_is_told_and_keeps_what_was_typed(self, as_author, author, idea, typed):
        revise(idea=idea, by=author, version=1, title=idea.title, body="Elsewhere.", tags=())
        page = self.save(as_author, idea, typed, body="Precious words.", note="Why")
        assert page.status == 422
        assert "was changed while you were writing" in page
        assert page.value_of("body") == "Precious words."
        assert page.value_of("note") == "Why"
        idea.refresh_from_db()
        assert idea.body == "Elsewhere."

    @pytest.mark.parametrize("version", ["", "x", "9" * 40, "\x00"])
    def test_a_version_that_is_none(self, as_author, idea, typed, version):
        page = self.save(as_author, idea, typed, version=version)
        assert page.status in (400, 422)
        idea.refresh_from_db()
        assert idea.version == 1

    def test_a_stale_form_with_pictures_keeps_none(self, as_author, author, idea, typed):
        revise(idea=idea, by=author, version=1, title=idea.title, body="Elsewhere.", tags=())
        self.save(as_author, idea, typed, images=[png()])
        assert not IdeaImage.objects.exists()

    def test_pictures_come_and_go(self, as_author, idea, typed):
        self.save(as_author, idea, typed, images=[png()])
        picture = IdeaImage.objects.get()
        other = IdeaImage.objects.create(idea=IdeaFactory(), file=picture.file, width=8, height=8)
        gone = {"version": 2, "remove_images": [picture.pk, other.pk, "x", "9" * 40, "²"]}
        self.save(as_author, idea, typed, **gone)
        assert IdeaImage.objects.get() == other

    @pytest.mark.parametrize("who", ["as_stranger", "as_team"])
    def test_only_ones_own(self, request, idea, typed, who):
        browser = request.getfixturevalue(who)
        assert browser.get(f"/ideas/{idea.pk}/edit/").status_code == 403
        page = self.save(browser, idea, typed)
        assert page.status == 403
        assert "Only the author can change this idea." in page

    def test_not_while_the_team_reviews(self, as_author, author):
        idea = idea_in("under_review", author=author)
        page = read(as_author.get(f"/ideas/{idea.pk}/edit/"))
        assert page.status == 403
        assert "Add a comment instead." in page

    def test_supporters_are_not_lost_by_an_edit(self, as_author, idea, typed):
        supported(idea, 2)
        self.save(as_author, idea, typed)
        idea.tally.refresh_from_db()
        assert idea.tally.supports == 2


class TestDrafts:
    @pytest.fixture
    def draft(self, author, board):
        return DraftFactory(author=author, board=board, title="Charge at night")

    def typed(self, draft, **changes):
        text = {"title": draft.title, "body": "More.", "board": draft.board_id, "language": "en"}
        return text | {"tags": "", "action": "post"} | changes

    def test_a_draft_goes_on_and_is_posted(self, as_author, draft):
        as_author.post(f"/ideas/{draft.pk}/edit/", self.typed(draft, action="draft"))
        draft.refresh_from_db()
        assert (draft.status, draft.body) == ("draft", "More.")
        as_author.post(f"/ideas/{draft.pk}/edit/", self.typed(draft))
        draft.refresh_from_db()
        assert draft.status == "open"

    def test_a_draft_is_thrown_away(self, as_author, draft):
        assert as_author.post(f"/ideas/{draft.pk}/discard/").status_code == 302
        assert not Idea.objects.exists()

    def test_only_ones_own(self, as_stranger, draft):
        assert as_stranger.get(f"/ideas/{draft.pk}/edit/").status_code == 404
        assert as_stranger.post(f"/ideas/{draft.pk}/discard/").status_code == 404

    def test_a_posted_idea_is_not_thrown_away(self, as_author, idea):
        page = read(as_author.post(f"/ideas/{idea.pk}/discard/"))
        assert page.status == 403
        assert "Only your own drafts can be thrown away." in page


class TestWhileTyping:
    @pytest.mark.parametrize("title", ["Charge at nihgt", "At night, charging"])
    def test_similar_ideas_are_offered(self, visitor, idea, title):
        part = read(visitor.get("/ideas/similar/", {"title": title}, headers=HTMX))
        assert not part.is_whole
        assert idea.title in part
        assert f"/ideas/{idea.pk}/" in part.html

    @pytest.mark.parametrize(
        "title", ["", "x", "\x00", "🦔" * 300, "%", "'; DROP TABLE", "y" * 9000]
    )
    def test_nothing_is_similar_to_nonsense(self, visitor, idea, title):
        answer = visitor.get("/ideas/similar/", {"title": title})
        assert answer.status_code in (200, 400)
        assert idea.title not in answer.content.decode()

    def test_without_javascript_the_form_shows_them(self, as_stranger, idea, board):
        """When it comes back for another reason."""
        bad = {"title": idea.title, "body": "x" * 20_001, "board": board.pk, "language": "en"}
        page = read(as_stranger.post("/ideas/new/", bad | {"action": "post"}))
        assert "Has somebody said it already?" in page

    def test_the_preview_is_safe(self, as_stranger):
        page = read(as_stranger.post("/ideas/preview/", {"body": "**a** <script>b</script>"}))
        assert "<strong>a</strong>" in page.html
        assert "<script>" not in page.html

    def test_a_preview_of_too_much(self, as_stranger):
        assert as_stranger.post("/ideas/preview/", {"body": ">" * 50_000}).status_code == 200
