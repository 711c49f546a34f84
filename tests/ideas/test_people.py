from datetime import timedelta

import pytest
from django.utils import timezone

from community import services
from community.suggesting import suggestions
from ideas import people
from ideas.models import Comment, Support
from ideas.services import discussing, supporting
from ideas.services.hiding import set_comment_hidden, set_idea_hidden
from ideas.services.merging import merge
from tests.factories.community import MemberFactory
from tests.factories.ideas import DraftFactory, IdeaFactory

pytestmark = pytest.mark.django_db


def said(idea, by, body="Yes."):
    return discussing.comment(idea=idea, by=by, body=body, kind="comment")


def walked(read, member, viewer=None):
    """Every row, over all pages."""
    rows, cursor = [], ""
    while True:
        page = read(member, viewer, cursor)
        rows += page.items
        if not (cursor := page.next):
            return rows


def test_ideas_of_a_member_are_those_posted(board, author, stranger, monkeypatch):
    monkeypatch.setattr(people, "PAGE", 2)
    posted = IdeaFactory.create_batch(5, board=board, author=author)
    DraftFactory(board=board, author=author)
    IdeaFactory(board=board, author=stranger)
    found = walked(people.ideas_of, author)
    assert sorted(idea.pk for idea in found) == sorted(idea.pk for idea in posted)


def test_supports_are_the_latest_first_and_only_what_stands(board, member, author, monkeypatch):
    monkeypatch.setattr(people, "PAGE", 2)
    ideas = IdeaFactory.create_batch(5, board=board, author=author)
    for idea in ideas:
        supporting.give_support(idea=idea, member=member)
    supporting.withdraw_support(idea=ideas[0], member=member)
    set_idea_hidden(idea=ideas[1], hidden=True)
    assert [row.card.pk for row in walked(people.supports_of, member)] == [
        idea.pk for idea in ideas[:1:-1]
    ]


def test_what_was_merged_is_shown_once_as_what_stands_for_it(board, member, author, team_member):
    survivor, twin, other = IdeaFactory.create_batch(3, board=board, author=author)
    for idea in (twin, other, survivor):
        supporting.give_support(idea=idea, member=member)
    merge(duplicate=twin, survivor=survivor, by=team_member, note="The same.")
    assert [row.card.pk for row in walked(people.supports_of, member)] == [other.pk, survivor.pk]
    set_idea_hidden(idea=survivor, hidden=True)
    assert [row.card.pk for row in walked(people.supports_of, member)] == [other.pk]


def test_comments_are_the_latest_first_and_only_what_may_be_read(board, member, monkeypatch):
    monkeypatch.setattr(people, "PAGE", 2)
    ideas = IdeaFactory.create_batch(5, board=board)
    comments = [said(idea, member) for idea in ideas]
    set_idea_hidden(idea=ideas[0], hidden=True)
    set_comment_hidden(comment=comments[1], hidden=True)
    assert walked(people.comments_of, member) == comments[:1:-1]


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("tab", "statements"), [("ideas", 3), ("comments", 3), ("supports", 4)])
def test_a_tab_costs_the_same_with_more_rows(
    visitor, board, member, author, tab, statements, rows, django_assert_num_queries
):
    services.choose_visibility(member=member, choices={"supports": 0})
    for idea in IdeaFactory.create_batch(rows, board=board, author=author):
        supporting.give_support(idea=idea, member=member)
        said(idea, member)
        IdeaFactory(board=board, author=member)
    visitor.get("/people/mara/")
    with django_assert_num_queries(statements):
        page = visitor.get(f"/people/mara/{tab}/")
    assert len(page.context["page"]["items"]) == rows


def test_who_cares_about_the_same_is_suggested(idea, member, stranger, author):
    supporting.give_support(idea=idea, member=member)
    said(idea, stranger)
    found = {s.member: s.reason for s in suggestions(member)}
    words = "You both care about “Charge at night”"
    assert found == {stranger: words, author: words}


def test_a_hidden_support_suggests_nobody(idea, member, supporter, author):
    supporting.give_support(idea=idea, member=member)
    supporting.give_support(idea=idea, member=supporter)
    assert supporter not in [s.member for s in suggestions(member)]
    services.choose_visibility(member=supporter, choices={"supports": 1})
    assert supporter in [s.member for s in suggestions(member)]


def test_several_ideas_in_common_are_counted(board, member, author):
    for idea in IdeaFactory.create_batch(3, board=board, author=author):
        supporting.give_support(idea=idea, member=member)
    assert "3 ideas" in suggestions(member)[0].reason


def test_what_a_blocked_member_wrote_is_folded_away_for_the_blocker_alone(
    client, as_member, idea, member, stranger, author
):
    comment = said(idea, stranger, "Only at night.")
    services.block(member=member, other=stranger)
    page = as_member.get(f"/ideas/{idea.pk}/").content.decode()
    assert "You blocked the author. Show" in page
    assert "Only at night." in page
    for who in (None, author, stranger):
        client.logout()
        if who:
            client.force_login(who)
        page = client.get(f"/ideas/{idea.pk}/").content.decode()
        assert "Only at night." in page
        assert "You blocked the author" not in page
    assert Comment.objects.get(pk=comment.pk).hidden_at is None


def test_an_idea_of_a_blocked_author_is_folded_away_in_lists(
    as_member, visitor, idea, member, author
):
    services.block(member=member, other=author)
    for address in ("/ideas/", f"/boards/{idea.board.slug}/"):
        page = as_member.get(address).content.decode()
        assert "You blocked the author. Show" in page
        assert "Charge at night" in page
        assert "You blocked the author" not in visitor.get(address).content.decode()


def test_so_is_its_text_on_its_own_page(as_member, visitor, idea, member, author):
    services.block(member=member, other=author)
    page = as_member.get(f"/ideas/{idea.pk}/").content.decode()
    folded = page[page.index("You blocked the author. Show") :]
    assert "It is dark in there." in folded[: folded.index("</details>")]
    assert "You blocked the author" not in visitor.get(f"/ideas/{idea.pk}/").content.decode()


def test_programs_are_told_what_to_fold_away(api, idea, member, author, stranger):
    said(idea, stranger)
    for other in (author, stranger):
        services.block(member=member, other=other)
    for who, folded in ((member, True), (MemberFactory(), False), (None, False)):
        api.force_authenticate(who)
        assert api.get("/api/v1/ideas/").json()["results"][0]["is_from_blocked"] is folded
        comments = api.get(f"/api/v1/ideas/{idea.pk}/comments/").json()["results"]
        assert comments[0]["is_from_blocked"] is folded


def test_old_supports_are_found_by_their_order(member, author, board):
    ideas = IdeaFactory.create_batch(2, board=board, author=author)
    for idea in ideas:
        supporting.give_support(idea=idea, member=member)
    Support.objects.filter(idea=ideas[1]).update(created_at=timezone.now() - timedelta(days=9))
    assert [row.idea_id for row in people.supports_of(member, None).items] == [
        idea.pk for idea in ideas[::-1]
    ]
