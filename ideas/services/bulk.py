"""The same deed on many ideas, in a few statements: tag, assign, ask and decide.

All ideas are locked in the order of their ids, the policies are asked of each, and what is allowed
is done; the answer names the rest with the reasons.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from django.db import connection, transaction
from django.db.models import Count
from django.utils.translation import gettext_lazy as _
from taggit.models import Tag

from community.errors import Refused
from community.models import Member, Team
from community.verdicts import YES, Verdict, no
from ideas import policies
from ideas.models import Board, Idea, IdeaTag
from ideas.models.idea import HEAVY
from ideas.models.review import DeedKind
from ideas.services import deeds, merging, sorting, steps
from ideas.services.reviewing.scoring import assigned
from ideas.services.steps import Grounds
from ideas.services.writing import MOST_TAGS
from ideas.status import Status, find

MOST = 1000
HAND = """
    INSERT INTO ideas_review (idea_id, assignee_id, team_id, version, changed_at)
    SELECT id, %s, %s, 1, statement_timestamp() FROM unnest(%s::bigint[]) id
    ON CONFLICT (idea_id) DO UPDATE SET assignee_id = excluded.assignee_id,
        team_id = excluded.team_id, version = ideas_review.version + 1,
        changed_at = excluded.changed_at
"""


@dataclass(frozen=True)
class Outcome:
    """Which ideas it was done to, and which were refused, each with the verdict on it."""

    done: list[Idea] = field(default_factory=list)
    refused: list[tuple[Idea, Verdict]] = field(default_factory=list)


type Question = Callable[[Idea], Verdict]


def _sorted_out(ids: Iterable[int], by: Member, *questions: Question) -> Outcome:
    """Lock the ideas and ask every question of each until one is answered with no."""
    locked = (
        Idea.objects.visible_to(by)
        .filter(pk__in=sorted(set(ids))[:MOST])
        .select_for_update(of=("self",), no_key=True)
        .select_related("tally")
        .defer(*HEAVY)
        .order_by("pk")
    )
    # One object for each board, not one for each idea.
    boards = Board.objects.select_related("team", "calendar").in_bulk()
    outcome = Outcome()
    for idea in locked:
        idea.board = boards[idea.board_id]
        verdicts = (question(idea) for question in questions)
        refusal = next((verdict for verdict in verdicts if not verdict), None)
        if refusal is None:
            outcome.done.append(idea)
        else:
            outcome.refused.append((idea, refusal))
    return outcome


def _may_review(by: Member) -> Question:
    return lambda idea: policies.can_review(by, idea)


@transaction.atomic
def tag_all(*, ideas: Iterable[int], by: Member, add: Sequence[str]) -> Outcome:
    """Add tags to each."""
    tags = [_tag(name) for name in dict.fromkeys(add)]
    wanted = list(ideas)
    # How many tags an idea has that it would not be given now.
    others = dict(
        IdeaTag.objects.filter(content_object__in=wanted)
        .exclude(tag__in=tags)
        .order_by()
        .values_list("content_object")
        .annotate(number=Count("pk"))
    )
    too_many = no("too_many_tags", _("It would have more than five tags."))

    def has_room(idea: Idea) -> Verdict:
        return YES if others.get(idea.pk, 0) + len(tags) <= MOST_TAGS else too_many

    outcome = _sorted_out(wanted, by, _may_review(by), has_room)
    IdeaTag.objects.bulk_create(
        (IdeaTag(content_object=idea, tag=tag) for idea in outcome.done for tag in tags),
        ignore_conflicts=True,
    )
    sorting.note_places(ideas=outcome.done, by=by)
    ids = [idea.pk for idea in outcome.done]
    names = [tag.name for tag in tags]
    deeds.write_all(ideas=ids, member=by, kind=DeedKind.TAGGED, added=names, removed=[])
    return outcome


def _tag(name: str) -> Tag:
    return Tag.objects.filter(name=name).first() or Tag.objects.create(name=name)


@transaction.atomic
def assign_all(
    *, ideas: Iterable[int], by: Member, assignee: Member | None, team: Team | None = None
) -> Outcome:
    """Hand each to somebody, and to another team than the board's if `team` says so."""

    def fits(idea: Idea) -> Verdict:
        in_charge = team.pk if team else idea.board.team_id
        return policies.can_be_assigned(assignee, in_charge) if assignee else YES

    outcome = _sorted_out(ideas, by, _may_review(by), fits)
    ids = [idea.pk for idea in outcome.done]
    handed = [idea.pk for idea in outcome.done if team and idea.board.team_id != team.pk]
    _hand(handed, assignee, team)
    _hand(sorted(set(ids) - set(handed)), assignee, None)
    deeds.write_all(ideas=ids, member=by, kind=DeedKind.ASSIGNED, **assigned(assignee, team))
    return outcome


def _hand(ids: list[int], assignee: Member | None, team: Team | None) -> None:
    """Write the reviews of these ideas, made or changed by one statement."""
    facts = [assignee.pk if assignee else None, team.pk if team else None, ids]
    if ids:
        with connection.cursor() as cursor:
            cursor.execute(HAND, facts)


@transaction.atomic
def decide_all(*, ideas: Iterable[int], to: str, by: Member, grounds: Grounds) -> Outcome:
    """Take each the same step with the same words."""

    def says_enough(idea: Idea) -> Verdict:
        step = find(idea.status, to)
        if step and (missing := grounds.missing(step)):
            return no(f"missing_{missing[0]}", _("Some of what this step needs is missing."))
        return YES

    def by_one_person(idea: Idea) -> Verdict:
        return policies.can_publish(idea, to, by, None)

    outcome = _sorted_out(
        ideas, by, lambda idea: policies.can_step(by, idea, to), says_enough, by_one_person
    )
    steps.decide_many(ideas=outcome.done, to=to, by=by, grounds=grounds)
    return outcome


def ask_all(*, ideas: Iterable[int], by: Member, statement: str) -> Outcome:
    """Ask the author of each the same question."""
    grounds = Grounds(statement=statement)
    return decide_all(ideas=ideas, to=Status.NEEDS_INFO, by=by, grounds=grounds)


@transaction.atomic
def merge_all(*, ideas: Iterable[int], into: int, by: Member, note: str) -> Outcome:
    """Put all but one under that one. Each merge is a deed of its own, with its own refusals."""
    chosen = Idea.objects.visible_to(by).select_related("board__team", "tally").in_bulk(ideas)
    outcome = Outcome()
    survivor = chosen.pop(into, None)
    if survivor is None:
        return outcome
    for pk in sorted(chosen):
        idea = chosen[pk]
        try:
            with transaction.atomic():
                merging.merge(duplicate=idea, survivor=survivor, by=by, note=note)
        except Refused as refused:
            outcome.refused.append((idea, no(refused.code, refused.reason)))
        else:
            outcome.done.append(idea)
    return outcome
