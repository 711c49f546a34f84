"""Writing new house rules: a draft begins as a copy of those before, with the same clauses."""

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from community.models import Member
from community.models.policy import PolicyKind
from community.services import consenting
from moderation.models import Clause, HouseRules
from moderation.policies import can_draft_rules, can_publish_rules

FIRST = Path(__file__).parents[1] / "first_rules.json"
WORDS = ("title_en", "title_de", "text_en", "text_de", "category", "severity")


def first_rules() -> Mapping[str, Any]:
    """What a new site's first draft says: `text_en`, `text_de` and `clauses`."""
    found: Mapping[str, Any] = json.loads(FIRST.read_text(encoding="utf-8"))
    return found


@transaction.atomic
def draft_rules(*, by: Member) -> HouseRules:
    """A draft of the next version: a copy of the newest one, or the first rules. Raises Refused."""
    rules = HouseRules.objects.select_for_update().order_by("-number")
    newest = rules.first()
    can_draft_rules(by, newest).enforce()
    said = _as_written(newest) if newest else first_rules()
    draft: HouseRules = HouseRules.objects.create(
        kind=PolicyKind.RULES,
        number=newest.number + 1 if newest else 1,
        text_en=said["text_en"],
        text_de=said["text_de"],
    )
    add_clauses(rules=draft, clauses=said["clauses"])
    return draft


@transaction.atomic
def add_clauses(*, rules: HouseRules, clauses: list[Mapping[str, Any]]) -> None:
    """Write clauses into a draft, in their order."""
    Clause.objects.bulk_create(
        Clause(version=rules, position=position, **clause)
        for position, clause in enumerate(clauses, start=1)
    )


def _as_written(rules: HouseRules) -> Mapping[str, Any]:
    clauses = list(Clause.objects.filter(version=rules).values("key", *WORDS))
    return {"text_en": rules.text_en, "text_de": rules.text_de, "clauses": clauses}


@transaction.atomic
def publish_rules(*, rules: HouseRules, by: Member, effective_at: datetime | None = None) -> None:
    """Publish a draft, in force at once or from a day to come. Raises Refused.

    From then on it stands. Every member is told, and asked to agree once it holds.
    """
    locked = HouseRules.objects.select_for_update().get(pk=rules.pk)
    has_clauses = Clause.objects.filter(version=locked).exists()
    can_publish_rules(by, locked, has_clauses=has_clauses).enforce()
    consenting.publish_policy(version=locked, effective_at=effective_at, by=by)
