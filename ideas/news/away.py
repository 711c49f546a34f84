"""One line that says what happened since somebody last looked."""

from collections.abc import Iterable

from django.utils.translation import gettext, ngettext

from ideas.news.lines import ANSWERED, COMMENTED, DECIDED, OPENED, SUPPORTED, SUPPORTS, Line


def away_words(fresh: Iterable[Line], *, more: object = False) -> str:
    """“3 new ideas, 1 decision”, in the active language; empty when nothing is new.

    `more`: there is more that is new than these lines.
    """
    count = dict.fromkeys((OPENED, DECIDED, COMMENTED, SUPPORTED), 0)
    same = {ANSWERED: COMMENTED, SUPPORTS: SUPPORTED}
    for line in fresh:
        number = len(line.ideas) if line.kind in (SUPPORTED, SUPPORTS) else len(line.facts)
        count[same.get(line.kind, line.kind)] += number
    parts = [_part(kind, number) for kind, number in count.items() if number]
    if parts and more:
        parts.append(gettext("and more"))
    return ", ".join(parts)


def _part(kind: str, number: int) -> str:
    words = {
        OPENED: ngettext("%(number)d new idea", "%(number)d new ideas", number),
        DECIDED: ngettext("%(number)d decision", "%(number)d decisions", number),
        COMMENTED: ngettext("%(number)d comment", "%(number)d comments", number),
        SUPPORTED: ngettext("support for %(number)d idea", "support for %(number)d ideas", number),
    }
    return words[kind] % {"number": number}
