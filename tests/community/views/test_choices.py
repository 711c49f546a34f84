"""The page on which members choose how they are told."""

import pytest

from community import services, wording
from community.models import Member, Muted
from community.services import choices_of
from tests.factories.community import NotificationFactory

URL = "/settings/notifications/"
pytestmark = pytest.mark.django_db


def answers(**changes):
    groups = {f"group-{group.code}": "at_once" for group in wording.groups(serves=False)}
    chosen = {"group-comments": "daily", "group-mentions": "weekly"}
    return {"mails": "on", "digest_hour": "8"} | groups | chosen | changes


def test_choices_are_kept(as_member, member):
    response = as_member.post(
        URL, answers(digest_hour="18", quiet_from="22:00", quiet_until="07:00")
    )
    assert response.status_code == 302
    chosen = choices_of(member)
    assert (chosen["comments"], chosen["mentions"]) == ("daily", "weekly")
    member.refresh_from_db()
    assert (member.digest_hour, str(member.quiet_from)) == (18, "22:00:00")


def test_the_page_shows_what_was_chosen(as_member):
    as_member.post(URL, answers())
    page = as_member.get(URL).text
    assert '<option value="daily" selected>' in page
    assert '<option value="weekly" selected>' in page


def test_half_of_the_quiet_hours_is_refused_and_nothing_is_lost(as_member, member):
    response = as_member.post(URL, answers(quiet_from="22:00"))
    assert response.status_code == 422
    assert "Say when the quiet hours begin and when they end." in response.text
    assert 'value="22:00"' in response.text
    assert choices_of(member)["comments"] == "at_once"


@pytest.mark.parametrize("change", [{"digest_hour": "24"}, {"group-comments": "pigeon"}])
def test_what_there_is_not_is_refused(as_member, member, change):
    assert as_member.post(URL, answers(**change)).status_code == 422
    assert choices_of(member)["mentions"] == "at_once"


def test_all_mail_can_be_switched_off(as_member, member):
    form = answers()
    del form["mails"]
    as_member.post(URL, form)
    member.refresh_from_db()
    assert not member.mails


def test_an_address_that_refuses_is_said_and_can_be_tried_again(as_member, member):
    Member.objects.filter(pk=member.pk).update(mail_stopped_at="2026-03-04T12:00:00Z")
    assert "Your address refuses our e-mails" in as_member.get(URL).text
    as_member.post(f"{URL}mail-again/")
    member.refresh_from_db()
    assert member.mail_stopped_at is None
    assert "Your address refuses our e-mails" not in as_member.get(URL).text


def test_what_was_muted_is_listed_and_heard_again(as_member, member, stranger):
    NotificationFactory(member=member, subject="Bakery chargers")
    assert "No e-mail about" not in as_member.get(URL).text
    for each in (member, stranger):
        services.mute(member=each, topic="idea:1")
    assert "Bakery chargers" in as_member.get(URL).text
    response = as_member.post(f"{URL}unmute/", {"topic": "idea:1"})
    assert response.headers["Location"] == URL
    assert Muted.objects.get().member == stranger
    assert "Bakery chargers" not in as_member.get(URL).text


def test_only_who_serves_chooses_about_the_teams_work(as_member, signed_in, team_member):
    assert "Your team's work" not in as_member.get(URL).text.replace("&#x27;", "'")
    assert "Your team's work" in signed_in(team_member).get(URL).text.replace("&#x27;", "'")


def test_strangers_are_asked_to_sign_in(visitor):
    assert visitor.get(URL).status_code == 302
    assert visitor.post(f"{URL}mail-again/").status_code == 302
    assert visitor.post(f"{URL}unmute/").status_code == 302
