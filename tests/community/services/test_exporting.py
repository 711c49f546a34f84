import io
import json
import os
import tracemalloc
from datetime import timedelta
from zipfile import ZipFile

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.utils import timezone

from community import archive, privacy
from community.errors import Refused
from community.models import Export, Member, Notification
from community.models.privacy import ExportState, private_files
from community.services import exporting
from community.tasks import forget_what_expired, make_exports
from ideas.models import IdeaImage, Support
from ideas.services.discussing import comment
from ideas.services.supporting import give_support
from ideas.services.writing import revise
from tests.community.test_pictures import drawn
from tests.factories.community import MemberFactory, NotificationFactory
from tests.factories.ideas import BoardFactory, DraftFactory, IdeaFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("private_place")]


@pytest.fixture
def export(member):
    return exporting.ask_for_export(member=member)


def files_kept():
    storage = private_files()
    return storage.listdir("exports")[1] if storage.exists("exports") else []


def read(export):
    export.refresh_from_db()
    with export.file.open("rb") as file:
        return ZipFile(io.BytesIO(file.read()))


def rows(archive, name):
    return json.loads(archive.read(f"{name}.json"))


def test_everything_about_a_member_and_nothing_of_others(member, board, idea, export):
    give_support(idea=idea, member=member)
    give_support(idea=idea, member=MemberFactory())
    mine = IdeaFactory(board=board, author=member, title="Süße Lichter 🌙", body="Viele.")
    revise(idea=mine, by=member, version=1, title="Lights", body="Many.", tags=["light"])
    DraftFactory(board=board, author=member, title="Not yet")
    comment(idea=idea, by=member, body="Good.\u2028Line")
    comment(idea=idea, by=MemberFactory(), body="Somebody else's.")
    NotificationFactory(member=member, subject="Mine")
    NotificationFactory(subject="Not mine")
    assert exporting.make_waiting() == 1
    copy = read(export)
    assert copy.testzip() is None
    assert rows(copy, "profile")[0]["email"] == "mara@example.org"
    assert [row["idea_id"] for row in rows(copy, "supports")] == [idea.pk]
    assert {row["title"] for row in rows(copy, "ideas")} == {"Lights", "Not yet"}
    assert "Lights" in {row["title"] for row in rows(copy, "idea_revisions")}
    assert [row["body"] for row in rows(copy, "comments")] == ["Good.\u2028Line"]
    assert [row["subject"] for row in rows(copy, "notifications")] == ["Mine"]
    assert {row["kind"] for row in rows(copy, "events")} >= {"ideas.support_given"}


def test_each_kind_is_a_list_even_if_there_is_nothing(export):
    exporting.make_waiting()
    copy = read(export)
    names = {f"{answer.export}.json" for answer in privacy.exported()} | {"README.txt"}
    assert set(copy.namelist()) == names
    assert all(isinstance(json.loads(copy.read(name)), list) for name in names - {"README.txt"})


def test_no_secret_is_in_it(member, export):
    member.set_password("correct-horse-battery")
    member.save()
    exporting.make_waiting()
    copy = read(export)
    everything = "".join(copy.read(name).decode() for name in copy.namelist())
    assert member.password not in everything
    assert "digest" not in json.dumps(rows(copy, "access_tokens"))


def test_the_readme_speaks_the_language_of_the_member(member, export):
    Member.objects.filter(pk=member.pk).update(language="de")
    exporting.make_waiting()
    text = read(export).read("README.txt").decode()
    assert "Mara Lindqvist" in text
    for answer in privacy.exported():
        assert f"{answer.export}.json" in text
    assert "entfernt" in text


def test_pictures_come_along(member, board, export):
    member.avatar.save("me.webp", ContentFile(b"a face"))
    mine = IdeaFactory(board=board, author=member)
    picture, gone = (
        IdeaImage.objects.create(idea=mine, file=ContentFile(drawn(), name=name))
        for name in ("lamp.png", "gone.png")
    )
    gone.file.storage.delete(gone.file.name)
    exporting.make_waiting()
    copy = read(export)
    assert copy.read("pictures/profile.webp") == b"a face"
    pictures = [name for name in copy.namelist() if name.startswith("pictures/idea-")]
    assert pictures == [f"pictures/idea-{mine.pk}-{picture.pk}.png"]


def test_the_member_is_told_and_the_copy_is_kept_for_a_week(member, export, deliver):
    exporting.make_waiting()
    deliver()
    told = Notification.objects.get(member=member)
    assert told.sentence == "Your copy of everything about you is ready"
    assert told.url == "/settings/data/"
    export.refresh_from_db()
    assert export.is_to_fetch
    assert export.expires_at - export.finished_at == timedelta(days=7)
    assert export.size == export.file.size
    assert (export.done, export.total) == (len(privacy.exported()),) * 2


