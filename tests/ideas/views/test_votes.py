"""The public log of voided votes, for everybody, and what the voter alone is shown."""

import pytest

from community.models import Profile
from community.models.sight import Visibility
from ideas.services import voiding
from ideas.services.supporting import give_support, withdraw_support
from tests.factories.community import MemberFactory
from tests.factories.ideas import IdeaFactory, supported
from tests.factories.voiding import moderator, pleaded, voided

pytestmark = pytest.mark.django_db

WHY = "From one desk in Ulm."


@pytest.fixture
def mina(db):
    return moderator("mina")


@pytest.fixture
def quarantined(idea, member, mina):
    """Mara's support of Ada's idea does not count."""
    give_support(idea=idea, member=member)
    return voided(mina, WHY, members=[member.pk])


def read(client, path="/votes/"):
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


class TestLog:
    def test_it_says_how_many_where_and_why_and_names_nobody(self, visitor, quarantined, board):
        page = read(visitor)
        assert "1 vote voided" in page
        assert (WHY in page, board.name in page) == (True, True)
        assert not any(name in page for name in ("Mara", "mina", "Charge at night"))

    def test_what_was_undone_stands_there_as_undone(self, visitor, quarantined, mina):
        voiding.undo(voiding=quarantined, by=mina, why="It was one family.")
        page = read(visitor)
        assert "Undone on" in page
        assert "It was one family." in page

    def test_what_never_was_in_force_is_not_told(self, visitor, idea, mina):
        supported(idea)
        pleaded(mina, "Only a draft.", ideas=[idea.pk])
        gone = pleaded(mina, "Never mind.", ideas=[idea.pk])
        voiding.cancel(voiding=gone, by=mina, why="Class-mates.")
        page = read(visitor)
        assert "No votes have been voided so far." in page
        assert not any(words in page for words in ("Only a draft.", "Never mind.", "Class-mates."))

    def test_it_is_read_page_by_page(self, visitor, board, mina, monkeypatch):
        for number in range(3):
            (fan,) = supported(IdeaFactory(board=board))
            voided(mina, f"Case {number}.", members=[fan.pk])
        monkeypatch.setattr("ideas.voided.log_of.__defaults__", ("", 2))
        first = visitor.get("/votes/")
        assert [row.summary for row in first.context["rows"]] == ["Case 2.", "Case 1."]
        second = visitor.get("/votes/" + first.context["page"]["next_url"])
        assert [row.summary for row in second.context["rows"]] == ["Case 0."]
        assert visitor.get("/votes/?cursor=forged").status_code == 400

    def test_it_costs_the_same_for_more_rows(
        self, as_member, board, mina, django_assert_num_queries
    ):
        (fan,) = supported(IdeaFactory(board=board))
        voided(mina, members=[fan.pk])
        read(as_member)
        with django_assert_num_queries(5):
            as_member.get("/votes/")
        for _number in range(2):
            (fan,) = supported(IdeaFactory(board=board))
            voided(mina, members=[fan.pk])
        with django_assert_num_queries(5):
            as_member.get("/votes/")

    def test_programs_read_the_same(self, api, quarantined, board):
        (row,) = api.get("/api/v1/votes/voidings/").json()["results"]
        assert (row["state"], row["votes"], row["summary"]) == ("done", 1, WHY)
        assert row["boards"] == [{"slug": board.slug, "name": board.name}]
        assert (row["undone_at"], row["undone_because"]) == (None, "")


class TestVoter:
    def test_the_idea_tells_its_voter_why(self, as_member, idea, quarantined):
        page = read(as_member, f"/ideas/{idea.pk}/")
        assert "Your support does not count at present." in page
        assert WHY in page

    def test_others_are_told_nothing(self, visitor, signed_in, idea, quarantined, stranger):
        for client in (visitor, signed_in(stranger), signed_in(idea.author)):
            page = read(client, f"/ideas/{idea.pk}/")
            assert "does not count" not in page
            assert WHY not in page

    def test_nor_by_the_list_of_what_somebody_supports(
        self, signed_in, as_member, member, stranger, quarantined, idea
    ):
        Profile.objects.filter(member=member).update(supports_for=Visibility.MEMBERS)
        address = f"/people/{member.handle}/supports/"
        assert "Does not count" in read(as_member, address)
        assert idea.title not in read(signed_in(stranger), address)

    def test_it_is_not_given_again_but_may_be_withdrawn(self, as_member, idea, quarantined):
        again = as_member.post(f"/ideas/{idea.pk}/support/", {"on": "true"})
        assert again.status_code == 403
        assert "Your support of this idea was voided" in again.content.decode()
        assert as_member.post(f"/ideas/{idea.pk}/support/", {"on": "false"}).status_code == 302
        page = read(as_member, f"/ideas/{idea.pk}/")
        assert WHY not in page

    def test_programs_are_told_the_same(self, api, member, idea, quarantined):
        api.force_authenticate(member)
        said = api.get(f"/api/v1/ideas/{idea.pk}/support/").json()
        assert said == {
            "idea": idea.pk, "state": "voided", "voided_because": WHY, "supporters": 0,
        }  # fmt: skip
        refused = api.put(f"/api/v1/ideas/{idea.pk}/support/")
        assert (refused.status_code, refused.json()["code"]) == (403, "voided")

    def test_a_page_of_one_whose_vote_counts_asks_nothing_more(
        self, as_member, idea, member, quarantined, django_assert_max_num_queries
    ):
        other = IdeaFactory(board=idea.board, author=MemberFactory())
        give_support(idea=other, member=member)
        with django_assert_max_num_queries(14) as counted:
            read(as_member, f"/ideas/{other.pk}/")
        assert not any("ideas_voiding" in one["sql"] for one in counted.captured_queries)
        withdraw_support(idea=other, member=member)
