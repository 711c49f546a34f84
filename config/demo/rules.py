"""The demo's house rules: the first ones, those that hold, and those that are announced."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from community.models import PolicyVersion
from community.models.policy import PolicyKind
from config.demo import content
from config.demo.content import Row, at
from moderation.models import HouseRules
from moderation.services.drafting import add_clauses, first_rules


def publish(now: datetime) -> list[PolicyVersion]:
    """All versions, the oldest first; returns them."""
    return [_publish(row, now) for row in content.rows("rules")]


def _publish(row: Row, now: datetime) -> PolicyVersion:
    """Not by the service, which knows no past."""
    said = first_rules()
    draft: HouseRules = HouseRules.objects.create(
        kind=PolicyKind.RULES,
        number=row["number"],
        text_en=said["text_en"],
        text_de=said["text_de"],
        changes_en=row["changes_en"],
        changes_de=row["changes_de"],
        written_at=at(now, row["published_days_ago"] + 7),
    )
    add_clauses(rules=draft, clauses=[*_clauses(said["clauses"], row), *row["added"]])
    draft.published_at = at(now, row["published_days_ago"])
    draft.effective_at = at(now, row["effective_days_ago"])
    draft.save(update_fields=["published_at", "effective_at"])
    return draft


def _clauses(first: list[dict[str, Any]], row: Row) -> Iterator[Mapping[str, Any]]:
    for clause in first:
        if clause["key"] not in row["without"]:
            yield clause | row["reworded"].get(clause["key"], {})
