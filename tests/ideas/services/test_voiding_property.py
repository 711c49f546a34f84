"""Whatever voters, teams and moderators do, each tally equals a recount, and undoing undoes.

At the end of each history every voiding is undone and every merge, and what is left equals the same
votes without either: a vote counts if its member gave it last and did not take it back.
"""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from community.errors import Refused
from ideas.conditions import Conditions
from ideas.models import Idea, Merge, Support, TallyDelta, Voiding
from ideas.services import merging, tallies, voiding
from ideas.services.hiding import set_idea_hidden
from ideas.services.supporting import give_support, withdraw_support
from tests.factories.community import MemberFactory
from tests.factories.ideas import IdeaFactory
from tests.factories.voiding import moderator, pleaded

pytestmark = pytest.mark.django_db

HISTORIES = 200
IDEAS, MEMBERS = 3, 4

which, who = st.integers(0, IDEAS - 1), st.integers(0, MEMBERS - 1)
votes = st.tuples(st.sampled_from(["give", "withdraw"]), which, who)
deeds = st.one_of(
    votes,
    votes,
    st.tuples(st.just("void_idea"), which, st.just(0)),
    st.tuples(st.just("void_member"), which, who),
    st.tuples(st.just("undo"), which, st.just(0)),
    st.tuples(st.just("merge"), which, st.integers(1, IDEAS - 1)),
    st.tuples(st.just("unmerge"), which, st.just(0)),
    st.tuples(st.just("hide"), which, st.integers(0, 1)),
)


class World:
    def __init__(self, board, team_member):
        self.team_member = team_member
        self.mina = moderator("mina")
        self.members = MemberFactory.create_batch(MEMBERS)
        self.ideas = IdeaFactory.create_batch(IDEAS, board=board)
        # By idea and member: whether the vote stands, were nothing ever voided.
        self.votes = {}

    def fresh(self, number):
        return Idea.objects.select_related("board", "tally").get(pk=self.ideas[number].pk)

    def tell(self, history):
        for deed, idea, other in history:
            try:
                with transaction.atomic():
                    getattr(self, deed)(self.fresh(idea), other)
            except Refused:
                continue
            self.is_exact()

    def is_exact(self):
        assert not TallyDelta.objects.exists()
        assert tallies.drifts() == []

    def give(self, idea, number):
        give_support(idea=idea, member=self.members[number])
        self.votes[idea.root_id, self.members[number].pk] = True

    def withdraw(self, idea, number):
        member = self.members[number]
        given = Support.objects.given().in_group(idea.root_id).filter(member=member)
        taken = list(given.values_list("idea", flat=True))
        withdraw_support(idea=idea, member=member)
        self.votes |= {(pk, member.pk): False for pk in taken}

    def void_idea(self, idea, _other):
        self.void(ideas=[idea.pk])

    def void_member(self, _idea, number):
        self.void(members=[self.members[number].pk])

    def void(self, **about):
        made = pleaded(self.mina, **about)
        found = Support.objects.voidable(Conditions.of(made.conditions)).count()
        voiding.carry_out(voiding=made, by=self.mina, expected=found)

    def undo(self, _idea, _other):
        last = Voiding.objects.filter(state="done").order_by("id").last()
        if last:
            voiding.undo(voiding=last, by=self.mina, why="A mistake.")

    def merge(self, idea, further):
        place = [one.pk for one in self.ideas].index(idea.pk)
        survivor = self.ideas[(place + further) % IDEAS]
        merging.merge(duplicate=idea, survivor=survivor, by=self.team_member, note="The same.")

    def unmerge(self, idea, _other):
        for merge in Merge.objects.live().filter(duplicate=idea):
            merging.unmerge(merge=merge, by=self.team_member, note="They differ.")

    def hide(self, idea, hidden):
        set_idea_hidden(idea=idea, hidden=bool(hidden))

    def undo_everything(self):
        while Voiding.objects.filter(state="done").exists():
            self.undo(None, None)
            self.is_exact()
        while left := Merge.objects.live().order_by("-id").first():
            merging.unmerge(merge=left, by=self.team_member, note="They differ.")
            self.is_exact()


@given(history=st.lists(deeds, min_size=4, max_size=12))
@settings(
    max_examples=HISTORIES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_nothing_is_lost_and_nothing_added(board, team_member, history):
    with transaction.atomic():
        world = World(board, team_member)
        world.is_exact()
        world.tell(history)
        world.undo_everything()
        stands = {pair for pair, given in world.votes.items() if given}
        assert set(Support.objects.counted().values_list("idea", "member")) == stands
        transaction.set_rollback(True)
