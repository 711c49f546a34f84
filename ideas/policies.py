"""Who may do what to an idea, and why not. Asked by pages, API and services alike."""

from django.utils.translation import gettext_lazy as _

from community.models import Member, TeamMembership
from community.verdicts import YES, Verdict, no
from ideas.models import Board, Comment, Idea, Merge, Support
from ideas.models.comment import CommentKind
from ideas.models.contribution import PARTS
from ideas.models.merge import Consent
from ideas.status import ACCEPTS_SUPPORT, USES_BUDGET, Role, Status, Step, find, steps_from

DECIDE_ANYWHERE = "ideas.decide_anywhere"


def team_ids(member: Member) -> frozenset[int]:
    """The teams of a member, asked once for each member object (and so once for each request)."""
    kept: frozenset[int] | None = member.__dict__.get("_team_ids")
    if kept is None:
        rows = TeamMembership.objects.filter(member=member).values_list("team_id", flat=True)
        kept = member.__dict__["_team_ids"] = frozenset(rows)
    return kept


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


def _is_merged(idea: Idea) -> Verdict:
    """The refusal of what belongs to the idea that stands for this one."""
    title = Idea.objects.values_list("title", flat=True).get(pk=idea.root_id)
    reason = _("This idea was merged into “%(title)s”. Go on there.")
    return no("merged", reason % {"title": title})


def can_spend(member: Member, idea: Idea) -> Verdict:
    """Whether the board's budget has room for one more support."""
    if not idea.board.uses_budget or idea.status not in USES_BUDGET:
        return YES
    budget = member.privileges.support_budget
    spent = Support.objects.on_budget(member_id=member.pk, board_id=idea.board_id)
    if spent.besides(idea.root_id).groups() < budget:
        return YES
    reason = _(
        "You have used all %(budget)d supports of this board. Withdraw one, or wait until one "
        "of those ideas is decided."
    )
    return no("budget_spent", reason % {"budget": budget})


def can_comment(member: Member, idea: Idea, *, replies: bool = False) -> Verdict:
    """Whether somebody may speak here; under a merged idea only replies go on."""
    if idea.status == Status.DRAFT or idea.hidden_at:
        return no("comments_closed", _("Comments on this idea are closed."))
    if idea.merged_into_id and not replies:
        return _is_merged(idea)
    return _can_speak(member)


def can_edit(member: Member, idea: Idea) -> Verdict:
    if idea.author_id != member.pk:
        return no("not_yours", _("Only the author can change this idea."))
    if idea.merged_into_id:
        return _is_merged(idea)
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
    if idea.merged_into_id:
        return _is_merged(idea)
    if idea.hidden_at:
        return no("hidden", _("This idea is hidden by moderation."))
    return YES


def steps_for(member: Member, idea: Idea) -> list[Step]:
    """The steps somebody may take from here, drafts aside."""
    if idea.is_draft or idea.hidden_at or idea.merged_into_id:
        return []
    roles = roles_of(member, idea)
    return [step for step in steps_from(idea.status) if step.roles & roles]


def can_merge(member: Member, duplicate: Idea, survivor: Idea) -> Verdict:
    """Whether somebody may put one idea under another that stands for itself."""
    if not (answers_for(member, duplicate.board) and answers_for(member, survivor.board)):
        return no("not_your_merge", _("Merging is for the teams that own both boards."))
    if duplicate.pk == survivor.pk:
        return no(
            "own_chain",
            _("An idea cannot be merged into itself, nor into one that was merged into it."),
        )
    if duplicate.merged_into_id:
        return _is_merged(duplicate)
    return _can_take_part(duplicate) and _can_take_part(survivor)


def _can_take_part(idea: Idea) -> Verdict:
    """Whether an idea may be one of two that are merged."""
    if idea.is_draft:
        return no("draft", _("Drafts are not merged."))
    if idea.hidden_at:
        return no("hidden", _("This idea is hidden by moderation."))
    if idea.status == Status.SHIPPED:
        return no("shipped", _("What has shipped is not merged any more."))
    return YES


def can_offer_merge(member: Member, idea: Idea) -> Verdict:
    """Whether somebody may look for another idea to merge this one into."""
    if not answers_for(member, idea.board):
        return no("not_your_merge", _("Merging is for the teams that own both boards."))
    return _is_merged(idea) if idea.merged_into_id else _can_take_part(idea)


def can_unmerge(member: Member, merge: Merge, root: Idea) -> Verdict:
    """Either of the two teams may undo a merge, whatever has happened to the ideas since."""
    if merge.undone_at:
        return no("undone", _("This merge has been undone."))
    if answers_for(member, merge.duplicate.board) or answers_for(member, root.board):
        return YES
    return no("not_your_merge", _("Merging is for the teams that own both boards."))


def can_answer_merge(member: Member, merge: Merge) -> Verdict:
    """Agreeing and objecting are for the author of what was merged, until the team has replied."""
    if merge.undone_at:
        return no("undone", _("This merge has been undone."))
    if merge.duplicate.author_id != member.pk:
        return no("not_yours", _("Only the author of the merged idea can say that."))
    if merge.replied_at:
        return no("replied", _("The team has replied to your objection."))
    return YES


def can_reply_to_objection(member: Member, merge: Merge) -> Verdict:
    if merge.undone_at or merge.consent != Consent.OBJECTED or merge.replied_at:
        return no("no_objection", _("There is no objection that waits for a reply."))
    boards = (merge.duplicate.board, merge.survivor.board)
    if any(answers_for(member, board) for board in boards):
        return YES
    return no("not_your_step", _("This step is for the team that owns the board."))


def can_credit(member: Member, comment: Comment) -> Verdict:
    """Whether somebody may say that a comment was used.

    What builds on an idea, its author may adopt; the rest is for the team.
    """
    if comment.kind not in PARTS or comment.hidden_at or comment.team_id:
        return no("nothing_to_credit", _("Only what members have added can be credited."))
    if comment.author_id == comment.idea.author_id:
        return no("own_idea", _("The author has the credit for the idea already."))
    if comment.author_id == member.pk:
        return no("own_comment", _("Whether your comment was used is for others to say."))
    adopts = comment.kind == CommentKind.BUILDS_ON and comment.idea.author_id == member.pk
    if adopts or answers_for(member, comment.idea.board):
        return YES
    return no("not_your_credit", _("The team says what was used; authors, what they adopted."))
