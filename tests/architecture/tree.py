"""The project's own files, as the rules of this folder read them."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
APPS = ("reputation", "moderation", "ideas", "community", "activity")
CODE = (*APPS, "config", "benchmarks")


def _modules(folders: tuple[str, ...]) -> list[Path]:
    found = [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]
    return [path for path in found if "migrations" not in path.parts]


MODULES = _modules(CODE)
APP_MODULES = _modules(APPS)
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))


def dotted(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


@cache
def walked(path: Path) -> list[ast.AST]:
    return list(ast.walk(ast.parse(path.read_text())))


def nodes[Node: ast.AST](path: Path, kind: type[Node]) -> Iterator[Node]:
    for node in walked(path):
        if isinstance(node, kind):
            yield node
