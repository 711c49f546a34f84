from typing import TYPE_CHECKING, Any, ClassVar, Self

import pgtrigger
from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce, Now
from django.utils.translation import gettext_lazy as _

from activity.append_only import kept
from community.models import SignIn
from ideas import heat
from ideas.conditions import Conditions
from ideas.status import USES_BUDGET

if TYPE_CHECKING:
    from ideas.models.decision import Decision
    from ideas.models.idea import Idea


_DELTA = f"""
    INSERT INTO ideas_tallydelta (idea_id, supports, heat)
    VALUES (NEW.idea_id, 1, {heat.SQL_EXPONENT.format("NEW.counted_at")});
"""  # noqa: S608 (constants of ours)
_BOOK_NEW = f"""
    INSERT INTO ideas_supportchange (support_id, before, after, cause, changed_at)
    VALUES (NEW.id, '', NEW.state, NEW.cause, NEW.created_at);
    IF NEW.state = 'counted' THEN {_DELTA} END IF;
    RETURN NULL;
"""  # noqa: S608
_BOOK_CHANGE = f"""
    INSERT INTO ideas_supportchange (support_id, before, after, cause, changed_at)
    VALUES (NEW.id, OLD.state, NEW.state, NEW.cause, statement_timestamp());
    IF NEW.state = 'counted' THEN {_DELTA}
    ELSIF OLD.state = 'counted' THEN
        INSERT INTO ideas_tallydelta (idea_id, supports, heat) VALUES (NEW.idea_id, -1, NULL);
    END IF;
    RETURN NULL;
"""  # noqa: S608


class SupportState(models.TextChoices):
    PENDING = "pending", _("Waiting for a confirmed address")
    COUNTED = "counted", _("Counted")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    VOIDED = "voided", _("Does not count")


class Cause(models.TextChoices):
    """Why a support changed, for the trail."""

    GIVEN = "given", _("given by the member")
    WITHDRAWN = "withdrawn", _("withdrawn by the member")
    ADDRESS_CONFIRMED = "address_confirmed", _("address confirmed")
    IMPORTED = "imported", _("brought along by an import")
    LEFT = "left", _("withdrawn as the member left")
    VOIDED = "voided", _("voided, see the public log")
    REINSTATED = "reinstated", _("voiding undone")


def _ideas() -> "models.QuerySet[Idea]":
    # Ideas know supports, and so cannot be imported here.
    ideas: models.QuerySet[Idea] = apps.get_model("ideas", "Idea").objects.order_by()
    return ideas


def _group(idea_id: int) -> "models.QuerySet[Idea, Any]":
    """An idea and all that were merged into it, found by two indexes."""
    return _ideas().filter(Q(pk=idea_id) | Q(merged_into_id=idea_id)).values("pk")


class SupportQuerySet(models.QuerySet["Support"]):
    def active(self) -> Self:
        return self.filter(state__in=[SupportState.PENDING, SupportState.COUNTED])

    def given(self) -> Self:
        """What was not taken back, also where it was voided: what its member sees of it."""
        return self.exclude(state=SupportState.WITHDRAWN)

    def counted(self) -> Self:
        return self.filter(state=SupportState.COUNTED)

    def voidable(self, asked: Conditions) -> Self:
        """The votes that a voiding with these conditions would void."""
        rows = self.active() if not asked.state else self.active().filter(state=asked.state)
        if asked.ideas:
            rows = rows.filter(Q(idea__in=asked.ideas) | Q(idea__merged_into__in=asked.ideas))
        if asked.block:
            there = SignIn.objects.lately().filter(member=models.OuterRef("member"))
            rows = rows.filter(models.Exists(there.filter(block=asked.block)))
        return rows.filter(**asked.lookups())

    def in_group(self, idea_id: int) -> Self:
        """What was given to an idea or to any that was merged into it."""
        return self.filter(idea__in=_group(idea_id))

    def supporters(self, idea_id: int) -> "models.QuerySet[Any, Any]":
        """Who counts for an idea and those merged into it: `member_id` and `first`, when.

        Each member once, and never those who wrote the idea, who may have supported a twin.
        """
        author = _ideas().filter(pk=idea_id).values("author_id")
        along = apps.get_model("ideas", "CoAuthor").objects.filter(idea=idea_id, state="accepted")
        votes = self.counted().in_group(idea_id).exclude(member_id__in=author).order_by()
        votes = votes.exclude(member_id__in=along.order_by().values("member"))
        return votes.values("member_id").annotate(first=models.Min("counted_at"))

    def since(self, decision: "Decision") -> "models.QuerySet[Any, Any]":
        """Who began to count after a decision: those who ask for another look."""
        return self.supporters(decision.idea_id).filter(first__gt=decision.created_at)

    def besides(self, idea_id: int) -> Self:
        """What was given to others than an idea and those merged into it."""
        return self.exclude(idea__in=_group(idea_id))

    def groups(self) -> int:
        """To how many ideas these were given, counting what was merged as one."""
        roots = self.order_by().values(root=Coalesce("idea__merged_into_id", "idea_id"))
        return roots.distinct().count()

    def on_budget(self, *, member_id: int, board_id: int) -> Self:
        """What a member's budget on a board is spent on: supports of ideas still undecided.

        Ideas that were merged cost one together: see `groups`.
        """
        open_ones = {"board_id": board_id, "status__in": USES_BUDGET, "hidden_at": None}
        itself = Q(**{f"idea__{name}": value for name, value in open_ones.items()})
        under = Q(**{f"idea__merged_into__{name}": value for name, value in open_ones.items()})
        ideas = (itself & Q(idea__merged_into=None)) | under
        return self.active().filter(ideas, member_id=member_id)


