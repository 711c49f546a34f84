"""Who may do what: role by deed by state."""

from datetime import timedelta

import pytest
from django.utils import timezone

from moderation import policies, services
from moderation.models import Case, Complaint, Statement
from tests.factories.community import MemberFactory
from tests.factories.ideas import DraftFactory, IdeaFactory
from tests.moderation.conftest import a_moderator

pytestmark = pytest.mark.django_db

# Ada wrote it, Mara reported it, Moira has it in her hands or decided, Mia is another moderator,
# Flo a moderator who reported it, too, Tom somebody else; Mo is a moderator who wrote it.
STATES = ("open", "claimed", "decided")
NOT_ONE = ("not_a_moderator",) * 3
MATRIX = {
    # deed and who: the code in each state, empty for yes
    ("claim", "ada"): NOT_ONE,
    ("claim", "mara"): NOT_ONE,
    ("claim", "tom"): NOT_ONE,
    ("claim", "moira"): ("", "claimed_by_you", "decided"),
    ("claim", "mia"): ("", "claimed", "decided"),
    ("claim", "flo"): ("own_report",) * 3,
    ("claim", "mo"): ("own_text",) * 3,
    ("release", "tom"): NOT_ONE,
    ("release", "moira"): ("not_claimed", "", "not_claimed"),
    ("release", "mia"): ("not_claimed",) * 3,
    ("release", "flo"): ("own_report",) * 3,
    ("release", "mo"): ("own_text",) * 3,
    ("decide", "ada"): NOT_ONE,
    ("decide", "mara"): NOT_ONE,
    ("decide", "tom"): NOT_ONE,
    ("decide", "moira"): ("", "", "decided"),
    ("decide", "mia"): ("", "claimed", "decided"),
    ("decide", "flo"): ("own_report",) * 3,
    ("decide", "mo"): ("own_text",) * 3,
}
ASK = {
    "claim": policies.can_claim,
    "release": policies.can_release,
    "decide": policies.can_decide,
}


@pytest.fixture
def cast(author, member, stranger, moderator, other_moderator):
    return {
        "ada": author,
        "mara": member,
        "tom": stranger,
        "moira": moderator,
        "mia": other_moderator,
        "flo": a_moderator("flo"),
        "mo": a_moderator("momo"),
    }


def in_state(case, state, moira, decide):
    if state == "claimed":
        services.claim(case=case, by=moira)
    if state == "decided":
        decide(case)
    return Case.objects.with_thing().get(pk=case.pk)


@pytest.mark.parametrize("state", STATES)
def test_the_matrix(state, cast, report, idea, board, decide, moderator):
    theirs = report(cast["mara"], idea).case
    report(cast["flo"], idea)
    mos = report(cast["mara"], IdeaFactory(board=board, author=cast["mo"])).case
    theirs, mos = (in_state(case, state, moderator, decide) for case in (theirs, mos))
    found = {
        (deed, who): ASK[deed](cast[who], mos if who == "mo" else theirs).code
        for deed, who in MATRIX
    }
    assert found == {key: codes[STATES.index(state)] for key, codes in MATRIX.items()}


def test_who_writes_along_does_not_decide(report, member, idea, moderator):
    idea.co_author_ids = [moderator.pk]
    idea.save()
    case = report(member, idea).case
    assert policies.can_decide(moderator, case).code == "own_text"
    assert policies.can_flag(moderator, idea).code == "own_text"


def test_a_profile_is_not_hidden(report, member, author, moderator):
    case = report(member, author).case
    case.profile = author
    assert policies.can_decide(moderator, case, "warn")
    assert policies.can_decide(moderator, case, "hide").code == "not_for_profiles"


@pytest.mark.parametrize("name", ["idea", "comment", "question", "answer"])
def test_nobody_reports_their_own_text(name, request, spam):
    thing = request.getfixturevalue(name)
    assert policies.can_flag(thing.author, thing).code == "own_text"


