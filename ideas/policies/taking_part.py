"""What members may do: post, support, say and change."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from community import trust
from community.models import Member
from community.verdicts import YES, AboutLevels, Verdict, limited, no
from ideas.models import (
    Board,
    Comment,
    Idea,
    Support,
)
from ideas.policies.cowriting import writes
from ideas.policies.merging import is_merged
from ideas.policies.people import answers_for
from ideas.status import ACCEPTS_SUPPORT, USES_BUDGET, Status


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
    if member.pk in idea.co_author_ids:
        return no("co_author", _("You co-wrote this idea, so your own support is understood."))
    if idea.status not in ACCEPTS_SUPPORT or idea.hidden_at or idea.removed_at:
        return no("support_closed", _("This idea takes no more support."))
    return YES


def can_spend(member: Member, idea: Idea) -> Verdict:
    """Whether the board's budget has room for one more support."""
    if not idea.board.uses_budget or idea.status not in USES_BUDGET:
        return YES
    budget = member.privileges.support_budget
    spent = Support.objects.on_budget(member_id=member.pk, board_id=idea.board_id)
    if spent.besides(idea.root_id).groups() < budget:
        return YES
    reason = gettext(
        "You have used all %(budget)d supports of this board. Withdraw one, or wait until one "
        "of those ideas is decided."
    )
    return no("budget_spent", limited(reason % {"budget": budget}, "support_budget", budget))


def can_comment(member: Member, idea: Idea, *, replies: bool = False) -> Verdict:
    """Whether somebody may speak here; under a merged idea only replies go on."""
    if idea.status == Status.DRAFT or idea.hidden_at:
        return no("comments_closed", _("Comments on this idea are closed."))
    if idea.merged_into_id and not replies:
        return is_merged(idea)
    return _can_speak(member)


def can_edit(member: Member, idea: Idea) -> Verdict:
    if not writes(member, idea):
        return no("not_yours", _("Only the author can change this idea."))
    if idea.merged_into_id:
        return is_merged(idea)
    if idea.status not in (Status.DRAFT, Status.OPEN, Status.NEEDS_INFO):
        return no(
            "already_in_review", _("The team has this idea under review. Add a comment instead.")
        )
    if idea.hidden_at:
        return no("hidden", _("This idea is hidden by moderation."))
    return YES


def can_retag(member: Member, idea: Idea) -> Verdict:
    """Whether somebody may sort an idea that is not theirs; authors change theirs as a whole."""
    if not member.privileges.edit_tags:
        level = trust.level_with("edit_tags", 0)
        assert level is not None
        reason = gettext("You can sort ideas of others by their tags from %(level)s on.")
        return no("trust_level_too_low", AboutLevels(reason % {"level": trust.named(level)}))
    if idea.merged_into_id:
        return is_merged(idea)
    if idea.status == Status.DRAFT or idea.hidden_at:
        return no("not_shown", _("This idea is not shown to others at the moment."))
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
    mine = member.pk == comment.author_id or writes(member, comment.idea)
    if mine or answers_for(member, comment.idea.board):
        return YES
    return no(
        "not_yours", _("The one who asked, the author of the idea or the team can resolve this.")
    )
