"""Search in two languages, misspelt or not; and twins while a title is typed."""

import pytest
from django.db.models import Max

from community.search import DRAWER
from ideas import finding
from ideas.finding import twins
from ideas.listing import Wanted, page_of
from ideas.models import Idea
from ideas.services.hiding import set_idea_hidden
from ideas.services.merging import merge
from tests.factories.ideas import DraftFactory, IdeaFactory, idea_in, supported

pytestmark = pytest.mark.django_db


@pytest.fixture
def shelf(board):
    """What there is to find."""

    def put(title, body="", language="en", **fields):
        return IdeaFactory(board=board, title=title, body=body, language=language, **fields)

    return {
        "night": put("Charge the car at night", "When power is cheapest and batteries are empty."),
        "lamp": put("A lamp in every garage", "It is dark, and I am charging my bicycle."),
        "meter": put("Zähler aus der Ferne ablesen", "Den Zählerstand in der App.", "de"),
        "heat": put("Wärmepumpe leiser machen", "Nachts stört sie die Nachbarn.", "de"),
        "code": put("Support `async` functions in C++ & <b>Rust</b>", "See RFC 2394."),
    }


def found(shelf, words, **wanted):
    names = {idea.pk: name for name, idea in shelf.items()}
    return [names.get(idea.pk) for idea in page_of(Wanted(words=words, **wanted), None).items]


@pytest.mark.parametrize(
    ("words", "names"),
    [
        # Stems, of title and body, in English and German.
        ("charging", {"night", "lamp"}),
        ("charges", {"night", "lamp"}),
        ("battery", {"night"}),
        ("garages", {"lamp"}),
        ("Zählern", {"meter"}),
        ("Wärmepumpen", {"heat"}),
        ("leise", {"heat"}),
        # Capitals and umlauts, typed or not.
        ("GARAGE", {"lamp"}),
        ("zähler", {"meter"}),
        ("Zahler", {"meter"}),
        ("Zaehler", {"meter"}),
        ("warmepumpe", {"heat"}),
        ("waermepumpe", {"heat"}),
        # Word order, and words between.
        ("night car", {"night"}),
        ("garage lamp", {"lamp"}),
        # As on the web.
        ('"every garage"', {"lamp"}),
        ('"garage every"', set()),
        ("charging -car", {"lamp"}),
        ("garage -lamp", set()),
        ("-lamp garages", set()),
        ("car OR garage", {"night", "lamp"}),
        ("rust car", set()),
        # Typing errors, and words of which a title has but one.
        ("car garage", {"lamp"}),
        ("garrage", {"lamp"}),
        ("Wärmepumqe", {"heat"}),
        # Numbers and code.
        ("2394", {"code"}),
        ("async", {"code"}),
        ("C++", {"code"}),
    ],
)
def test_what_is_found(shelf, words, names):
    assert set(found(shelf, words)) == names


@pytest.mark.parametrize(
    "words",
    [
        "!",
        "&|!",
        "'",
        '"',
        "\\",
        ":*",
        "x:y:z",
        "((",
        "-",
        "OR",
        "- -",
        "%",
        "_",
        "the",
        "🦔",
        "\u200b",
    ],
)
def test_signs_that_mean_something_elsewhere_find_nothing_and_break_nothing(shelf, words):
    assert found(shelf, words) == []


def test_a_hit_in_the_title_comes_before_one_in_the_text(board):
    text = IdeaFactory(board=board, title="Something else", body="A lamp.")
    title = IdeaFactory(board=board, title="A lamp", body="Something else.")
    page = page_of(Wanted(words="lamp"), None)
    assert [idea.pk for idea in page.items] == [title.pk, text.pk]


def test_of_two_alike_the_more_supported_comes_first(board):
    plain, popular = IdeaFactory.create_batch(2, board=board, title="A lamp")
    supported(popular, 3)
    page = page_of(Wanted(words="lamp"), None)
    assert [idea.pk for idea in page.items] == [popular.pk, plain.pk]


