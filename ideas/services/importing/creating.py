"""Ideas that the site has not seen before."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from community import markdown
from community.models import Member
from ideas.importing.entries import Entry
from ideas.models import Board, Decision, Follow, Idea, IdeaRevision
from ideas.models.decision import Origin
from ideas.services import crediting
from ideas.services.importing.past import note
from ideas.services.writing import SNIPPET
from ideas.status import Status

_MARKUP = re.compile(r"([\\`*_\[\]<>~|])")


def create(
    board: Board, entries: Sequence[Entry], people: Mapping[str, Member], language: str
) -> list[tuple[Idea, Entry]]:
    """Write new ideas, their first revisions and their answers."""
    now = timezone.now()
    made = [_idea(board, entry, people[entry.author], language, now) for entry in entries]
    ideas = Idea.objects.bulk_create(made)
    posted = [idea for idea in ideas if not idea.is_draft]
    IdeaRevision.objects.bulk_create(revision(idea) for idea in posted)
    Follow.objects.bulk_create(Follow(idea=idea, member_id=idea.author_id) for idea in posted)
    crediting.credit_authors(ideas=posted)
    pairs = list(zip(ideas, entries, strict=True))
    answered = [(i, e) for i, e in pairs if e.statement or i.status not in _SILENT]
    Decision.objects.bulk_create(
        decision(idea, entry, source=Status.OPEN, now=now) for idea, entry in answered
    )
    return pairs


# What needs no decision when nothing is said about it.
_SILENT = frozenset({Status.DRAFT, Status.OPEN})


def _idea(board: Board, entry: Entry, author: Member, language: str, now: datetime) -> Idea:
    began = entry.created or entry.decided or now
    status = entry.status or Status.OPEN
    idea = Idea(
        board=board,
        author=author,
        title=entry.title,
        language=entry.language or language,
        status=status,
        created_at=began,
        opened_at=None if status == Status.DRAFT else began,
        external_id=entry.key,
        source_url=entry.url,
        earlier_supporters=entry.earlier_supporters or 0,
    )
    fill(idea, body_of(entry, idea.language))
    return idea


def body_of(entry: Entry, language: str) -> str:
    """The text, and a last line that names those who share the credit."""
    if not entry.co_authors:
        return entry.body
    names = ", ".join(_MARKUP.sub(r"\\\1", name.removeprefix("@")) for name in entry.co_authors)
    with override(language):
        credit = _("Proposed together with %(names)s.") % {"names": names}
    return f"{entry.body}\n\n{credit}".strip()


def fill(idea: Idea, body: str) -> None:
    """Set the text and all that is made of it."""
    idea.body = body
    idea.body_html = markdown.render(body)
    idea.snippet = markdown.plain(body, SNIPPET)


def revision(idea: Idea) -> IdeaRevision:
    """The idea's text as it is now, for its history."""
    return IdeaRevision(
        idea=idea,
        number=idea.version,
        title=idea.title,
        body=idea.body,
        note=note(idea.language),
        editor_id=idea.author_id,
        created_at=idea.edited_at or idea.created_at,
    )


def decision(idea: Idea, entry: Entry, *, source: str, now: datetime) -> Decision:
    """The step that brought an idea where it is, as far as the file knows."""
    return Decision(
        idea=idea,
        team_id=idea.board.team_id,
        origin=Origin.IMPORTED,
        from_status=source,
        to_status=idea.status,
        statement=entry.statement,
        statement_html=markdown.render(entry.statement),
        created_at=entry.decided or now,
    )
