from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class CommunityConfig(AppConfig):
    name = "community"
    verbose_name = _("Community")

    def ready(self) -> None:
        # Needs the models, which are not there yet when this module loads.
        from allauth.account.signals import email_confirmed  # noqa: PLC0415
        from django.contrib.auth.signals import user_logged_in  # noqa: PLC0415

        from community import notices  # noqa: PLC0415
        from community.adapter import remember_confirmation, remember_sign_in  # noqa: PLC0415

        email_confirmed.connect(remember_confirmation, dispatch_uid="community")
        user_logged_in.connect(remember_sign_in, dispatch_uid="community")
        notices.register()
        autodiscover_modules("personal")
