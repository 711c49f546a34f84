from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from reputation import notices


class ReputationConfig(AppConfig):
    name = "reputation"
    verbose_name = _("Reputation")

    def ready(self) -> None:
        # Needs the models, which are not there yet when this module loads.
        from community import tabs  # noqa: PLC0415
        from reputation import collection  # noqa: PLC0415

        notices.register()
        tabs.add(
            tabs.Tab(
                slug="badges",
                label=_("Badges"),
                none=_("No badge yet."),
                template="reputation/_profile_badges.html",
                read=collection.badges_of,
                place=5,
                style="css/badges.css",
            )
        )
