"""The forum for programs."""

import pytest

from community.models import ReplyMark, SolvedToo, Topic, TopicFollow
from community.models.token import Scope
from community.services import answers, distance, hiding, topics
from ideas.services.linking import link
from tests.factories.community import MemberFactory, secret_of
from tests.factories.forum import opened, replied

pytestmark = pytest.mark.django_db

V1 = "/api/v1/"


@pytest.fixture
def as_(api):
    """`as_(tom)` asks the API as Tom."""

    def somebody(member):
        api.force_authenticate(member)
        return api

    return somebody


def test_spaces(api, space):
    listed = api.get(f"{V1}spaces/").json()["results"]
    assert listed == [api.get(f"{V1}spaces/charging/").json()]
    assert listed[0]["team"] == {"slug": "charging", "name": "Charging"}
    assert api.get(f"{V1}spaces/nowhere/").status_code == 404


def test_a_topic_with_its_answer(api, question, answer, author):
    assert api.get(f"{V1}topics/{question.pk}/").json()["answer"] is None
    answers.accept(reply=answer, by=author)
    read = api.get(f"{V1}topics/{question.pk}/").json()
    assert (read["replies"], read["answer"]["body"]) == (1, "Under the stairs.")
    assert read["answered_at"] == read["answer"]["accepted_at"]
    # The accepted answer stands with the topic, and nowhere else.
    assert api.get(f"{V1}topics/{question.pk}/replies/").json()["results"] == []


@pytest.mark.parametrize("order", ["latest", "new", "top", "unanswered"])
def test_lists_are_paged_by_key(api, space, order):
    made = [opened(space, title=f"Lamp {n}").pk for n in range(5)]
    address, seen = f"{V1}topics/?order={order}&limit=2", []
    while address:
        page = api.get(address).json()
        seen += [topic["id"] for topic in page["results"]]
        address = page["next"]
    assert sorted(seen) == made


def test_filters_and_search(api, space, author):
    mine = opened(space, "discussion", by=author, title="Lamp", tags=["light"])
    opened(space, title="Fuse")

    def found(query):
        return [topic["id"] for topic in api.get(f"{V1}topics/?{query}").json()["results"]]

    for query in ("author=@ada", "tag=light", "kind=discussion", "q=lamps"):
        assert found(query) == [mine.pk]
    assert found("space=nowhere") == []
    assert api.get(f"{V1}topics/?kind=x").status_code == 400
    assert api.get(f"{V1}topics/?cursor=x").json()["code"] == "bad_cursor"


def test_opening_and_changing(as_, space, stranger):
    said = {"space": "charging", "title": "Where?", "body": "Dark.", "tags": ["Fuse"]}
    made = as_(stranger).post(f"{V1}topics/", said)
    assert made.status_code == 201
    topic = made.json()
    assert (topic["kind"], topic["tags"], topic["is_followed"]) == ("question", ["fuse"], True)
    address = f"{V1}topics/{topic['id']}/"
    changed = as_(stranger).patch(address, {"title": "Where is it?", "version": 1}).json()
    assert (changed["title"], changed["body"], changed["tags"]) == (
        "Where is it?",
        "Dark.",
        ["fuse"],
    )
    assert as_(stranger).patch(address, {"title": "x", "version": 1}).status_code == 409
    assert as_(stranger).patch(address, {"title": "x"}).json()["errors"].keys() == {"version"}
    history = as_(stranger).get(f"{address}revisions/").json()["results"]
    assert [(row["number"], row["title"]) for row in history] == [(1, "Where?")]


@pytest.mark.parametrize("space_named", ["nowhere", 7, None, "\x00"])
def test_a_space_that_is_not_there(as_, space, stranger, space_named):
    said = {"space": space_named, "title": "Where?", "body": "Dark."}
    answer = as_(stranger).post(f"{V1}topics/", said)
    assert answer.status_code == 400
    assert not Topic.objects.exists()


def test_similar_topics(api, question):
    found = api.get(f"{V1}topics/similar/?title=where is my fuse").json()["results"]
    assert [topic["id"] for topic in found] == [question.pk]


def test_replies_and_quotes(as_, question, answer, stranger):
    address = f"{V1}topics/{question.pk}/replies/"
    made = as_(stranger).post(address, {"body": "Sure?", "quotes": answer.pk})
    assert (made.status_code, made.json()["quotes"]) == (201, answer.pk)
    assert as_(stranger).post(address, {"body": "Sure?", "quotes": 0}).status_code == 201
    assert as_(stranger).post(address, {"body": "Sure?", "quotes": 999}).status_code == 404
    assert as_(stranger).post(address, {"body": " \u200b"}).status_code == 400
    listed = as_(stranger).get(address).json()["results"]
    assert {reply["body"] for reply in listed} == {"Under the stairs.", "Sure?"}


def test_changing_a_reply(as_, answer, supporter, stranger):
    address = f"{V1}replies/{answer.pk}/"
    changed = as_(supporter).patch(address, {"body": "In the attic.", "version": 1}).json()
    assert (changed["body"], changed["version"]) == ("In the attic.", 2)
    assert as_(supporter).patch(address, {"body": "x", "version": 1}).status_code == 409
    assert as_(stranger).patch(address, {"body": "x", "version": 2}).json()["code"] == "not_yours"
    (before,) = as_(stranger).get(f"{address}history/").json()["results"]
    assert before["body"] == "Under the stairs."


