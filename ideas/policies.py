"""Who may do what to an idea, and why not. Asked by pages, API and services alike."""

from django.utils.translation import gettext_lazy as _

from community.models import Member, Topic
from community.models.topic import TopicKind
from community.policies.forum import answers_in
from community.policies.teams import team_ids as team_ids
from community.verdicts import YES, Verdict, no
from ideas.models import Board, Comment, Idea, Support
from ideas.status import ACCEPTS_SUPPORT, USES_BUDGET, Role, Status, Step, find, steps_from

DECIDE_ANYWHERE = "ideas.decide_anywhere"


def answers_for(member: Member, board: Board) -> bool:
    """Whether somebody speaks for the company on a board."""
    if board.team_id in team_ids(member):
        return True
    return member.is_staff and member.has_perm(DECIDE_ANYWHERE)


def can_post(member: Member, board: Board) -> Verdict:
    if not board.accepts_ideas:
        return no("board_closed", _("This board takes no new ideas at the moment."))
    return _can_speak(member)


def _can_speak(member: Member) -> Verdict:
    if not member.is_verified:
        return no(
            "address_unconfirmed",
            _("Confirm your e-mail address first: open the link that we sent you."),
        )
    return YES


def can_support(member: Member, idea: Idea) -> Verdict:
    """Without the budget, which `can_spend` asks where a board has one."""
    if idea.author_id == member.pk:
        return no("own_idea", _("This is your own idea. You are its first supporter already."))
    if idea.status not in ACCEPTS_SUPPORT or idea.hidden_at:
        return no("support_closed", _("This idea takes no more support."))
    return YES


def can_spend(member: Member, idea: Idea) -> Verdict:
    """Whether the board's budget has room for one more support."""
    if not idea.board.uses_budget or idea.status not in USES_BUDGET:
        return YES
    budget = member.privileges.support_budget
    spent = Support.objects.on_budget(member_id=member.pk, board_id=idea.board_id)
    if spent.exclude(idea=idea).count() < budget:
        return YES
    reason = _(
        "You have used all %(budget)d supports of this board. Withdraw one, or wait until one "
        "of those ideas is decided."
    )
    return no("budget_spent", reason % {"budget": budget})


def can_comment(member: Member, idea: Idea) -> Verdict:
    if idea.status == Status.DRAFT or idea.hidden_at:
        return no("comments_closed", _("Comments on this idea are closed."))
    return _can_speak(member)


def can_edit(member: Member, idea: Idea) -> Verdict:
    if idea.author_id != member.pk:
        return no("not_yours", _("Only the author can change this idea."))
    if idea.status not in (Status.DRAFT, Status.OPEN, Status.NEEDS_INFO):
        return no(
            "already_in_review", _("The team has this idea under review. Add a comment instead.")
        )
    if idea.hidden_at:
        return no("hidden", _("This idea is hidden by moderation."))
    return YES


def can_discard(member: Member, idea: Idea) -> Verdict:
    if idea.author_id != member.pk or idea.status != Status.DRAFT:
        return no("not_a_draft", _("Only your own drafts can be thrown away."))
    return YES


def can_edit_comment(member: Member, comment: Comment) -> Verdict:
    if comment.author_id != member.pk:
        return no("not_yours", _("Only the author can change this comment."))
    if comment.hidden_at:
        return no("hidden", _("This comment is hidden by moderation."))
    return YES


def can_mark(member: Member, comment: Comment) -> Verdict:
    if comment.author_id == member.pk:
        return no("own_comment", _("Whether your comment helped is for others to say."))
    if comment.hidden_at:
        return no("hidden", _("This comment is hidden by moderation."))
    return YES


def can_resolve(member: Member, comment: Comment) -> Verdict:
    """The one who asked, the idea's author, and the team."""
    if not comment.is_resolvable or comment.hidden_at:
        return no("nothing_to_resolve", _("Only questions and concerns can be resolved."))
    mine = member.pk in (comment.author_id, comment.idea.author_id)
    if mine or answers_for(member, comment.idea.board):
        return YES
    return no(
        "not_yours", _("The one who asked, the author of the idea or the team can resolve this.")
    )


def roles_of(member: Member, idea: Idea) -> frozenset[Role]:
    """In which roles somebody meets an idea."""
    author = {Role.AUTHOR} if idea.author_id == member.pk else set()
    team = {Role.TEAM} if answers_for(member, idea.board) else set()
    return frozenset(author | team)


def can_step(member: Member, idea: Idea, target: str) -> Verdict:
    """Whether somebody may take an idea to a status."""
    step = find(idea.status, target)
    # A draft takes its step by being posted, which is no decision.
    if step is None or idea.is_draft:
        return no("no_such_step", _("An idea cannot go there from where it is."))
    if not step.roles & roles_of(member, idea):
        return no("not_your_step", _("This step is for the team that owns the board."))
    if idea.hidden_at:
        return no("hidden", _("This idea is hidden by moderation."))
    return YES


def steps_for(member: Member, idea: Idea) -> list[Step]:
    """The steps somebody may take from here, drafts aside."""
    if idea.is_draft or idea.hidden_at:
        return []
    roles = roles_of(member, idea)
    return [step for step in steps_from(idea.status) if step.roles & roles]


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
