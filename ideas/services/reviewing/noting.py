"""Private notes: Markdown that only the team reads."""

from django.db import transaction
from django.utils import timezone

from community import markdown
from community.models import Member
from ideas import policies
from ideas.models import Idea, Note
from ideas.models.review import DeedKind
from ideas.services import deeds


@transaction.atomic
def note(*, idea: Idea, by: Member, body: str) -> Note:
    """Keep a note."""
    policies.can_review(by, idea).enforce()
    kept = Note.objects.create(idea=idea, author=by, body=body, body_html=markdown.render(body))
    deeds.write(idea=idea, member=by, kind=DeedKind.NOTED, note=kept.pk)
    return kept


@transaction.atomic
def remove_note(*, note: Note, by: Member) -> None:
    """Take a note of one's own back. Its words are gone; that it was there stays known."""
    note = (
        Note.objects.select_for_update(of=("self",), no_key=True)
        .select_related("idea__board")
        .get(pk=note.pk)
    )
    policies.can_review(by, note.idea).enforce()
    policies.can_remove_note(by, note).enforce()
    if note.removed_at:
        return
    note.body = note.body_html = ""
    note.removed_at = timezone.now()
    note.save(update_fields=["body", "body_html", "removed_at"])
    deeds.write(idea=note.idea, member=by, kind=DeedKind.NOTE_REMOVED, note=note.pk)
