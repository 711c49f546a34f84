import zoneinfo
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import cache
from typing import Any, ClassVar

import pgtrigger
from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Lower, Now
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community import handles, trust
from community.models.names import NameField
from community.models.sight import blocked_by, blocking, nearness, shows

AREAS = {
    "Africa", "America", "Antarctica", "Asia", "Atlantic", "Australia", "Europe", "Indian",
    "Pacific",
}  # fmt: skip
HANDLE = r"^[a-z0-9_]{3,30}$"
# What the addresses of members whom an import made end with; no mail ever goes there (RFC 2606).
PLACEHOLDERS = "@import.invalid"
# Where a ban ends.
FOR_GOOD = datetime(9999, 12, 31, tzinfo=UTC)
# How long a handle that a member gave up goes to nobody else.
HANDLE_KEPT_DAYS = 365


@cache
def _zone_names() -> list[str]:
    """Area/City, without the aliases that systems carry along."""
    names = zoneinfo.available_timezones()
    return ["UTC", *sorted(name for name in names if name.partition("/")[0] in AREAS)]


def time_zones() -> list[tuple[str, str]]:
    """Every time zone, for a choice."""
    return [(name, name.replace("_", " ")) for name in _zone_names()]


class MemberQuerySet(models.QuerySet["Member"]):
    def active(self) -> "MemberQuerySet":
        return self.filter(is_active=True)

    def with_profile(self) -> "MemberQuerySet":
        """Who has a page: active members, and authors that an import brought along."""
        return self.filter(Q(is_active=True) | Q(email__endswith=PLACEHOLDERS))

    def seen_by(self, viewer: "Member | None") -> "MemberQuerySet":
        """Who has a page that the viewer may open, with the profile and two answers: `nearness`
        (what of it they see, see models.sight) and `is_blocked` (by the viewer)."""
        rows = self.with_profile().select_related("profile")
        rows = rows.annotate(nearness=nearness(viewer))
        if viewer is None:
            return rows.annotate(is_blocked=Value(value=False))
        return rows.annotate(is_blocked=blocked_by(viewer)).exclude(blocking(viewer))

    def findable_by(self, viewer: "Member | None") -> "MemberQuerySet":
        """Whom the directory and suggestions may name to the viewer."""
        rows = self.active().seen_by(viewer).filter(profile__found_for__lte=F("nearness"))
        return rows.exclude(blocked_by(viewer)) if viewer else rows

    def with_handles(self, handles: Iterable[str]) -> "MemberQuerySet":
        return self.filter(handle__in=[handle.lower() for handle in handles])

    def reached_by_mail(self) -> "MemberQuerySet":
        """Those who want e-mail at all, and whose address takes it."""
        return self.active().filter(
            mails=True, email_verified_at__isnull=False, mail_stopped_at=None
        )

    def wanting_mail(self, topic: str) -> "MemberQuerySet":
        """Those whom an e-mail about this topic would reach with their consent."""
        return self.reached_by_mail().exclude(muted__topic=topic)


class MemberManager(BaseUserManager["Member"].from_queryset(MemberQuerySet)):  # type: ignore[misc]
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "Member":
        """For Django's own commands and forms; pages go through services."""
        member: Member = self.model(email=self.normalize_email(email), **fields)
        member.set_password(password)
        member.save(using=self._db)
        return member

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "Member":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "Member":
        member: Member = self.get(email__iexact=username)
        return member


