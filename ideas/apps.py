from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from ideas import notices


class IdeasConfig(AppConfig):
    name = "ideas"
    verbose_name = _("Ideas")

    def ready(self) -> None:
        # Needs the models, which are not there yet when this module loads.
        from ideas import people  # noqa: PLC0415

        notices.register()
        people.register()
