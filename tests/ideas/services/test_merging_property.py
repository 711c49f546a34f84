"""Whatever members do between merges and their undoing, nothing is lost and nothing added.

A thousand histories of a small world: votes, withdrawals, comments, hiding, decisions, merges and
some of their undoing. At the end every merge is undone, and what is left must equal the same deeds
without any merge. On the way each tally must equal a recount.
"""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from community.errors import Refused
from ideas.models import Comment, Follow, Idea, IdeaTally, Merge, Promise, Support, TallyDelta
from ideas.services import merging, tallies, verifying
from ideas.services.discussing import comment
from ideas.services.following import follow
from ideas.services.hiding import set_comment_hidden, set_idea_hidden
from ideas.services.steps import decide
from ideas.services.supporting import give_support, withdraw_support
from tests.factories.community import MemberFactory
from tests.factories.ideas import GROUNDS, IdeaFactory, supported

pytestmark = pytest.mark.django_db

HISTORIES = 1000
IDEAS, MEMBERS = 4, 4

which = st.integers(0, IDEAS - 1)
who = st.integers(0, MEMBERS - 1)
merges = st.tuples(st.just("merge"), which, st.integers(1, IDEAS - 1))
deeds = st.one_of(
    st.tuples(st.just("give"), which, who),
    st.tuples(st.just("withdraw"), which, who),
    merges,
    merges,
    merges,
    st.tuples(st.just("unmerge"), which, st.just(0)),
    st.tuples(st.just("say"), which, who),
    st.tuples(st.just("reply"), which, who),
    st.tuples(st.just("hide_comment"), which, st.integers(0, 1)),
    st.tuples(st.just("hide"), which, st.integers(0, 1)),
    st.tuples(st.just("decide"), which, st.just(0)),
    st.tuples(st.just("follow"), which, who),
)
# At least one merge; what is done before it, the world has done.
histories = st.builds(
    lambda first, rest: [first, *rest], merges, st.lists(deeds, min_size=2, max_size=7)
)


class World:
    """Four ideas, each by one of four members, with votes, promises and a discussion."""

    def __init__(self, board, team_member):
        self.team_member = team_member
        self.members = MemberFactory.create_batch(MEMBERS)
        self.ideas = [IdeaFactory(board=board, author=member) for member in self.members]
        now = timezone.now()
        for number, idea in enumerate(self.ideas):
            give_support(idea=idea, member=self.members[number - 1])
            supported(idea, number % 2)
            comment(idea=idea, by=self.members[number - 1], body="First of all.")
            Promise.objects.create(
                idea=idea,
                owed_on=idea,
                board=board,
                team=board.team,
                kind="answer",
                threshold=1,
                days=30,
                started_at=now,
                half_at=now + timedelta(days=15),
                near_at=now + timedelta(days=27 + number),
                due_at=now + timedelta(days=31 + number),
            )
        tallies.sweep()

    def fresh(self, number):
        return Idea.objects.select_related("board", "tally").get(pk=self.ideas[number].pk)

    def left(self):
        """All that can be told of this world, by its ideas and members."""
        place = {idea.pk: number for number, idea in enumerate(self.ideas)}
        votes = Support.objects.values_list("idea", "member", "state")
        return {
            "votes": sorted((place[idea], *rest) for idea, *rest in votes),
            "said": sorted(
                (place[said.idea_id], said.author_id, said.body, said.hidden_at is None)
                for said in Comment.objects.only("idea", "author", "body", "hidden_at")
            ),
            "follows": sorted(Follow.objects.values_list("idea", "member")),
            "tallies": list(
                IdeaTally.objects.order_by("idea").values_list(
                    "supports", "comments", "gathers", "merged_into", "listed", "status"
                )
            ),
            "owed": list(Promise.objects.order_by("id").values_list("idea", "owed_on")),
            "stand": list(Idea.objects.order_by("id").values_list("merged_into", "status")),
            "seen": [
                list(
                    Idea.objects.with_viewer(member)
                    .order_by("id")
                    .values_list("viewer_support", "is_followed")
                )
                for member in self.members
            ],
        }


def misshown():
    """Tallies that show another date than the promises owed on their idea."""
    return [drift.words for drift in verifying.misshown()]