def test_one_at_a_time(member, export):
    with pytest.raises(Refused) as refused:
        exporting.ask_for_export(member=member)
    assert refused.value.code == "export_under_way"
    exporting.ask_for_export(member=MemberFactory())
    assert Export.objects.under_way().count() == 2


def test_a_new_copy_replaces_the_old_one(member, export, django_capture_on_commit_callbacks):
    exporting.make_waiting()
    (old,) = files_kept()
    with django_capture_on_commit_callbacks(execute=True):
        exporting.ask_for_export(member=member)
    assert files_kept() == []
    exporting.make_waiting()
    (new,) = files_kept()
    assert new != old
    assert Export.objects.filter(member=member).count() == 1


def test_what_a_killed_worker_had_begun_is_made_by_the_next(export):
    claimed = exporting.claim()
    assert claimed == export
    # It is alive, as far as anybody knows.
    assert exporting.make_waiting() == 0
    Export.objects.update(claimed_at=timezone.now() - exporting.CLAIM_LASTS * 2)
    assert exporting.make_waiting() == 1
    export.refresh_from_db()
    assert (export.state, export.attempts) == (ExportState.READY, 2)


def test_a_worker_that_was_taken_for_dead_leaves_nothing_behind(export):
    slow = exporting.claim()
    Export.objects.update(claimed_at=timezone.now() - exporting.CLAIM_LASTS * 2)
    assert exporting.make_waiting() == 1
    exporting.make(slow)
    assert len(files_kept()) == 1
    export.refresh_from_db()
    assert export.file.name.endswith(files_kept()[0])


def test_a_copy_that_cannot_be_made_rests_and_is_given_up(export, monkeypatch, caplog):
    monkeypatch.setattr(exporting, "FOLDER", "\0")
    for attempt in range(1, exporting.MOST_ATTEMPTS + 1):
        assert exporting.make_waiting() == 1
        export.refresh_from_db()
        assert (export.state, export.attempts) == (ExportState.RUNNING, attempt)
        Export.objects.update(claimed_at=timezone.now() - exporting.CLAIM_LASTS * 2)
    assert exporting.make_waiting() == 0
    export.refresh_from_db()
    assert export.state == ExportState.FAILED
    assert "attempt 5" in caplog.text


def test_expired_copies_and_leftovers_go(export, django_capture_on_commit_callbacks):
    exporting.make_waiting()
    old = (timezone.now() - timedelta(days=2)).timestamp()
    fresh = private_files().save("exports/fresh.zip", ContentFile(b"of a worker"))
    stale = private_files().save("exports/stale.zip", ContentFile(b"of a dead worker"))
    os.utime(private_files().path(stale), (old, old))
    with django_capture_on_commit_callbacks(execute=True):
        forget_what_expired()
    assert sorted(f"exports/{name}" for name in files_kept()) == sorted(
        [Export.objects.get().file.name, fresh]
    )
    Export.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    with django_capture_on_commit_callbacks(execute=True):
        exporting.forget_old()
    assert files_kept() == ["fresh.zip"]
    assert not Export.objects.exists()


MANY = """
    INSERT INTO ideas_idea (board_id, author_id, title, status, opened_at, version, body, body_html,
        snippet, language, external_id, source_url, earlier_supporters)
    SELECT %(board)s, %(author)s, 'Idea ' || n, 'open', now(), 1, '', '', '', 'en', '', '', 0
    FROM generate_series(1, %(many)s) n;
    INSERT INTO ideas_support (idea_id, member_id, state, cause, counted_at)
    SELECT id, %(voter)s, 'counted', 'given', now() FROM ideas_idea
"""


def test_many_votes_take_no_more_memory_than_few(member, stranger):
    """The rows come through a cursor and leave one by one."""
    values = {
        "board": BoardFactory().pk, "author": stranger.pk, "voter": member.pk, "many": 20_000,
    }  # fmt: skip
    with connection.cursor() as cursor:
        for statement in MANY.split(";"):
            cursor.execute(statement, values)
        # By what is known of all but empty tables, triggers would read these from end to end.
        cursor.execute("ANALYZE ideas_idea, ideas_support")
    votes = next(one for one in privacy.exported() if one.model is Support)
    tracemalloc.start()
    lines = sum(1 for _row in archive.rows_of(votes, member))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert lines == 20_000
    assert peak < 2_000_000


def test_rows_come_through_a_cursor_of_the_database(member):
    """Else the driver would hold all of them, where nobody measures."""
    votes = next(one for one in privacy.exported() if one.model is Support)
    for idea in IdeaFactory.create_batch(2):
        give_support(idea=idea, member=member)
    rows = archive.rows_of(votes, member)
    next(rows)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_cursors WHERE statement LIKE '%ideas_support%'")
        assert cursor.fetchone() == (1,)
    assert len(list(rows)) == 1


def test_the_task_makes_what_waits(export):
    make_exports()
    export.refresh_from_db()
    assert export.state == ExportState.READY
