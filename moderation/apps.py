from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from moderation import notices


class ModerationConfig(AppConfig):
    name = "moderation"
    verbose_name = _("Moderation")

    def ready(self) -> None:
        notices.register()
