"""Who must not be told of whose deeds. Rules are put in by those who know them."""

from collections.abc import Callable, Collection

# Given members and who did something: those of the members who must not hear of it.
Rule = Callable[[Collection[int], int], set[int]]
_RULES: list[Rule] = []


def add_rule(rule: Rule) -> None:
    """Ask this rule, too, before anybody is told of anything."""
    if rule not in _RULES:
        _RULES.append(rule)


def spared(member_ids: Collection[int], actor_id: int | None) -> set[int]:
    """Those of the members who must not be told what the actor did."""
    if actor_id is None or not member_ids:
        return set()
    return set().union(*(rule(member_ids, actor_id) for rule in _RULES))
