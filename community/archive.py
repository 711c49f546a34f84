"""The archive that a member can download: a file of JSON for each kind, pictures, and a README.

Rows are read through a cursor of the database and written one by one, so that a member with a
hundred thousand votes takes no more memory than one with ten.
"""

import json
import shutil
from collections.abc import Iterator
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.db.models import QuerySet
from django.db.models.query import ValuesIterable
from django.http import FileResponse
from django.template.loader import render_to_string
from django.utils import timezone, translation

from community import privacy
from community.models import Export, Member
from community.privacy import FATES, Answer

AT_ONCE = 1000


def write(member: Member, target: IO[bytes]) -> Iterator[tuple[int, int]]:
    """Write it, and yield (done, total) after each kind."""
    kinds = privacy.exported()
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        archive.writestr("README.txt", _readme(member))
        for done, answer in enumerate(kinds, start=1):
            with archive.open(f"{answer.export}.json", "w", force_zip64=True) as file:
                _write_rows(answer, member, file)
            _write_files(answer, member, archive)
            yield done, len(kinds)


def sent(export: Export) -> FileResponse:
    """A ready one as an answer."""
    day = timezone.localdate(export.finished_at)
    return FileResponse(
        export.file.open("rb"),
        as_attachment=True,
        filename=f"{export.member.handle}-{day.isoformat()}.zip",
        content_type="application/zip",
        headers={"Cache-Control": "private, no-store"},
    )


def _write_rows(answer: Answer, member: Member, file: IO[bytes]) -> None:
    """A list with an object on each line."""
    with transaction.atomic():
        before = "[\n"
        for row in rows_of(answer, member):
            line = json.dumps(row, cls=DjangoJSONEncoder, ensure_ascii=False)
            file.write(f"{before}{line}".encode(errors="surrogatepass"))
            before = ",\n"
        file.write(b"[]\n" if before == "[\n" else b"\n]\n")


def rows_of(answer: Answer, member: Member) -> Iterator[dict[str, Any]]:
    """What is kept of a kind. Inside a transaction, as a cursor lives no longer."""
    found = answer.rows(member) if answer.rows else _plain_rows(answer, member)
    if isinstance(found, QuerySet):
        # iterator() would fetch all at once: it may not use cursors, as they must not outlive a
        # transaction where there is a pooler. These do not.
        return iter(ValuesIterable(found, chunked_fetch=True, chunk_size=AT_ONCE))
    return iter(found)


def _plain_rows(answer: Answer, member: Member) -> "QuerySet[Any, dict[str, Any]]":
    rows = answer.model._base_manager.filter(**{answer.key: member.pk})
    return rows.order_by("pk").values(*answer.columns)


def _write_files(answer: Answer, member: Member, archive: ZipFile) -> None:
    for name, kept in answer.files(member) if answer.files else ():
        # A picture may be gone by now; the archive is no worse for that.
        if kept.storage.exists(str(kept.name)):
            with kept.open("rb") as source, archive.open(name, "w", force_zip64=True) as file:
                shutil.copyfileobj(source, file)


def _readme(member: Member) -> str:
    with translation.override(member.language), timezone.override(member.time_zone):
        kinds = [(one.export, one.what, FATES[one.fate]) for one in privacy.exported()]
        context = {
            "member": member,
            "kinds": kinds,
            "now": timezone.localtime(),
            "site_url": settings.SITE_URL,
        }
        return render_to_string("community/export.txt", context)
