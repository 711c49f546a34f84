from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from ideas import notices


class IdeasConfig(AppConfig):
    name = "ideas"
    verbose_name = _("Ideas")

    def ready(self) -> None:
        notices.register()
