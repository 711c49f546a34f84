import pytest

from reputation import demands


@pytest.fixture
def _large_site(monkeypatch):
    """Full numbers, however few members a test has."""
    monkeypatch.setattr(demands, "SMALL_SITE", 0)
