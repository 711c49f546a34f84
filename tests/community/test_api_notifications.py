"""Notifications for programs: the same as on the page, by the same rules."""

from datetime import time

import pytest

from activity.models import EventRecord
from community import services
from community.models import Muted, Notification
from community.models.token import Scope
from tests.factories.community import MemberFactory, NotificationFactory, secret_of

pytestmark = pytest.mark.django_db

ROOT = "/api/v1/"
LIST, COUNT, CHOICES = "notifications/", "notifications/count/", "me/notification-choices/"
# Everything that a program can ask for; `{}` is a notification's id.
DEEDS = [
    ("get", LIST),
    ("patch", LIST),
    ("get", COUNT),
    ("put", "notifications/{}/read/"),
    ("delete", "notifications/{}/read/"),
    ("get", CHOICES),
    ("patch", CHOICES),
    ("delete", "me/mail-stop/"),
    ("get", "me/muted-topics/"),
    ("put", "me/muted-topics/idea:1/"),
    ("delete", "me/muted-topics/idea:1/"),
]


@pytest.fixture
def mine(api, member):
    """The API, with Mara's token."""
    api.credentials(HTTP_AUTHORIZATION=f"Bearer {secret_of(member, Scope.NOTIFICATIONS)}")
    return api


def rows(answer):
    assert answer.status_code == 200, answer.content
    return answer.json()["results"]


def ids(answer):
    return [row["id"] for row in rows(answer)]


def problem(answer, status, code):
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    return answer.json()["errors"]


# --- Who may --------------------------------------------------------------------------------


@pytest.mark.parametrize(("method", "address"), DEEDS)
def test_strangers_get_nothing(api, db, method, address):
    problem(getattr(api, method)(ROOT + address.format(1)), 401, "not_authenticated")


@pytest.mark.parametrize("scope", [s for s in Scope.values if s != "notifications"])
@pytest.mark.parametrize(("method", "address"), DEEDS)
def test_no_other_scope_opens_them(api, member, scope, method, address):
    notification = NotificationFactory(member=member)
    api.credentials(HTTP_AUTHORIZATION=f"Bearer {secret_of(member, scope)}")
    problem(getattr(api, method)(ROOT + address.format(notification.pk)), 403, "scope_missing")


@pytest.mark.parametrize(("method", "address"), DEEDS)
def test_the_scope_opens_all_of_them(mine, member, method, address):
    notification = NotificationFactory(member=member)
    answer = getattr(mine, method)(ROOT + address.format(notification.pk))
    assert answer.status_code in (200, 204), answer.content


def test_those_of_others_are_out_of_reach(mine, stranger):
    theirs = NotificationFactory(member=stranger)
    assert ids(mine.get(ROOT + LIST)) == []
    problem(mine.put(f"{ROOT}notifications/{theirs.pk}/read/"), 404, "not_found")
    problem(mine.delete(f"{ROOT}notifications/{theirs.pk}/read/"), 404, "not_found")
    mine.patch(ROOT + LIST, {"ids": [theirs.pk]})
    mine.patch(ROOT + LIST, {})
    assert Notification.objects.unread().get() == theirs


# --- Reading --------------------------------------------------------------------------------


def test_a_line_says_what_happened_in_the_members_language(mine, member):
    type(member).objects.update(language="de")
    anouk = MemberFactory(handle="anouk", display_name="Anouk de Vries")
    told = NotificationFactory(member=member, actor=anouk, kind="ideas.commented", excerpt="Yes.")
    (row,) = rows(mine.get(ROOT + LIST, headers={"Accept-Language": "en"}))
    assert row["sentence"] == ("Anouk de Vries hat „A charging point at every bakery“ kommentiert")
    assert (row["id"], row["ids"], row["group"]) == (told.pk, [told.pk], "comments")
    assert (row["topic"], row["excerpt"], row["read_at"]) == ("idea:1", "Yes.", None)
    assert row["actor"]["handle"] == "anouk"
    assert row["url"].endswith("/ideas/1/")


def test_what_comes_by_itself_has_no_actor(mine, member):
    NotificationFactory(member=member, kind="ideas.commented")
    (row,) = rows(mine.get(ROOT + LIST))
    assert row["actor"] is None
    assert row["sentence"] == "New comment on “A charging point at every bakery”"


