from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Say whom one can sign in as in the demo."

    def handle(self, *args: Any, **options: Any) -> None:
        logins = settings.DEMO_LOGINS
        if not logins:
            return
        width = max(len(login.email) for login in logins)
        self.stdout.write(f"Sign in as one of these (password: {logins[0].password})")
        for login in logins:
            self.stdout.write(f"  {login.email:<{width}}  {login.name}, {login.role}")
