"""Who must not be told of whose deeds. Rules are put in by those who know them."""

from collections.abc import Callable, Collection

# Given members, who did something and what kind it is: those of them who must not hear of it.
Rule = Callable[[Collection[int], int, str], set[int]]
_RULES: list[Rule] = []


def add_rule(rule: Rule) -> None:
    """Ask this rule, too, before anybody is told of anything."""
    if rule not in _RULES:
        _RULES.append(rule)


def spared(member_ids: Collection[int], actor_id: int | None, kind: str) -> set[int]:
    """Those of the members who must not be told of this kind, which the actor did."""
    if actor_id is None or not member_ids:
        return set()
    return set().union(*(rule(member_ids, actor_id, kind) for rule in _RULES))
