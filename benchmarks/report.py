"""The table that a run ends with, and the file that keeps it."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True)
class Row:
    """One measured number beside its bound; `least` says that it must not be below."""

    what: str
    measured: float
    bound: float
    least: bool
    detail: str
    unit: str = ""

    @property
    def held(self) -> bool:
        return self.measured >= self.bound if self.least else self.measured <= self.bound


def table(rows: list[Row]) -> str:
    """As Markdown, for a terminal and for docs/benchmarks.md alike."""
    lines = ["| what | measured | bound | | in figures |", "|---|---|---|---|---|"]
    return "\n".join([*lines, *map(line, rows)])


def line(row: Row) -> str:
    """One row of the table."""
    sign = "≥" if row.least else "≤"
    verdict = "held" if row.held else "**short**"
    measured, bound = _number(row.measured, row.unit), _number(row.bound, row.unit)
    return f"| {row.what} | {measured} | {sign} {bound} | {verdict} | {row.detail} |"


def _number(value: float, unit: str) -> str:
    if unit == "MB":
        return f"{value:.0f} MB"
    return f"{value:.0f}" if unit == "count" else f"{value:.2f}"


def write(path: Path, size: str, rows: list[Row]) -> None:
    path.parent.mkdir(exist_ok=True)
    content = {"size": size, "rows": [asdict(row) | {"held": row.held} for row in rows]}
    path.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n")
