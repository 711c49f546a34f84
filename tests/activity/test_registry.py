import pytest

from activity import registry
from tests.activity.conftest import BellRang


def hears_bells(batch): ...


def test_a_subscriber_is_known_by_app_and_function(listen):
    name = listen(hears_bells, BellRang)
    assert registry.subscriber(name).kinds == {"test.bell_rang"}


def test_two_subscribers_cannot_share_a_name(listen):
    listen(hears_bells, BellRang)
    with pytest.raises(ValueError, match="call themselves"):
        registry.subscribe(BellRang)(hears_bells)


def test_nobody_of_that_name():
    with pytest.raises(KeyError):
        registry.subscriber("nobody.at_all")


def test_the_names_of_the_sites_own_subscribers_outlive_deployments():
    """A renamed subscriber would begin at the start of the log and tell everybody again."""
    ideas = [s.name for s in registry.subscribers() if s.name.startswith("ideas.")]
    assert ideas == [
        "ideas.ask_supporters_again",
        "ideas.count_what_waited",
        "ideas.fit_new_terms",
        "ideas.offer_drafts",
        "ideas.overtake_waiting",
        "ideas.remind_of_promises",
        "ideas.subscribers.voiding.mark_changed",
        "ideas.subscribers.voiding.tell_voters",
        "ideas.subscribers.voiding.watch_reinstated",
        "ideas.tell_co_authors",
        "ideas.tell_comments",
        "ideas.tell_credit",
        "ideas.tell_decisions",
        "ideas.tell_merges",
        "ideas.tell_objections",
        "ideas.tell_resolved",
        "ideas.tell_waiting",
        "ideas.tell_withdrawn",
        "ideas.watch_thresholds",
    ]
