"""Who may do what in the forum, and why not. Asked by pages, API and services alike."""

from django.utils.translation import gettext_lazy as _

from community.models import Member, Reply, Space, Topic
from community.models.space import Openers
from community.models.topic import TopicKind
from community.policies.teams import team_ids
from community.verdicts import YES, Verdict, no

ANSWER_ANYWHERE = "community.answer_anywhere"


def answers_in(member: Member, space: Space) -> bool:
    """Whether somebody speaks for the company in a space."""
    if space.team_id in team_ids(member):
        return True
    return member.is_staff and member.has_perm(ANSWER_ANYWHERE)


def can_open(member: Member, space: Space, kind: str = TopicKind.DISCUSSION) -> Verdict:
    if kind == TopicKind.ANNOUNCEMENT and not answers_in(member, space):
        return no("not_the_team", _("Only the team of this space announces something here."))
    if space.opened_by == Openers.TEAM and not answers_in(member, space):
        return no("team_opens_here", _("Topics in this space are opened by its team."))
    return _can_speak(member)


def _can_speak(member: Member) -> Verdict:
    if not member.is_verified:
        return no(
            "address_unconfirmed",
            _("Confirm your e-mail address first: open the link that we sent you."),
        )
    return YES


def can_reply(member: Member, topic: Topic) -> Verdict:
    if topic.hidden_at:
        return _topic_is_hidden()
    if topic.closed_at:
        return no("topic_closed", _("This topic is closed. Nobody can reply any more."))
    return _can_speak(member)


def can_edit_topic(member: Member, topic: Topic) -> Verdict:
    if topic.author_id != member.pk:
        return no("not_yours", _("Only the author can change this topic."))
    return _topic_is_hidden() if topic.hidden_at else YES


def can_close(member: Member, topic: Topic) -> Verdict:
    if not answers_in(member, topic.space):
        return no("not_the_team", _("Only the team of this space closes topics."))
    return _topic_is_hidden() if topic.hidden_at else YES


def can_edit_reply(member: Member, reply: Reply) -> Verdict:
    if reply.author_id != member.pk:
        return no("not_yours", _("Only the author can change this reply."))
    return _reply_is_hidden() if reply.hidden_at else YES


def can_mark(member: Member, reply: Reply) -> Verdict:
    if reply.author_id == member.pk:
        return no("own_reply", _("Whether your reply helped is for others to say."))
    return _reply_is_hidden() if reply.hidden_at else YES


def can_choose_answer(member: Member, topic: Topic) -> Verdict:
    """The one who asked, and the team of the space; both to accept and to take it back."""
    if not topic.is_question:
        return no("no_question", _("Only a question has an accepted answer."))
    if topic.hidden_at:
        return _topic_is_hidden()
    if topic.author_id == member.pk or answers_in(member, topic.space):
        return YES
    return no("not_yours", _("The one who asked or the team of this space accepts an answer."))


def can_accept(member: Member, reply: Reply) -> Verdict:
    if reply.hidden_at:
        return _reply_is_hidden()
    return can_choose_answer(member, reply.topic)


def can_say_solved(member: Member, reply: Reply) -> Verdict:
    """Whether somebody may say that an answer solved theirs, too."""
    if not reply.accepted_at:
        return no("not_the_answer", _("This is not the accepted answer."))
    if reply.topic.hidden_at:
        return _topic_is_hidden()
    if member.pk in (reply.author_id, reply.topic.author_id):
        return no("own_answer", _("This is for others: you asked or answered yourself."))
    return YES


def _topic_is_hidden() -> Verdict:
    return no("hidden", _("This topic is hidden by moderation."))


def _reply_is_hidden() -> Verdict:
    return no("hidden", _("This reply is hidden by moderation."))
