"""Merging ideas and undoing it. A merge is a link: votes and comments stay where they were given.

Tallies, promises and lists follow the link: a trigger counts comments and asks for a recount of
the votes as soon as `Idea.merged_into` changes, `Promise.owed_on` is set here.
"""

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from activity.services import record
from community.errors import Refused
from community.models import Member
from ideas import policies
from ideas.events import IdeasMerged, IdeasUnmerged, MergeAnswered, ObjectionAnswered
from ideas.models import Idea, Merge, Promise
from ideas.models.merge import Consent
from ideas.models.review import DeedKind
from ideas.services import crediting, deeds, promising, tallies


@transaction.atomic
def merge(*, duplicate: Idea, survivor: Idea, by: Member, note: str) -> Merge:
    """Put an idea and all that was merged into it under another one. Raises Refused.

    A survivor that was merged itself stands for nothing: the idea that stands for it is taken.
    """
    _one_at_a_time()
    below = _below(duplicate.pk)
    held = _held({duplicate.pk, survivor.pk, _root_of(survivor.pk), *below})
    duplicate, survivor = held[duplicate.pk], held[held[survivor.pk].root_id]
    policies.can_merge(by, duplicate, survivor).enforce()
    made = Merge.objects.create(
        duplicate=duplicate,
        survivor=survivor,
        merged_by=by,
        team=survivor.board.team if survivor.board.team_id in policies.team_ids(by) else None,
        note=_said(note),
        merged_at=timezone.now(),
    )
    _hold_tallies(below, {duplicate.pk}, {survivor.pk})
    _move({duplicate.pk, *below}, survivor.pk)
    duplicate.merged_into = survivor
    promising.settle(idea=survivor, moment=made.merged_at)
    _recount(duplicate.pk, survivor.pk)
    crediting.credit_merged_author(merge=made, by=by)
    deeds.write(idea=survivor, member=by, kind=DeedKind.MERGED, duplicate=duplicate.pk, note=note)
    record(_fact(IdeasMerged, made, survivor.pk), actor=by)
    return made


@transaction.atomic
def unmerge(*, merge: Merge, by: Member, note: str) -> Merge:
    """Let an idea and what was merged into it before stand for themselves again."""
    _one_at_a_time()
    undone = _locked(merge)
    root = _root_of(undone.duplicate_id)
    moving = descendants(undone.duplicate_id)
    held = _held({root, undone.duplicate_id, *moving})
    duplicate = held[undone.duplicate_id]
    policies.can_unmerge(by, undone, held[root]).enforce()
    undone.undone_at, undone.undone_by, undone.undo_note = timezone.now(), by, _said(note)
    undone.save(update_fields=["undone_at", "undone_by", "undo_note"])
    _hold_tallies({duplicate.pk, *moving}, {root})
    _move({duplicate.pk}, None)
    duplicate.merged_into = None
    _move(moving, duplicate.pk)
    for idea in (duplicate, held[root]):
        promising.settle(idea=idea, moment=undone.undone_at)
    _recount(duplicate.pk, root)
    crediting.end_merged_author(merge=undone)
    deeds.write(
        idea=held[root], member=by, kind=DeedKind.UNMERGED, duplicate=duplicate.pk, note=note
    )
    record(_fact(IdeasUnmerged, undone, root), actor=by)
    return undone


def _one_at_a_time() -> None:
    # Merges are rare and touch several ideas at once. One after the other, they cannot cross, and
    # what stands under what does not change while it is read here.
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('ideas.merging'))")


def _held(idea_ids: set[int]) -> dict[int, Idea]:
    """These ideas, locked in the order of their ids."""
    rows = Idea.objects.select_for_update(of=("self",), no_key=True).select_related("board__team")
    return {idea.pk: idea for idea in rows.filter(pk__in=idea_ids).order_by("pk")}


def _root_of(idea_id: int) -> int:
    return Idea.objects.only("merged_into_id").get(pk=idea_id).root_id


