"""What a search of the forum finds, and in which order."""

import pytest

from community.forum import finding
from community.forum.listing import Wanted, page_of
from community.services import answers, hiding, replies
from tests.factories.community import MemberFactory
from tests.factories.forum import opened, replied

pytestmark = pytest.mark.django_db


def found(words):
    return [topic.pk for topic in page_of(Wanted(words=words)).items]


def test_words_in_any_form_and_language(space):
    german = opened(space, title="Wo sind die Zähler?", body="Im Keller.", language="de")
    english = opened(space, title="Where are the meters?", body="In cellars.")
    assert found("zahlern") == [german.pk]
    assert found("meter") == [english.pk]
    assert found('"the meters"') == [english.pk]


def test_titles_come_before_texts_and_texts_before_replies(space):
    in_reply = opened(space, title="Which one?", body="Dark.")
    replied(in_reply, "The breaker is red.")
    in_text = opened(space, title="Help", body="The breaker fell out.")
    in_title = opened(space, title="Breaker fell out", body="Dark.")
    assert found("breaker") == [in_title.pk, in_text.pk, in_reply.pk]


def test_what_helped_many_comes_first(space, author):
    topics = [opened(space, title=f"Breaker {n}", by=author) for n in range(2)]
    answer = replied(topics[0])
    answers.accept(reply=answer, by=author)
    for reader in MemberFactory.create_batch(4):
        answers.say_solved(reply=answer, by=reader, solved=True)
        replies.mark_helpful(reply=answer, by=reader, helpful=True)
    assert found("breaker") == [topics[0].pk, topics[1].pk]


def test_a_hidden_reply_is_not_found(question, answer):
    assert found("stairs") == [question.pk]
    hiding.set_reply_hidden(reply=answer, hidden=True)
    assert found("stairs") == []


def test_misspelt_titles_are_found_and_quoted_words_are_not(space):
    topic = opened(space, title="Quastenflosser")
    assert found("Quastenflossr") == [topic.pk]
    assert found('"Quastenflossr"') == []
    assert found("abc") == []


@pytest.mark.parametrize("words", ["'", "& | ! ( )", "a:*", "\\", "<->", "🧯", '"', "-"])
def test_signs_break_nothing(question, words):
    assert found(words) == []
    assert finding.glance(words) == ([], 0)
    assert finding.similar(title=words * 4, viewer=None) == []


def test_a_search_is_paged_to_its_end(space):
    made = {opened(space, title=f"Lamp {n}").pk for n in range(5)}
    seen, after = [], None
    while True:
        page = page_of(Wanted(words="lamp", size=2, after=after))
        seen += [topic.pk for topic in page.items]
        after = page.next
        if after is None:
            break
    assert len(seen) == 5
    assert set(seen) == made


def test_a_glance_counts_and_shows_a_few(space, django_assert_num_queries):
    for number in range(5):
        opened(space, title=f"Lamp {number}")
    with django_assert_num_queries(1):
        shown, count = finding.glance("lamps")
    assert (len(shown), count) == (finding.GLANCE, 5)


def test_no_more_than_the_candidates_are_ranked(space, monkeypatch):
    monkeypatch.setattr(finding, "CANDIDATES", 2)
    for number in range(4):
        opened(space, title=f"Lamp {number}")
    assert len(found("lamp")) == 2
    assert finding.glance("lamp")[1] == 2
