"""What teams did is kept, and stays."""

import pytest
from django.db import ProgrammingError, connection, transaction
from django.test.utils import CaptureQueriesContext

from ideas.models import TeamDeed
from ideas.models.review import DeedKind
from ideas.services import deeds
from tests.factories.ideas import IdeaFactory


def test_a_deed_says_who_did_what_with_its_detail(idea, team_member):
    deed = deeds.write(idea=idea, member=team_member, kind=DeedKind.ASSIGNED, to=7)
    deed.refresh_from_db()
    assert (deed.idea, deed.member, deed.kind) == (idea, team_member, "assigned")
    assert deed.detail == {"to": 7}
    assert deed.happened_at is not None


def test_one_deed_on_many_ideas_is_one_statement(board, team_member):
    ideas = [idea.pk for idea in IdeaFactory.create_batch(3, board=board)]
    with CaptureQueriesContext(connection) as asked:
        deeds.write_all(ideas=ideas, member=team_member, kind=DeedKind.TAGGED, tags=["night"])
    inserts = [query for query in asked if query["sql"].startswith("INSERT")]
    assert len(inserts) == 1
    assert sorted(TeamDeed.objects.values_list("idea_id", flat=True)) == ideas


@pytest.mark.parametrize("change", ["update", "delete"])
def test_deeds_are_never_changed(idea, team_member, change):
    deeds.write(idea=idea, member=team_member, kind=DeedKind.NOTED)
    rows = TeamDeed.objects.filter(idea=idea)
    with pytest.raises(ProgrammingError, match="Cannot update or delete"), transaction.atomic():
        rows.update(kind="decided") if change == "update" else rows.delete()