def _below(idea_id: int) -> set[int]:
    """What stands under an idea that stands for itself."""
    return set(Idea.objects.filter(merged_into=idea_id).values_list("pk", flat=True))


def descendants(idea_id: int) -> set[int]:
    """What was merged into an idea, directly or by steps, also while it is merged itself."""
    found: set[int] = set()
    level = {idea_id}
    while level:
        below = Merge.objects.live().filter(survivor__in=level)
        level = set(below.values_list("duplicate_id", flat=True)) - found
        found |= level
    return found


def _hold_tallies(*tiers: set[int]) -> None:
    """Lock tallies, those below before those above: comments take them in this order, too."""
    with connection.cursor() as cursor:
        for tier in tiers:
            cursor.execute(
                "SELECT FROM ideas_ideatally WHERE idea_id = ANY(%s) ORDER BY idea_id FOR UPDATE",
                [list(tier)],
            )


def _move(idea_ids: set[int], root: int | None) -> None:
    """Set what stands for some ideas, and with it where their promises are owed."""
    Idea.objects.filter(pk__in=idea_ids).update(merged_into=root)
    for idea_id in sorted(idea_ids):
        owed_on = root or idea_id
        Promise.objects.filter(idea=idea_id).exclude(owed_on=owed_on).update(owed_on=owed_on)


def _recount(*idea_ids: int) -> None:
    for idea_id in idea_ids:
        tallies.fold(idea_id)


def _said(note: str) -> str:
    if not note.strip():
        raise Refused(_("Say why, in a sentence."), code="missing_note")
    return note.strip()


def _fact[F: (IdeasMerged, IdeasUnmerged)](kind: type[F], merge: Merge, root: int) -> F:
    return kind(
        idea_id=root,
        duplicate_id=merge.duplicate_id,
        merge_id=merge.pk,
        author_id=merge.duplicate.author_id,
    )


@transaction.atomic
def agree(*, merge: Merge, by: Member) -> Merge:
    """The author of the merged idea has nothing against it."""
    asked = _locked(merge)
    policies.can_answer_merge(by, asked).enforce()
    if asked.consent == Consent.AGREED:
        return asked
    return _answer(asked, by, Consent.AGREED, "")


@transaction.atomic
def object_to(*, merge: Merge, by: Member, objection: str) -> Merge:
    """The author of the merged idea says why it is another one. It is public, and told the team."""
    asked = _locked(merge)
    policies.can_answer_merge(by, asked).enforce()
    if not objection.strip():
        raise Refused(_("Say what makes your idea another one."), code="missing_objection")
    if (asked.consent, asked.objection) == (Consent.OBJECTED, objection.strip()):
        return asked
    return _answer(asked, by, Consent.OBJECTED, objection.strip())


def _answer(merge: Merge, by: Member, consent: Consent, objection: str) -> Merge:
    merge.consent, merge.consent_at, merge.objection = consent, timezone.now(), objection
    merge.save(update_fields=["consent", "consent_at", "objection"])
    fact = MergeAnswered(merge_id=merge.pk, author_id=by.pk, consent=consent.value)
    record(fact, actor=by)
    return merge


@transaction.atomic
def reply_to_objection(*, merge: Merge, by: Member, reply: str) -> Merge:
    """The team says why it stays merged. To be convinced instead is to undo it."""
    objected = _locked(merge)
    policies.can_reply_to_objection(by, objected).enforce()
    if not reply.strip():
        raise Refused(_("An objection is answered with words."), code="missing_reply")
    objected.reply, objected.replied_by = reply.strip(), by
    objected.replied_at = timezone.now()
    objected.save(update_fields=["reply", "replied_by", "replied_at"])
    fact = ObjectionAnswered(merge_id=objected.pk, author_id=objected.duplicate.author_id)
    record(fact, actor=by)
    return objected


def _locked(merge: Merge) -> Merge:
    rows = Merge.objects.select_for_update(of=("self",), no_key=True).select_related(
        "duplicate__board", "survivor__board"
    )
    return rows.get(pk=merge.pk)
