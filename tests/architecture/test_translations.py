"""The catalogues are complete, well-formed and up to date."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import polib
import pytest
from django.utils import translation

from tests.architecture.tree import ROOT

CATALOGUES = sorted((ROOT / "locale").rglob("*.po"))
# What libraries say on our pages. Their own catalogues change with each upgrade.
OF_LIBRARIES = sorted((ROOT / "locale/libraries").rglob("*.po"))
LIBRARIES = ("allauth", "django.conf", "django.contrib.admin", "django.contrib.auth", "taggit")
FORMAL = re.compile(r"\b(Sie|Ihnen|Ihre?[mnrs]?)\b")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")

each_catalogue = pytest.mark.parametrize(
    "path", CATALOGUES, ids=[path.relative_to(ROOT).as_posix() for path in CATALOGUES]
)


def test_there_is_a_german_catalogue() -> None:
    assert ROOT / "locale/de/LC_MESSAGES/django.po" in CATALOGUES


@each_catalogue
def test_nothing_is_missing_or_doubtful(path: Path) -> None:
    catalogue = polib.pofile(str(path))
    assert [entry.msgid for entry in catalogue.untranslated_entries()] == []
    assert [entry.msgid for entry in catalogue.fuzzy_entries()] == []


@each_catalogue
def test_translations_keep_the_placeholders(path: Path) -> None:
    wrong = [
        entry.msgid
        for entry in polib.pofile(str(path))
        if not entry.obsolete and not keeps_placeholders(entry)
    ]
    assert wrong == []


def keeps_placeholders(entry: polib.POEntry) -> bool:
    """A plural form may leave out the number, as in "one idea"."""
    if entry.msgid_plural:
        known = set(PLACEHOLDER.findall(entry.msgid + entry.msgid_plural))
        return all(set(PLACEHOLDER.findall(form)) <= known for form in entry.msgstr_plural.values())
    return sorted(PLACEHOLDER.findall(entry.msgid)) == sorted(PLACEHOLDER.findall(entry.msgstr))


@pytest.mark.skipif(
    not shutil.which("xgettext") and os.environ.get("CI") != "true", reason="gettext is missing"
)
def test_every_text_in_the_code_is_in_the_catalogue(tmp_path: Path) -> None:
    copy_sources(tmp_path)
    command = ["-m", "django", "makemessages", "--locale", "de", "--no-obsolete", "--verbosity=0"]
    environment = {k: v for k, v in os.environ.items() if k != "DJANGO_SETTINGS_MODULE"}
    subprocess.run([sys.executable, *command], cwd=tmp_path, env=environment, check=True)

    for path in sorted(tmp_path.glob("locale/de/LC_MESSAGES/*.po")):
        catalogue = ROOT / path.relative_to(tmp_path)
        assert texts(path) ^ texts(catalogue) == set(), "run make messages"


def copy_sources(target: Path) -> None:
    """The tree without .venv and the like, so that the real catalogue is left alone."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    for name in filter(None, listed.split("\0")):
        if (source := ROOT / name).suffix in {".py", ".html", ".txt", ".po", ".js"}:
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, target / name)


def texts(path: Path) -> set[tuple[str | None, str, str]]:
    entries = (entry for entry in polib.pofile(str(path)) if not entry.obsolete)
    return {(entry.msgctxt, entry.msgid, entry.msgid_plural) for entry in entries}


def test_libraries_say_du() -> None:
    with translation.override("de"):
        read = [in_force(entry) for name in LIBRARIES for entry in catalogue_of(name)]
    assert [text for text in read if FORMAL.search(text)] == []


def in_force(entry: polib.POEntry) -> str:
    """What people read: our words for a library's text, else its own."""
    if entry.msgid_plural:
        return translation.ngettext(entry.msgid, entry.msgid_plural, 2)
    if entry.msgctxt:
        return translation.pgettext(entry.msgctxt, entry.msgid)
    return translation.gettext(entry.msgid)


@pytest.mark.parametrize("path", OF_LIBRARIES, ids=["de", "en"])
def test_libraries_still_say_what_we_reworded(path: Path) -> None:
    known = {entry.msgid for name in LIBRARIES for entry in catalogue_of(name)}
    unfold = "\n".join(sources_of("unfold"))
    gone = [
        entry.msgid
        for entry in polib.pofile(str(path))
        if entry.msgid not in known and piece(entry.msgid) not in unfold
    ]
    assert gone == []


def catalogue_of(name: str) -> list[polib.POEntry]:
    path = home_of(name) / "locale/de/LC_MESSAGES/django.po"
    return [entry for entry in polib.pofile(str(path)) if not entry.obsolete]


def home_of(name: str) -> Path:
    return Path(str(import_module(name).__file__)).parent


def sources_of(name: str) -> Iterator[str]:
    for path in home_of(name).rglob("*.*"):
        if path.suffix in {".py", ".html"}:
            yield path.read_text()


def piece(text: str) -> str:
    """Enough to find it: sources write placeholders in another way and break long lines."""
    return max(re.split(r"%\(\w+\)s|[\"'\n]", text), key=len)[:24]
