"""Takes a mail server's report that a mail was refused, from standard input."""

import sys
from argparse import ArgumentParser
from email import message_from_bytes, policy
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from community.services import bouncing

# What a mail may weigh; reports are small, and this comes from strangers.
LARGEST = 1024 * 1024


class Command(BaseCommand):
    help = (
        "Counts refused mails, and stops mailing to addresses that refuse. Let your mail server "
        'hand reports over by a pipe: "|manage.py process_bounce".'
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", help="A file with the report, instead.")

    def handle(self, *args: Any, **options: Any) -> None:
        reports = bouncing.read(message_from_bytes(_bytes(options["file"]), policy=policy.compat32))
        if not reports:
            raise CommandError("This is no delivery status notification (RFC 3464).")
        for report in reports:
            bounce = bouncing.note(report=report)
            if bounce is None:
                self.stdout.write(f"{report.status or 'no status'}: nothing to count")
            else:
                stopped = bounce.member.mail_stopped_at is not None
                what = "mail to this member has stopped" if stopped else "counted"
                self.stdout.write(f"{report.status}: {what}")


def _bytes(path: str | None) -> bytes:
    if path is None:
        return sys.stdin.buffer.read(LARGEST)
    try:
        with open(path, "rb") as file:  # noqa: PTH123  # as the person at the terminal named it
            return file.read(LARGEST)
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}") from error
