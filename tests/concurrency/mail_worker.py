"""A worker that makes digests and sends mails in a process of its own, and may be killed there."""

import os
import signal
from itertools import count
from pathlib import Path
from typing import Any

import django

django.setup()

from django.core.cache import cache  # noqa: E402
from django.core.mail.backends.base import BaseEmailBackend  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import override_settings  # noqa: E402

from community.services import digests, mailing, notifying  # noqa: E402

MAILERS = {"default": {"BACKEND": f"{__name__}.Server"}}


class Steps:
    """Everything that leaves the process, counted; before one of them it is killed."""

    def __init__(self, die_before: int | None) -> None:
        self.die_before, self.taken = die_before, count()

    def take(self) -> None:
        if next(self.taken) == self.die_before:
            os.kill(os.getpid(), signal.SIGKILL)

    def statement(self, execute: Any, *args: Any) -> Any:
        self.take()
        return execute(*args)


class Server(BaseEmailBackend):
    """A mail server that writes down the Message-ID of what it has taken."""

    steps: Steps
    book: Path

    def send_messages(self, messages: Any) -> int:
        for message in messages:
            self.steps.take()
            with self.book.open("a") as book:
                book.write(f"{message.extra_headers['Message-ID']}\n")
            # Its yes is on the way.
            self.steps.take()
        return len(messages)


def work(database: str, book: Path, die_before: int | None = None) -> None:
    """One round of a worker. `die_before` is the step that it does not live to take."""
    connection.settings_dict["NAME"] = database
    # Nobody is asked to send: this is the worker.
    cache.set(notifying.ASKED, True)
    Server.steps, Server.book = Steps(die_before), book
    with connection.execute_wrapper(Server.steps.statement), override_settings(MAILERS=MAILERS):
        digests.make_due()
        mailing.send_waiting()
    connection.close()