class Story:
    """Does what a history says. `plain` is what it came to on each idea, without the merges."""

    def __init__(self, world):
        self.world = world
        self.plain = []

    def tell(self, history):
        for number, (deed, idea, other) in enumerate(history):
            try:
                with transaction.atomic():
                    getattr(self, deed)(self.world.fresh(idea), other, number)
            except Refused:
                continue
            self.is_exact()

    def is_exact(self):
        assert not TallyDelta.objects.exists()
        assert tallies.drifts() == []
        # What was answered or paused together stays so; each date is that of what is owed there.
        assert not misshown()

    def repeat(self, plain):
        """The plain deeds, on a world in which nothing was merged."""
        for deed, pk, *rest in plain:
            getattr(self, deed)(Idea.objects.select_related("board", "tally").get(pk=pk), *rest)

    def give(self, idea, member, number=0):
        give_support(idea=idea, member=self.world.members[member])
        self.plain.append(("give", idea.root_id, member))

    def withdraw(self, idea, member, number=0):
        by = self.world.members[member]
        given = Support.objects.active().in_group(idea.root_id).filter(member=by)
        self.plain += [("withdraw", pk, member) for pk in given.values_list("idea", flat=True)]
        withdraw_support(idea=idea, member=by)

    def merge(self, idea, further, number):
        place = [one.pk for one in self.world.ideas].index(idea.pk)
        merging.merge(
            duplicate=idea,
            survivor=self.world.ideas[(place + further) % IDEAS],
            by=self.world.team_member,
            note="The same.",
        )

    def unmerge(self, idea, _other, number):
        for merge in Merge.objects.live().filter(duplicate=idea):
            merging.unmerge(merge=merge, by=self.world.team_member, note="They differ.")

    def say(self, idea, member, number):
        comment(idea=idea, by=self.world.members[member], body=f"Number {number}.")
        self.plain.append(("say", idea.pk, member, number))

    def reply(self, idea, member, number):
        first = idea.comments.filter(parent=None).order_by("id").first()
        comment(idea=idea, by=self.world.members[member], body=f"To {number}.", parent=first)
        self.plain.append(("reply", idea.pk, member, number))

    def hide_comment(self, idea, hidden, number=0):
        first = idea.comments.order_by("id").first()
        set_comment_hidden(comment=first, hidden=bool(hidden))
        self.plain.append(("hide_comment", idea.pk, hidden))

    def hide(self, idea, hidden, number=0):
        set_idea_hidden(idea=idea, hidden=bool(hidden))
        self.plain.append(("hide", idea.pk, hidden))

    def decide(self, idea, _other, number=0):
        to = {"open": "under_review", "under_review": "declined"}.get(idea.status, "under_review")
        decide(idea=idea, to=to, by=self.world.team_member, grounds=GROUNDS)
        self.plain.append(("decide", idea.pk, 0))

    def follow(self, idea, member, number=0):
        follow(idea=idea, member=self.world.members[member])
        self.plain.append(("follow", idea.root_id, member))

    def undo_everything(self, *, newest_first):
        while left := Merge.objects.live().order_by("-id" if newest_first else "id").first():
            merging.unmerge(merge=left, by=self.world.team_member, note="They differ.")
            self.is_exact()


class _Undone(Exception):
    """Takes a world back to its beginning."""


def outcome(world, deed):
    """What a deed leaves of the world, which is as before afterwards."""
    left = {}
    try:
        with transaction.atomic():
            left = {"result": deed(), **world.left()}
            raise _Undone
    except _Undone:
        return left


def test_a_thousand_histories_undone_are_as_if_nothing_had_been_merged(board, team_member):
    world = World(board, team_member)
    merged = 0

    @settings(
        max_examples=HISTORIES,
        deadline=None,
        database=None,
        suppress_health_check=[HealthCheck.too_slow],
    )
    @given(histories, st.booleans())
    def undone(history, newest_first):
        nonlocal merged

        def with_merges():
            story = Story(world)
            story.tell(history)
            story.undo_everything(newest_first=newest_first)
            return story.plain, Merge.objects.count()

        def without():
            Story(world).repeat(plain)

        after = outcome(world, with_merges)
        plain, count = after.pop("result")
        merged += count
        same = outcome(world, without)
        same.pop("result")
        assert after == same

    undone()
    # Most of the histories did merge something: a test of nothing would pass as well.
    assert merged > HISTORIES
