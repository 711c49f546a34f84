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

SHEET_BYTES = 12_000
# What a customer's pages may load, and what the workspace of the teams may load beside it.
SCRIPT_BYTES, WORKSPACE_SCRIPT_BYTES = 15_000, 5_120
WORKSPACE = "review"
# A strict Content-Security-Policy refuses these, silently for the person who writes them.
INLINE = re.compile(r"""<style|<script(?![^>]*\bsrc=)|\sstyle=|\son[a-z]+=|javascript:""", re.I)
LOADING = r"<(?:script|link|img|iframe|source)\b"
FOREIGN = re.compile(LOADING + r"""[^>]*\b(?:src|href)=["'](?:https?:)?//[^"']+""", re.I)
OURS = (*APPS, "config")


def sizes(folder: str, suffix: str) -> dict[str, int]:
    files = (ROOT / "static" / folder).rglob(f"*{suffix}")
    return {path.stem: path.stat().st_size for path in files}


def test_style_sheets_stay_small() -> None:
    """What one page loads of them is measured on the tour (tests/journeys/test_tour.py)."""
    sheets = sizes("css", ".css")
    assert sheets
    assert {name: size for name, size in sheets.items() if size > SHEET_BYTES} == {}


def test_scripts_stay_small() -> None:
    scripts = sizes("js", ".js")
    assert 0 < scripts.pop(WORKSPACE) < WORKSPACE_SCRIPT_BYTES
    assert 0 < sum(scripts.values()) < SCRIPT_BYTES


def test_only_the_workspace_loads_its_sheet_and_script() -> None:
    loading = [path for path in TEMPLATES if re.search(r"(css|js)/review\.", path.read_text())]
    assert loading
    assert {path.parent.name for path in loading} == {WORKSPACE}


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
