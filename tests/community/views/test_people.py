import pytest
from django.urls import reverse

from community import directory, services
from config.pages import shelf
from ideas.services import discussing
from tests.factories.community import MemberFactory, befriend

pytestmark = pytest.mark.django_db


def test_everybody_sees_a_profile(visitor, team_member):
    response = visitor.get(team_member.get_absolute_url())
    assert response.context["member"] == team_member
    assert "Anouk de Vries" in response.content.decode()
    assert team_member.email not in response.content.decode()
    assert visitor.cookies == {}


def test_a_handle_has_one_address(visitor, member):
    response = visitor.get("/people/MARA/")
    assert (response.status_code, response.headers["Location"]) == (301, "/people/mara/")


def test_who_left_has_no_profile(visitor):
    gone = MemberFactory(is_active=False)
    assert visitor.get(gone.get_absolute_url()).status_code == 404


def test_a_name_is_shown_as_text(visitor):
    nasty = MemberFactory(display_name="<script>alert(1)</script>")
    page = visitor.get(nasty.get_absolute_url()).content.decode()
    assert "<script>alert" not in page


def test_the_drawn_picture_is_kept_by_browsers(visitor, member, django_assert_num_queries):
    with django_assert_num_queries(1):
        response = visitor.get(reverse("community:avatar", args=[member.handle]))
    assert response.headers["Content-Type"] == "image/svg+xml"
    assert "max-age=86400" in response.headers["Cache-Control"]
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert visitor.cookies == {}
    assert visitor.get("/people/nobody/avatar.svg").status_code == 404


# Member with profile, teams, tags and links; then the session, its member, the unread count, what
# stands between both (two) and the friends in common.
@pytest.mark.parametrize(("who", "statements"), [("visitor", 4), ("member", 10)])
def test_a_profile_costs_a_fixed_number_of_statements(
    client, member, team_member, who, statements, django_assert_num_queries
):
    services.save_about(member=team_member, tags=["a", "b"], links=["https://a.org/"])
    befriend(member, team_member)
    if who == "member":
        client.force_login(member)
    client.get(team_member.get_absolute_url())
    shelf.clear()
    with django_assert_num_queries(statements):
        client.get(team_member.get_absolute_url())


def test_an_old_address_leads_to_the_new_one(visitor, member, stranger):
    services.save_profile(member=member, handle="mara_new")
    answer = visitor.get("/people/mara/")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/people/mara_new/")
    assert answer.headers["Cache-Control"] == "max-age=86400"
    assert visitor.get("/people/MARA/").headers["Location"] == "/people/mara_new/"
    assert visitor.get("/people/nobody/").status_code == 404


def test_an_old_address_of_a_blocker_leads_nowhere(as_member, member, stranger):
    services.save_profile(member=stranger, handle="tom_new")
    services.block(member=stranger, other=member)
    assert as_member.get("/people/tom/").status_code == 404


def test_a_mention_in_an_old_text_leads_to_the_member(visitor, member, idea, stranger):
    said = discussing.comment(idea=idea, by=stranger, body="Ask @mara.", kind="comment")
    services.save_profile(member=member, handle="mara_new")
    assert 'href="/people/mara/"' in said.body_html
    assert visitor.get("/people/mara/", follow=True).context["member"] == member


def test_friends_in_common_are_named(as_member, member, stranger):
    common = MemberFactory.create_batch(5)
    for friend in common:
        befriend(member, friend)
        befriend(friend, stranger)
    page = as_member.get("/people/tom/").content.decode()
    assert "and 2 other friends in common" in page
    assert page.count('class="face small"') >= 3


def test_a_friend_who_does_not_want_it_is_not_named(as_member, member, stranger):
    shy, open_ = MemberFactory(display_name="Shyla"), MemberFactory(display_name="Opal")
    for friend in (shy, open_):
        befriend(member, friend)
        befriend(friend, stranger)
    services.choose_visibility(member=shy, choices={"friends": 3})
    page = as_member.get("/people/tom/").content.decode()
    assert "Opal" in page
    assert "Shyla" not in page
    services.choose_visibility(member=stranger, choices={"friends": 2})
    assert "Opal" not in as_member.get("/people/tom/").content.decode()


