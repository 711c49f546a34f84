"""The groups that a new site starts with. Who may do what in them is changed in the admin."""

from collections.abc import Collection, Mapping

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import Q

MODERATORS = "Moderators"
SENIOR_MODERATORS = "Senior moderators"
COMMUNITY_MANAGERS = "Community managers"
ADMINISTRATORS = "Administrators"

SEE_THE_COMMUNITY = (
    "community.view_member",
    "community.view_reply",
    "community.view_space",
    "community.view_team",
    "community.view_topic",
    "ideas.view_board",
    "ideas.view_comment",
    "ideas.view_decision",
    "ideas.view_idea",
    "ideas.view_promise",
    "ideas.view_promiseterms",
)
MODERATE = (
    "ideas.add_voiding",
    "ideas.change_voiding",
    "ideas.view_support",
    "ideas.view_voiding",
    "moderation.add_restriction",
    "moderation.change_case",
    "moderation.change_complaint",
    "moderation.change_restriction",
    "moderation.view_case",
    "moderation.view_clause",
    "moderation.view_complaint",
    "moderation.view_decision",
    "moderation.view_houserules",
    "moderation.view_restriction",
    "moderation.view_statement",
    "moderation.view_sanction",
    "reputation.change_case",
    "reputation.view_award",
    "reputation.view_badgetally",
    "reputation.view_case",
    "reputation.view_casevote",
)
# Who is whom, and who is to be trusted; what others decided is looked at again.
MODERATE_THE_GRAVE = (
    "reputation.add_vouch",
    "reputation.change_vouch",
    "reputation.view_grace",
    "reputation.view_trustchange",
    "reputation.view_vouch",
    "reputation.view_watch",
)
SANCTION = ("moderation.add_sanction",)
SANCTION_THE_GRAVE = (*SANCTION, "moderation.ban", "moderation.change_sanction")
MANAGE_THE_COMMUNITY = (
    *SEE_THE_COMMUNITY,
    *MODERATE,
    *MODERATE_THE_GRAVE,
    "community.add_space",
    "community.add_team",
    "community.add_teammembership",
    "community.answer_anywhere",
    "community.change_sitesettings",
    "community.change_space",
    "community.change_team",
    "community.change_teammembership",
    "community.delete_teammembership",
    "community.view_sitesettings",
    "community.view_teammembership",
    "ideas.add_board",
    "ideas.add_decisiontemplate",
    "ideas.change_board",
    "ideas.change_decisiontemplate",
    "ideas.decide_anywhere",
    "ideas.delete_decisiontemplate",
    "ideas.view_decisiontemplate",
    "ideas.add_holiday",
    "ideas.add_workcalendar",
    "ideas.change_holiday",
    "ideas.change_workcalendar",
    "ideas.view_holiday",
    "ideas.view_workcalendar",
    "reputation.appoint",
    "taggit.add_tag",
    "taggit.change_tag",
    "taggit.delete_tag",
    "taggit.view_tag",
)
RUN_THE_SITE = (
    *MANAGE_THE_COMMUNITY,
    *SANCTION_THE_GRAVE,
    "activity.view_bookmark",
    "activity.view_eventrecord",
    "activity.view_parkedevent",
    "community.add_member",
    "community.change_bounce",
    "community.add_policyversion",
    "community.change_mail",
    "community.change_member",
    "community.change_policyversion",
    "community.delete_accesstoken",
    "community.delete_policyversion",
    "community.see_private",
    "community.view_accesstoken",
    "community.view_bounce",
    "community.view_digest",
    "community.view_departure",
    "community.view_mail",
    "community.view_policyversion",
    "moderation.view_auditevent",
    "moderation.view_audithead",
    "community.view_privatelook",
    "moderation.add_clause",
    "moderation.add_houserules",
    "moderation.change_clause",
    "moderation.change_houserules",
    "moderation.delete_clause",
    "moderation.delete_houserules",
    "reputation.add_rulebook",
    "reputation.view_entry",
    "reputation.view_ground",
    "reputation.view_reversal",
    "reputation.view_rulebook",
    "reputation.view_verification",
)
ROLES: Mapping[str, Collection[str]] = {
    MODERATORS: (*SEE_THE_COMMUNITY, *MODERATE, *SANCTION),
    SENIOR_MODERATORS: (
        *SEE_THE_COMMUNITY,
        *MODERATE,
        *MODERATE_THE_GRAVE,
        *SANCTION_THE_GRAVE,
    ),
    COMMUNITY_MANAGERS: MANAGE_THE_COMMUNITY,
    ADMINISTRATORS: RUN_THE_SITE,
}


class UnknownPermission(LookupError):
    """A role names a permission that no installed app has."""


@transaction.atomic
def set_up(*, anew: bool = False) -> list[str]:
    """Make the groups that are missing; returns their names. Groups that are there keep what was
    changed in the admin, unless `anew`."""
    made = []
    for name, permissions in ROLES.items():
        group, created = Group.objects.get_or_create(name=name)
        if created or anew:
            group.permissions.set(_permissions(permissions))
            made.append(name)
    return made


def _permissions(names: Collection[str]) -> list[Permission]:
    wanted = Q()
    for app, _dot, codename in (name.partition(".") for name in names):
        wanted |= Q(content_type__app_label=app, codename=codename)
    found = list(Permission.objects.filter(wanted).select_related("content_type"))
    known = {f"{each.content_type.app_label}.{each.codename}" for each in found}
    if missing := sorted(set(names) - known):
        raise UnknownPermission(", ".join(missing))
    return found
