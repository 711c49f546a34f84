from pathlib import Path
from typing import Any

import polib
from django.core.management.commands import makemessages


class Command(makemessages.Command):
    help = "Collect the texts to translate. The same texts give the same file, byte for byte."
    # A guess that looks done is worse than an empty line that the check finds.
    msgmerge_options = [*makemessages.Command.msgmerge_options, "--no-fuzzy-matching"]

    def handle(self, *args: Any, **options: Any) -> None:
        options |= {"no_wrap": True, "no_obsolete": True, "add_location": "file"}
        super().handle(*args, **options)

    def write_po_file(self, potfile: str, locale: str) -> None:
        super().write_po_file(potfile, locale)
        path = Path(potfile).parent / locale / "LC_MESSAGES" / f"{self.domain}.po"
        catalogue = polib.pofile(str(path), wrapwidth=0)
        for stamp in ("POT-Creation-Date", "PO-Revision-Date", "Report-Msgid-Bugs-To"):
            catalogue.metadata.pop(stamp, None)
        catalogue.save()
