from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser


class Command(BaseCommand):
    help = "Bring the database, the messages and the static files to the state of this version."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--demo", action="store_true", help="load the demo community where there are no members"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("compilemessages", stdout=self.stdout)
        call_command("migrate", interactive=False, verbosity=0)
        call_command("set_up_roles", stdout=self.stdout)
        call_command("set_up_templates", stdout=self.stdout)
        self.collect_static()
        if options["demo"] and not get_user_model()._default_manager.exists():
            call_command("load_demo", stdout=self.stdout)

    def collect_static(self) -> None:
        stamp, now = Path(settings.STATIC_ROOT) / "collected", static_fingerprint()
        if stamp.exists() and stamp.read_text() == now:
            return
        self.stdout.write("Collecting static files")
        self.stdout.flush()
        call_command("collectstatic", interactive=False, verbosity=0)
        stamp.write_text(now)


def static_fingerprint() -> str:
    """Changes with any static file, and with how they are packaged."""
    files = [
        Path(storage.path(name))
        for finder in get_finders()
        for name, storage in finder.list(ignore_patterns=[])
    ]
    seen = sorted((str(file), file.stat().st_mtime_ns) for file in files)
    packaging = (Path(settings.BASE_DIR) / "config" / "static.py").read_text()
    return sha256(f"{seen}{packaging}".encode()).hexdigest()
