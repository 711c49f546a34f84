"""Rules about who must not be told of whose deeds."""

import pytest

from community import recipients


@pytest.fixture(autouse=True)
def _own_rules(monkeypatch):
    monkeypatch.setattr(recipients, "_RULES", [])


def test_without_rules_nobody_is_spared():
    assert recipients.spared([1, 2], 3, "ideas.commented") == set()


def test_each_rule_spares_its_own():
    recipients.add_rule(lambda ids, actor, kind: {1} & set(ids) if actor == 9 else set())
    recipients.add_rule(
        lambda ids, actor, kind: {2} & set(ids) if kind == "ideas.commented" else set()
    )
    assert recipients.spared([1, 2, 3], 9, "ideas.commented") == {1, 2}
    assert recipients.spared([1, 2, 3], 8, "ideas.commented") == {2}
    assert recipients.spared([1, 2, 3], 9, "ideas.decided") == {1}


def test_what_nobody_did_is_told_to_all():
    recipients.add_rule(lambda ids, actor, kind: set(ids))
    assert recipients.spared([1, 2], None, "ideas.commented") == set()
