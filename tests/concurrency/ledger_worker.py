"""A worker that fills the ledger in a process of its own, and may be killed there."""

import os
import signal
from itertools import count
from typing import Any

import django

django.setup()

from django.db import connection  # noqa: E402

from activity import delivery, registry  # noqa: E402

LEDGER = "reputation.keep_the_ledger"


class Steps:
    """The statements it sends, counted; before one of them it is killed."""

    def __init__(self, die_before: int | None) -> None:
        self.die_before, self.taken = die_before, count()

    def statement(self, execute: Any, *args: Any) -> Any:
        if next(self.taken) == self.die_before:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(*args)


def work(database: str, die_before: int | None = None) -> None:
    """One round of delivery, to the ledger alone, in windows of four events."""
    connection.settings_dict["NAME"] = database
    ledger = registry.subscriber(LEDGER)
    registry._SUBSCRIBERS.clear()
    registry._SUBSCRIBERS[LEDGER] = ledger
    delivery.WINDOW = 4
    with connection.execute_wrapper(Steps(die_before).statement):
        delivery.drain()
    connection.close()
