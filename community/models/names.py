from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

FORMER = _("Former member")


class NameField(models.CharField[str, str]):
    """A member's name. Who left has none, and is read as “former member” in the reader's language.

    Here and not in each template, so that no page, mail or answer of the API can forget it.
    """

    def from_db_value(self, value: str | None, *args: Any) -> "str | Promise | None":
        return FORMER if value == "" else value

    def get_prep_value(self, value: Any) -> Any:
        return "" if isinstance(value, Promise) else super().get_prep_value(value)
