"""Everything about a member in one archive, made in the background.

A job is claimed in one transaction, worked on outside any long one, and finished in another. The
claim of a worker that died runs out and somebody else begins anew.
"""

import logging
import secrets
from collections.abc import Iterable
from datetime import timedelta
from functools import partial
from tempfile import TemporaryFile
from typing import IO

from celery import current_app
from django.core.files import File
from django.db import transaction
from django.utils import timezone

from activity.services import record
from community import archive, policies
from community.events import ExportMade
from community.models import Export, Member
from community.models.privacy import ExportQuerySet, ExportState, private_files

log = logging.getLogger(__name__)

KEPT_FOR = timedelta(days=7)
# Longer than the rows of one kind take; each kind that is done renews it.
CLAIM_LASTS = timedelta(minutes=10)
MOST_ATTEMPTS = 5
FOLDER = "exports"
# A file without a job is a leftover once it is older than any job.
LEFTOVER_AFTER = timedelta(days=1)


class Overtaken(Exception):
    """The job is not ours any more: it was taken over, or its member is leaving."""


@transaction.atomic
def ask_for_export(*, member: Member) -> Export:
    """Have a copy made of everything about a member; an older one goes. Raises Refused."""
    locked = Member.objects.select_for_update(no_key=True).get(pk=member.pk)
    policies.can_export(locked).enforce()
    forget(exports=Export.objects.filter(member=locked))
    export = Export.objects.create(member=locked)
    transaction.on_commit(_ask_for_making, robust=True)
    return export


def _ask_for_making() -> None:
    try:
        # By name, because tasks stand above services on the ladder.
        current_app.send_task("community.tasks.make_exports")
    except Exception as error:  # kombu lets each transport's own errors through
        log.warning("The broker did not take an export (%s); the clock will.", error)


def make_waiting() -> int:
    """Make what was asked for; returns how many jobs were tried."""
    tried = 0
    while export := claim():
        make(export)
        tried += 1
    return tried


@transaction.atomic
def claim() -> Export | None:
    """The next job, so that no other worker takes it. What failed too often is given up."""
    now = timezone.now()
    free = Export.objects.free(claims_before=now - CLAIM_LASTS).order_by("asked_at", "pk")
    export = free.select_for_update(skip_locked=True).first()
    if export is None:
        return None
    export.attempts += 1
    export.claimed_at, export.done = now, 0
    given_up = export.attempts > MOST_ATTEMPTS
    export.state = ExportState.FAILED if given_up else ExportState.RUNNING
    export.finished_at = now if given_up else None
    export.save(update_fields=["attempts", "claimed_at", "done", "state", "finished_at"])
    return claim() if given_up else export


def make(export: Export) -> None:
    """Write the archive. What fails rests until its claim runs out, and is tried again."""
    try:
        with TemporaryFile() as target:
            for done, total in archive.write(export.member, target):
                _go_on(export, done, total)
            _finish(export, target)
    except Overtaken:
        log.info("Export %d was taken over.", export.pk)
    except Exception:
        log.exception("Export %d failed, attempt %d.", export.pk, export.attempts)


def _go_on(export: Export, done: int, total: int) -> None:
    """Note how far it is, and that its worker lives."""
    if not _ours(export).update(done=done, total=total, claimed_at=timezone.now()):
        raise Overtaken


def _ours(export: Export) -> ExportQuerySet:
    return Export.objects.filter(pk=export.pk, attempts=export.attempts, state=ExportState.RUNNING)


def _finish(export: Export, target: IO[bytes]) -> None:
    size = target.tell()
    target.seek(0)
    name = private_files().save(f"{FOLDER}/{secrets.token_urlsafe(24)}.zip", File(target))
    try:
        _hand_over(export, name, size)
    except BaseException:
        private_files().delete(name)
        raise


@transaction.atomic
def _hand_over(export: Export, name: str, size: int) -> None:
    now = timezone.now()
    changed = _ours(export).update(
        state=ExportState.READY, file=name, size=size, finished_at=now, expires_at=now + KEPT_FOR
    )
    if not changed:
        raise Overtaken
    record(ExportMade(export_id=export.pk, member_id=export.member_id), actor=None)


@transaction.atomic
def forget(*, exports: Iterable[Export]) -> int:
    """Remove jobs and their files; whoever works on one finds out. Returns how many."""
    found = list(exports)
    for export in found:
        if export.file:
            gone = partial(private_files().delete, str(export.file.name))
            transaction.on_commit(gone, robust=True)
    Export.objects.filter(pk__in=[export.pk for export in found]).delete()
    return len(found)


def forget_old() -> int:
    """Remove archives whose week is over, and files that a killed worker left."""
    removed = forget(exports=Export.objects.expired())
    storage = private_files()
    if not storage.exists(FOLDER):
        return removed
    known = set(Export.objects.exclude(file="").values_list("file", flat=True))
    for name in storage.listdir(FOLDER)[1]:
        path = f"{FOLDER}/{name}"
        age = timezone.now() - storage.get_modified_time(path)
        if path not in known and age > LEFTOVER_AFTER:
            storage.delete(path)
            removed += 1
    return removed
