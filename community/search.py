"""Words and languages as PostgreSQL sees them."""

from functools import reduce
from itertools import combinations
from operator import or_

from django.contrib.postgres.search import CombinedSearchQuery, SearchQuery, SearchVector
from django.db.models import Case, F, IntegerField, When
from django.db.models.expressions import CombinedExpression
from django.db.models.functions import Cast

# Text search configurations of our own, made by ideas' first migration: the language's stemmer
# behind unaccent, so that "Zähler", "Zahler" and "Zählern" find each other.
CONFIGS = {"en": "plenum_en", "de": "plenum_de"}

# The search index files ideas by their numbers, this many to a drawer: those that hold a word and
# are in a drawer are found without a look at all others that hold it.
DRAWER = 1024


def drawer() -> Cast:
    """The drawer of an idea; the newest have the highest."""
    return Cast(F("id") / DRAWER, IntegerField())


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


def any_of(lexemes: list[str]) -> SearchQuery:
    """What holds one of these words, as the index writes them."""
    return _raw(" | ".join(map(quoted, lexemes)))


def any_two(lexemes: list[str]) -> SearchQuery:
    """What holds two of these words, or the only one."""
    pairs = combinations(map(quoted, lexemes), 2)
    return _raw(" | ".join(f"({one} & {two})" for one, two in pairs) or quoted(lexemes[0]))


def _raw(query: str) -> SearchQuery:
    return SearchQuery(query, config="simple", search_type="raw")


def quoted(lexeme: str) -> str:
    """A lexeme as it stands in a raw query."""
    return "'" + lexeme.replace("\\", "\\\\").replace("'", "''") + "'"