def test_filters_hold_in_a_search(shelf, board):
    assert found(shelf, "lamp", board=board.slug, status="open") == ["lamp"]
    assert found(shelf, "lamp", status="declined") == []
    assert found(shelf, "garrage", status="declined") == []


@pytest.mark.parametrize("words", ["Sunflower", "Sunflowre"], ids=["found", "misspelt"])
def test_words_of_a_merged_idea_find_what_stands_for_it(shelf, board, team_member, words):
    for title in ("Sunflower mode", "Sunflower modes"):
        twin = IdeaFactory(board=board, title=title)
        merge(duplicate=twin, survivor=shelf["lamp"], by=team_member, note="The same.")
    assert found(shelf, words) == ["lamp"]
    assert found(shelf, words, status="declined") == []
    set_idea_hidden(idea=shelf["lamp"], hidden=True)
    assert found(shelf, words) == []


def test_the_most_alike_come_first_merged_or_not(shelf, board, team_member):
    near = IdeaFactory(board=board, title="Sunflawury")
    twin = IdeaFactory(board=board, title="Sunflawery")
    merge(duplicate=twin, survivor=shelf["lamp"], by=team_member, note="The same.")
    assert page_of(Wanted(words="Sunflawera"), None).items == [shelf["lamp"], near]


def test_a_hidden_merged_idea_speaks_for_nobody(shelf, board, team_member):
    twin = IdeaFactory(board=board, title="Sunflower mode")
    merge(duplicate=twin, survivor=shelf["lamp"], by=team_member, note="The same.")
    set_idea_hidden(idea=twin, hidden=True)
    assert found(shelf, "Sunflowre") == []


@pytest.mark.parametrize("words", ["secret", "secert plans"], ids=["found", "misspelt"])
def test_drafts_and_hidden_ideas_are_never_found(author, words):
    DraftFactory(author=author, title="Secret plans")
    set_idea_hidden(idea=IdeaFactory(author=author, title="Secret plans"), hidden=True)
    for viewer in (None, author):
        assert page_of(Wanted(words=words), viewer).items == []
    assert twins(title="Secret plans", viewer=None) == []
    assert twins(title="Secret plans", viewer=author) == []


def test_ranked_pages_reach_every_match_once(board):
    ideas = IdeaFactory.create_batch(7, board=board, title="A lamp")
    seen, place = [], None
    while True:
        page = page_of(Wanted(words="lamp", size=3, after=place), None)
        seen += [idea.pk for idea in page.items]
        place = page.next
        if place is None:
            break
    assert sorted(seen) == sorted(idea.pk for idea in ideas)


def test_only_so_many_matches_are_ranked(board, monkeypatch):
    monkeypatch.setattr(finding, "CANDIDATES", 4)
    IdeaFactory.create_batch(7, board=board, title="A lamp")
    assert len(page_of(Wanted(words="lamp"), None).items) == 4


@pytest.fixture
def three_drawers(board, monkeypatch):
    """Seven lamps, of which a search ranks four: of the supported first, then of the newest."""
    monkeypatch.setattr(finding, "CANDIDATES", 4)
    monkeypatch.setattr(finding, "LEADERS", 2)
    monkeypatch.setattr(finding, "NEWEST", 1)
    newest = (Idea.objects.aggregate(newest=Max("pk"))["newest"] or 0) // DRAWER + 1
    numbers = [(newest + drawer) * DRAWER + n for drawer in (0, 1, 2) for n in (1, 2, 3)][:-2]
    return [IdeaFactory(pk=pk, board=board, title="A lamp") for pk in numbers]


def test_of_too_many_matches_the_newest_are_ranked(three_drawers):
    supported(three_drawers[1], 2)
    supported(three_drawers[2], 2)
    found = page_of(Wanted(words="lamp"), None).items
    assert {idea.pk for idea in found[2:]} <= {idea.pk for idea in three_drawers[-4:]}
    assert three_drawers[-1] in found
    assert len(found) == 4


