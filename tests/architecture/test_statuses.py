"""The table of steps, as a graph."""

from ideas.status import STEPS, Status


def reachable_from(start: Status) -> set[Status]:
    found, edge = {start}, {start}
    while edge:
        edge = {step.target for step in STEPS if step.source in edge} - found
        found |= edge
    return found


def test_each_status_is_reachable_from_a_draft() -> None:
    assert reachable_from(Status.DRAFT) == set(Status)


def test_no_published_status_is_a_dead_end() -> None:
    assert {step.source for step in STEPS} == set(Status)


def test_nothing_goes_back_to_a_draft() -> None:
    assert [step for step in STEPS if step.target == Status.DRAFT] == []


def test_one_step_between_two_statuses() -> None:
    pairs = [(step.source, step.target) for step in STEPS]
    assert len(pairs) == len(set(pairs))
