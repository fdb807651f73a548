"""An index of level files, kept so that a start reads only the files that changed since.

A file's entries are taken from it while the file has the same size and the same time of change, and that time
lies before the index was written. A damaged index, or one of another version of the program, is as none.
"""

import json
import os
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from game import __version__
from game.library.kept_entry import entry, plain
from game.library.places import GAME
from game.music.level_entry import LevelEntry

FORMAT = 1
SETTLED_NS = 2_000_000_000
"""A file that changed so shortly before the index was written may have changed again in the same tick."""

READING = ("music", "arrange", "library")
"""Rooms of which an entry is the work: with other code it might be another one."""

Stamp = list[int]
"""Size (bytes) and time of change (ns) of a file, and whether it was checked (1) or not."""


class LevelIndex:
    """The entries of level files. path: of the index itself; None keeps nothing."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._known: dict[str, tuple[Stamp, list[Any]]] = {}
        self._used: dict[str, tuple[Stamp, list[Any]]] = {}
        self._written_ns = 0
        self._changed = False
        if path is not None:
            with suppress(OSError, ValueError, TypeError, LookupError, RecursionError):
                self._known = _read(path)
                self._written_ns = path.stat().st_mtime_ns

    def entries(self, path: Path, checks: bool) -> tuple[LevelEntry, ...]:
        """The entries of a file; LevelFileError with every fault of it. Reads the file where it must."""
        stamp = _stamp(path, checks)
        if stamp is not None:
            with suppress(ValueError, TypeError, LookupError):
                kept_stamp, kept = self._known[str(path)]
                if stamp == kept_stamp and stamp[1] < self._written_ns - SETTLED_NS:
                    found = tuple(entry(values) for values in kept)
                    self._used[str(path)] = (kept_stamp, kept)
                    return found
        return self._anew(path, checks, stamp)

    def _anew(self, path: Path, checks: bool, stamp: Stamp | None) -> tuple[LevelEntry, ...]:
        from game.library.entries import entries_in

        found = entries_in(path, checks)
        if stamp is not None and stamp == _stamp(path, checks):
            self._used[str(path)] = (stamp, [plain(one) for one in found])
            self._changed = True
        return found

    def keep(self) -> None:
        """Write what was used, where it is not what was read; a folder that takes nothing is no trouble."""
        if self._path is None or not (self._changed or self._used.keys() != self._known.keys()):
            return
        with suppress(OSError):
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            _write(self._path, _text(self._used))


def _stamp(path: Path, checks: bool) -> Stamp | None:
    """None where there is no telling."""
    try:
        found = path.stat()
    except (OSError, ValueError):
        return None
    return [found.st_size, found.st_mtime_ns, int(checks)]


def _head(body: str) -> dict[str, Any]:
    """What an index must begin with, to be one of this program's, of this version and whole."""
    return {
        "format": FORMAT,
        "program": __version__,
        "code": _code(),
        "sha256": sha256(body.encode("utf-8")).hexdigest(),
    }


def _code() -> str:
    """What tells one state of the reading rooms from another."""
    files = sorted(path for room in READING for path in (GAME / room).rglob("*.py"))
    stamps = [(path.name, path.stat().st_size, path.stat().st_mtime_ns) for path in files]
    return sha256(repr(stamps).encode()).hexdigest()


def _text(files: dict[str, tuple[Stamp, list[Any]]]) -> str:
    body = json.dumps(files, ensure_ascii=False, separators=(",", ":"))
    return f"{json.dumps(_head(body))}\n{body}"


def _read(path: Path) -> dict[str, tuple[Stamp, list[Any]]]:
    """What an index holds. ValueError where it is damaged or not of this program as it is."""
    head, _, body = path.read_text(encoding="utf-8").partition("\n")
    if json.loads(head) != _head(body):
        raise ValueError("the index is of another version, or damaged")
    return dict(json.loads(body))


def _write(path: Path, text: str) -> None:
    """Whole or not at all, whoever writes at the same time."""
    with NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, prefix=".", delete=False) as file:
        beside = Path(file.name)
        try:
            file.write(text)
        except OSError:
            beside.unlink(missing_ok=True)
            raise
    os.replace(beside, path)
