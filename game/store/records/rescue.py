"""Rescue files for data that the database did not accept before the program ended;

imported at the next start.
"""

import hashlib
import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from game.errors import UserError
from game.music.recording import Ended
from game.store.records import plain
from game.store.records.kept import NewRun
from game.store.records.lines import at, read_lines, write_lines
from game.store.records.run_recorder import Batch, Ending

FORMAT = "fingerfall-rescue"
ENDS = tuple(end.value for end in Ended)
MOST = 10**9


class Unreadable(Exception):  # noqa: N818 - it wraps the UserError that says more
    """A rescue file with invalid content."""


class Rescue:
    """Locations for rescue files: the store's folder, else the system's temporary folder.

    database: the database that the files belong to; files of others are ignored.
    """

    def __init__(self, folder: Path, database: str, elsewhere: Path | None = None) -> None:
        self._prefix = "rescue-" + hashlib.sha256(database.encode()).hexdigest()[:12]
        self._elsewhere = elsewhere or Path(tempfile.gettempdir()) / f"fingerfall-{_user()}"
        self._folders = (folder, self._elsewhere)

    def write(self, batch: Batch) -> Path:
        """Write a batch and return its path. Raises `UserError` if no location accepts it."""
        fault: UserError | None = None
        for folder in self._folders:
            path = folder / f"{self._prefix}-{batch.run_id}.jsonl"
            with suppress(OSError):
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            try:
                if folder == self._elsewhere and not _mine(folder):
                    continue
                write_lines(path, _lines(batch))
                return path
            except UserError as error:
                fault = error
        raise fault or UserError("{folder}: not a folder of your own; delete it", folder=self._elsewhere)

    def waiting(self) -> Sequence[Path]:
        """Files to import."""
        return [path for folder in self._folders for path in sorted(_own(folder, self._prefix))]


def read_rescued(path: Path) -> Batch:
    """A batch from its file. Raises `Unreadable` with a `UserError` that names the file and the line."""
    try:
        return _read(path)
    except UserError as fault:
        raise Unreadable(str(fault)) from fault


def _read(path: Path) -> Batch:
    batch: Batch | None = None
    for count, line in read_lines(path):
        try:
            if batch is None:
                batch = _batch(line)
            else:
                _add(batch, line)
        except ValueError as error:
            raise at(path, count, str(error)) from error
    if batch is None:
        raise UserError("{file}: empty; delete it", file=path)
    return batch


def put_aside(path: Path) -> Path:
    """Rename a file that cannot be imported, so that it is not tried again; returns the new path."""
    aside = path.with_suffix(".kept")
    with suppress(OSError):
        path.replace(aside)
    return aside


def _user() -> str:
    return str(os.getuid()) if hasattr(os, "getuid") else "user"


def _own(folder: Path, prefix: str) -> Iterator[Path]:
    """Files with this prefix written by this user, since the temporary folder is open to others."""
    with suppress(OSError):
        for path in folder.glob(prefix + "-*.jsonl"):
            if _mine(path):
                yield path


def _mine(path: Path) -> bool:
    """Whether this user owns it and it is not a link."""
    if path.is_symlink() or not path.exists():
        return False
    return not hasattr(os, "getuid") or path.lstat().st_uid == os.getuid()


def _lines(batch: Batch) -> Iterator[plain.Plain]:
    run = batch.run
    yield {
        "format": FORMAT,
        "run": batch.run_id,
        "profile": run.profile_id,
        "level_id": run.level_id,
        "level_title": run.level_title,
        "level_text": run.level_text,
        "conditions": plain.from_conditions(run.conditions),
        "device": plain.from_device(run.device),
        "started_at": run.started_at.isoformat(),
        "program_version": run.version,
        "clock_s": run.clock_s,
        "ended": batch.ending and batch.ending.ended.value,
        "reached_s": batch.ending and batch.ending.reached_s,
    }
    yield from ({"line": "anchor", "seq": seq, **plain.from_anchor(a)} for seq, a in batch.anchors)
    yield from ({"line": "mark", "seq": seq, **plain.from_mark(m)} for seq, m in batch.marks)
    yield from ({"line": "touch", "seq": seq, **plain.from_touch(t)} for seq, t in batch.touches)


def _batch(data: dict[str, Any]) -> Batch:
    plain.one_of(data, "format", (FORMAT,))
    run = NewRun(
        profile_id=plain.words(data, "profile"),
        level_id=plain.words(data, "level_id"),
        level_title=plain.words(data, "level_title"),
        level_text=plain.words(data, "level_text"),
        conditions=plain.to_conditions(plain.part(data, "conditions")),
        device=plain.to_device(plain.part(data, "device")),
        started_at=plain.moment(data, "started_at"),
        version=plain.words(data, "program_version"),
        clock_s=plain.number_or_none(data, "clock_s"),
    )
    ending = None
    if data.get("ended") is not None:
        ending = Ending(Ended(plain.one_of(data, "ended", ENDS)), plain.number_or_none(data, "reached_s"))
    return Batch(plain.words(data, "run"), run, moved=True, sure=False, ending=ending)


def _add(batch: Batch, line: dict[str, Any]) -> None:
    seq = plain.whole(line, "seq", 0, MOST)
    match plain.one_of(line, "line", ("anchor", "mark", "touch")):
        case "anchor":
            batch.anchors.append((seq, plain.to_anchor(line)))
        case "mark":
            batch.marks.append((seq, plain.to_mark(line)))
        case _:
            batch.touches.append((seq, plain.to_touch(line)))
