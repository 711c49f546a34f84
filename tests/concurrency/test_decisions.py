"""Two at once: one outcome, and the other is told."""

from functools import partial

import pytest

from community.errors import Refused
from ideas.models import Comment, Decision, Idea, IdeaRevision
from ideas.services import discussing, tallies, writing
from ideas.services.steps import decide, reopen
from ideas.services.supporting import give_support
from tests.factories.community import MemberFactory
from tests.factories.ideas import GROUNDS, DraftFactory, IdeaFactory, idea_in
from tests.threads import at_once, failures

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("committed")]


def codes(results):
    """How each deed ended: "done", or the code of its refusal; other errors as they are."""
    return sorted(
        r.code if isinstance(r, Refused) else repr(r) if isinstance(r, Exception) else "done"
        for r in results
    )


@pytest.mark.parametrize(("first", "second"), [("planned", "declined"), ("declined", "declined")])
def test_decide_against_decide(idea, team_member, colleague, first, second):
    step = partial(decide, idea=idea, grounds=GROUNDS, seen=0)
    results = at_once(
        partial(step, by=team_member, to=first), partial(step, by=colleague, to=second)
    )
    assert codes(results) == ["done", "stale"]
    made = Decision.objects.get()
    idea.refresh_from_db()
    assert idea.status == made.to_status


def test_decide_against_decide_through_the_page(idea, team_member, colleague, signed_in):
    """Whoever came late reads what the colleague wrote, and finds the own words kept."""
    said = {"to": "declined", "reason": "legal", "change_our_mind": "Another law.", "seen": "0"}

    def post(client, words):
        return client.post(f"/ideas/{idea.pk}/decisions/", said | {"statement": words})

    answers = at_once(
        partial(post, signed_in(team_member), "Words of Anouk."),
        partial(post, signed_in(colleague), "Words of Ben."),
    )
    assert sorted(answer.status_code for answer in answers) == [302, 422]
    late = next(a.content.decode() for a in answers if a.status_code == 422)
    assert "was quicker: the idea is now “Declined”" in late
    assert "Words of Anouk." in late
    assert "Words of Ben." in late
    assert Decision.objects.count() == 1


def test_a_team_reopens_while_support_does(team_member, board):
    idea = idea_in("declined", board=board)
    results = at_once(
        partial(decide, idea=idea, to="under_review", by=team_member, grounds=GROUNDS),
        partial(reopen, idea=idea, support_since=50),
        partial(reopen, idea=idea, support_since=51),
    )
    assert set(codes(results)) <= {"done", "no_such_step"}
    assert Decision.objects.filter(to_status="under_review").count() == 1


def test_revise_against_revise(idea, author):
    change = partial(
        writing.revise, idea=idea, by=author, version=1, title="Charge at night", tags=()
    )
    results = at_once(partial(change, body="In winter."), partial(change, body="In summer."))
    assert codes(results) == ["done", "stale"]
    assert IdeaRevision.objects.filter(idea=idea).count() == 2
    assert IdeaRevision.objects.get(idea=idea, number=2).body == Idea.objects.get().body


def test_a_draft_posted_twice_opens_once(author):
    draft = DraftFactory(author=author)
    results = at_once(*[partial(writing.post, draft=draft, by=author)] * 3)
    assert codes(results) == ["done", "not_a_draft", "not_a_draft"]
    assert IdeaRevision.objects.count() == 1


def test_a_draft_posted_and_thrown_away(author):
    for _ in range(5):
        draft = DraftFactory(author=author)
        at_once(
            partial(writing.post, draft=draft, by=author),
            partial(writing.discard_draft, draft=draft, by=author),
        )
        posted = Idea.objects.filter(pk=draft.pk).first()
        assert posted is None or posted.status == "open"


def test_edit_against_edit_of_a_comment(idea, stranger):
    said = discussing.comment(idea=idea, by=stranger, body="Good.")
    change = partial(discussing.edit_comment, comment=said, by=stranger, version=1)
    results = at_once(partial(change, body="Better."), partial(change, body="Best."))
    assert codes(results) == ["done", "stale"]


def test_voters_and_commenters_while_teams_decide(board, team_member):
    """A decision changes the idea and its tally, voters the tally and at commit look at the idea:
    whoever locks more than needed would make a deadlock of it."""
    ideas = IdeaFactory.create_batch(6, board=board)
    people = MemberFactory.create_batch(4)
    deeds = []
    for idea in ideas:
        deeds.append(partial(decide, idea=idea, to="planned", by=team_member, grounds=GROUNDS))
        deeds += [partial(give_support, idea=idea, member=person) for person in people]
        deeds += [partial(discussing.comment, idea=idea, by=p, body="Hm.") for p in people]
    assert failures(at_once(*deeds)) == []
    tallies.sweep()
    assert tallies.drifts() == []
    assert Decision.objects.count() == len(ideas)


def test_a_double_click_says_it_once(idea, stranger):
    said = at_once(*[partial(discussing.comment, idea=idea, by=stranger, body="Good.")] * 4)
    assert failures(said) == []
    assert Comment.objects.count() == 1


def test_a_double_click_posts_one_idea(author, board, signed_in):
    typed = {"title": "Charge at night", "board": board.pk, "language": "en", "action": "post"}
    clicks = [partial(signed_in(author).post, "/ideas/new/", typed) for _ in range(4)]
    answers = at_once(*clicks)
    assert {(answer.status_code, answer.url) for answer in answers} == {
        (302, f"/ideas/{Idea.objects.get().pk}/")
    }
