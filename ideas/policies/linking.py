"""Who ties topics of the forum and ideas together, and who makes one of the other."""

from django.utils.translation import gettext_lazy as _

from community.models import Member, Reply, Topic
from community.models.topic import TopicKind
from community.policies.forum import answers_in
from community.verdicts import YES, Verdict, no
from ideas.models import Idea
from ideas.policies.people import answers_for


def can_turn(member: Member, topic: Topic) -> Verdict:
    """Whether somebody may make an idea of a topic: its author, and the team of its space."""
    if topic.hidden_at:
        return no("hidden", _("This topic is hidden by moderation."))
    if topic.kind == TopicKind.ANNOUNCEMENT:
        return no("announcement", _("An announcement does not become an idea."))
    if topic.author_id == member.pk or answers_in(member, topic.space):
        return YES
    return no("not_yours", _("The author of the topic or the team makes an idea of it."))


def can_link(member: Member, topic: Topic, idea: Idea) -> Verdict:
    """The author of either, and the team of either."""
    verdict = can_link_topics(member, idea)
    if topic.hidden_at or verdict.code == "hidden":
        return no("hidden", _("Only what everybody can see is linked."))
    if verdict or topic.author_id == member.pk or answers_in(member, topic.space):
        return YES
    return verdict


def can_link_topics(member: Member, idea: Idea) -> Verdict:
    """Whether somebody may link any topic they see to an idea."""
    if idea.hidden_at or idea.is_draft:
        return no("hidden", _("Only what everybody can see is linked."))
    if idea.author_id == member.pk or answers_for(member, idea.board):
        return YES
    return no("not_yours", _("The authors or the teams link a topic and an idea."))


def can_credit_reply(member: Member, reply: Reply, idea: Idea) -> Verdict:
    """Whether somebody may say that a reply was used for an idea: its author, and its team."""
    if reply.hidden_at or reply.team_id or idea.hidden_at or idea.is_draft:
        return no("nothing_to_credit", _("Only what members have added can be credited."))
    if reply.author_id == idea.author_id:
        return no("own_idea", _("The author has the credit for the idea already."))
    if reply.author_id == member.pk:
        return no("own_reply", _("Whether your reply was used is for others to say."))
    if idea.author_id == member.pk or answers_for(member, idea.board):
        return YES
    return no("not_your_credit", _("The author of the idea or its team says what was used."))
