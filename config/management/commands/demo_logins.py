from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from community.models import Member
from config.demo.logins import DEMO_LOGINS, PASSWORD


class Command(BaseCommand):
    help = "Print who one can sign in as in the demo."

    def handle(self, *args: Any, **options: Any) -> None:
        handles = [login.handle for login in DEMO_LOGINS]
        if not settings.DEMO or not Member.objects.with_handles(handles).exists():
            return
        self.stdout.write(f"Sign in as (password {PASSWORD}):")
        for login in DEMO_LOGINS:
            self.stdout.write(f"  {login.email:<22}{login.name:<20}{login.role}")
