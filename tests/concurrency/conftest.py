import pytest

from tests.activity.conftest import BellRang, alone, listen, notes  # noqa: F401
from tests.threads import elsewhere


@pytest.fixture
def other(committed):
    """A second connection to the database."""
    with elsewhere() as connection:
        yield connection


@pytest.fixture
def bells(listen, notes):  # noqa: F811
    """A listener that notes each bell."""

    def hears(batch):
        notes.write(batch)

    return listen(hears, BellRang)
