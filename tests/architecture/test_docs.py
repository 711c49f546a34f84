"""The documents tell the truth about the tree."""

import ast
import re
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT, nodes

DOCUMENTS = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")
# Set by programs, not by people.
INTERNAL = {"DJANGO_SETTINGS_MODULE", "LC_ALL", "PORT"}


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(path: Path) -> None:
    links = LINK.findall(path.read_text())
    assert [link for link in links if not (path.parent / link).exists()] == []


def variables_read(path: Path) -> set[str]:
    """The names in `env.str("NAME")`, `os.environ.get("NAME")` and `os.environ["NAME"]`."""
    asked = [
        call.args[0]
        for call in nodes(path, ast.Call)
        if call.args and ast.unparse(call.func).startswith(("env.", "os.environ.get"))
    ]
    looked_up = [
        item.slice for item in nodes(path, ast.Subscript) if ast.unparse(item.value) == "os.environ"
    ]
    names = [node.value for node in asked + looked_up if isinstance(node, ast.Constant)]
    return {name for name in names if isinstance(name, str) and name.isupper()}


def test_every_setting_is_documented() -> None:
    read = {name for path in (ROOT / "config").rglob("*.py") for name in variables_read(path)}
    documented = set(re.findall(r"`([A-Z_]+)", (ROOT / "docs" / "operations.md").read_text()))
    assert read - INTERNAL - documented == set()