def test_who_may_report_what(idea, member, newcomer, author, spam):
    assert policies.can_flag(member, idea)
    assert policies.can_flag(member, author)
    assert policies.can_flag(member, member).code == "own_text"
    assert policies.can_flag(newcomer, idea).code == "unverified"
    assert policies.can_flag(member, DraftFactory()).code == "hidden"
    idea.hidden_at = timezone.now()
    assert policies.can_flag(member, idea).code == "hidden"


def test_one_report_each_and_none_of_what_was_judged(report, idea, member, stranger, decide):
    flag = report(member, idea)
    assert policies.can_flag(member, idea).code == "flagged"
    decide(flag.case, action="no_action")
    assert policies.can_flag(stranger, idea).code == "judged"
    idea.body = "Buy my lamps, too."
    assert policies.can_flag(stranger, idea)


def test_so_many_a_day(report, member, board, monkeypatch):
    monkeypatch.setattr("moderation.policies.flagging.MOST_A_DAY", 1)
    report(member, IdeaFactory(board=board))
    assert policies.can_flag(member, IdeaFactory(board=board)).code == "too_many"


def test_taking_a_report_back(report, idea, member, stranger, decide):
    flag = report(member, idea)
    assert policies.can_withdraw_flag(member, flag)
    assert policies.can_withdraw_flag(stranger, flag).code == "not_yours"
    decide(flag.case)
    flag.case.refresh_from_db()
    assert policies.can_withdraw_flag(member, flag).code == "decided"


def test_who_may_complain(statement, author, member):
    assert policies.can_complain(author, statement)
    assert policies.can_complain(member, statement).code == "not_yours"
    statement.informed_at = timezone.now() - timedelta(days=183, hours=23)
    assert policies.can_complain(author, statement)
    statement.informed_at = timezone.now() - timedelta(days=184, seconds=1)
    assert policies.can_complain(author, statement).code == "too_late"


def test_once(statement, author):
    services.complain(statement=statement, by=author, words="It is no advertisement.")
    told = Statement.objects.for_page().get()
    assert policies.can_complain(author, told).code == "complained"


def test_nothing_to_complain_about_once_it_is_shown_again(statement, author, other_moderator):
    restriction = statement.decision.restriction
    services.lift(restriction=restriction, by=other_moderator, reason="It was none.")
    told = Statement.objects.for_page().get()
    assert policies.can_complain(author, told).code == "already_shown"


def test_who_answers_a_complaint(statement, author, member, moderator, other_moderator, stranger):
    complaint = services.complain(statement=statement, by=author, words="It is none.")
    complaint = Complaint.objects.for_list().get(pk=complaint.pk)
    may = policies.can_decide_complaint
    assert may(other_moderator, complaint)
    assert may(moderator, complaint).code == "decided_first"
    for somebody in (author, member, stranger):
        assert may(somebody, complaint).code == "not_a_moderator"
    author.is_staff = author.is_superuser = True
    assert may(author, complaint).code == "own_case"
    member.is_staff = member.is_superuser = True
    assert may(member, complaint).code == "own_case"
    services.decide_complaint(complaint=complaint, by=other_moderator, upheld=False, answer="No.")
    complaint.refresh_from_db()
    assert may(other_moderator, complaint).code == "decided"


def test_who_lost_the_admin_decides_nothing(case, moderator):
    case = Case.objects.with_thing().get(pk=case.pk)
    moderator.is_staff = False
    assert policies.can_decide(moderator, case).code == "not_a_moderator"


def test_what_others_look_into_is_not_hidden_past_them(case, idea, moderator, other_moderator):
    services.claim(case=case, by=moderator)
    assert policies.can_restrict(other_moderator, idea).code == "claimed"
    assert policies.can_restrict(moderator, idea)


def test_a_moderator_who_reported_it_does_not_hide_it(report, idea, moderator):
    report(moderator, idea)
    assert policies.can_restrict(moderator, idea).code == "own_report"
    assert policies.can_restrict(MemberFactory(is_superuser=True, is_staff=True), idea)
