from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from community.notices import forum


class CommunityConfig(AppConfig):
    name = "community"
    verbose_name = _("Community")

    def ready(self) -> None:
        forum.register()
        # Needs the models, which are not there yet when this module loads.
        from allauth.account.signals import email_confirmed  # noqa: PLC0415

        from community.adapter import remember_confirmation  # noqa: PLC0415

        email_confirmed.connect(remember_confirmation, dispatch_uid="community")
