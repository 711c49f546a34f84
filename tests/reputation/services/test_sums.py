"""Drift is named, and repaired where it is only a sum."""

import pytest

from ideas.services.supporting import withdraw_support
from reputation.models import BadgeDue, BadgeTally, Day, Ground, Holding, Verification
from reputation.services import award_all, recompute, verify
from reputation.services.booking import reading
from reputation.services.sums import READ_ANEW
from tests.factories.ideas import idea_in, said_on, supported

pytestmark = pytest.mark.django_db


def nobody(_count):
    """Looks at the progress."""


@pytest.fixture
def history(idea, board, author, deliver):
    """Ada's idea has more fans than a day pays for; another was shipped."""
    fans = supported(idea, 12)
    withdraw_support(idea=idea, member=fans[0])
    idea_in("shipped", board=board, author=author)
    said_on(idea)
    deliver()
    author.refresh_from_db()
    assert author.standing == 165


def found(**options):
    return verify(from_log=True, progress=nobody, **options).found


def test_all_agrees(history):
    assert found() == {}
    assert Verification.objects.get().is_sound


def test_the_log_is_read_again_in_windows_of_another_size(history, monkeypatch):
    monkeypatch.setattr(reading, "EVENTS", 3)
    assert found() == {}


def test_the_ledger_itself_is_left_alone(history, deliver, idea):
    before = Ground.objects.count()
    assert found() == {}
    assert Ground.objects.count() == before
    supported(idea)
    deliver()
    assert Ground.objects.count() == before + 1


def test_a_standing_that_drifted(history, author):
    author.standing = 7
    author.save()
    assert found() == {
        "Standing is the sum of the days": {"count": 1, "examples": [f"member {author.pk}: 158"]}
    }


def test_a_day_that_drifted(history, author):
    Day.objects.filter(member=author).update(capped=5, points=70)
    assert list(found()) == [
        "Days are the sums of their entries",
        "Standing is the sum of the days",
    ]


def test_a_ground_that_nobody_gave(history, author):
    ground = Ground.objects.filter(kind="supported", holds=True).first()
    Ground.objects.filter(pk=ground.pk).update(given_stamp=2)
    drift = found()
    assert list(drift) == ["Entries add up to what their grounds hold", READ_ANEW]
    assert drift[READ_ANEW]["count"] == 1
    assert drift[READ_ANEW]["examples"][0].endswith(": does not hold")


def test_what_is_not_booked_yet_is_no_drift(history, idea):
    supported(idea)
    assert found() == {}


def test_sums_are_reckoned_anew(history, author, stranger):
    Day.objects.filter(member=author).update(capped=5, points=70)
    for one in (author, stranger):
        one.standing = 3
        one.save()
    told = []
    assert recompute(progress=told.append) == 2
    author.refresh_from_db()
    stranger.refresh_from_db()
    assert (author.standing, stranger.standing) == (165, 0)
    assert found() == {}
    assert sum(told) >= author.pk
    assert recompute(progress=nobody) == 0


def test_badges_that_drifted(history, author):
    award_all()
    assert found() == {}
    Holding.objects.filter(member=author, badge="made-real").update(times=3)
    BadgeTally.objects.filter(pk="spark").update(members=7)
    drift = found()
    assert drift["Badges are the sums of what was given"]["examples"] == [
        f"made-real of member {author.pk}: 3"
    ]
    assert drift["Numbers of badges are the sums of what members have"]["count"] == 2


def test_reading_the_log_again_makes_nobodys_badges_due(history):
    BadgeDue.objects.all().delete()
    assert found() == {}
    assert not BadgeDue.objects.exists()
