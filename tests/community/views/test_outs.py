"""The ways out of e-mail, without signing in."""

import pytest
from django.test import Client
from django.urls import reverse

from community import services
from community.models import Muted
from community.outs import Out
from tests.factories.community import MemberFactory, NotificationFactory

pytestmark = pytest.mark.django_db


def out(member, topic="idea:1"):
    return reverse("community:unsubscribe", args=[Out(member.pk, topic).token])


def test_looking_at_the_way_out_changes_nothing(visitor, member):
    NotificationFactory(member=member, subject="Bakery chargers")
    response = visitor.get(out(member))
    assert "Bakery chargers" in response.content.decode()
    assert not Muted.objects.exists()
    assert visitor.cookies == {}


def test_one_click_is_enough_and_a_second_harmless(visitor, member):
    for _click in range(2):
        response = visitor.post(out(member), {"List-Unsubscribe": "One-Click"})
        assert response.status_code == 200
    assert [muted.topic for muted in Muted.objects.filter(member=member)] == ["idea:1"]


def test_mail_programs_bring_no_token_of_ours(member):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(out(member)).status_code == 200


def test_the_way_out_can_be_undone(visitor, member):
    visitor.post(out(member))
    visitor.post(out(member), {"undo": "1"})
    assert not Muted.objects.exists()


def test_all_mails_can_be_switched_off_and_on(visitor, member):
    visitor.post(out(member), {"all": "1"})
    member.refresh_from_db()
    assert not member.mails
    visitor.post(out(member), {"all": "1", "undo": "1"})
    member.refresh_from_db()
    assert member.mails


def test_the_page_speaks_the_members_language(visitor):
    german = MemberFactory(language="de")
    assert '<html lang="de">' in visitor.get(out(german)).content.decode()


def test_forged_ways_out_lead_nowhere(visitor, member):
    good = Out(member.pk, "idea:1").token
    for token in ("x", good[:-1] + ("a" if good[-1] != "a" else "b"), "W10:1:x"):
        address = reverse("community:unsubscribe", args=[token])
        assert visitor.post(address).status_code == 404
    assert visitor.post(out(MemberFactory(is_active=False))).status_code == 404


def test_a_kind_can_be_switched_off_and_on(visitor, member):
    NotificationFactory(member=member, kind="ideas.commented")
    assert "None of the kind “Comments”" in visitor.get(out(member)).text
    assert "of the kind “Comments”" in visitor.post(out(member), {"group": "1"}).text
    assert services.choices_of(member)["comments"] == "page"
    visitor.post(out(member), {"group": "1", "undo": "1"})
    assert services.choices_of(member)["comments"] == "at_once"


def test_what_moderation_says_is_no_kind_to_switch_off(visitor, member):
    NotificationFactory(member=member, kind="moderation.idea_hidden")
    assert "None of the kind" not in visitor.get(out(member)).text


def test_one_click_ends_a_digest_and_its_groups_come_back(visitor, member):
    services.choose(member=member, deliveries={"comments": "daily", "decisions": "weekly"})
    address = out(member, "digest:daily")
    page = visitor.post(address, {"List-Unsubscribe": "One-Click"}).text
    assert "no more of these summaries" in page
    assert '<input type="hidden" name="groups" value="comments">' in page
    chosen = services.choices_of(member)
    assert (chosen["comments"], chosen["decisions"]) == ("page", "weekly")
    visitor.post(address, {"undo": "1", "groups": ["comments", "no such"]})
    assert services.choices_of(member)["comments"] == "daily"


def test_there_is_no_digest_of_another_period(visitor, member):
    assert visitor.get(out(member, "digest:hourly")).status_code == 404
