from importlib import import_module

from django.apps import AppConfig, apps
from django.utils.module_loading import module_has_submodule
from django.utils.translation import gettext_lazy as _


class CommunityConfig(AppConfig):
    name = "community"
    verbose_name = _("Community")

    def ready(self) -> None:
        # Needs the models, which are not there yet when this module loads.
        from allauth.account.signals import email_confirmed  # noqa: PLC0415
        from django.contrib.auth.signals import user_logged_in  # noqa: PLC0415

        from community import circle, notices, recipients  # noqa: PLC0415
        from community.adapter import remember_confirmation, remember_sign_in  # noqa: PLC0415
        from community.forum import named  # noqa: PLC0415

        email_confirmed.connect(remember_confirmation, dispatch_uid="community")
        user_logged_in.connect(remember_sign_in, dispatch_uid="community")
        notices.register()
        recipients.add_rule(circle.keeping_away)
        named.register()
        _open_tabs()
        _load_answers()


def _open_tabs() -> None:
    """What profiles show of what community itself knows."""
    from community import circle, tabs  # noqa: PLC0415
    from community.forum import knowledge  # noqa: PLC0415

    tabs.add(
        tabs.Tab(
            slug="friends",
            label=_("Friends"),
            none=_("No friends to show."),
            template="community/_friend_rows.html",
            read=lambda member, viewer, cursor: circle.friends_of(member, viewer, cursor=cursor),
            part="friends",
            place=80,
        )
    )
    tabs.add(
        tabs.Tab(
            slug="answers",
            label=_("Answers"),
            none=_("No accepted answer yet."),
            template="forum/_profile_answers.html",
            read=lambda member, viewer, cursor: knowledge.answers_of(member, cursor),
            place=18,
        )
    )


def _load_answers() -> None:
    """What each app answers about members (community.privacy), the lowest app first."""
    for config in reversed(list(apps.get_app_configs())):
        if config.module is not None and module_has_submodule(config.module, "personal"):
            import_module(f"{config.name}.personal")
