"""Several database connections at once: real threads, real transactions."""

from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier

from django.db import connection

# A deadlock or a lock that is never let go must fail a test, not hang it. Slow machines are no
# deadlock, so it is long.
PATIENCE = 300


def at_once(*deeds: Callable[[], object]) -> list[object]:
    """Run each deed in a thread of its own, all from the same moment; what each returned or
    raised, in order."""
    start = Barrier(len(deeds))

    def run(deed: Callable[[], object]) -> object:
        start.wait(PATIENCE)
        try:
            return deed()
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(run, deeds, timeout=PATIENCE))


def failures(results: Iterable[object]) -> list[object]:
    return [result for result in results if isinstance(result, Exception)]


class Elsewhere:
    """A second connection, whose statements are run step by step between those of the test."""

    def __init__(self, pool: ThreadPoolExecutor) -> None:
        self._pool = pool

    def does[T](self, deed: Callable[[], T]) -> T:
        return self.begins(deed).result(PATIENCE)

    def begins[T](self, deed: Callable[[], T]) -> Future[T]:
        """Without waiting for the end."""
        return self._pool.submit(deed)


@contextmanager
def elsewhere():
    with ThreadPoolExecutor(1) as pool:
        other = Elsewhere(pool)
        try:
            yield other
        finally:
            # Looked up over there: each thread has a connection of its own.
            other.does(lambda: connection.close())
