"""Fills an empty, migrated database with a community of a given size."""

from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from multiprocessing import get_context
from os import cpu_count

import psycopg

from benchmarks.generator import bulk, forum, friends, points, rows, settle
from benchmarks.generator.sizes import BOARDS, VOTERS, Size

BIG = (
    "ideas_idea",
    "ideas_support",
    "ideas_supportchange",
    "ideas_comment",
    "ideas_ideatag",
    "ideas_idearevision",
    "ideas_follow",
    "ideas_decision",
    "ideas_promise",
    "ideas_contribution",
    "activity_eventrecord",
    "community_notification",
    *forum.TABLES,
    "community_friendship",
    "community_friend",
    "reputation_day",
)
AT_ONCE = 20_000
BOARD_NAMES = (
    "Charging", "App", "Heating", "Tariffs", "Service", "Open data", "Garden", "Roof",
)  # fmt: skip
IDEA = (
    "id, board_id, author_id, title, body, body_html, snippet, language, status, created_at, "
    "opened_at, hidden_at"
)
DEFAULTS = {
    "ideas_idea": {"version": "1", "external_id": "''", "source_url": "''",
                   "earlier_supporters": "0"},
    "ideas_support": {"cause": "'given'"},
    "ideas_comment": {"version": "1"},
    "community_member": {"is_superuser": "false", "is_staff": "false", "is_active": "true",
                         "mails": "true", "avatar": "''", "standing": "0",
                         "time_zone": "'Europe/Berlin'"},
}  # fmt: skip


def fill(url: str, size: Size, tell: Callable[[str], None]) -> None:
    """Everything, through two processes where it is much. Raises when a tally is wrong."""
    now = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)  # noqa: TID251
    with psycopg.connect(url) as connection:
        bulk.hasten(connection)
        _set_defaults(connection)
        with bulk.without_indexes(connection, BIG):
            found(connection, size, now)
            connection.commit()
            tell("ideas, supports, comments")
            _spread(url, _ranges(size, now))
            tell("what follows from them")
            settle.settle(connection, size)
            forum.open_up(connection, size)
            friends.befriend(connection, size, VOTERS)
            points.earn(connection)
            connection.commit()
            tell("indexes")
        _finish(connection, size, tell)


def fill_quietly(connection: bulk.Rows, size: Size) -> None:
    """The same inside the caller's transaction, for tests: one range, indexes kept."""
    now = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)  # noqa: TID251
    connection.execute("SET LOCAL session_replication_role = replica")
    _set_defaults(connection)
    found(connection, size, now)
    copy_range(connection, rows.Range(size, 1, size.ideas + 1, now))
    friends.befriend(connection, size, VOTERS)
    # Where tables were emptied before, the planner still takes them for empty.
    connection.execute("ANALYZE")
    connection.execute(settle.DECISIONS)
    for statement in (*settle.PROMISES, *settle.MERGED, settle.CREDITS):
        connection.execute(statement)
    connection.execute(settle.TALLIES)
    connection.execute(settle.GATHERED)
    forum.open_up(connection, size)
    points.earn(connection)
    bulk.number_on(connection)
    connection.execute("SET LOCAL session_replication_role = origin")
    connection.execute("ANALYZE")


def found(connection: bulk.Rows, size: Size, now: datetime) -> None:
    """Teams, boards, members and tags."""
    for number, name in enumerate(BOARD_NAMES[:BOARDS], 1):
        slug = name.lower().replace(" ", "-")
        connection.execute(
            "INSERT INTO community_team (id, name, slug) VALUES (%s, %s, %s)", [number, name, slug]
        )
        connection.execute(
            "INSERT INTO ideas_board (id, slug, name, description, team_id, position, "
            "accepts_ideas, answer_threshold, answer_days, reply_days, reopen_threshold, "
            "uses_budget) VALUES (%s, %s, %s, '', %s, %s, true, %s, 30, 7, 100000, false)",
            [number, slug, name, number, number, rows.THRESHOLD],
        )
    # Quiet ones fill without triggers, which would have written these.
    connection.execute(settle.TERMS)
    columns = (
        "id, password, email, handle, display_name, language, email_verified_at, trust_level, "
        "date_joined"
    )
    bulk.copy(connection, "community_member", columns, rows.members(size, VOTERS, now))
    every = (f"{n}\ttag {n}\ttag-{n}\n" for n in range(1, size.tags + 1))
    bulk.copy(connection, "taggit_tag", "id, name, slug", every)


def copy_range(connection: bulk.Rows, where: rows.Range) -> None:
    """All that belongs to a range of ideas."""
    bulk.copy(connection, "ideas_idea", IDEA, rows.ideas(where))
    columns = "idea_id, member_id, state, created_at, counted_at"
    bulk.copy(connection, "ideas_support", columns, rows.supports(where))
    columns = (
        "id, idea_id, parent_id, author_id, kind, body, body_html, created_at, helpful, unhelpful, "
        "helpful_score"
    )
    bulk.copy(connection, "ideas_comment", columns, rows.comments(where))
    bulk.copy(connection, "ideas_ideatag", "content_object_id, tag_id", rows.tags(where))


def _ranges(size: Size, now: datetime) -> list[rows.Range]:
    starts = range(1, size.ideas + 1, AT_ONCE)
    return [rows.Range(size, low, min(low + AT_ONCE, size.ideas + 1), now) for low in starts]


def _spread(url: str, ranges: list[rows.Range]) -> None:
    if len(ranges) == 1:
        _copy_alone(url, ranges[0])
        return
    workers = min(cpu_count() or 1, 4, len(ranges))
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        for done in [pool.submit(_copy_alone, url, where) for where in ranges]:
            done.result()


def _copy_alone(url: str, where: rows.Range) -> None:
    with psycopg.connect(url) as connection:
        bulk.hasten(connection)
        copy_range(connection, where)


def _set_defaults(connection: bulk.Rows) -> None:
    """Columns whose value is always the same need not be sent."""
    for table, columns in DEFAULTS.items():
        for name, value in columns.items():
            connection.execute(f"ALTER TABLE {table} ALTER {name} SET DEFAULT {value}")


def _finish(connection: bulk.Rows, size: Size, tell: Callable[[str], None]) -> None:
    connection.execute(settle.TALLIES)
    connection.execute(settle.GATHERED)
    bulk.number_on(connection)
    connection.execute(settle.OWN_TABLES)
    connection.commit()
    connection.autocommit = True
    connection.execute("VACUUM (ANALYZE)")
    tell("proof of the tallies")
    if wrong := settle.drifting(connection, size):
        raise RuntimeError(f"{wrong} tallies are not what votes and comments say.")
