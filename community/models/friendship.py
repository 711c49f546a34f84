"""What stands between two members: friendship, and the distances one of them keeps."""

from typing import TYPE_CHECKING, ClassVar, Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from community.models.member import Member


class Bond(models.TextChoices):
    """`declined` is silent: to the asker it reads like `pending`."""

    NONE = "none", _("Nothing")
    PENDING = "pending", _("Asked")
    DECLINED = "declined", _("Declined")
    FRIENDS = "friends", _("Friends")


WAITING = (Bond.PENDING, Bond.DECLINED)


class FriendshipQuerySet(models.QuerySet["Friendship"]):
    def between(self, one: "Member", other: "Member") -> Self:
        """The one row of a pair."""
        lo, hi = sorted((one.pk, other.pk))
        return self.filter(lo=lo, hi=hi)

    def received(self, member: "Member") -> Self:
        """Requests that wait for this member's answer."""
        return self.filter(requested_of=member, state=Bond.PENDING)

    def sent(self, member: "Member") -> Self:
        """Requests that wait for an answer, as far as this member knows."""
        return self.filter(requested_by=member, state__in=WAITING)

    def asked_since(self, member: "Member", moment: object) -> Self:
        """Pairs in which the member asked after a moment, whatever became of it."""
        return self.filter(
            Q(lo=member, lo_asked_at__gt=moment) | Q(hi=member, hi_asked_at__gt=moment)
        )


class Friendship(models.Model):
    """An unordered pair: one row from the first request on, for good.

    Who asked how often, and when, outlives a withdrawn request, so that withdrawing is no way
    around the limits. A friendship made wipes the slate (but not the time) clean.
    """

    lo = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    hi = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(_("state"), max_length=10, choices=Bond, db_default=Bond.NONE)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        related_name="+",
        verbose_name=_("asked by"),
    )
    requested_of = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        related_name="+",
        verbose_name=_("asked"),
    )
    requested_at = models.DateTimeField(_("asked on"), null=True)
    answered_at = models.DateTimeField(_("answered on"), null=True)
    lo_asks = models.PositiveSmallIntegerField(db_default=0)
    lo_asked_at = models.DateTimeField(null=True)
    hi_asks = models.PositiveSmallIntegerField(db_default=0)
    hi_asked_at = models.DateTimeField(null=True)

    objects = FriendshipQuerySet.as_manager()

    class Meta:
        verbose_name = _("friendship")
        verbose_name_plural = _("friendships")
        constraints = [
            models.CheckConstraint(condition=Q(lo__lt=F("hi")), name="a_pair_has_one_order"),
            models.UniqueConstraint(fields=["lo", "hi"], name="one_friendship_per_pair"),
            models.CheckConstraint(
                condition=Q(
                    state=Bond.NONE, requested_by=None, requested_of=None, requested_at=None
                )
                | (
                    ~Q(state=Bond.NONE)
                    & Q(requested_at__isnull=False)
                    & (
                        Q(requested_by=F("lo"), requested_of=F("hi"))
                        | Q(requested_by=F("hi"), requested_of=F("lo"))
                    )
                ),
                name="one_of_the_pair_asked_the_other",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[Bond.NONE, Bond.PENDING], answered_at=None)
                | Q(state__in=[Bond.DECLINED, Bond.FRIENDS], answered_at__isnull=False),
                name="answered_since_when",
            ),
        ]
        indexes = [
            models.Index(
                fields=["requested_of", "-requested_at", "-id"],
                condition=Q(state=Bond.PENDING),
                name="friendship_received",
            ),
            models.Index(
                fields=["requested_by", "-requested_at", "-id"],
                condition=Q(state__in=[Bond.PENDING, Bond.DECLINED]),
                name="friendship_sent",
            ),
            models.Index(
                fields=["lo", "lo_asked_at"],
                condition=Q(lo_asked_at__isnull=False),
                name="friendship_lo_asked",
            ),
            models.Index(
                fields=["hi", "hi_asked_at"],
                condition=Q(hi_asked_at__isnull=False),
                name="friendship_hi_asked",
            ),
        ]
        triggers: ClassVar = [
            # Each statement in here sees what has been committed meanwhile, and a block writes the
            # pair's row, too: whoever comes second waits for it, and then looks.
            pgtrigger.Trigger(
                name="no_friendship_over_a_block",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("state"),
                condition=~pgtrigger.Q(new__state=Bond.NONE),
                func="""
                IF EXISTS (SELECT FROM community_block
                           WHERE (blocker_id, blocked_id) IN
                                 ((NEW.lo_id, NEW.hi_id), (NEW.hi_id, NEW.lo_id))) THEN
                    RAISE check_violation USING
                        MESSAGE = 'One of them blocked the other.',
                        CONSTRAINT = 'no_friendship_over_a_block';
                END IF;
                RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="friends_on_both_sides",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("state") | pgtrigger.Delete,
                func="""
                IF TG_OP <> 'INSERT' AND OLD.state = 'friends'
                   AND (TG_OP = 'DELETE' OR NEW.state <> 'friends') THEN
                    DELETE FROM community_friend
                    WHERE (member_id, friend_id) IN
                          ((OLD.lo_id, OLD.hi_id), (OLD.hi_id, OLD.lo_id));
                ELSIF TG_OP <> 'DELETE' AND NEW.state = 'friends'
                      AND (TG_OP = 'INSERT' OR OLD.state <> 'friends') THEN
                    INSERT INTO community_friend (member_id, friend_id, since)
                    VALUES (NEW.lo_id, NEW.hi_id, NEW.answered_at),
                           (NEW.hi_id, NEW.lo_id, NEW.answered_at);
                END IF;
                RETURN NULL;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.lo_id} and {self.hi_id}: {self.state}"


class Friend(models.Model):
    """A friendship seen from one side. A trigger keeps both sides; nothing else writes here."""

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="friends", db_index=False
    )
    friend = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="friend_of"
    )
    since = models.DateTimeField(_("since"))

    class Meta:
        verbose_name = _("friend")
        verbose_name_plural = _("friends")
        constraints = [models.UniqueConstraint(fields=["member", "friend"], name="a_friend_once")]
        indexes = [models.Index(fields=["member", "-since", "-id"], name="friend_newest")]

    def __str__(self) -> str:
        return f"{self.friend_id} of {self.member_id}"


