"""Administrators write house rules in the admin."""

from datetime import timedelta

import pytest
from django.utils import timezone

from moderation.models import Clause, HouseRules
from tests.factories.moderation import ClauseFactory, rules_in_force

pytestmark = pytest.mark.django_db
ADMIN = "/admin/moderation/houserules"


@pytest.fixture
def browser(signed_in, admin_member):
    return signed_in(admin_member)


def form_of(draft, **changed):
    """What the page of a draft would send, with some of it changed."""
    clauses = list(Clause.objects.filter(version=draft))
    sent = {
        "text_en": draft.text_en, "text_de": draft.text_de, "changes_en": "", "changes_de": "",
        "clauses-TOTAL_FORMS": len(clauses), "clauses-INITIAL_FORMS": len(clauses),
    }  # fmt: skip
    fields = ("key", "position", "title_en", "title_de", "text_en", "text_de", "category",
              "severity")  # fmt: skip
    for number, clause in enumerate(clauses):
        sent |= {f"clauses-{number}-id": clause.pk, f"clauses-{number}-version": draft.pk}
        sent |= {f"clauses-{number}-{field}": getattr(clause, field) for field in fields}
    return sent | changed


def test_a_draft_begins_as_a_copy_is_changed_and_published(browser):
    before = rules_in_force("spam", "harassment")
    assert "begins as a copy of version" in browser.get(f"{ADMIN}/add/").content.decode()
    assert HouseRules.objects.count() == 1
    browser.post(f"{ADMIN}/add/")
    draft = HouseRules.objects.get(published_at=None)
    assert f"/{draft.pk}/change/" in browser.get(f"{ADMIN}/add/").headers["Location"]
    page = browser.get(f"{ADMIN}/{draft.pk}/change/").content.decode()
    assert f"{ADMIN}/{draft.pk}/publish/" in page
    sent = form_of(draft, **{"clauses-0-title_en": "No selling", "clauses-1-DELETE": "on"})
    assert browser.post(f"{ADMIN}/{draft.pk}/change/", sent).status_code == 302
    browser.post(f"{ADMIN}/{draft.pk}/publish/", {"day": ""})
    assert [(c.key, c.title_en) for c in Clause.objects.in_force()] == [("spam", "No selling")]
    assert Clause.objects.filter(version=before).count() == 2


def test_a_first_draft_is_offered(browser):
    assert "suit most communities" in browser.get(f"{ADMIN}/add/").content.decode()


def test_what_is_published_is_looked_at_and_nothing_else(browser):
    rules = rules_in_force("spam")
    address = f"{ADMIN}/{rules.pk}"
    assert "Rule on spam" in browser.get(f"{address}/change/").content.decode()
    for way in ("change/", "delete/", "publish/"):
        sent = form_of(rules, **{"clauses-0-title_en": "Sell!", "post": "yes", "day": ""})
        assert browser.post(f"{address}/{way}", sent).status_code == 403
    assert Clause.objects.in_force().get().title_en == "Rule on spam"


def test_an_announcement_needs_a_day_to_come(browser):
    draft = ClauseFactory().version
    day = timezone.localdate() + timedelta(days=14)
    browser.post(f"{ADMIN}/{draft.pk}/publish/", {"day": day.isoformat()})
    assert not Clause.objects.in_force().exists()
    assert HouseRules.objects.announced().get() == draft


def test_a_refusal_is_shown(browser):
    draft = ClauseFactory().version
    Clause.objects.all().delete()
    answer = browser.post(f"{ADMIN}/{draft.pk}/publish/", {"day": ""}, follow=True)
    assert "House rules without a clause forbid nothing." in answer.content.decode()


def test_others_stay_outside(signed_in, moderator):
    rules_in_force("spam")
    assert signed_in(moderator).post(f"{ADMIN}/add/").status_code == 403
    assert HouseRules.objects.count() == 1


def test_the_house_rules_are_kept_out_of_the_other_policies(browser):
    rules = rules_in_force("spam")
    listed = browser.get("/admin/community/policyversion/").content.decode()
    assert f"/{rules.pk}/change/" not in listed
    assert (
        "House rules"
        not in browser.get("/admin/community/policyversion/add/")
        .context["adminform"]
        .form.fields["kind"]
        .choices
    )


def test_the_list_costs_the_same_for_one_and_three(browser, django_assert_num_queries):
    rules_in_force("spam")
    browser.get(f"{ADMIN}/")
    for _more in range(2):
        with django_assert_num_queries(5):
            browser.get(f"{ADMIN}/")
        rules_in_force("spam", "harassment")
        rules_in_force("spam")
