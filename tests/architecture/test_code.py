"""Rules about code that import-linter and ruff cannot see."""

import ast
from pathlib import Path

from tests.architecture.tree import APP_MODULES, MODULES, ROOT, dotted, nodes

LONGEST_FUNCTION = 30
LONGEST_MODULE = 330
NAMES_THAT_SAY_NOTHING = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "data"}
# The rungs whose behaviour is worth a test file of its own.
MIRRORED = ("policies", "services", "status", "subscribers", "views", "api")


def is_service(path: Path) -> bool:
    return "services" in path.with_suffix("").parts


def assigned_attributes(path: Path) -> list[ast.Attribute]:
    plain = [target for node in nodes(path, ast.Assign) for target in node.targets]
    changed = [node.target for node in nodes(path, ast.AugAssign)]
    return [target for target in plain + changed if isinstance(target, ast.Attribute)]


def updated_columns(path: Path) -> list[str]:
    calls = [c for c in nodes(path, ast.Call) if isinstance(c.func, ast.Attribute)]
    updates = [c for c in calls if isinstance(c.func, ast.Attribute) and c.func.attr == "update"]
    return [keyword.arg for call in updates for keyword in call.keywords if keyword.arg]


def test_status_is_written_by_services_alone() -> None:
    elsewhere = [path for path in APP_MODULES if not is_service(path)]
    assert [dotted(path) for path in elsewhere if writes_status(path)] == []


def writes_status(path: Path) -> bool:
    assigned = [target.attr for target in assigned_attributes(path)]
    return "status" in assigned + updated_columns(path)


def test_functions_fit_on_a_screen() -> None:
    lengths = {
        f"{dotted(path)}.{function.name}": length(function)
        for path in MODULES
        for function in nodes(path, ast.FunctionDef)
    }
    assert {name: n for name, n in lengths.items() if n > LONGEST_FUNCTION} == {}


def length(function: ast.FunctionDef) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1


def test_modules_stay_small() -> None:
    lengths = {dotted(path): len(path.read_text().splitlines()) for path in MODULES}
    del lengths["config.settings"]
    assert {name: n for name, n in lengths.items() if n > LONGEST_MODULE} == {}


def test_models_do_not_override_save() -> None:
    overridden = [
        f"{dotted(path)}.{owner.name}.{method.name}"
        for path in APP_MODULES
        if "models" in path.with_suffix("").parts
        for owner in nodes(path, ast.ClassDef)
        for method in owner.body
        if isinstance(method, ast.FunctionDef) and method.name in ("save", "delete")
    ]
    assert overridden == []


def test_names_say_what_a_module_is_about() -> None:
    named = {path.stem for path in MODULES} | {path.parent.name for path in MODULES}
    assert named & NAMES_THAT_SAY_NOTHING == set()


def mirrored(path: Path) -> bool:
    """Packages are mirrored part by part, or by one file for all of them."""
    return path.stem in MIRRORED or (path.parent.name in MIRRORED and path.stem != "__init__")


def mirrors(path: Path) -> list[Path]:
    """`ideas/services/voting.py` is tested by `tests/ideas/services/test_voting.py`, or flatter."""
    app, *rest = path.relative_to(ROOT).parts
    tests = ROOT / "tests" / app
    nested = tests.joinpath(*rest[:-1], f"test_{path.stem}.py")
    return [
        nested,
        tests / f"test_{path.stem}.py",
        tests / f"test_{rest[0].removesuffix('.py')}.py",
    ]


def test_tests_mirror_the_tree() -> None:
    untested = [
        path.relative_to(ROOT).as_posix()
        for path in APP_MODULES
        if mirrored(path) and not any(mirror.exists() for mirror in mirrors(path))
    ]
    assert untested == []
