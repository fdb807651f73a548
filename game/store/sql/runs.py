"""Reads runs back."""

import json
from dataclasses import replace
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Row, Table, select, update

from game.errors import UserError
from game.judge.conditions import Conditions
from game.music.device import Device
from game.music.note import Touch
from game.music.recording import Ended, Recording
from game.music.timeline import Anchor, Timeline
from game.store.records import plain
from game.store.records.kept import RunHeader, StoredRun
from game.store.sql.chain import reached_s
from game.store.sql.database import Database
from game.store.sql.schema import anchors, marks, runs, touches

HEADER = tuple(column for column in runs.c if column.name not in ("level_text", "hash", "previous_hash"))
NEVER_STARTED = Timeline((Anchor(0.0, 0.0, 0.0),))
"""Timeline of a run cut off before its first count-in: song time stands still."""


class Runs:
    """The reading side of runs."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, profile_id: str) -> list[RunHeader]:
        """The runs of a person, the newest first."""
        theirs = select(*HEADER).where(runs.c.profile_id == profile_id).order_by(runs.c.id.desc())
        with self._database.reading() as connection:
            return [_header(connection, row._asdict()) for row in connection.execute(theirs).all()]

    def one(self, run_id: str) -> StoredRun:
        """A run by its id or the beginning of it, if no other begins so."""
        with self._database.reading() as connection:
            row = _find(connection, run_id)
            header = _header(connection, row._mapping)
            return StoredRun(header, plain.words(row._mapping, "level_text"), _recording(connection, header))

    def keep_summary(self, run_id: str, summary: str) -> None:
        """Cache derived numbers as JSON; they are not part of the seal."""
        with self._database.writing() as connection:
            mine = runs.c.id == run_id
            if connection.execute(update(runs).where(mine).values(summary=summary)).rowcount != 1:
                raise _no_run(run_id)


def _find(connection: Connection, run_id: str) -> Row[Any]:
    begin = run_id.strip().lower()
    exact = connection.execute(select(runs).where(runs.c.id == begin)).first()
    if exact is not None:
        return exact
    like = runs.c.id.startswith(begin, autoescape=True)
    found = connection.execute(select(runs).where(like).limit(2)).all() if begin else []
    if not found:
        raise _no_run(run_id)
    if len(found) > 1:
        raise UserError("more than one run begins with `{run}`; give more of its id", run=run_id)
    return found[0]


def _no_run(run_id: str) -> UserError:
    return UserError("no run has the id `{run}`; `fingerfall history` lists them", run=run_id)


def _header(connection: Connection, row: plain.Data) -> RunHeader:
    is_open = row["ended"] is None
    run_id = plain.words(row, "id")
    return RunHeader(
        id=run_id,
        profile_id=plain.words(row, "profile_id"),
        level_id=plain.words(row, "level_id"),
        level_title=plain.words(row, "level_title"),
        started_at=plain.moment(row, "started_at"),
        conditions=_conditions(row["conditions"]),
        device=_device(row["device"]),
        version=plain.words(row, "program_version"),
        clock_s=plain.number_or_none(row, "clock_s"),
        ended=Ended.UNFINISHED if is_open else Ended(row["ended"]),
        reached_s=reached_s(connection, run_id) if is_open else plain.number_or_none(row, "reached_s"),
        summary=None if row["summary"] is None else json.loads(row["summary"]),
    )


@lru_cache(maxsize=256)
def _conditions(text: str) -> Conditions:
    """Most of a person's runs share them, so a long list is read much faster."""
    return plain.to_conditions(json.loads(text))


@lru_cache(maxsize=256)
def _device(text: str) -> Device:
    return plain.to_device(json.loads(text))


def _touch(row: plain.Data) -> Touch:
    touch = plain.to_touch({**row, "device": None})
    return touch if row["device"] is None else replace(touch, device=_device(row["device"]))


def _recording(connection: Connection, header: RunHeader) -> Recording:
    parts = tuple(plain.to_anchor(row) for row in _parts(connection, anchors, header.id))
    return Recording(
        touches=tuple(_touch(row) for row in _parts(connection, touches, header.id)),
        timeline=Timeline(parts) if parts else NEVER_STARTED,
        device=header.device,
        ended=header.ended,
        reached_s=header.reached_s,
        marks=tuple(plain.to_mark(row) for row in _parts(connection, marks, header.id)),
    )


def _parts(connection: Connection, table: Table, run_id: str) -> list[plain.Data]:
    ordered = select(table).where(table.c.run_id == run_id).order_by(table.c.seq)
    names = table.c.keys()
    return [dict(zip(names, row, strict=True)) for row in connection.execute(ordered).all()]
