"""Addresses of pages elsewhere, as members may name them."""

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from community import fetching, text

LONGEST = 300


def is_page(url: str) -> None:
    """Raise ValidationError unless it is the address of a page that we may look at."""
    try:
        URLValidator(schemes=["https"])(url)
        fetching.judged(url)
    except (ValidationError, fetching.Forbidden) as error:
        words = _("“%(address)s” is not the address of a public page: it begins with https://.")
        shown = {"address": text.cut(url, 60)}
        raise ValidationError(words, params=shown, code="no_page") from error
    if len(url) > LONGEST:
        raise ValidationError(_("An address has 300 letters at the most."), code="too_long")
