"""The texts that decisions may begin with, as a new site has them."""

import json
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from django.db import transaction

from ideas.models import DecisionTemplate

TEXTS = Path(__file__).with_name("templates.json")
OF = itemgetter("to_status", "reason", "language")


@transaction.atomic
def set_up_templates() -> int:
    """Write the texts for each step, reason and language that has none; returns how many.

    What was edited in the admin stays as it is.
    """
    known = set(DecisionTemplate.objects.values_list("to_status", "reason", "language"))
    rows = sorted(json.loads(TEXTS.read_text(encoding="utf-8")), key=OF)
    missing = [
        DecisionTemplate(**row)
        for place, group in groupby(rows, key=OF)
        if place not in known
        for row in group
    ]
    DecisionTemplate.objects.bulk_create(missing)
    return len(missing)