class Member(AbstractBaseUser, PermissionsMixin):
    """A person with an account. Reputation alone writes standing, trust level and `graph_trust`."""

    email = models.EmailField(_("e-mail address"), max_length=254)
    handle = models.CharField(
        _("handle"),
        max_length=30,
        validators=[RegexValidator(HANDLE, _("Use 3 to 30 of a–z, 0–9 and _."))],
        help_text=_("Your address on this site: 3 to 30 letters a–z, digits or underscores."),
    )
    display_name = NameField(_("name"), max_length=80)
    language = models.CharField(
        _("language"), max_length=2, choices=settings.LANGUAGES, default="en"
    )
    time_zone = models.CharField(_("time zone"), max_length=40, default=settings.TIME_ZONE)
    avatar = models.ImageField(_("picture"), upload_to="avatars/", blank=True)
    mails = models.BooleanField(_("tell me by e-mail"), default=True)
    digest_hour = models.PositiveSmallIntegerField(_("hour of digests"), db_default=8)
    quiet_from = models.TimeField(_("quiet from"), null=True, blank=True)
    quiet_until = models.TimeField(_("quiet until"), null=True, blank=True)
    mail_stopped_at = models.DateTimeField(_("mail stopped on"), null=True, blank=True)
    mail_resumed_at = models.DateTimeField(null=True, blank=True, editable=False)
    email_verified_at = models.DateTimeField(_("address confirmed"), null=True, blank=True)
    trust_level = models.PositiveSmallIntegerField(_("trust level"), default=0)
    standing = models.IntegerField(_("standing"), default=0)
    # How far trust reaches along friendships, as a rank from 0 to 1; null without friends.
    graph_trust = models.FloatField(_("trust by friends"), null=True, editable=False)
    is_active = models.BooleanField(_("active"), default=True)
    is_staff = models.BooleanField(
        _("may use the admin"), default=False, help_text=_("What they may do there, groups say.")
    )
    # Whether they are in a team, so that no page has to look it up. A trigger keeps it.
    serves = models.BooleanField(db_default=False, editable=False)
    date_joined = models.DateTimeField(_("joined"), db_default=Now())
    # Up to which publication of terms and policies they agreed; see Consent.
    agreed_up_to = models.DateTimeField(null=True, blank=True, editable=False)
    # Until when they may not write; FOR_GOOD by a ban. Moderation says so and why.
    silenced_until = models.DateTimeField(null=True, blank=True, editable=False)

    objects: ClassVar[MemberManager] = MemberManager()

    EMAIL_FIELD = "email"
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["handle", "display_name"]

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="one_member_per_address",
                violation_error_message=_("Another member uses this address."),
            ),
            # Plain handles have no capitals.
            models.UniqueConstraint(
                fields=["handle"],
                name="one_member_per_handle",
                violation_error_message=_("Another member has this handle."),
            ),
            models.CheckConstraint(condition=Q(handle__regex=HANDLE), name="handles_are_plain"),
            models.CheckConstraint(condition=Q(digest_hour__lte=23), name="digests_have_an_hour"),
            models.CheckConstraint(
                condition=Q(quiet_from=None, quiet_until=None)
                | Q(quiet_from__isnull=False, quiet_until__isnull=False),
                name="quiet_hours_begin_and_end",
            ),
            models.CheckConstraint(
                condition=Q(trust_level__lte=trust.HIGHEST), name="trust_level_exists"
            ),
            models.CheckConstraint(
                condition=Q(graph_trust=None) | Q(graph_trust__range=(0, 1)),
                name="graph_trust_is_a_rank",
            ),
            models.CheckConstraint(
                condition=Q(display_name="", handle__startswith=handles.FORMER)
                | (~Q(display_name="") & ~Q(handle__startswith=handles.FORMER)),
                name="who_left_has_no_name",
            ),
        ]
        indexes = [
            # The directory, page by page and by what is typed.
            models.Index(
                Lower("display_name"), "id", condition=Q(is_active=True), name="member_by_name"
            ),
            GinIndex(
                OpClass("display_name", name="gin_trgm_ops"),
                OpClass("handle", name="gin_trgm_ops"),
                name="member_name_trigrams",
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="new_member_has_a_profile",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                func="INSERT INTO community_profile (member_id) VALUES (NEW.id); RETURN NULL;",
            ),
            pgtrigger.Trigger(
                name="old_handles_are_kept",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("handle"),
                func=f"""
                IF EXISTS (SELECT FROM community_formerhandle
                           WHERE handle = NEW.handle AND member_id <> NEW.id
                             AND left_at > now() - interval '{HANDLE_KEPT_DAYS} days') THEN
                    RAISE unique_violation USING
                        MESSAGE = 'Somebody had this handle less than a year ago.',
                        CONSTRAINT = 'old_handles_are_kept';
                END IF;
                RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="old_handles_are_remembered",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("handle"),
                func="""
                DELETE FROM community_formerhandle WHERE handle = NEW.handle;
                IF TG_OP = 'UPDATE' AND OLD.handle <> NEW.handle THEN
                    INSERT INTO community_formerhandle (handle, member_id)
                    VALUES (OLD.handle, NEW.id);
                END IF;
                RETURN NULL;
                """,
            ),
        ]

    def __str__(self) -> str:
        # Not a str yet, if the member left: see NameField.
        return str(self.display_name)

    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        return str(self)

    def get_absolute_url(self) -> str:
        return reverse("community:profile", args=[self.handle])

    def shows(self, part: str) -> bool:
        """Whether a part of the profile is shown to whom this member was read for (`seen_by`)."""
        return shows(self, part)

    @property
    def is_silenced(self) -> bool:
        """Whether they are suspended or banned now. It ends by itself."""
        return self.silenced_until is not None and self.silenced_until > timezone.now()

    @property
    def is_verified(self) -> bool:
        return self.email_verified_at is not None

    @property
    def has_left(self) -> bool:
        """Whether the account is closed by its owner, or deleted."""
        return handles.is_former(self.handle)

    @property
    def avatar_url(self) -> str:
        """The uploaded picture, else the drawn one; a neutral one for who left."""
        if self.has_left:
            return static("img/former.svg")
        return self.avatar.url if self.avatar else reverse("community:avatar", args=[self.handle])

    @property
    def privileges(self) -> trust.Privileges:
        return trust.privileges(self.trust_level)

    @property
    def level_name(self) -> str:
        """The name of the trust level, in the active language."""
        return str(trust.NAMES[self.trust_level])