def test_a_verified_page_is_told_from_others(visitor, member):
    services.save_about(member=member, links=["https://a.example/", "https://b.example/"])
    member.links.filter(position=0).update(verified_at=member.date_joined)
    page = visitor.get("/people/mara/").content.decode()
    assert page.count(">theirs<") == page.count("theirs") == 1
    assert page.count('rel="me nofollow ugc noopener"') == 2


@pytest.mark.parametrize("slug", ["nothing", "supports"])
def test_a_tab_that_is_not_open_is_not_there(visitor, member, slug):
    assert visitor.get(f"/people/mara/{slug}/").status_code == 404


@pytest.mark.parametrize("slug", ["ideas", "comments", "supports", "friends", "badges"])
def test_every_tab_reads_well_when_it_is_empty(as_member, slug):
    page = as_member.get(f"/people/mara/{slug}/")
    assert page.status_code == 200
    assert str(page.context["tab"].none) in page.content.decode()
    assert as_member.get(f"/people/mara/{slug}/?cursor=x").status_code in (200, 400)


def test_the_directory_is_by_name_and_page_by_page(as_member):
    for name in ("bea", "Ada", "cem", "Äva"):
        MemberFactory(display_name=name)
    first = directory.people(directory.Wanted(size=2), None)
    assert first.items == []
    names, cursor = [], ""
    viewer = MemberFactory(display_name="Zoe")
    while True:
        page = directory.people(directory.Wanted(cursor=cursor, size=2), viewer)
        names += [member.display_name for member in page.items]
        if not (cursor := page.next):
            break
    assert [n for n in names if n.isascii()] == ["Ada", "bea", "cem", "Mara Lindqvist", "Zoe"]
    assert len(names) == 6


@pytest.mark.parametrize("words", ["lindqvist", "Mara Lindquist", "@mara", "mar", "MARA"])
def test_names_and_handles_are_found_as_they_are_typed(as_member, member, stranger, words):
    page = as_member.get("/people/", {"q": words})
    assert page.context["page"]["items"][0] == member
    assert stranger not in page.context["page"]["items"]


def test_the_best_match_stands_first(as_member):
    MemberFactory(display_name="Annabelle Meier", handle="annabelle")
    anna = MemberFactory(display_name="Anna", handle="anna")
    assert as_member.get("/people/?q=anna").context["page"]["items"][0] == anna


def test_htmx_gets_the_list_alone(as_member):
    page = as_member.get("/people/?q=mara", headers={"HX-Request": "true"}).content.decode()
    assert page.lstrip().startswith('<div id="people"')


@pytest.mark.parametrize("query", ["cursor=x", "cursor=W10", "cursor=%00"])
def test_a_forged_page_of_the_directory_is_refused(visitor, query):
    assert visitor.get(f"/people/?{query}").status_code == 400


@pytest.mark.parametrize("query", [f"q={'x' * 500}", "place=%ff", "q=%25_"])
def test_odd_words_find_nobody_and_break_nothing(as_member, query):
    assert as_member.get(f"/people/?{query}").status_code == 200


def test_words_that_no_database_takes_are_refused(as_member):
    assert as_member.get("/people/?tag=%00").status_code == 400


@pytest.mark.parametrize("rows", [1, 3])
def test_the_directory_costs_the_same_with_more_rows(visitor, rows, django_assert_num_queries):
    for other in MemberFactory.create_batch(rows):
        services.save_about(member=other, location="Kiel")
        services.choose_visibility(member=other, choices={"found": 0, "location": 0})
    visitor.get("/people/")
    shelf.clear()
    with django_assert_num_queries(1):
        page = visitor.get("/people/")
    assert len(page.context["page"]["items"]) == rows
