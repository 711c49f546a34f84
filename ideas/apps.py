from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from community import panels
from ideas import notices


class IdeasConfig(AppConfig):
    name = "ideas"
    verbose_name = _("Ideas")

    def ready(self) -> None:
        # Needs the models, which are not there yet when this module loads.
        from community import partings  # noqa: PLC0415
        from ideas import named, people  # noqa: PLC0415
        from ideas.linked import beside_topic  # noqa: PLC0415
        from ideas.services import cowriting  # noqa: PLC0415

        notices.register()
        people.register()
        named.register()
        partings.add_rule(cowriting.part)
        panels.add(beside_topic)
