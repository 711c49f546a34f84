"""Ideas that an earlier import brought, compared with what the file says now."""

from django.db import connection
from django.utils import timezone

from ideas.importing.entries import Entry
from ideas.models import Decision, Idea
from ideas.models.decision import Origin
from ideas.services import crediting, promising
from ideas.services.importing.creating import body_of, decision, fill, revision
from ideas.services.importing.past import Past
from ideas.status import Status


def update(idea: Idea, entry: Entry, past: Past) -> bool:
    """Write what the file says anew; returns whether anything was."""
    if idea.removed_at:
        # Its author took it along: the file is no reason to bring it back.
        return False
    changed = [
        _take_facts(idea, entry),
        past.keeps_text(idea) and _take_text(idea, entry),
        _take_answer(idea, entry, past.decisions.get(idea.pk)),
    ]
    return any(changed)


def _take_facts(idea: Idea, entry: Entry) -> bool:
    said = {
        "language": entry.language,
        "source_url": entry.url,
        "created_at": entry.created,
        "opened_at": None if idea.is_draft else entry.created,
        "earlier_supporters": entry.earlier_supporters,
    }
    # A nought is a statement, an empty text is none.
    new = {k: v for k, v in said.items() if v not in (None, "") and v != getattr(idea, k)}
    for name, value in new.items():
        setattr(idea, name, value)
    if new:
        idea.save(update_fields=new.keys())
    return bool(new)


def _take_text(idea: Idea, entry: Entry) -> bool:
    body = body_of(entry, idea.language) or idea.body
    if (entry.title, body) == (idea.title, idea.body):
        return False
    idea.title = entry.title
    fill(idea, body)
    idea.version += 1
    idea.edited_at = timezone.now()
    idea.save(update_fields=["title", "body", "body_html", "snippet", "version", "edited_at"])
    revision(idea).save(force_insert=True)
    return True


def _take_answer(idea: Idea, entry: Entry, last: Decision | None) -> bool:
    """A step that the file knows and the site does not. Who decided or merged here has the last
    word."""
    target = entry.status or idea.status
    decided_here = idea.merged_into_id or (last is not None and last.origin != Origin.IMPORTED)
    if decided_here or target == Status.DRAFT:
        return False
    said = last.statement if last else ""
    if target == idea.status and entry.statement in ("", said):
        return False
    _step(idea, entry, target)
    return True


def _step(idea: Idea, entry: Entry, target: str) -> None:
    now, source = timezone.now(), idea.status
    idea.status = target
    idea.opened_at = idea.opened_at or entry.created or now
    with connection.cursor() as cursor:
        # The table of steps is for deeds; what happened elsewhere took its own way.
        cursor.execute("SELECT set_config('plenum.importing', 'on', true)")
        idea.save(update_fields=["status", "opened_at"])
        cursor.execute("SELECT set_config('plenum.importing', 'off', true)")
    if source == Status.DRAFT:
        revision(idea).save(force_insert=True)
        crediting.credit_authors(ideas=[idea])
        source = Status.OPEN
    if entry.statement or (source, target) != (Status.OPEN, Status.OPEN):
        made = decision(idea, entry, source=source, now=now)
        made.save(force_insert=True)
        promising.follow_import(idea=idea, decision=made)
