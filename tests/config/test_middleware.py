"""What requests pass through on their way."""

import pytest

pytestmark = pytest.mark.django_db

PAGE = "http://testserver/ideas/7/?order=new#compose"


def sent(visitor, referer):
    """A comment whose session has ended."""
    headers = {"Referer": referer} if referer else {}
    return visitor.post("/ideas/7/comments/", {"body": "Typed for an hour."}, headers=headers)


@pytest.mark.parametrize(
    ("referer", "back"),
    [
        (PAGE, "/ideas/7/%3Forder%3Dnew"),
        ("", "/"),
        ("https://elsewhere.example/ideas/7/", "/"),
        ("javascript:alert(1)", "/"),
        ("//elsewhere.example/", "/"),
    ],
)
def test_a_form_after_its_session_leads_back_to_its_page(visitor, referer, back):
    assert sent(visitor, referer).url == f"/accounts/login/?next={back}"


def test_a_page_leads_back_to_itself(visitor):
    assert visitor.get("/drafts/?a=1").url == "/accounts/login/?next=/drafts/%3Fa%3D1"