@pytest.mark.parametrize(
    "asked",
    [{}, {"unread": "true"}, {"group": "decisions"}, {"group": "comments"}],
)
def test_it_lists_what_the_page_lists(mine, as_member, member, asked):
    for number, kind in enumerate(("ideas.commented", "ideas.decided", "ideas.commented") * 2):
        read_at = "2026-03-04T12:00Z" if number % 3 else None
        NotificationFactory(member=member, kind=kind, read_at=read_at, actor=MemberFactory())
    query = {"show": "unread"} if "unread" in asked else asked
    page = as_member.get(f"/{LIST}", query).context["page"]["items"]
    lines = rows(mine.get(ROOT + LIST, {**asked, "together": "true"}))
    assert [line["ids"] for line in lines] == [line.ids for line in page]
    assert [line["sentence"] for line in lines] == [line.sentence for line in page]
    plain = ids(mine.get(ROOT + LIST, asked))
    assert plain == sorted((pk for line in page for pk in line.ids), reverse=True)


@pytest.mark.parametrize("together", ["true", "false"])
def test_pages_follow_each_other_without_gap_or_overlap(mine, member, together):
    made = [NotificationFactory(member=member, kind="ideas.commented").pk for _n in range(65)]
    seen, address, pages = [], f"{ROOT}{LIST}?together={together}", 0
    while address:
        answer = mine.get(address)
        seen += [pk for row in rows(answer) for pk in row["ids"]]
        address, pages = answer.json()["next"], pages + 1
    assert (pages, seen) == (3, made[::-1])


@pytest.mark.parametrize("cursor", ["x", "-1", "W10", "WzEsMV0x", "9" * 500])
def test_a_forged_cursor_is_refused(mine, cursor):
    problem(mine.get(ROOT + LIST, {"cursor": cursor}), 400, "bad_cursor")


def test_a_group_that_there_is_not_is_refused(mine):
    assert list(problem(mine.get(ROOT + LIST, {"group": "no"}), 400, "invalid")) == ["group"]


@pytest.mark.parametrize("number", [1, 3])
def test_the_number_of_statements_does_not_grow(mine, member, number, django_assert_num_queries):
    for _row in range(number):
        NotificationFactory(member=member, actor=MemberFactory())
    mine.get(ROOT + LIST)
    # Token with its member, and the notifications with their actors.
    with django_assert_num_queries(2):
        mine.get(ROOT + LIST)
    with django_assert_num_queries(2):
        assert mine.get(ROOT + COUNT).json() == {"unread": number}


# --- Marking --------------------------------------------------------------------------------


def test_one_is_marked_and_keeps_its_first_time(mine, member):
    told, other = NotificationFactory.create_batch(2, member=member)
    first = mine.put(f"{ROOT}notifications/{told.pk}/read/").json()["read_at"]
    assert first is not None
    assert mine.put(f"{ROOT}notifications/{told.pk}/read/").json()["read_at"] == first
    assert Notification.objects.unread().get() == other
    assert mine.delete(f"{ROOT}notifications/{told.pk}/read/").json()["read_at"] is None


def test_some_are_marked_read_and_unread(mine, member):
    one, two, three = NotificationFactory.create_batch(3, member=member)
    assert mine.patch(ROOT + LIST, {"ids": [one.pk, two.pk]}).json() == {"unread": 1}
    answer = mine.patch(ROOT + LIST, {"ids": [one.pk], "read": False})
    assert answer.json() == {"unread": 2}
    assert set(Notification.objects.unread()) == {one, three}


def test_all_are_marked_or_those_that_were_seen(mine, member):
    _one, two, _three = NotificationFactory.create_batch(3, member=member)
    assert mine.patch(ROOT + LIST, {"upto": two.pk}).json() == {"unread": 1}
    assert mine.patch(ROOT + LIST, {}).json() == {"unread": 0}


@pytest.mark.parametrize(
    "sent",
    [{"read": False}, {"ids": []}, {"ids": [0]}, {"ids": ["x"]}, {"ids": [2**63]}, {"upto": -1}],
)
def test_a_mark_names_what_it_is_about(mine, member, sent):
    NotificationFactory(member=member)
    problem(mine.patch(ROOT + LIST, sent), 400, "invalid")
    assert Notification.objects.unread().exists()


