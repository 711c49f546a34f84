"""What every address of the API has in common: problems, limits, the schema and its page."""

import json
from pathlib import Path

import pytest
import yaml
from django.core.management import call_command
from django.test import Client
from rest_framework.throttling import SimpleRateThrottle

from config.problems import MEDIA_TYPE

ROOT = "/api/v1/"


def problem(answer, status, code):
    assert answer.status_code == status, answer.content
    assert answer["Content-Type"] == MEDIA_TYPE
    said = json.loads(answer.content)
    assert set(said) == {"title", "status", "code", "detail", "errors"}
    assert (said["status"], said["code"]) == (status, code)
    assert said["detail"]
    return said


# --- Problems ---------------------------------------------------------------------------------


@pytest.mark.parametrize("method", ["get", "post", "put", "patch", "delete"])
@pytest.mark.parametrize("address", ["nothing/", "", "ideas", "ideas/x/", "ideas/-1/", "%C3%28/"])
def test_what_is_not_there_is_a_problem(api, db, method, address):
    problem(getattr(api, method)(f"{ROOT}{address}"), 404, "not_found")


@pytest.mark.parametrize("number", [0, 2**31, 2**63, 10**100, "9" * 5000])
def test_ids_of_any_size_are_not_found(api, db, number):
    for rest in ("ideas/{}/", "ideas/{}/comments/", "comments/{}/", "ideas/{}/support/"):
        problem(api.get(ROOT + rest.format(number)), 404, "not_found")


def test_methods_that_are_not_there(api, db):
    answer = api.get(f"{ROOT}ideas/preview/")
    problem(answer, 405, "method_not_allowed")
    assert answer["Allow"] == "POST, OPTIONS"


def test_nul_in_an_address(api, db):
    problem(api.get(f"{ROOT}ideas/?q=%00"), 400, "bad_request")
    problem(api.get(f"{ROOT}boards/%00/"), 400, "bad_request")


def test_bytes_that_are_no_text_in_an_address(api, db):
    assert api.get(f"{ROOT}ideas/?q=%ff%fe&board=%ed%a0%80").status_code == 200


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"\xff\xfe",
        b"\x00",
        b'{"title": NaN}',
        b'{"title": "\\ud800"}',
        b'{"\\udfff": 1}',
        b"[" * 100_000,
        b'{"a":' * 50_000,
        b'{"version": ' + b"9" * 5000 + b"}",
    ],
    ids=["cut", "no text", "nul", "nan", "half a pair", "key", "lists", "objects", "digits"],
)
def test_json_that_cannot_be_read(api, member, body):
    api.force_authenticate(member)
    answer = api.post(f"{ROOT}ideas/", body, content_type="application/json")
    problem(answer, 400, "parse_error")


@pytest.mark.parametrize("body", [b"", b"null", b"[]", b'"x"', b"3", b"true", b"{}"])
def test_json_of_another_shape(api, member, body):
    api.force_authenticate(member)
    answer = api.post(f"{ROOT}ideas/", body, content_type="application/json")
    assert problem(answer, 400, "invalid")["errors"]


def test_bodies_are_bounded(api, member):
    api.force_authenticate(member)
    body = b'{"title": "' + b"x" * 1_000_000 + b'"}'
    problem(api.post(f"{ROOT}ideas/", body, content_type="application/json"), 413, "too_large")


def test_other_kinds_of_body_are_refused(api, member):
    api.force_authenticate(member)
    for kind in ("text/plain", "application/xml", "x", "application/x-www-form-urlencoded"):
        answer = api.post(f"{ROOT}ideas/", b"title=x", content_type=kind)
        problem(answer, 415, "unsupported_media_type")


def test_broken_uploads(api, member, idea, author):
    api.force_authenticate(author)
    for boundary in ("", "; boundary=\xff", "; boundary=x"):
        kind = f"multipart/form-data{boundary}"
        answer = api.post(f"{ROOT}ideas/{idea.pk}/images/", b"--y\r\n\r\n", content_type=kind)
        assert answer.status_code == 400
        assert answer["Content-Type"] == MEDIA_TYPE


