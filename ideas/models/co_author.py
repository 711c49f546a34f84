"""Who writes an idea together with its author."""

from typing import TYPE_CHECKING, ClassVar, Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from community.models.friendship import Friend
from ideas.models.idea import Idea
from ideas.status import Status

if TYPE_CHECKING:
    from community.models import Member

# A text by more hands than these has no author any more.
MOST_CO_AUTHORS = 5


class CoAuthorState(models.TextChoices):
    """`ended`: taken back by the author, by a block, or because the idea was posted first."""

    INVITED = "invited", _("Invited")
    ACCEPTED = "accepted", _("Co-writes it")
    DECLINED = "declined", _("Declined")
    LEFT = "left", _("Left")
    ENDED = "ended", _("No longer invited")


# Those who have one of the few places.
HOLDING = (CoAuthorState.INVITED, CoAuthorState.ACCEPTED)


class CoAuthorQuerySet(models.QuerySet["CoAuthor"]):
    def holding(self) -> Self:
        """Who is invited or writes along."""
        return self.filter(state__in=HOLDING)

    def invitations(self, member: "Member") -> Self:
        """What waits for a member's answer, of authors who are still their friends."""
        friends = Friend.objects.filter(member=OuterRef("idea__author"), friend=member)
        rows = self.filter(member=member, state=CoAuthorState.INVITED, idea__status=Status.DRAFT)
        return rows.filter(Exists(friends), idea__hidden_at=None)

    def between(self, one: "Member", other: "Member") -> Self:
        """Either of two members in a draft of the other."""
        theirs = Q(idea__author=one, member=other) | Q(idea__author=other, member=one)
        return self.filter(theirs, idea__status=Status.DRAFT)


class CoAuthor(models.Model):
    """A friend whom an author asked to write along; one row for each pair of idea and friend.

    Everything is settled while the idea is a draft. A trigger keeps `Idea.co_author_ids`, those
    who accepted, which is what the rest of the house reads.
    """

    idea = models.ForeignKey(
        Idea,
        on_delete=models.CASCADE,
        related_name="co_authors",
        verbose_name=_("idea"),
        db_index=False,
    )
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="co_written",
        verbose_name=_("member"),
        db_index=False,
    )
    state = models.CharField(
        _("state"), max_length=10, choices=CoAuthorState, default=CoAuthorState.INVITED
    )
    invited_at = models.DateTimeField(_("invited on"), db_default=Now())
    answered_at = models.DateTimeField(_("answered on"), null=True)

    objects = CoAuthorQuerySet.as_manager()

    class Meta:
        verbose_name = _("co-author")
        verbose_name_plural = _("co-authors")
        constraints = [
            models.UniqueConstraint(fields=["idea", "member"], name="co_author_once"),
            models.CheckConstraint(
                condition=Q(state=CoAuthorState.INVITED, answered_at=None)
                | (~Q(state=CoAuthorState.INVITED) & Q(answered_at__isnull=False)),
                name="co_author_answered_since_when",
            ),
        ]
        indexes = [
            models.Index(fields=["member", "state", "-idea"], name="co_author_member"),
        ]
        triggers: ClassVar = [
            # The idea's row is taken by all who change who writes it, and by whoever posts it.
            pgtrigger.Trigger(
                name="co_authors_are_a_few_friends",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("state", "idea_id", "member_id"),
                condition=pgtrigger.Q(new__state__in=[state.value for state in HOLDING]),
                declare=[("writer", "bigint"), ("standing", "text")],
                func=f"""
                SELECT author_id, status INTO writer, standing
                FROM ideas_idea WHERE id = NEW.idea_id FOR NO KEY UPDATE;
                IF standing <> '{Status.DRAFT.value}' THEN
                    RAISE check_violation USING MESSAGE = 'Only drafts take co-authors.',
                        CONSTRAINT = 'co_authors_join_drafts';
                END IF;
                PERFORM FROM community_friend
                WHERE member_id = writer AND friend_id = NEW.member_id FOR KEY SHARE;
                IF NOT FOUND THEN
                    RAISE check_violation USING MESSAGE = 'Only friends write together.',
                        CONSTRAINT = 'co_authors_are_friends';
                END IF;
                IF (SELECT count(*) FROM ideas_coauthor
                    WHERE idea_id = NEW.idea_id AND id <> NEW.id
                      AND state IN ('invited', 'accepted')) >= {MOST_CO_AUTHORS} THEN
                    RAISE check_violation USING MESSAGE = 'Too many co-authors.',
                        CONSTRAINT = 'co_authors_are_few';
                END IF;
                RETURN NEW;
                """,  # noqa: S608 (constants of ours)
            ),
            pgtrigger.Trigger(
                name="co_authors_stay_with_what_was_posted",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__state=CoAuthorState.ACCEPTED.value),
                func=f"""
                PERFORM FROM ideas_idea WHERE id = OLD.idea_id FOR NO KEY UPDATE;
                IF EXISTS (SELECT FROM ideas_idea
                           WHERE id = OLD.idea_id AND status <> '{Status.DRAFT.value}') THEN
                    RAISE check_violation USING MESSAGE = 'What was posted keeps its co-authors.',
                        CONSTRAINT = 'co_authors_stay';
                END IF;
                IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
                RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="idea_knows_its_co_authors",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("state") | pgtrigger.Delete,
                func="""
                UPDATE ideas_idea SET co_author_ids = ARRAY(
                    SELECT member_id FROM ideas_coauthor
                    WHERE idea_id = COALESCE(NEW.idea_id, OLD.idea_id) AND state = 'accepted'
                    ORDER BY answered_at, id
                )
                WHERE id = COALESCE(NEW.idea_id, OLD.idea_id);
                RETURN NULL;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} in {self.idea_id}: {self.state}"

    @property
    def is_holding(self) -> bool:
        return self.state in HOLDING
