"""Who one can be in the demo. Offered on the sign-in page and printed by `make run`."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from community import avatars

PASSWORD = "plenum-demo"  # noqa: S105  # written on the sign-in page, and only in the demo


@dataclass(frozen=True)
class DemoLogin:
    """`role` is a lazy text."""

    handle: str
    name: str
    role: Any
    password: str = PASSWORD

    @property
    def email(self) -> str:
        return f"{self.handle}@example.org"

    @property
    def initials(self) -> str:
        return avatars.initials(self.name)


DEMO_LOGINS = (
    DemoLogin("mara", "Mara Lindqvist", _("customer, author of ideas")),
    DemoLogin("tom", "Tom Okafor", _("another customer")),
    DemoLogin("leonie", "Leonie Haas", _("decides for the Tariffs team")),
    DemoLogin("kaya", "Kaya Demir", _("moderator")),
    DemoLogin("noor", "Noor van den Berg", _("community manager")),
    DemoLogin("admin", "Adrian Falk", _("administrator")),
)
