from pathlib import Path
from typing import Any

import polib
from django.conf import settings
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Compile the message catalogues that changed. Needs no gettext on the machine."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        for folder in settings.LOCALE_PATHS:
            for catalogue in sorted(Path(folder).glob("*/LC_MESSAGES/*.po")):
                self.compile(catalogue)

    def compile(self, catalogue: Path) -> None:
        compiled = catalogue.with_suffix(".mo")
        if compiled.exists() and compiled.stat().st_mtime > catalogue.stat().st_mtime:
            return
        # Written aside first: a server that is starting must not read half a catalogue.
        draft = catalogue.with_suffix(".mo.part")
        polib.pofile(str(catalogue)).save_as_mofile(str(draft))
        draft.replace(compiled)
        self.stdout.write(f"Compiled {catalogue.parent.parent.name}")
