"""Rules about what reaches a browser."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver
from rest_framework.views import APIView

from community.permissions import ScopedAccess
from tests.architecture.open_pages import OPEN_API, OPEN_PAGES
from tests.architecture.tree import APPS, ROOT, TEMPLATES

CSS_BYTES = 40_000
# Loaded where teams work, and nowhere else.
TEAM_SHEETS = {"compose.css"}
TEAM_CSS_BYTES = 10_000
SCRIPT_BYTES = 15_000
# A strict Content-Security-Policy refuses these, silently for the person who writes them.
INLINE = re.compile(r"""<style|<script(?![^>]*\bsrc=)|\sstyle=|\son[a-z]+=|javascript:""", re.I)
LOADING = r"<(?:script|link|img|iframe|source)\b"
FOREIGN = re.compile(LOADING + r"""[^>]*\b(?:src|href)=["'](?:https?:)?//[^"']+""", re.I)
OURS = (*APPS, "config")


def sizes(folder: str) -> dict[str, int]:
    return {path.name: path.stat().st_size for path in (ROOT / "static" / folder).iterdir()}


def test_style_sheets_stay_small() -> None:
    sheets = sizes("css")
    of_teams = sum(sheets.pop(name) for name in TEAM_SHEETS)
    assert 0 < sum(sheets.values()) < CSS_BYTES
    assert 0 < of_teams < TEAM_CSS_BYTES


def test_sheets_of_teams_are_loaded_by_their_pages_alone() -> None:
    linking = [path for path in TEMPLATES if any(name in path.read_text() for name in TEAM_SHEETS)]
    assert {path.parent.name for path in linking} == {"review"}


def test_scripts_stay_small() -> None:
    assert 0 < sum(sizes("js").values()) < SCRIPT_BYTES


def is_mail(path: Path) -> bool:
    """Mail programs know no style sheets from elsewhere."""
    return "mail" in path.stem or "mails" in path.parts


def found_in_templates(pattern: re.Pattern[str]) -> dict[str, list[str]]:
    found = {path: pattern.findall(path.read_text()) for path in TEMPLATES if not is_mail(path)}
    return {path.relative_to(ROOT).as_posix(): hits for path, hits in found.items() if hits}


def test_templates_hold_no_inline_script_or_style() -> None:
    assert found_in_templates(INLINE) == {}


def test_templates_load_nothing_from_elsewhere() -> None:
    assert found_in_templates(FOREIGN) == {}


def views(patterns: Iterable[URLPattern | URLResolver]) -> Iterator[Any]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from views(pattern.url_patterns)
        else:
            yield pattern.callback


def is_api(view: Any) -> bool:
    return hasattr(view, "cls") and issubclass(view.cls, APIView)


def name(view: Any) -> str:
    page = getattr(view, "cls", getattr(view, "view_class", view))
    return f"{page.__module__}.{page.__qualname__}"


ALL_VIEWS = list(views(get_resolver().url_patterns))


def test_pages_open_to_strangers_are_the_listed_ones() -> None:
    pages = [view for view in ALL_VIEWS if name(view).split(".")[0] in OURS and not is_api(view)]
    open_ones = {name(view) for view in pages if not getattr(view, "login_required", True)}
    assert open_ones == OPEN_PAGES


def test_the_api_asks_its_permission_everywhere_else() -> None:
    """The middleware lets REST framework's views pass: they have a default of their own."""
    unasked = {
        name(view)
        for view in ALL_VIEWS
        if is_api(view) and ScopedAccess not in view.cls.permission_classes
    }
    assert unasked == OPEN_API
