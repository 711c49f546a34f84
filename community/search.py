"""Words and languages as PostgreSQL sees them."""

from functools import reduce
from operator import or_

from django.contrib.postgres.search import CombinedSearchQuery, SearchQuery, SearchVector
from django.db.models import Case, When
from django.db.models.expressions import CombinedExpression

# Text search configurations of our own (made by the first migration of ideas): the language's stemmer
# behind unaccent, so that "Zähler", "Zahler" and "Zählern" find each other.
CONFIGS = {"en": "plenum_en", "de": "plenum_de"}


def _words_of(config: str, title: str | None) -> CombinedExpression | SearchVector:
    body = SearchVector("body", weight="B", config=config)
    return SearchVector(title, weight="A", config=config) + body if title else body


def stored_words(title: str | None = "title") -> Case:
    """The words of a text in its language, title before body: what a search index holds."""
    words = {code: _words_of(config, title) for code, config in CONFIGS.items()}
    return Case(When(language="de", then=words["de"]), default=words["en"])


def query(words: str) -> CombinedSearchQuery:
    """What somebody typed, read in every language of the site.

    Quotes, OR and - work as they do on the web.
    """
    readings = (SearchQuery(words, config=c, search_type="websearch") for c in CONFIGS.values())
    return reduce(or_, readings)  # type: ignore[return-value]
