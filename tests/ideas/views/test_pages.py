"""An idea's page: who sees it, what stands on it, what it costs; its history."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from community.models import SiteSettings
from config.pages import shelf
from ideas.models import Idea, IdeaTally
from ideas.services.discussing import resolve
from ideas.services.hiding import set_comment_hidden, set_idea_hidden
from ideas.services.merging import merge
from ideas.services.steps import decide
from ideas.services.supporting import give_support
from ideas.services.writing import revise
from tests.factories.community import MemberFactory
from tests.factories.ideas import GROUNDS, DraftFactory, IdeaFactory, idea_in, said_on
from tests.ideas.views.conftest import read

pytestmark = pytest.mark.django_db


def rich(count, board):
    idea = IdeaFactory(board=board)
    idea.tags.add(*[f"tag {n}" for n in range(count)])
    for n in range(count):
        first = said_on(idea, kind="question")
        said_on(idea, parent=first)
        give_support(idea=idea, member=MemberFactory())
        revise(idea=idea, by=idea.author, version=n + 1, title=idea.title, body=f"{n}", tags=())
    member = MemberFactory()
    member.team_memberships.create(team=board.team)
    for to in ["under_review", "needs_info", "open"][:count]:
        decide(idea=idea, to=to, by=member, grounds=GROUNDS)
    return idea


class TestCost:
    @pytest.fixture(autouse=True)
    def _site_is_known(self, db):
        SiteSettings.objects.current()

    @pytest.mark.parametrize("rows", [1, 3])
    @pytest.mark.parametrize(
        ("who", "statements"), [("visitor", 7), ("as_stranger", 11), ("as_team", 12)]
    )
    def test_of_an_idea(self, request, board, rows, who, statements, django_assert_num_queries):
        idea = rich(rows, board)
        browser = request.getfixturevalue(who)
        # The first of the team who opens it is written down, once.
        IdeaTally.objects.filter(pk=idea.pk).update(seen_at=timezone.now())
        with django_assert_num_queries(statements):
            assert browser.get(f"/ideas/{idea.pk}/").status_code == 200
        assert statements <= 12

    @pytest.mark.parametrize("rows", [1, 3])
    @pytest.mark.parametrize(("who", "statements"), [("visitor", 8), ("as_stranger", 10)])
    def test_on_paper(self, request, board, rows, who, statements, django_assert_num_queries):
        idea = rich(rows, board)
        browser = request.getfixturevalue(who)
        with django_assert_num_queries(statements):
            assert browser.get(f"/ideas/{idea.pk}/print/").status_code == 200

    @pytest.mark.parametrize("rows", [1, 3])
    def test_of_its_history(self, visitor, board, rows, django_assert_num_queries):
        idea = rich(rows, board)
        with django_assert_num_queries(3):
            visitor.get(f"/ideas/{idea.pk}/history/")


SEEN = {
    # who: open, declined, hidden, draft
    "visitor": (200, 200, 404, 404),
    "as_stranger": (200, 200, 404, 404),
    "as_team": (200, 200, 404, 404),
    "as_author": (200, 200, 200, 200),
}


@pytest.mark.parametrize("who", SEEN)
@pytest.mark.parametrize("what", range(4), ids=["open", "declined", "hidden", "draft"])
@pytest.mark.parametrize("page", ["", "history/", "print/"])
def test_who_sees_what(request, author, board, who, what, page):
    idea = [
        lambda: IdeaFactory(author=author),
        lambda: idea_in("declined", author=author),
        lambda: IdeaFactory(author=author),
        lambda: DraftFactory(author=author),
    ][what]()
    if what == 2:
        set_idea_hidden(idea=idea, hidden=True)
    browser = request.getfixturevalue(who)
    assert browser.get(f"/ideas/{idea.pk}/{page}").status_code == SEEN[who][what]


def test_what_people_typed_is_shown_safe(visitor, board):
    idea = IdeaFactory(board=board, title="<b>Bold</b> & <script>", body="<script>x</script>")
    said_on(idea, "<script>y</script>[z](javascript:alert(1))")
    html = read(visitor.get(f"/ideas/{idea.pk}/")).html
    assert "<b>Bold" not in html
    assert "<script>x" not in html
    assert "<script>y" not in html
    assert 'href="javascript' not in html


def test_the_newest_decision_stands_above_the_text(visitor):
    page = read(visitor.get(f"/ideas/{idea_in('declined').pk}/"))
    assert "We looked into it." in page
    assert "Another law." in page
    assert page.html.index("We looked into it.") < page.html.rindex("It is dark in there.")


def test_the_timeline_tells_when_support_was_enough(visitor, idea, team_member):
    first = decide(idea=idea, to="under_review", by=team_member, grounds=GROUNDS)
    last = decide(idea=idea, to="planned", by=team_member, grounds=GROUNDS)
    between = first.created_at + (last.created_at - first.created_at) / 2
    story = {}
    for name, moment in (
        ("never", None),
        ("first", first.created_at - timedelta(days=1)),
        ("between", between),
        ("last", last.created_at + timedelta(days=1)),
    ):
        due = moment and moment + timedelta(days=9)
        Idea.objects.filter(pk=idea.pk).update(threshold_reached_at=moment, answer_due_at=due)
        shelf.clear()
        html = read(visitor.get(idea.get_absolute_url())).html
        listed = html.partition('<ol class="timeline">')[2].partition("</ol>")[0]
        signs = {"status under_review": "u", "status planned": "p", "supporters": "s"}
        story[name] = "".join(signs[found] for found in re.findall("|".join(signs), listed))
    assert story == {"never": "up", "first": "sup", "between": "usp", "last": "ups"}


def test_the_timeline_tells_every_step(visitor):
    idea = idea_in("shipped")
    page = read(visitor.get(f"/ideas/{idea.pk}/"))
    for step in ("Planned", "In progress", "Shipped"):
        assert step in page


class TestDiscussion:
    def test_threads_with_their_replies_in_order(self, visitor, idea):
        first = said_on(idea, "First.")
        said_on(idea, "Reply two.", parent=said_on(idea, "Reply one.", parent=first))
        said_on(idea, "Second.")
        html = read(visitor.get(f"/ideas/{idea.pk}/")).html
        order = ["First.", "Reply one.", "Reply two.", "Second."]
        places = [html.index(words) for words in order]
        assert places == sorted(places)

    def test_a_hidden_comment_with_replies_keeps_its_place_and_not_its_words(self, visitor, idea):
        first = said_on(idea, "Buy my pills.")
        said_on(idea, "Do not.", parent=first)
        set_comment_hidden(comment=first, hidden=True)
        page = read(visitor.get(f"/ideas/{idea.pk}/"))
        assert "Buy my pills." not in page
        assert "This comment was taken down." in page
        assert "Do not." in page

    def test_a_hidden_comment_without_replies_is_gone(self, visitor, idea):
        set_comment_hidden(comment=said_on(idea, "Buy my pills."), hidden=True)
        page = read(visitor.get(f"/ideas/{idea.pk}/"))
        assert "pills" not in page
        assert "taken down" not in page

    def test_the_team_wears_its_badge(self, visitor, idea, team_member):
        said_on(idea, by=team_member)
        assert "Charging team" in read(visitor.get(f"/ideas/{idea.pk}/"))

    def test_a_resolved_point_says_so(self, visitor, idea, author):
        asked = said_on(idea, kind="concern")
        resolve(comment=asked, by=author, resolved=True)
        assert "Concern, resolved" in read(visitor.get(f"/ideas/{idea.pk}/"))


class TestDeedsOnOffer:
    """No rule in a template: what cannot be done is not offered, and says why."""

    def offers(self, browser, idea):
        html = read(browser.get(f"/ideas/{idea.pk}/")).html
        forms = {
            "support": f'action="/ideas/{idea.pk}/support/"',
            "comment": f'action="/ideas/{idea.pk}/comments/#compose"',
            "decide": f'action="/ideas/{idea.pk}/decisions/#decide"',
            "edit": f'href="/ideas/{idea.pk}/edit/"',
            "follow": f'action="/ideas/{idea.pk}/follow/"',
        }
        return {name for name, mark in forms.items() if mark in html}

    @pytest.mark.parametrize(
        ("who", "deeds"),
        [
            ("visitor", set()),
            ("as_stranger", {"support", "comment", "follow"}),
            ("as_author", {"comment", "follow", "edit"}),
            ("as_team", {"support", "comment", "follow", "decide"}),
        ],
    )
    def test_by_role(self, request, idea, who, deeds):
        assert self.offers(request.getfixturevalue(who), idea) == deeds

    def test_before_the_address_is_confirmed(self, idea, signed_in, newcomer):
        browser = signed_in(newcomer)
        assert self.offers(browser, idea) == {"support", "follow"}
        assert "Confirm your e-mail address first" in read(browser.get(f"/ideas/{idea.pk}/"))


class TestHistory:
    def test_each_version_with_what_changed(self, visitor, idea):
        revise(
            idea=idea, by=idea.author, version=1, title="Charge by day",
            body="It is <b>light</b> in there.", tags=(), note="The sun is cheaper",
        )  # fmt: skip
        page = read(visitor.get(f"/ideas/{idea.pk}/history/"))
        assert "<del>night</del><ins>day</ins>" in page.html
        assert "<del>dark</del><ins>&lt;b&gt;light&lt;/b&gt;</ins>" in page.html
        assert "The sun is cheaper" in page
        assert "Version 2" in page
        assert "Version 1" in page

    def test_the_idea_says_that_it_was_edited(self, visitor, idea):
        address = f"/ideas/{idea.pk}/history/"
        assert address not in read(visitor.get(f"/ideas/{idea.pk}/")).html
        revise(idea=idea, by=idea.author, version=1, title=idea.title, body="Else.", tags=())
        shelf.clear()
        assert address in read(visitor.get(f"/ideas/{idea.pk}/")).html


class TestOnPaper:
    def test_all_of_it_and_nothing_to_press(self, as_stranger, board, author):
        idea = idea_in("declined", board=board, author=author, title="Charge at night")
        first = said_on(idea, "What of rain?", kind="question")
        said_on(idea, "It stays dry.", parent=first)
        page = read(as_stranger.get(f"/ideas/{idea.pk}/print/"))
        for words in (
            "Charge at night", "It is dark in there.", "We looked into it.", "Another law.",
            "the Charging team answers within", "Ada Brandt had the idea.", "What of rain?",
            "It stays dry.", f"/ideas/{idea.pk}/",
        ):  # fmt: skip
            assert words in page
        for tag in ("<form", "<nav", "<button"):
            assert tag not in page.html.split("<dialog")[0]

    def test_every_decision_from_the_first_to_the_last(self, visitor, board):
        idea = idea_in("in_progress", board=board)
        html = read(visitor.get(f"/ideas/{idea.pk}/print/")).html
        assert html.index('class="decision planned"') < html.index('class="decision in_progress"')

    def test_a_comment_taken_down_stays_down(self, visitor, idea):
        first = said_on(idea, "Buy my pills")
        said_on(idea, "No.", parent=first)
        set_comment_hidden(comment=first, hidden=True)
        page = read(visitor.get(f"/ideas/{idea.pk}/print/"))
        assert "pills" not in page
        assert "This comment was taken down." in page

    def test_of_a_merged_one_its_survivor(self, visitor, idea, board, team_member):
        twin = IdeaFactory(board=board)
        merge(duplicate=twin, survivor=idea, by=team_member, note="The same.")
        answer = visitor.get(f"/ideas/{twin.pk}/print/")
        assert (answer.status_code, answer.url) == (302, f"/ideas/{idea.pk}/print/")

    def test_the_page_leads_there_and_back(self, visitor, idea):
        address = f"/ideas/{idea.pk}/print/"
        assert f'href="{address}"' in read(visitor.get(idea.get_absolute_url())).html
        assert f'href="{idea.get_absolute_url()}"' in read(visitor.get(address)).html
