"""The feed: what friends, followed members, ideas, boards and tags did, read when it is opened."""

from ideas.news.away import away_words
from ideas.news.lines import KINDS_OF_LINES, Line
from ideas.news.reading import News, page_of
from ideas.news.sources import WITHOUT_SUPPORTS

__all__ = ["KINDS_OF_LINES", "WITHOUT_SUPPORTS", "Line", "News", "away_words", "page_of"]
