"""What the demo community says, read from the JSON files beside this module."""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent

type Row = Mapping[str, Any]


def rows(name: str) -> list[Row]:
    """One file of rows."""
    found: list[Row] = json.loads((HERE / f"{name}.json").read_text(encoding="utf-8"))
    return found


def members() -> list[Row]:
    """Everybody, with those whose votes are looked into."""
    return [*rows("members"), *suspects()["members"]]


def ideas() -> list[Row]:
    """Every idea with its thread, the oldest first."""
    found = [row for file in sorted(HERE.glob("ideas_*.json")) for row in rows(file.stem)]
    replies = {reply["idea"]: reply for reply in rows("first_replies")}
    found = [_replied(row, replies[row["key"]]) if row["key"] in replies else row for row in found]
    more = suspects()["votes"]
    found = [{**row, "supporters": row["supporters"] + more.get(row["key"], [])} for row in found]
    return sorted(found, key=lambda row: (-row["opened_days_ago"], row["key"]))


def _replied(row: Row, reply: Row) -> Row:
    """An idea whose team said something soon after it was posted."""
    said = {
        "author": reply["by"],
        "days_ago": row["opened_days_ago"] - reply["after_days"],
        "body": reply["body"],
        "helpful": reply["helpful"],
        "replies": [],
    }
    return {**row, "comments": [said, *row["comments"]]}


def topic_title(key: str) -> str:
    """What a topic of the forum is called."""
    forum: Mapping[str, Any] = json.loads((HERE / "forum.json").read_text(encoding="utf-8"))
    return next(str(row["title"]) for row in forum["topics"] if row["key"] == key)


def texts() -> Mapping[str, Any]:
    found: Mapping[str, Any] = json.loads((HERE / "texts.json").read_text(encoding="utf-8"))
    return found


def suspects() -> Mapping[str, Any]:
    """Those whose votes look like a pattern, and what the team made of it. `ideas_ring.json` has
    what they wrote."""
    found: Mapping[str, Any] = json.loads((HERE / "suspects.json").read_text(encoding="utf-8"))
    return found


def at(now: datetime, days_ago: float) -> datetime:
    """The moment that many days before."""
    return now - timedelta(days=days_ago)