# --- Choosing -------------------------------------------------------------------------------


def test_choices_are_read_as_the_page_shows_them(mine, as_member, member):
    services.choose(member=member, deliveries={"comments": "daily"})
    said = mine.get(ROOT + CHOICES).json()
    form = as_member.get("/settings/notifications/").context["form"]
    shown = {field.name.removeprefix("group-"): field.value() for field in form.of_groups}
    assert said["deliveries"] == shown
    assert [group["code"] for group in said["groups"]] == list(shown)
    assert [group["label"] for group in said["groups"]] == [str(f.label) for f in form.of_groups]
    assert (said["mails"], said["digest_hour"], said["quiet_from"]) == (True, 8, None)
    assert (said["time_zone"], said["mail_stopped_at"]) == ("Europe/Berlin", None)


def test_what_is_sent_changes_and_the_rest_stays(mine, member):
    changes = {"deliveries": {"comments": "weekly"}, "quiet_from": "22:00", "quiet_until": "07:00"}
    said = mine.patch(ROOT + CHOICES, changes).json()
    assert (said["deliveries"]["comments"], said["quiet_from"]) == ("weekly", "22:00")
    said = mine.patch(ROOT + CHOICES, {"digest_hour": 18, "mails": False}).json()
    assert (said["deliveries"]["comments"], said["deliveries"]["decisions"]) == (
        "weekly",
        "at_once",
    )
    member.refresh_from_db()
    assert (member.digest_hour, member.mails) == (18, False)
    assert (member.quiet_from, member.quiet_until) == (time(22), time(7))


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"deliveries": {"moderation": "page"}}, "unknown_group", "deliveries"),
        ({"deliveries": {"teamwork": "page"}}, "unknown_group", "deliveries"),
        ({"deliveries": {"comments": "pigeon"}}, "invalid", "deliveries.comments"),
        ({"digest_hour": 24}, "invalid", "digest_hour"),
        ({"quiet_from": "22:00"}, "half_quiet", "quiet_until"),
        ({"quiet_from": "22:00", "quiet_until": "22:00"}, "never_loud", "quiet_until"),
        ({"quiet_from": "25:00", "quiet_until": "07:00"}, "invalid", "quiet_from"),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(mine, member, changes, code, field):
    before = mine.get(ROOT + CHOICES).json()
    errors = problem(mine.patch(ROOT + CHOICES, {"mails": False, **changes}), 400, code)
    assert list(errors) == [field]
    assert mine.get(ROOT + CHOICES).json() == before


def test_who_serves_in_a_team_chooses_about_its_work(api, team_member):
    api.credentials(HTTP_AUTHORIZATION=f"Bearer {secret_of(team_member, Scope.NOTIFICATIONS)}")
    said = api.patch(ROOT + CHOICES, {"deliveries": {"teamwork": "daily"}}).json()
    assert said["deliveries"]["teamwork"] == "daily"


def test_an_address_takes_mail_again(mine, member):
    type(member).objects.update(mail_stopped_at="2026-03-04T12:00Z")
    assert mine.get(ROOT + CHOICES).json()["mail_stopped_at"] is not None
    for _twice in range(2):
        assert mine.delete(f"{ROOT}me/mail-stop/").status_code == 204
    assert mine.get(ROOT + CHOICES).json()["mail_stopped_at"] is None
    resumed = EventRecord.objects.get(kind="community.mail_resumed")
    assert (resumed.actor_id, resumed.payload["member_id"]) == (member.pk, member.pk)


def test_topics_are_muted_and_heard_again(mine, member):
    NotificationFactory(member=member, subject="Bakery chargers")
    for _twice in range(2):
        row = mine.put(f"{ROOT}me/muted-topics/idea:1/").json()
    assert (row["topic"], row["subject"]) == ("idea:1", "Bakery chargers")
    assert rows(mine.get(f"{ROOT}me/muted-topics/")) == [row]
    for _twice in range(2):
        assert mine.delete(f"{ROOT}me/muted-topics/idea:1/").status_code == 204
    assert not Muted.objects.exists()


def test_only_what_one_was_told_of_can_be_muted(mine, stranger):
    NotificationFactory(member=stranger)
    problem(mine.put(f"{ROOT}me/muted-topics/idea:1/"), 404, "not_found")
    assert not Muted.objects.exists()
