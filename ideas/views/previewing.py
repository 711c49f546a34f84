"""A decision as it will stand on its page, and the mail about it as supporters get it."""

import copy
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from django.conf import settings
from django.utils import timezone

from community import markdown
from community.models import Member, Notification
from community.services import letters
from ideas import notices, policies
from ideas.models import Decision, Idea, PendingDecision
from ideas.reach import Reach
from ideas.services.steps import Grounds
from ideas.subscribers import EXCERPT
from ideas.topics import topic_of

# What a mail program shows of the HTML; the rest is its frame.
SHOWN = re.compile(r"<main>(.*)</main>", re.DOTALL)


@dataclass(frozen=True)
class Letter:
    """`html` is the part that shows, of our own template."""

    language: str
    subject: str
    text: str
    html: str


def preview_of(
    idea: Idea, member: Member, typed: Mapping[str, Any], reach: Reach
) -> dict[str, Any]:
    """What the page shows of it. Whatever is missing yet is missing in the preview."""
    decision = _decision(idea, member, typed.get("to") or idea.status, typed)
    if typed.get("publish_at"):
        decision.created_at = typed["publish_at"]
    languages = reach.languages or (member.language,)
    return {
        "previewed": decision,
        "letters": [_letter(decision, member, language) for language in languages],
    }


def decision_of(pending: PendingDecision) -> Decision:
    """What waits, as it will stand on the page."""
    decision = _decision(pending.idea, pending.proposed_by, pending.to_status, vars(pending))
    if pending.publish_at:
        decision.created_at = pending.publish_at
    return decision


def _decision(idea: Idea, member: Member, to: str, typed: Mapping[str, Any]) -> Decision:
    said = {f.name: typed.get(f.name) or f.default for f in fields(Grounds)}
    speaks_for_team = policies.answers_for(member, idea.board)
    return Decision(
        idea=idea,
        member=member,
        team=idea.board.team if speaks_for_team else None,
        from_status=idea.status,
        to_status=to,
        statement_html=markdown.render(str(said["statement"])),
        created_at=timezone.now(),
        **said,
    )


def _letter(decision: Decision, member: Member, language: str) -> Letter:
    # To nobody but the one who looks: a supporter's address and way out are theirs.
    reader = copy.copy(member)
    reader.language = language
    letter = letters.about(
        Notification(
            member=reader,
            actor=member,
            event_id=0,
            kind=notices.DECIDED,
            topic=topic_of(decision.idea_id),
            subject=decision.idea.title,
            excerpt=markdown.plain(decision.statement, EXCERPT),
            url=decision.idea.get_absolute_url(),
            created_at=decision.created_at,
        )
    )
    shown = SHOWN.search(str(letter.alternatives[0][0]))
    assert shown is not None, "The template of mails has a <main>."
    return Letter(
        language=str(dict(settings.LANGUAGES)[language]),
        subject=str(letter.subject),
        text=str(letter.body),
        html=shown[1],
    )