def test_answers_come_as_json_alone(api, db):
    problem(api.get(f"{ROOT}ideas/", HTTP_ACCEPT="image/png"), 406, "not_acceptable")


def test_problems_speak_the_readers_language(api, db):
    answer = api.get(f"{ROOT}nothing/", HTTP_ACCEPT_LANGUAGE="de")
    assert answer["Content-Language"] == "de"


def test_what_breaks_is_a_problem_without_details(monkeypatch, db):
    def break_(*args, **kwargs):
        raise RuntimeError("the secret")

    monkeypatch.setattr("ideas.api.ideas.page_of", break_)
    answer = Client(raise_request_exception=False).get(f"{ROOT}ideas/")
    assert "secret" not in str(problem(answer, 500, "server_error"))


def test_pages_stay_pages(client, db):
    assert client.get("/nothing/")["Content-Type"].startswith("text/html")


# --- Limits -----------------------------------------------------------------------------------


@pytest.fixture
def slow(monkeypatch):
    rates = {"anon": "2/min", "user": "4/min", "write": "1/min"}
    monkeypatch.setattr(SimpleRateThrottle, "THROTTLE_RATES", rates)


@pytest.mark.usefixtures("slow")
def test_visitors_are_slowed_down(api, db):
    for _request in range(2):
        assert api.get(f"{ROOT}boards/").status_code == 200
    answer = api.get(f"{ROOT}boards/")
    problem(answer, 429, "throttled")
    assert 0 < int(answer["Retry-After"]) <= 60


@pytest.mark.usefixtures("slow")
def test_writing_is_slowed_down_before_reading(api, member, idea):
    api.force_authenticate(member)
    address = f"{ROOT}ideas/{idea.pk}/support/"
    assert api.put(address).status_code == 200
    problem(api.put(address), 429, "throttled")
    assert api.get(address).status_code == 200


# --- The schema and its page ------------------------------------------------------------------


@pytest.fixture(scope="module")
def schema(tmp_path_factory):
    file = tmp_path_factory.mktemp("schema") / "schema.yaml"
    call_command("spectacular", validate=True, fail_on_warn=True, file=str(file))
    return file.read_text()


def test_the_committed_schema_is_the_one_we_serve(schema):
    assert Path("docs/api/schema.yaml").read_text() == schema, "run make schema"


# What may be missing without being part of the address.
NAMES_ONE = {
    ("/api/v1/me/export/", "get"), ("/api/v1/leaderboard/", "get"), ("/api/v1/reports/", "post"),
    ("/api/v1/rules/", "get"),
}  # fmt: skip


def test_each_operation_says_what_it_does_and_how_it_refuses(schema):
    for path, operations in yaml.safe_load(schema)["paths"].items():
        for method, operation in operations.items():
            answers = operation["responses"]
            assert operation["summary"], (path, method)
            assert {"401", "403", "429"} <= set(answers), (path, method)
            names_one = "{" in path or (path, method) in NAMES_ONE
            assert ("404" in answers) is names_one, (path, method)
            refusals = [answer for status, answer in answers.items() if status >= "400"]
            assert all(MEDIA_TYPE in answer["content"] for answer in refusals)


def test_the_schema_is_served_as_yaml_and_json(api, db):
    assert api.get(f"{ROOT}schema/").content.startswith(b"openapi: 3.")
    answer = api.get(f"{ROOT}schema/", HTTP_ACCEPT="application/vnd.oai.openapi+json")
    assert answer.json()["info"]["title"] == "Plenum"


def test_the_page_for_browsing_keeps_our_policy(client, member):
    answer = client.get(f"{ROOT}docs/")
    policy = answer["Content-Security-Policy"]
    assert "script-src 'self';" in policy
    assert "style-src 'self' 'unsafe-inline'" in policy
    assert not answer.cookies
    assert b"data-csrf" not in answer.content
    client.force_login(member)
    assert b"data-csrf" in client.get(f"{ROOT}docs/").content
