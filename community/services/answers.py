"""The accepted answer of a question, and whom else it helped."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from activity.services import record
from community.errors import Refused
from community.events import (
    AnswerAccepted,
    AnswerUnaccepted,
    SolvedMineToo,
    SolvedMineTooWithdrawn,
)
from community.models import Member, Reply, SolvedToo, Topic
from community.policies import forum as policies
from community.services.replies import held
from community.services.topics import locked


@transaction.atomic
def accept(*, reply: Reply, by: Member) -> Reply:
    """Make a reply the answer of its question; one that was accepted before is none any more."""
    topic = locked(Topic(pk=reply.topic_id))
    said = held(reply)
    policies.can_accept(by, said).enforce()
    if said.accepted_at:
        return said
    _take_back(topic, by)
    said.accepted_at, said.accepted_by = timezone.now(), by
    said.save(update_fields=["accepted_at", "accepted_by"])
    record(AnswerAccepted(**_facts(topic, said)), actor=by)
    return said


@transaction.atomic
def unaccept(*, topic: Topic, by: Member) -> None:
    """Take the accepted answer back: the question waits again."""
    topic = locked(topic)
    policies.can_choose_answer(by, topic).enforce()
    _take_back(topic, by)


def _take_back(topic: Topic, by: Member) -> None:
    """Under the topic's lock. Nothing happens where nothing is accepted."""
    rows = Reply.objects.select_for_update(no_key=True).defer("search")
    before = rows.filter(topic=topic, accepted_at__isnull=False).first()
    if before is None:
        return
    before.accepted_at = before.accepted_by = None
    before.save(update_fields=["accepted_at", "accepted_by"])
    record(AnswerUnaccepted(**_facts(topic, before)), actor=by)


def _facts(topic: Topic, answer: Reply) -> dict[str, Any]:
    return {
        "topic_id": topic.pk,
        "reply_id": answer.pk,
        "author_id": answer.author_id,
        "asker_id": topic.author_id,
    }


@transaction.atomic
def say_solved(*, reply: Reply, by: Member, solved: bool) -> Reply:
    """Say that an answer solved one's own problem, too, or take it back. Set, never toggled."""
    said = held(reply)
    policies.can_say_solved(by, said).enforce()
    mine = SolvedToo.objects.filter(reply=said, member=by)
    if mine.exists() == solved:
        return said
    facts: dict[str, Any] = {"topic_id": said.topic_id, "reply_id": said.pk}
    facts |= {"author_id": said.author_id, "member_id": by.pk}
    if solved:
        SolvedToo.objects.create(reply=said, member=by)
        record(SolvedMineToo(**facts), actor=by)
    else:
        mine.delete()
        record(SolvedMineTooWithdrawn(**facts), actor=by)
    said.refresh_from_db(fields=["solved"])
    return said


def answer_named(topic: Topic, pk: int) -> Reply:
    """A reply of this topic by its number; Refused when it is not one or was hidden."""
    found = topic.replies.shown().filter(pk=pk).first()
    if found is None:
        raise Refused(_("This reply is not there any more."), code="missing_reply")
    return found
