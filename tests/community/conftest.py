import pytest

from community import wording


@pytest.fixture
def words():
    wording.add(
        "test.told",
        wording.Wording("%(actor)s said so on %(subject)s", "Something happened", "You follow it."),
    )
    yield
    wording._WORDINGS.pop("test.told")
