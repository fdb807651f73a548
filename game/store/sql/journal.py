"""Writes the data of a run, batch by batch, and seals the run at its end."""

import json
from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, Table, func, insert, select, update

from game.errors import UserError
from game.music.note import Touch
from game.music.recording import Ended
from game.store.records import plain
from game.store.records.run_recorder import Batch
from game.store.sql.chain import reached_s, seal
from game.store.sql.database import Database
from game.store.sql.schema import anchors, marks, profiles, runs, touches


class ProfileErasedError(UserError):
    """The profile of a run was erased during the run."""


class RunClosedError(UserError):
    """A run was sealed while something of it was still to come."""


class Journal:
    """The writing side of runs."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def write(self, batch: Batch, open_here: Collection[str], alone: bool) -> None:
        """Write a batch to disk, completely or, with `UserError`, not at all.

        open_here: runs that are still being played in this program. alone: whether no other program plays
        with the same folder, so that every other open run of the person was cut off and can be sealed.
        """
        with self._database.writing(hasty=True) as connection:
            stored = connection.execute(select(runs.c.hash).where(runs.c.id == batch.run_id)).first()
            if stored is None:
                self._begin(connection, batch, open_here, alone)
            elif stored.hash is not None:
                _refuse_unless_stored(connection, batch)
                return
            if batch.moved:
                _move(connection, batch)
            for table, rows in _rows(batch):
                _insert(connection, table, rows, batch)
            if batch.ending is not None:
                seal(connection, batch.run_id, batch.ending.ended, batch.ending.reached_s)

    def _begin(self, connection: Connection, batch: Batch, open_here: Collection[str], alone: bool) -> None:
        run = batch.run
        known = connection.execute(select(profiles.c.id).where(profiles.c.id == run.profile_id)).first()
        if batch.begun or known is None:
            raise ProfileErasedError(
                "this player's data was erased while they played; this run is not kept", failed=True
            )
        if alone:
            self._seal_cut_off(connection, run.profile_id, {*open_here, batch.run_id})
        row = {
            "id": batch.run_id,
            "profile_id": run.profile_id,
            "station": self._database.station,
            "level_id": plain.writable(run.level_id),
            "level_title": plain.writable(run.level_title),
            "level_text": plain.writable(run.level_text),
            "started_at": run.started_at.isoformat(),
            "conditions": json.dumps(plain.from_conditions(run.conditions)),
            "device": json.dumps(plain.from_device(run.device)),
            "program_version": plain.writable(run.version),
            "clock_s": None if run.clock_s is None else plain.seconds(run.clock_s),
        }
        connection.execute(insert(runs).values(row))

    def _seal_cut_off(self, connection: Connection, profile_id: str, others: Collection[str]) -> None:
        mine = (runs.c.profile_id == profile_id) & (runs.c.station == self._database.station)
        cut_off = select(runs.c.id).where(mine & runs.c.ended.is_(None)).order_by(runs.c.id)
        for run_id in connection.execute(cut_off).scalars().all():
            if run_id not in others:
                seal(connection, run_id, Ended.UNFINISHED, reached_s(connection, run_id))


def _move(connection: Connection, batch: Batch) -> None:
    """Bring an open run's instrument up to date."""
    played_on = {
        "device": json.dumps(plain.from_device(batch.run.device)),
        "conditions": json.dumps(plain.from_conditions(batch.run.conditions)),
    }
    connection.execute(update(runs).where(runs.c.id == batch.run_id).values(played_on))


def _rows(batch: Batch) -> list[tuple[Table, list[dict[str, Any]]]]:
    of_run = {"run_id": batch.run_id}
    return [
        (anchors, [{**of_run, "seq": seq, **plain.from_anchor(a)} for seq, a in batch.anchors]),
        (marks, [{**of_run, "seq": seq, **plain.from_mark(m)} for seq, m in batch.marks]),
        (touches, [{**of_run, "seq": seq, **_touch_row(t)} for seq, t in batch.touches]),
    ]


def _touch_row(touch: Touch) -> plain.Plain:
    """A touch as a row, which has every column."""
    device = None if touch.device is None else json.dumps(plain.from_device(touch.device))
    return {"channel": None, **plain.from_touch(touch), "device": device}


def _insert(connection: Connection, table: Table, rows: list[dict[str, Any]], batch: Batch) -> None:
    if rows and not batch.sure:
        last = _last_seq(connection, table, batch.run_id)
        rows = [row for row in rows if row["seq"] > last]
    if rows:
        connection.execute(insert(table), rows)


def _last_seq(connection: Connection, table: Table, run_id: str) -> int:
    last = connection.execute(select(func.max(table.c.seq)).where(table.c.run_id == run_id)).scalar()
    return -1 if last is None else int(last)


def _refuse_unless_stored(connection: Connection, batch: Batch) -> None:
    """A sealed run accepts no more data, unless a commit succeeded and only its answer was lost."""
    for table, rows in _rows(batch):
        if rows and rows[-1]["seq"] > _last_seq(connection, table, batch.run_id):
            raise RunClosedError(
                "run {run}: another program has closed this run; close that program and begin a new run",
                failed=True,
                run=batch.run_id,
            )