def test_accepting(as_, question, answer, author, stranger):
    address = f"{V1}topics/{question.pk}/answer/"
    assert as_(stranger).put(address, {"reply": answer.pk}).json()["code"] == "not_yours"
    assert as_(author).put(address, {"reply": answer.pk}).json()["answer"]["id"] == answer.pk
    assert as_(author).put(address, {"reply": 999}).status_code == 400
    assert as_(author).delete(address).json()["answer"] is None


def test_helpful_and_solved_too(as_, question, answer, author, stranger):
    answers.accept(reply=answer, by=author)
    address = f"{V1}replies/{answer.pk}/"
    marked = as_(stranger).put(f"{address}helpful/", {"helpful": False}).json()
    assert (marked["viewer_marked"], marked["unhelpful"]) == (False, 1)
    assert as_(stranger).delete(f"{address}helpful/").json()["viewer_marked"] is None
    solved = as_(stranger).put(f"{address}solved-too/").json()
    assert (solved["viewer_solved"], solved["solved_too"]) == (True, 1)
    assert as_(author).put(f"{address}solved-too/").json()["code"] == "own_answer"
    assert as_(stranger).delete(f"{address}solved-too/").json()["solved_too"] == 0
    assert not ReplyMark.objects.exists()
    assert not SolvedToo.objects.exists()


def test_following_and_closing(as_, question, stranger, team_member):
    address = f"{V1}topics/{question.pk}/"
    assert as_(stranger).put(f"{address}follow/").json() == {"following": True}
    assert as_(stranger).get(f"{address}follow/").json() == {"following": True}
    assert as_(stranger).delete(f"{address}follow/").json() == {"following": False}
    assert not TopicFollow.objects.filter(member=stranger).exists()
    assert as_(stranger).put(f"{address}closed/", {"closed": True}).json()["code"] == "not_the_team"
    assert as_(team_member).put(f"{address}closed/", {"closed": True}).json()["closed_at"]
    refused = as_(stranger).post(f"{address}replies/", {"body": "Still."})
    assert refused.json()["code"] == "topic_closed"


def test_what_is_hidden_is_not_there(as_, question, answer, stranger, author):
    hiding.set_reply_hidden(reply=answer, hidden=True)
    assert as_(stranger).get(f"{V1}replies/{answer.pk}/").status_code == 404
    assert as_(stranger).get(f"{V1}topics/{question.pk}/replies/").json()["results"] == []
    hiding.set_topic_hidden(topic=question, hidden=True)
    for part in ("", "replies/", "revisions/", "follow/", "ideas/"):
        assert as_(stranger).get(f"{V1}topics/{question.pk}/{part}").status_code == 404
    assert as_(author).get(f"{V1}topics/{question.pk}/").status_code == 200


@pytest.mark.parametrize(
    ("scope", "method", "part", "sent", "status"),
    [
        (Scope.READ, "get", "topics/{topic}/", None, 200),
        (Scope.READ, "put", "topics/{topic}/follow/", None, 403),
        (Scope.SUPPORT, "put", "topics/{topic}/follow/", None, 200),
        (Scope.SUPPORT, "put", "replies/{reply}/helpful/", {"helpful": True}, 200),
        (Scope.SUPPORT, "put", "replies/{reply}/solved-too/", None, 200),
        (Scope.SUPPORT, "post", "topics/{topic}/replies/", {"body": "b"}, 403),
        (Scope.WRITE, "post", "topics/{topic}/replies/", {"body": "b"}, 201),
        (Scope.WRITE, "put", "replies/{reply}/helpful/", {"helpful": True}, 403),
    ],
)
def test_a_token_reaches_no_further_than_its_scopes(
    api, question, answer, author, stranger, scope, method, part, sent, status
):
    answers.accept(reply=answer, by=author)
    api.credentials(HTTP_AUTHORIZATION=f"Bearer {secret_of(stranger, scope)}")
    address = V1 + part.format(topic=question.pk, reply=answer.pk)
    assert getattr(api, method)(address, sent).status_code == status


# --- The page and the API give the same answer to the same question -------------------------

VIEWERS = ["visitor", "author", "supporter", "stranger", "newcomer", "team_member"]
DEEDS = {
    # name: (address of the page, what is sent), (method and address of the API, what is sent)
    "reply": (
        ("topics/{topic}/replies/", {"body": "Yes."}),
        ("post", "topics/{topic}/replies/", {"body": "Yes."}),
    ),
    "accept": (
        ("topics/{topic}/answer/", {"reply": "{reply}"}),
        ("put", "topics/{topic}/answer/", {"reply": "{reply}"}),
    ),
    "take back": (("topics/{topic}/answer/", {}), ("delete", "topics/{topic}/answer/", None)),
    "follow": (
        ("topics/{topic}/follow/", {"on": "true"}),
        ("put", "topics/{topic}/follow/", None),
    ),
    "close": (
        ("topics/{topic}/closed/", {"closed": "true"}),
        ("put", "topics/{topic}/closed/", {"closed": True}),
    ),
    "helpful": (
        ("replies/{reply}/helpful/", {"helpful": "true"}),
        ("put", "replies/{reply}/helpful/", {"helpful": True}),
    ),
    "solved too": (
        ("replies/{reply}/solved/", {"solved": "true"}),
        ("put", "replies/{reply}/solved-too/", None),
    ),
    "edit": (
        ("replies/{reply}/edit/", {"body": "No.", "version": 1}),
        ("patch", "replies/{reply}/", {"body": "No.", "version": 1}),
    ),
}
STATES = ["open", "answered", "closed", "hidden"]