class Block(models.Model):
    """A member who wants nothing to do with another. Both stop seeing each other's person."""

    blocker = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="blocks", db_index=False
    )
    blocked = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="blocked_by"
    )
    created_at = models.DateTimeField(_("since"), db_default=Now())

    class Meta:
        verbose_name = _("block")
        verbose_name_plural = _("blocks")
        constraints = [
            models.UniqueConstraint(fields=["blocker", "blocked"], name="blocked_once"),
            models.CheckConstraint(
                condition=~Q(blocker=F("blocked")), name="nobody_blocks_themselves"
            ),
        ]
        indexes = [models.Index(fields=["blocker", "-created_at", "-id"], name="block_newest")]
        triggers: ClassVar = [
            # Also what makes a block and a request of the same moment wait for each other.
            pgtrigger.Trigger(
                name="a_block_ends_friendship",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                condition=pgtrigger.Q(new__blocker_id__df=pgtrigger.F("new__blocked_id")),
                func="""
                INSERT INTO community_friendship (lo_id, hi_id, state)
                VALUES (LEAST(NEW.blocker_id, NEW.blocked_id),
                        GREATEST(NEW.blocker_id, NEW.blocked_id), 'none')
                ON CONFLICT (lo_id, hi_id) DO UPDATE
                SET state = 'none', requested_by_id = NULL, requested_of_id = NULL,
                    requested_at = NULL, answered_at = NULL;
                RETURN NEW;
                """,
            ),
            pgtrigger.Protect(name="blocks_are_made_anew", operation=pgtrigger.Update),
        ]

    def __str__(self) -> str:
        return f"{self.blocker_id} blocked {self.blocked_id}"


class Mute(models.Model):
    """A member who is not told what another does. Nothing else changes, and nobody notices."""

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mutes", db_index=False
    )
    muted = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="muted_by"
    )
    created_at = models.DateTimeField(_("since"), db_default=Now())

    class Meta:
        verbose_name = _("mute")
        verbose_name_plural = _("mutes")
        constraints = [
            models.UniqueConstraint(fields=["member", "muted"], name="member_muted_once"),
            models.CheckConstraint(condition=~Q(member=F("muted")), name="nobody_mutes_themselves"),
        ]
        indexes = [models.Index(fields=["member", "-created_at", "-id"], name="mute_newest")]

    def __str__(self) -> str:
        return f"{self.member_id} muted {self.muted_id}"


class Dismissal(models.Model):
    """A suggestion that a member does not want to see again."""

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    dismissed = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    created_at = models.DateTimeField(_("since"), db_default=Now())

    class Meta:
        verbose_name = _("dismissed suggestion")
        verbose_name_plural = _("dismissed suggestions")
        constraints = [
            models.UniqueConstraint(fields=["member", "dismissed"], name="dismissed_once")
        ]

    def __str__(self) -> str:
        return f"{self.dismissed_id} for {self.member_id}"
