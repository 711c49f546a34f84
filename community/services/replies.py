"""Replies, their edits and helpful marks."""

from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from activity.services import record
from community import markdown, wilson
from community.errors import Refused
from community.events import ReplyFoundHelpful, ReplyHelpfulWithdrawn, ReplyPosted
from community.models import Member, Reply, ReplyMark, ReplyRevision, Topic, TopicFollow
from community.policies import forum as policies
from community.policies.teams import team_ids
from community.policies.writing import can_link
from community.services.topics import DOUBLE_CLICK, locked, mentioned_in


@transaction.atomic
def reply(*, topic: Topic, by: Member, body: str, quotes: Reply | None = None) -> Reply:
    """Say something in a topic, perhaps to a reply that it quotes. Its author follows the topic.

    The same words again at once are a double click: the reply that stands is returned.
    """
    topic = locked(topic)
    policies.can_reply(by, topic).enforce()
    can_link(by, body).enforce()
    if quotes is not None and (quotes.topic_id != topic.pk or quotes.hidden_at):
        raise Refused(_("The reply that you quote is not there any more."), code="missing_quotes")
    recently = timezone.now() - DOUBLE_CLICK
    same = topic.replies.shown().filter(author=by, quotes=quotes, created_at__gt=recently)
    if said := same.filter(body=body).first():
        return said
    official = topic.space.team_id in team_ids(by)
    said = Reply.objects.create(
        topic=topic,
        author=by,
        team_id=topic.space.team_id if official else None,
        quotes=quotes,
        body=body,
        body_html=markdown.render(body),
        language=topic.language,
    )
    TopicFollow.objects.bulk_create([TopicFollow(topic=topic, member=by)], ignore_conflicts=True)
    record(_posted(said, quotes), actor=by)
    return said


def _posted(said: Reply, quoted: Reply | None) -> ReplyPosted:
    return ReplyPosted(
        topic_id=said.topic_id,
        reply_id=said.pk,
        author_id=said.author_id,
        official=said.team_id is not None,
        quoted_id=quoted.author_id if quoted else None,
        mentioned=mentioned_in(said.body),
    )


def held(reply: Reply) -> Reply:
    """The reply as it is now, held until the transaction ends, with its topic and space."""
    rows = Reply.objects.select_for_update(of=("self",), no_key=True).defer("search")
    return rows.select_related("topic__space").get(pk=reply.pk)


@transaction.atomic
def edit_reply(*, reply: Reply, by: Member, version: int, body: str) -> Reply:
    """Change one's reply; what it said before stays readable. Refused as `stale` when late."""
    said = held(reply)
    policies.can_edit_reply(by, said).enforce()
    can_link(by, body, before=said.body).enforce()
    if said.version != version:
        raise Refused(_("This reply was changed while you were writing."), code="stale")
    if body == said.body:
        return said
    ReplyRevision.objects.create(reply=said, number=said.version, body=said.body)
    said.body, said.body_html = body, markdown.render(body)
    said.version += 1
    said.edited_at = timezone.now()
    said.save(update_fields=["body", "body_html", "version", "edited_at"])
    return said


@transaction.atomic
def mark_helpful(*, reply: Reply, by: Member, helpful: bool | None) -> Reply:
    """Set whether a reply helped; None takes the mark back."""
    said = held(reply)
    policies.can_mark(by, said).enforce()
    before = ReplyMark.objects.filter(reply=said, member=by).first()
    if helpful is None:
        ReplyMark.objects.filter(reply=said, member=by).delete()
    else:
        ReplyMark.objects.update_or_create(reply=said, member=by, defaults={"helpful": helpful})
    _recount_marks(said)
    if helpful and not (before and before.helpful):
        fact = ReplyFoundHelpful(reply_id=said.pk, author_id=said.author_id, member_id=by.pk)
        record(fact, actor=by)
    elif before and before.helpful and not helpful:
        withdrawn = ReplyHelpfulWithdrawn(
            reply_id=said.pk, author_id=said.author_id, member_id=by.pk
        )
        record(withdrawn, actor=by)
    return said


def _recount_marks(said: Reply) -> None:
    counts = said.marks.aggregate(
        yes=Count("id", filter=Q(helpful=True)), no=Count("id", filter=Q(helpful=False))
    )
    said.helpful, said.unhelpful = counts["yes"], counts["no"]
    said.helpful_score = wilson.lower_bound(said.helpful, said.unhelpful)
    said.save(update_fields=["helpful", "unhelpful", "helpful_score"])