def in_state(state, space, author, supporter, team_member, number):
    topic = opened(space, by=author, title=f"{state} {number}")
    reply = replied(topic, by=supporter)
    if state == "answered":
        answers.accept(reply=reply, by=author)
    if state == "closed":
        topics.set_closed(topic=topic, by=team_member, closed=True)
    if state == "hidden":
        hiding.set_topic_hidden(topic=topic, hidden=True)
    return topic, reply


def filled(sent, topic, reply):
    values = {"topic": topic.pk, "reply": reply.pk}
    return {k: v.format(**values) if isinstance(v, str) else v for k, v in (sent or {}).items()}


def outcome(topic):
    """All that a deed can leave behind, and nothing that tells two equal topics apart."""
    topic = Topic.objects.get(pk=topic.pk)
    said = topic.replies.order_by("id")
    return (
        list(said.values_list("author__handle", "body", "helpful", "solved", "version")),
        [reply.accepted_at is not None for reply in said],
        sorted(topic.follows.values_list("member__handle", flat=True)),
        topic.closed_at is not None,
    )


@pytest.mark.parametrize("viewer", VIEWERS)
@pytest.mark.parametrize("state", STATES)
def test_the_same_deed_has_the_same_outcome(
    request, client, api, space, author, supporter, team_member, state, viewer
):
    someone = None if viewer == "visitor" else request.getfixturevalue(viewer)
    if someone:
        client.force_login(someone)
    api.force_authenticate(someone)
    for name, (page, program) in DEEDS.items():
        pairs = [
            in_state(state, space, author, supporter, team_member, f"{name} {n}") for n in (0, 1)
        ]
        before = outcome(pairs[0][0])
        values = [{"topic": topic.pk, "reply": reply.pk} for topic, reply in pairs]
        by_page = client.post(f"/forum/{page[0].format(**values[0])}", filled(page[1], *pairs[0]))
        ask = getattr(api, program[0])
        by_api = ask(V1 + program[1].format(**values[1]), filled(program[2], *pairs[1]))
        assert outcome(pairs[0][0]) == outcome(pairs[1][0]), name
        assert max(by_page.status_code, by_api.status_code) < 500, name
        assert by_api.status_code < 400 or outcome(pairs[1][0]) == before, name


def test_a_list_costs_the_same_for_one_and_for_three(api, space, django_assert_num_queries):
    for count in (1, 2):
        for number in range(count):
            replied(opened(space, title=f"Lamp {count}{number}"), by=MemberFactory())
        with django_assert_num_queries(1):
            api.get(f"{V1}topics/")


def test_a_space_is_followed(as_, stranger, space):
    address = f"{V1}spaces/charging/follow/"
    assert as_(stranger).get(address).json() == {"following": False}
    assert as_(stranger).put(address).json() == {"following": True}
    assert space.follows.get().member == stranger
    assert as_(stranger).delete(address).json() == {"following": False}
    assert not space.follows.exists()


def test_what_somebody_knows(api, question, answer, author, supporter):
    address = f"{V1}members/sven/answers/"
    assert api.get(address).json() == {"results": [], "next": None}
    answers.accept(reply=answer, by=author)
    (known,) = api.get(address).json()["results"]
    assert (known["id"], known["topic"]["title"]) == (answer.pk, "Where is the fuse?")
    assert api.get(f"{V1}members/nobody/answers/").status_code == 404


def test_what_the_blocked_wrote_is_marked(as_, api, question, answer, stranger, supporter):
    distance.block(member=stranger, other=supporter)
    address = f"{V1}topics/{question.pk}/replies/"
    assert as_(stranger).get(address).json()["results"][0]["is_from_blocked"] is True
    assert as_(None).get(address).json()["results"][0]["is_from_blocked"] is False
    assert as_(stranger).get(f"{V1}topics/").json()["results"][0]["is_from_blocked"] is False


def test_a_reply_is_credited_as_on_the_page(as_, idea, question, answer, team_member, stranger):
    link(topic=question, idea=idea, by=team_member)
    address = f"{V1}replies/{answer.pk}/used/{idea.pk}/"
    assert as_(stranger).put(address).json()["code"] == "not_your_credit"
    (credit,) = as_(team_member).put(address).json()["results"]
    assert (credit["member"]["handle"], credit["parts"][0]["reply"]) == ("sven", answer.pk)
    assert as_(team_member).delete(address).json() == {"results": []}
