"""Words and languages as PostgreSQL sees them."""

from functools import reduce
from operator import or_

from django.contrib.postgres.search import CombinedSearchQuery, SearchQuery, SearchVector
from django.db.models import Case, F, IntegerField, When
from django.db.models.expressions import CombinedExpression
from django.db.models.functions import Cast

# Text search configurations of our own (made by the first migration): the language's stemmer
# behind unaccent, so that "Zähler", "Zahler" and "Zählern" find each other.
CONFIGS = {"en": "plenum_en", "de": "plenum_de"}

# The search index files ideas by their numbers, this many to a drawer: those that hold a word and
# are in a drawer are found without a look at all others that hold it.
DRAWER = 1024


def drawer() -> Cast:
    """The drawer of an idea; the newest have the highest."""
    return Cast(F("id") / DRAWER, IntegerField())


def _words_of(config: str) -> CombinedExpression:
    title = SearchVector("title", weight="A", config=config)
    return title + SearchVector("body", weight="B", config=config)


def stored_words() -> Case:
    """The words of an idea in its language, title before body: what the search index holds."""
    return Case(
        When(language="de", then=_words_of(CONFIGS["de"])), default=_words_of(CONFIGS["en"])
    )


def query(words: str) -> CombinedSearchQuery:
    """What somebody typed, read in every language of the site.

    Quotes, OR and - work as they do on the web.
    """
    readings = (SearchQuery(words, config=c, search_type="websearch") for c in CONFIGS.values())
    return reduce(or_, readings)  # type: ignore[return-value]
