"""What members hear about their own account, in words."""

from django.utils.translation import gettext_lazy as _

from community import wording
from community.wording import Wording

EXPORTED = "community.exported"

WORDINGS = {
    EXPORTED: Wording(
        _("Your copy of everything about you is ready"),
        _("Your copy of everything about you is ready"),
        _("You asked for it."),
    ),
}


def register() -> None:
    """Tell the notifications how each kind reads."""
    for kind, words in WORDINGS.items():
        wording.add(kind, words)
