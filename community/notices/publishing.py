"""What members hear when the terms, the privacy policy or the house rules change."""

from django.utils.translation import gettext_lazy as _

from community import wording
from community.wording import Wording

_SENTENCES = {
    "terms": _("There are new terms of use"),
    "privacy": _("There is a new privacy policy"),
    "rules": _("There are new house rules"),
}


def kind_of(policy: str) -> str:
    """The kind of notification: `community.rules_published` and so on."""
    return f"community.{policy}_published"


def register() -> None:
    """Tell the notifications how each kind reads. They are in no group: whoever is bound by
    something has to hear of it."""
    for policy, sentence in _SENTENCES.items():
        wording.add(kind_of(policy), Wording(sentence, sentence, _("It holds for every member.")))
