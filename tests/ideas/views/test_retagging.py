"""The form with which trusted members sort an idea, and the history that says so."""

import pytest

from tests.factories.community import MemberFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def trusted(db):
    return MemberFactory(handle="nadia", display_name="Nadia Rahal", trust_level=3)


def test_from_the_third_level_on(idea, trusted, stranger, author, signed_in):
    address = f"/ideas/{idea.pk}/"
    assert "Change the tags" in signed_in(trusted).get(address).content.decode()
    for other in (stranger, author):
        assert "Change the tags" not in signed_in(other).get(address).content.decode()


def test_changing_them(idea, trusted, signed_in):
    idea.tags.add("night", "price")
    sent = {"before": "night, price", "tags": "night, tariff"}
    browser = signed_in(trusted)
    page = browser.post(f"/ideas/{idea.pk}/tags/", sent, follow=True).content.decode()
    assert "The tags are changed" in page
    assert sorted(idea.tags.names()) == ["night", "tariff"]
    history = browser.get(f"/ideas/{idea.pk}/history/").content.decode()
    assert "+ tariff" in history
    assert "− price" in history
    assert "Nadia Rahal" in history


def test_too_many(idea, trusted, signed_in):
    sent = {"before": "", "tags": "a, b, c, d, e, f"}
    page = signed_in(trusted).post(f"/ideas/{idea.pk}/tags/", sent, follow=True)
    assert "five tags" in page.content.decode()
    assert not idea.tags.exists()


def test_a_refusal_is_a_message(idea, stranger, signed_in):
    page = signed_in(stranger).post(f"/ideas/{idea.pk}/tags/", {"tags": "a"}, follow=True)
    said = page.content.decode()
    assert "from trust level 3 (Trusted) on" in said
    assert '<a href="/reputation/levels/">What trust levels are</a>' in said