def test_of_too_many_matches_the_supported_are_ranked(three_drawers):
    oldest = three_drawers[0]
    supported(oldest, 2)
    assert page_of(Wanted(words="lamp"), None).items[0] == oldest


def test_rare_matches_are_found_in_every_drawer(three_drawers, board):
    old = IdeaFactory(pk=three_drawers[0].pk + 9, board=board, title="A lantern")
    assert page_of(Wanted(words="lantern"), None).items == [old]
    assert page_of(Wanted(words="lantern", board=board.slug), None).items == [old]


class TestHighlights:
    def hits(self, words):
        (idea,) = page_of(Wanted(words=words), None).items
        return idea

    def test_hits_are_marked_in_title_and_text(self, shelf):
        idea = self.hits("nights battery")
        assert idea.title_hits == "Charge the car at <mark>night</mark>"
        assert "<mark>batteries</mark>" in idea.snippet_hits

    def test_what_people_typed_is_escaped(self, board):
        body = "Shines on <img src=x onerror=alert(1)> **lamps** & more"
        IdeaFactory(board=board, title="A lamp <script>alert(1)</script>", body=body)
        idea = self.hits("lamp")
        assert idea.title_hits == "A <mark>lamp</mark> &lt;script&gt;alert(1)&lt;/script&gt;"
        assert "<img" not in idea.snippet_hits
        assert "<mark>lamps</mark>" in idea.snippet_hits

    def test_marks_cannot_be_smuggled_in(self, board):
        IdeaFactory(board=board, title="A lamp \ue000<b>\ue001", body="</mark><mark>")
        assert "<b>" not in self.hits("lamp").title_hits
        assert "</mark><mark>" not in self.hits("lamp").snippet_hits

    def test_in_the_language_of_the_idea(self, shelf):
        assert self.hits("Zählern").title_hits.startswith("<mark>Zähler</mark>")


class TestTwins:
    @pytest.mark.parametrize(
        ("title", "name"),
        [
            ("Charge the car at night", "night"),
            ("Charging cars at night", "night"),
            ("At night, charge my car", "night"),
            ("Chrage the car at nihgt", "night"),
            ("lamps in garages", "lamp"),
            ("A lamp for the garage please", "lamp"),
            ("Zähler aus der Ferne ablesen", "meter"),
            ("Ablesen der Zähler aus der Ferne", "meter"),
            ("Zaehler aus der Ferne ablesen", "meter"),
            ("Leisere Wärmepumpen machen", "heat"),
        ],
    )
    def test_the_same_in_other_words_comes_first(self, shelf, title, name):
        assert twins(title=title, viewer=None)[0] == shelf[name]

    @pytest.mark.parametrize(
        "title",
        ["Refund my money", "Quieter dishwashers", "the", "", "   ", "a b", "🦔🦔🦔🦔", "''''"],
    )
    def test_something_new_has_no_twin(self, shelf, title):
        assert twins(title=title, viewer=None) == []

    def test_ones_own_idea_is_not_its_own_twin(self, shelf):
        lamp = shelf["lamp"]
        assert twins(title=lamp.title, viewer=None, besides=lamp.pk) == []

    def test_at_most_five(self, board):
        IdeaFactory.create_batch(7, board=board, title="A lamp in every garage")
        assert len(twins(title="A lamp in every garage", viewer=None)) == 5

    def test_decided_ideas_are_twins_too(self):
        declined = idea_in("declined", title="A lamp in every garage")
        assert twins(title="lamp in every garage", viewer=None) == [declined]

    @pytest.mark.parametrize("title", ["x" * 10_000, "word " * 2_000, "'\\" * 50, "a & b | c:*"])
    def test_monsters(self, shelf, title):
        twins(title=title, viewer=None)

    def test_the_cost_does_not_grow_with_the_twins(self, shelf, django_assert_num_queries):
        with django_assert_num_queries(4):
            twins(title="Charge the car at night", viewer=None)
