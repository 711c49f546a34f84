"""The page and the API give the same answer to the same question."""

import pytest

from ideas.models import Comment, Decision, Support
from ideas.status import Status
from tests.factories.ideas import idea_in

pytestmark = pytest.mark.django_db

VIEWERS = ["visitor", "author", "stranger", "newcomer", "team_member", "other_team_member"]
DECISION = {
    "statement": "We looked into it.",
    "reason": "legal",
    "change_our_mind": "Another law.",
    "rough_when": "spring",
    "cost_band": "medium",
}


@pytest.fixture
def by_page(client):
    def post(viewer, address, sent):
        if viewer:
            client.force_login(viewer)
        return client.post(f"/{address}", sent)

    return post


@pytest.fixture
def by_api(api):
    def put_or_post(viewer, address, sent):
        api.force_authenticate(viewer)
        deed = api.put if "on" in sent else api.post
        return deed(f"/api/v1/{address}", {k: v for k, v in sent.items() if k != "on"})

    return put_or_post


def outcome(idea):
    """All that a deed can leave behind, and nothing that tells two equal ideas apart."""
    idea.refresh_from_db()
    return (
        sorted(Support.objects.filter(idea=idea).values_list("member__handle", "state")),
        sorted(Comment.objects.filter(idea=idea).values_list("author__handle", "body", "kind")),
        list(
            Decision.objects.filter(idea=idea)
            .order_by("id")
            .values_list("member__handle", "to_status", "team__slug", "reason")
        ),
        idea.status,
    )


DEEDS = {
    "support": ("support/", {"on": "true"}),
    "comment": ("comments/", {"body": "Yes.", "kind": "concern"}),
    **{f"decide {to}": ("decisions/", DECISION | {"to": to}) for to in Status if to != "draft"},
}


@pytest.mark.parametrize("viewer", VIEWERS)
@pytest.mark.parametrize("status", Status)
def test_the_same_deed_has_the_same_outcome(
    request, by_page, by_api, board, author, status, viewer
):
    someone = None if viewer == "visitor" else request.getfixturevalue(viewer)
    ideas = []
    for name, (address, sent) in DEEDS.items():
        # The last step may have led elsewhere; what was said and supported may stay.
        if not ideas or ideas[0].status != status:
            ideas = [idea_in(status, board=board, author=author) for _surface in range(2)]
        before = outcome(ideas[0])
        page = by_page(someone, f"ideas/{ideas[0].pk}/{address}", sent)
        program = by_api(someone, f"ideas/{ideas[1].pk}/{address}", sent)
        assert outcome(ideas[0]) == outcome(ideas[1]), name
        assert max(page.status_code, program.status_code) < 500, name
        assert program.status_code < 400 or outcome(ideas[1]) == before, name