class Support(models.Model):
    """A member's vote for an idea. One row per pair, for good: withdrawing changes its state."""

    idea = models.ForeignKey(
        "ideas.Idea", on_delete=models.CASCADE, related_name="supports", verbose_name=_("idea")
    )
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="supports",
        verbose_name=_("member"),
        db_index=False,
    )
    state = models.CharField(_("state"), max_length=10, choices=SupportState)
    cause = models.CharField(
        _("how it came about"), max_length=20, choices=Cause, default=Cause.GIVEN
    )
    created_at = models.DateTimeField(_("given on"), db_default=Now())
    # When the vote began to count; what its share of the idea's heat is reckoned from.
    counted_at = models.DateTimeField(_("counted since"), null=True)
    # What voided it. It stays when the member takes a voided vote back, so that it cannot be given
    # anew, and goes when the voiding is undone.
    voided_by = models.ForeignKey(
        "ideas.Voiding",
        on_delete=models.PROTECT,
        null=True,
        related_name="supports",
        verbose_name=_("voided by"),
        db_index=False,
    )

    objects = SupportQuerySet.as_manager()

    class Meta:
        verbose_name = _("support")
        verbose_name_plural = _("supports")
        constraints = [
            models.UniqueConstraint(fields=["idea", "member"], name="one_member_one_vote"),
            models.CheckConstraint(
                condition=~Q(state=SupportState.COUNTED) | Q(counted_at__isnull=False),
                name="counted_since_when",
            ),
            models.CheckConstraint(
                condition=Q(state=SupportState.VOIDED, voided_by__isnull=False)
                | Q(state=SupportState.WITHDRAWN)
                | (
                    Q(state__in=[SupportState.PENDING, SupportState.COUNTED])
                    & Q(voided_by__isnull=True)
                ),
                name="voided_by_something",
            ),
        ]
        indexes = [
            models.Index(
                fields=["voided_by", "id"],
                condition=Q(voided_by__isnull=False),
                name="support_voided",
            ),
            models.Index(
                fields=["member", "idea"],
                condition=Q(voided_by__isnull=False),
                name="support_voided_of",
            ),
            models.Index(
                fields=["idea", "counted_at"],
                condition=Q(state=SupportState.COUNTED),
                name="support_counted",
            ),
            models.Index(fields=["member", "-id"], name="support_by_member"),
            models.Index(
                fields=["member"], condition=Q(state=SupportState.PENDING), name="support_pending"
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="supports_are_never_deleted", operation=pgtrigger.Delete),
            pgtrigger.Trigger(
                name="nobody_supports_their_own_idea",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("idea_id", "member_id"),
                func="""
                IF EXISTS (SELECT FROM ideas_idea
                           WHERE id = NEW.idea_id
                             AND NEW.member_id = ANY (author_id || co_author_ids)) THEN
                    RAISE check_violation USING
                        MESSAGE = 'Nobody supports their own idea.',
                        CONSTRAINT = 'nobody_supports_their_own_idea';
                END IF;
                RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="new_support_is_booked",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                func=_BOOK_NEW,
            ),
            pgtrigger.Trigger(
                name="changed_support_is_booked",
                when=pgtrigger.After,
                operation=pgtrigger.UpdateOf("state"),
                condition=pgtrigger.Q(old__state__df=pgtrigger.F("new__state")),
                func=_BOOK_CHANGE,
            ),
            pgtrigger.Trigger(
                name="votes_are_voided_by_what_is_under_way",
                when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf("voided_by_id"),
                condition=pgtrigger.Q(new__voided_by__isnull=False)
                & pgtrigger.Q(old__voided_by__df=pgtrigger.F("new__voided_by")),
                func="""
                IF NOT EXISTS (SELECT FROM ideas_voiding
                               WHERE id = NEW.voided_by_id AND state IN ('draft', 'waiting')) THEN
                    RAISE check_violation USING
                        MESSAGE = 'This voiding is over.',
                        CONSTRAINT = 'votes_are_voided_by_what_is_under_way';
                END IF;
                RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} for {self.idea_id}: {self.state}"


class SupportChange(models.Model):
    """The trail of a support: appended by a trigger, never changed."""

    support = models.ForeignKey(Support, on_delete=models.CASCADE, related_name="changes")
    before = models.CharField(max_length=10, blank=True)
    after = models.CharField(max_length=10)
    cause = models.CharField(max_length=20, choices=Cause)
    changed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("change of a support")
        verbose_name_plural = _("changes of supports")
        triggers: ClassVar = kept("the_trail_is_kept")

    def __str__(self) -> str:
        return f"{self.support_id}: {self.before} → {self.after}"


class FollowQuerySet(models.QuerySet["Follow"]):
    def in_group(self, idea_id: int) -> Self:
        """Of an idea or of any that was merged into it."""
        return self.filter(idea__in=_group(idea_id))


class Follow(models.Model):
    """A member who wants to hear what becomes of an idea."""

    idea = models.ForeignKey("ideas.Idea", on_delete=models.CASCADE, related_name="follows")
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="follows"
    )
    created_at = models.DateTimeField(db_default=Now())

    objects = FollowQuerySet.as_manager()

    class Meta:
        verbose_name = _("follow")
        verbose_name_plural = _("follows")
        constraints = [models.UniqueConstraint(fields=["idea", "member"], name="followed_once")]

    def __str__(self) -> str:
        return f"{self.member_id} follows {self.idea_id}"
