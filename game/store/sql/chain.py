"""The seal of a run: a hash of its stored data and of the previous seal of the same person."""

import json
from hashlib import sha256

from sqlalchemy import Connection, Table, select, update

from game.music.recording import Ended
from game.store.records.plain import number, seconds, to_anchor
from game.store.sql.schema import PARTS, anchors, profiles, runs, touches

HASHED = {
    "runs": (
        "id",
        "profile_id",
        "station",
        "level_id",
        "level_title",
        "level_text",
        "started_at",
        "ended",
        "reached_s",
        "conditions",
        "device",
        "program_version",
        "clock_s",
        "previous_hash",
    ),
    "anchors": ("seq", "clock_s", "song_s", "rate"),
    "marks": ("seq", "clock_s", "kind", "text"),
    "touches": ("seq", "time_s", "kind", "pitch", "velocity", "delta_s", "made"),
}
"""The columns under every seal."""

HASHED_WHERE_SET = {"touches": ("channel", "device")}
"""Columns that a later migration added: sealed only in rows that have them, or old seals would break."""


def run_hash(connection: Connection, run_id: str) -> str:
    """SHA-256 of a run as it is stored, with the seal before it."""
    digest = sha256()
    for table in (runs, *PARTS):
        for row in _rows(connection, table, run_id):
            digest.update(row.encode() + b"\n")
        digest.update(table.name.encode() + b"\n")
    return digest.hexdigest()


def _rows(connection: Connection, table: Table, run_id: str) -> list[str]:
    always, later = HASHED[table.name], HASHED_WHERE_SET.get(table.name, ())
    columns = [table.c[name] for name in (*always, *later)]
    if table is runs:
        found = connection.execute(select(*columns).where(runs.c.id == run_id))
    else:
        mine = table.c.run_id == run_id
        found = connection.execute(select(*columns).where(mine).order_by(table.c.seq))
    return [json.dumps(_sealed(list(row), len(always)), default=repr) for row in found]


def _sealed(row: list[object], always: int) -> list[object]:
    """What of a row is under the seal: the columns that came later only where one of them is set."""
    return row if any(value is not None for value in row[always:]) else row[:always]


def seal(connection: Connection, run_id: str, ended: Ended, reached_s: float | None) -> None:
    """Seal an open run, after the run of the same person that was sealed last."""
    person = select(runs.c.profile_id).where(runs.c.id == run_id).scalar_subquery()
    last = select(profiles.c.id, profiles.c.last_hash).where(profiles.c.id == person).with_for_update()
    profile_id, last_hash = connection.execute(last).one()
    end = {
        "ended": ended.value,
        "reached_s": None if reached_s is None else seconds(reached_s),
        "previous_hash": last_hash,
    }
    connection.execute(update(runs).where(runs.c.id == run_id).values(end))
    new_hash = run_hash(connection, run_id)
    connection.execute(update(runs).where(runs.c.id == run_id).values(hash=new_hash))
    connection.execute(update(profiles).where(profiles.c.id == profile_id).values(last_hash=new_hash))


def reached_s(connection: Connection, run_id: str) -> float:
    """Song time of the last touch or anchor of a run that nobody ended."""
    of_run = select(anchors).where(anchors.c.run_id == run_id).order_by(anchors.c.seq.desc()).limit(1)
    row = connection.execute(of_run).mappings().first()
    if row is None:
        return 0.0
    anchor = to_anchor(row)
    played = select(touches).where(touches.c.run_id == run_id).order_by(touches.c.seq.desc()).limit(1)
    touch = connection.execute(played).mappings().first()
    if touch is None:
        return anchor.song_s
    passed_s = max(0.0, number(touch, "time_s") - anchor.clock_s)
    return anchor.song_s + passed_s * anchor.rate
