"""Decisions that are the same again and again, for one click."""

from dataclasses import dataclass
from typing import Any

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from moderation.grounds import Action
from moderation.models import Case, Clause


@dataclass(frozen=True)
class Preset:
    """What it is called, what it does, and its facts in the language of the author. `keys` are
    those of the clauses that it may rest on: the first that holds counts."""

    code: str
    label: Any
    action: str
    facts: Any
    keys: tuple[str, ...] = ()
    spam: bool = False

    def finding(self, case: Case) -> dict[str, Any]:
        """As services.decide takes it."""
        with translation.override(case.author.language):
            facts = str(self.facts)
        said = {"action": self.action, "facts": facts, "spam": self.spam}
        return said | {"clause": self.clause()}

    def clause(self) -> Clause | None:
        """None where no rule of these keys holds."""
        found = {clause.key: clause for clause in Clause.objects.in_force()}
        return next((found[key] for key in self.keys if key in found), None)


SPAM = Preset(
    "spam",
    _("Remove as spam"),
    Action.REMOVE,
    _("It advertises something that has nothing to do with what others talk about here."),
    keys=("spam", "advertising", "scams"),
    spam=True,
)
FINE = Preset(
    "fine",
    _("Leave it as it is"),
    Action.NO_ACTION,
    _("It was read as a whole, and it breaks none of the house rules."),
)
PRESETS = {preset.code: preset for preset in (SPAM, FINE)}
