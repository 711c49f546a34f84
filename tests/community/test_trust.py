"""Each level and what it may do: one table, asked where the deeds are done."""

import pytest
from django.template import Context, Template

from community import trust
from community.errors import Refused
from community.verdicts import AboutLevels
from ideas.policies import can_retag, can_spend
from ideas.services import discussing, retagging, writing
from ideas.services.pictures import add_picture
from ideas.services.supporting import give_support
from tests.factories.community import MemberFactory
from tests.factories.forum import opened, replied
from tests.factories.ideas import DraftFactory, IdeaFactory

pytestmark = pytest.mark.django_db

#        links, images, supports, friend requests a day, waiting, tags of others
TABLE = {
    0: (2, 1, 2, 0, 0, False),
    1: (10, 4, 4, 10, 20, False),
    2: (20, 6, 6, 20, 40, False),
    3: (40, 8, 8, 30, 60, True),
    4: (80, 10, 10, 50, 100, True),
}
NAMES = [
    "links", "images", "support_budget", "requests_a_day", "requests_waiting", "edit_tags",
]  # fmt: skip
LEVELS = pytest.mark.parametrize("level", TABLE)


@LEVELS
def test_the_table(level):
    row = trust.privileges(level)
    assert tuple(getattr(row, name) for name in NAMES) == TABLE[level]


def test_every_privilege_has_words_and_every_level_a_name():
    assert sorted(trust.LABELS) == sorted(NAMES)
    assert [str(name) for name in trust.NAMES] == [
        "Newcomer", "Member", "Regular", "Trusted", "Steward",
    ]  # fmt: skip


def test_no_level_takes_away_what_the_one_before_gave():
    for below, above in zip(list(TABLE.values())[:-1], list(TABLE.values())[1:], strict=True):
        assert all(more >= less for less, more in zip(below, above, strict=True))


def text_with(links):
    return "See " + " ".join(f"https://example.org/{number}" for number in range(links))


def refusal(deed, **arguments):
    with pytest.raises(Refused) as refused:
        deed(**arguments)
    return refused.value


class TestLinks:
    """A comment, a reply, a topic and an idea have as many as their author's level allows."""

    @LEVELS
    @pytest.mark.parametrize("deed", ["comment", "reply", "topic", "idea"])
    def test_by_level(self, level, deed, idea, question, space):
        most = TABLE[level][0]
        by = MemberFactory(trust_level=level)
        say = {
            "comment": lambda body: discussing.comment(idea=idea, by=by, body=body),
            "reply": lambda body: replied(question, body, by=by),
            "topic": lambda body: opened(space, by=by, body=body),
            "idea": lambda body: writing.post(draft=DraftFactory(author=by, body=body), by=by),
        }[deed]
        say(text_with(most))
        refused = refusal(say, body=text_with(most + 1))
        assert refused.code == "too_many_links"
        if level < trust.HIGHEST:
            higher = f"From trust level {level + 1} ({trust.NAMES[level + 1]}) on it is"
            assert higher in refused.reason
        else:
            assert "trust level" not in refused.reason

    def test_an_edit_may_keep_what_there_was(self, idea):
        by = MemberFactory(trust_level=1)
        said = discussing.comment(idea=idea, by=by, body=text_with(5))
        by.trust_level = 0
        body = text_with(5) + " and more."
        said = discussing.edit_comment(comment=said, by=by, version=1, body=body)
        late = {"comment": said, "by": by, "version": 2, "body": text_with(6)}
        assert refusal(discussing.edit_comment, **late).code == "too_many_links"


@LEVELS
def test_pictures(level):
    draft = DraftFactory(author=MemberFactory(trust_level=level))
    for number in range(TABLE[level][1]):
        draft.images.create(file=f"{number}.webp", width=1, height=1)
    refused = refusal(add_picture, idea=draft, by=draft.author, file=None)
    assert refused.code == "too_many_pictures"
    assert ("From trust level" in refused.reason) == (level < trust.HIGHEST)


@LEVELS
def test_supports(level, board):
    board.uses_budget = True
    board.save()
    member = MemberFactory(trust_level=level)
    ideas = IdeaFactory.create_batch(TABLE[level][2] + 1, board=board)
    for idea in ideas[1:]:
        give_support(idea=idea, member=member)
    verdict = can_spend(member, ideas[0])
    assert verdict.code == "budget_spent"
    assert ("From trust level" in verdict.reason) == (level < trust.HIGHEST)


@LEVELS
def test_tags_of_others(level, idea):
    idea.tags.add("night")
    member = MemberFactory(trust_level=level)
    if TABLE[level][5]:
        retagging.retag(idea=idea, by=member, add=["tariff"], remove=["night"])
        assert list(idea.tags.names()) == ["tariff"]
        return
    assert can_retag(member, idea).code == "trust_level_too_low"
    refused = refusal(retagging.retag, idea=idea, by=member, add=["tariff"])
    assert "from trust level 3 (Trusted) on" in refused.reason
    assert list(idea.tags.names()) == ["night"]


def test_a_page_leads_to_what_explains_it():
    reason = AboutLevels("Two <links> at the most.")
    shown = Template("{{ reason }}").render(Context({"reason": reason}))
    assert shown == (
        "Two &lt;links&gt; at the most. "
        '<a href="/reputation/levels/">What trust levels are</a>'
    )  # fmt: skip
    assert str(reason) == "Two <links> at the most."
