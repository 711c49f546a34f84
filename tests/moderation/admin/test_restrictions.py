"""Moderators at work in the admin."""

import pytest

from ideas.models import Idea
from moderation.models import Restriction
from moderation.services import restrict
from tests.factories.ideas import DraftFactory, IdeaFactory

pytestmark = pytest.mark.django_db
ADD = "/admin/moderation/restriction/add/"


def errors(response):
    return [
        str(error)
        for field in response.context["adminform"].form.errors.values()
        for error in field
    ]


@pytest.mark.parametrize(
    "named",
    [
        "idea-{0}",
        "{0}",
        "/ideas/{0}/",
        "http://127.0.0.1:8000/ideas/{0}/?page=2#comments",
        "Idea {0}",
    ],
)
def test_an_idea_is_hidden_by_its_address_or_number(named, idea, moderator, signed_in):
    said = {"thing": named.format(idea.pk), "reason": "An advertisement."}
    assert signed_in(moderator).post(ADD, said).status_code == 302
    made = Restriction.objects.get()
    assert (made.idea, made.moderator, made.reason) == (idea, moderator, "An advertisement.")
    idea.refresh_from_db()
    assert idea.hidden_at


@pytest.mark.parametrize("named", ["comment-{0}", "/ideas/1/#comment-{0}", "Comment {0}"])
def test_a_comment_is_hidden_by_its_address_or_number(named, comment, moderator, signed_in):
    signed_in(moderator).post(ADD, {"thing": named.format(comment.pk), "reason": "x"})
    assert Restriction.objects.get().comment == comment


@pytest.mark.parametrize(
    "named", ["topic-{0}", "/forum/topics/{0}/", "https://example.org/forum/topics/{0}/?from=2#x"]
)
def test_a_topic_is_hidden_by_its_address_or_number(named, question, moderator, signed_in):
    signed_in(moderator).post(ADD, {"thing": named.format(question.pk), "reason": "x"})
    assert Restriction.objects.get().topic == question


@pytest.mark.parametrize(
    "named", ["reply-{0}", "/forum/replies/{0}/", "/forum/topics/1/?from={0}#reply-{0}"]
)
def test_a_reply_is_hidden_by_its_address_or_number(named, answer, moderator, signed_in):
    signed_in(moderator).post(ADD, {"thing": named.format(answer.pk), "reason": "x"})
    assert Restriction.objects.get().reply == answer


@pytest.mark.parametrize("name", ["question", "answer"])
def test_the_forum_s_admin_leads_to_moderation(name, request, moderator, signed_in):
    thing = request.getfixturevalue(name)
    model = type(thing).__name__.lower()
    browser = signed_in(moderator)
    assert browser.get(f"/admin/community/{model}/").status_code == 200
    page = browser.get(f"/admin/community/{model}/{thing.pk}/change/")
    assert f"/admin/community/{model}/{thing.pk}/hide/" in page.content.decode()
    there = browser.get(f"/admin/community/{model}/{thing.pk}/hide/")
    assert there.url == f"{ADD}?thing={model}-{thing.pk}"
    browser.post(ADD, {"thing": f"{model}-{thing.pk}", "reason": "x"})
    listed = browser.get("/admin/moderation/restriction/").content.decode()
    assert "Where is the fuse?" in listed


@pytest.mark.parametrize(
    ("thing", "reason", "complaint"),
    [
        ("idea-0", "x", "There is no such idea, comment, topic or reply."),
        ("the one about lamps", "x", "There is no such idea, comment, topic or reply."),
        ("9" * 30, "x", "There is no such idea, comment, topic or reply."),
        ("", "x", "This field is required."),
        ("idea-{0}", " \u200b ", "This field is required."),
    ],
)
def test_a_form_that_is_not_complete_says_why(idea, moderator, signed_in, thing, reason, complaint):
    said = {"thing": thing.format(idea.pk), "reason": reason}
    response = signed_in(moderator).post(ADD, said)
    assert errors(response) == [complaint]
    assert not Restriction.objects.exists()


def test_the_way_from_an_idea_to_its_restriction_and_back(idea, moderator, signed_in):
    client = signed_in(moderator)
    page = client.get(f"/admin/ideas/idea/{idea.pk}/change/")
    assert "Hide with a reason" in page.content.decode()
    form = client.get(f"/admin/ideas/idea/{idea.pk}/hide/", follow=True)
    assert f'value="idea-{idea.pk}"' in form.content.decode()
    client.post(ADD, {"thing": f"idea-{idea.pk}", "reason": "An advertisement."})

    page = client.get(f"/admin/ideas/idea/{idea.pk}/change/")
    assert "Hide with a reason" not in page.content.decode()
    listed = client.get(f"/admin/ideas/idea/{idea.pk}/show-again/", follow=True)
    made = Restriction.objects.get()
    address = f"/admin/moderation/restriction/{made.pk}/"
    assert f"{address}change/" in listed.content.decode()
    assert "Show again" in client.get(f"{address}change/").content.decode()
    assert "An advertisement." in client.get(f"{address}lift/").content.decode()
    assert client.post(f"{address}lift/", {"reason": ""}).status_code == 200
    assert Restriction.objects.in_force().exists()
    client.post(f"{address}lift/", {"reason": "It was none."})
    assert Idea.objects.get(pk=idea.pk).hidden_at is None
    assert client.get(f"{address}lift/").status_code == 403


def test_a_restriction_is_read_and_not_changed(comment, moderator, signed_in, admin_member):
    made = restrict(thing=comment, by=moderator, reason="An advertisement.")
    address = f"/admin/moderation/restriction/{made.pk}"
    client = signed_in(admin_member)
    assert "Comment on “Charge at night”" in client.get(f"{address}/change/").content.decode()
    assert client.post(f"{address}/change/", {"reason": "Another."}).status_code == 403
    assert client.post(f"{address}/delete/", {"post": "yes"}).status_code == 403


def test_others_are_not_let_in(idea, stranger, author, signed_in):
    stranger.is_staff = True
    stranger.save()
    said = {"thing": f"idea-{idea.pk}", "reason": "x"}
    assert signed_in(stranger).post(ADD, said).status_code == 403
    assert signed_in(author).post(ADD, said).status_code == 302  # to the sign-in page
    assert not Restriction.objects.exists()


def test_ones_own_text_is_left_to_others(moderator, signed_in):
    mine = IdeaFactory(author=moderator)
    response = signed_in(moderator).post(ADD, {"thing": f"idea-{mine.pk}", "reason": "x"})
    assert errors(response) == ["You wrote this yourself. Another moderator decides about it."]


def test_the_list_costs_the_same_for_one_and_three(
    idea, comment, moderator, signed_in, django_assert_num_queries
):
    client = signed_in(moderator)
    restrict(thing=idea, by=moderator, reason="x")
    with django_assert_num_queries(6):
        client.get("/admin/moderation/restriction/")
    restrict(thing=comment, by=moderator, reason="x")
    restrict(thing=IdeaFactory(board=idea.board), by=moderator, reason="x")
    with django_assert_num_queries(6):
        client.get("/admin/moderation/restriction/")


def test_drafts_stay_out_of_the_admin(moderator, signed_in):
    draft = DraftFactory()
    client = signed_in(moderator)
    assert draft.title not in client.get("/admin/ideas/idea/").content.decode()
    assert client.get(f"/admin/ideas/idea/{draft.pk}/change/").status_code == 302
