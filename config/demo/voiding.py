"""Votes of the demo that were voided: one case in force, one undone, one that is still a draft."""

from collections.abc import Iterator
from datetime import datetime

from config.demo import content
from config.demo.chronicle import Happening
from config.demo.content import Row, at
from config.demo.people import Community
from config.demo.proposals import Proposals
from ideas.conditions import Conditions
from ideas.events import SupportsReinstated, SupportsVoided
from ideas.models import Idea, Support, Voiding
from ideas.models.support import Cause, SupportState
from ideas.models.voiding import VoidingState
from ideas.services import tallies


def void(proposals: Proposals, community: Community, now: datetime) -> list[Happening]:
    """Write the cases as they stand today; returns what is to be told of them."""
    ideas = {row["key"]: idea for row, idea in proposals}
    return [
        happening
        for row in content.rows("voidings")
        for happening in _case(row, ideas[row["idea"]], community, now)
    ]


def _case(row: Row, idea: Idea, community: Community, now: datetime) -> Iterator[Happening]:
    members = [community.members[handle].pk for handle in row["members"]]
    asked = Conditions(members=tuple(members), ideas=(idea.pk,))
    made = Voiding.objects.create(
        conditions=asked.as_json(),
        summary=row["summary"],
        note=row["note"],
        made_by=community.members[row["by"]],
        made_at=at(now, row["days_ago"]),
    )
    if "done_days_ago" not in row:
        return
    votes = list(Support.objects.voidable(asked).order_by("pk"))
    told = [[idea.pk, idea.author_id, vote.member_id] for vote in votes]
    _carry_out(made, votes, idea, at(now, row["done_days_ago"]))
    yield Happening(
        at(now, row["done_days_ago"]),
        made.made_by_id,
        SupportsVoided(batch_id=made.pk, votes=told),
    )
    if "undone_days_ago" in row:
        undone = at(now, row["undone_days_ago"])
        _undo(made, row, community, undone)
        fact = SupportsReinstated(batch_id=made.pk, votes=told)
        yield Happening(undone, community.members[row["undone_by"]].pk, fact)
    tallies.fold(idea.pk)


def _carry_out(made: Voiding, votes: list[Support], idea: Idea, when: datetime) -> None:
    rows = Support.objects.filter(pk__in=[vote.pk for vote in votes])
    rows.update(state=SupportState.VOIDED, cause=Cause.VOIDED, voided_by=made)
    made.state, made.done_by, made.done_at = VoidingState.DONE, made.made_by, when
    made.votes, made.member_count, made.idea_count = len(votes), len(votes), 1
    made.board_ids = [idea.board_id]
    made.save()


def _undo(made: Voiding, row: Row, community: Community, when: datetime) -> None:
    back = {"state": SupportState.COUNTED, "cause": Cause.REINSTATED, "voided_by": None}
    Support.objects.filter(voided_by=made).update(**back)
    made.state, made.ended_by = VoidingState.UNDONE, community.members[row["undone_by"]]
    made.ended_at, made.ended_why = when, row["undone_because"]
    made.save()
