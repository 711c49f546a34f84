"""Whatever a program sends by the schema or against it, it never finds a 5xx."""

from contextlib import suppress

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable
from rest_framework.throttling import SimpleRateThrottle
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from community.models.token import Scope
from config.wsgi import application
from ideas.status import Status
from tests.factories.community import NotificationFactory, secret_of
from tests.factories.ideas import DraftFactory, idea_in, said_on, supported

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
EXAMPLES = settings(
    max_examples=8,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture
def _one_connection():
    """Between requests a server looks after its connections; ours holds the test's transaction."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.fixture
def description(db, _one_connection, monkeypatch, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(
        SimpleRateThrottle, "THROTTLE_RATES", dict.fromkeys(["anon", "user", "write"])
    )
    return schemathesis.openapi.from_wsgi("/api/v1/schema/", application)


@pytest.fixture
def there(board, author, team_member):
    """Ids of what is there, so that not every request ends at 404."""
    ideas = [
        idea_in(status, board=board, author=author) for status in (Status.OPEN, Status.DECLINED)
    ]
    ideas += [idea_in(Status.OPEN, board=board, author=team_member)]
    ideas += [DraftFactory(board=board, author=team_member)]
    supported(ideas[0], 2)
    question = said_on(ideas[0], kind="question", by=team_member)
    comments = [question, said_on(ideas[0], parent=question)]
    told = NotificationFactory.create_batch(2, member=team_member)
    return {
        "ideas": [idea.pk for idea in ideas],
        "comments": [comment.pk for comment in comments],
        "notifications": [notification.pk for notification in told],
    }


def aim(case, there):
    """Half of the requests at something that is there."""
    kind = next((kind for kind in there if f"/{kind}/{{" in case.path), "ideas")
    number = case.path_parameters.get("id")
    if isinstance(number, int) and number % 2 == 0:
        case.path_parameters["id"] = there[kind][number // 2 % len(there[kind])]
    if isinstance(case.body, dict) and "board" in case.body and len(str(case.body)) % 2 == 0:
        case.body["board"] = "charging"


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
@pytest.mark.parametrize("who", ["visitor", "member"])
def test_nothing_breaks(description, there, team_member, who, mode):
    token = secret_of(team_member, *Scope)
    headers = {"Authorization": f"Bearer {token}"} if who == "member" else {}
    for operation in description.get_all_operations():

        @EXAMPLES
        @given(case=operation.ok().as_strategy(generation_mode=mode))
        def send(case):
            aim(case, there)
            case.call_and_validate(checks=CHECKS, headers=headers)

        with suppress(Unsatisfiable):
            send()
