"""Teams, with what they owe beside what they can give."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from community.admin.people import TeamAdmin as CommunityTeamAdmin
from community.models import Team
from ideas.capacity import open_answers

admin.site.unregister(Team)


@admin.register(Team)
class TeamAdmin(CommunityTeamAdmin):
    readonly_fields = ["answers_owed"]

    @admin.display(description=_("answers owed now"))
    def answers_owed(self, team: Team) -> str:
        if team.pk is None:
            return "–"
        owed = open_answers(team.pk)
        if team.answers_a_month is None:
            return str(owed)
        words = _("%(owed)d, and the team can give %(capacity)d a month")
        return words % {"owed": owed, "capacity": team.answers_a_month}
