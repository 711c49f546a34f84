from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Team(models.Model):
    """A department of the company. It owns boards and answers there."""

    name = models.CharField(_("name"), max_length=80)
    slug = models.SlugField(_("slug"), unique=True)
    answers_a_month = models.PositiveSmallIntegerField(
        _("answers a month"),
        null=True,
        blank=True,
        help_text=_("How many answers the team can give in a month. Thresholds are fitted to it."),
    )
    members = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        through="TeamMembership",
        related_name="teams",
        verbose_name=_("members"),
    )

    class Meta:
        verbose_name = _("team")
        verbose_name_plural = _("teams")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class TeamMembership(models.Model):
    """Somebody of a team. Leads are told first when an answer is late."""

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="memberships")
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="team_memberships"
    )
    is_lead = models.BooleanField(_("leads the team"), default=False)

    class Meta:
        verbose_name = _("team member")
        verbose_name_plural = _("team members")
        constraints = [
            models.UniqueConstraint(fields=["team", "member"], name="in_a_team_once"),
        ]
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="members_know_they_serve",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Delete | pgtrigger.UpdateOf("member_id"),
                func="""
                UPDATE community_member SET serves = EXISTS (
                    SELECT FROM community_teammembership WHERE member_id = community_member.id
                )
                WHERE id IN (NEW.member_id, OLD.member_id);
                RETURN NULL;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} in {self.team_id}"
