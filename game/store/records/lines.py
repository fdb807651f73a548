"""JSON-lines files: written completely or not at all; faults in reading name file and line."""

import json
import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from game.errors import UserError

BIGGEST_BYTES = 64 * 1024 * 1024
"""Largest file that is read, in bytes; far larger than any run."""


def write_lines(path: Path, lines: Iterable[dict[str, Any]]) -> None:
    """Write a file readable by its owner only; after a failure the old file is unchanged."""
    half = path.with_name(path.name + ".half")
    try:
        with os.fdopen(
            os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8"
        ) as out:
            for line in lines:
                out.write(json.dumps(line) + "\n")
            out.flush()
            os.fsync(out.fileno())
        os.replace(half, path)
        _settle(path.parent)
    except OSError as error:
        with suppress(OSError):
            half.unlink()
        raise UserError(
            "{file}: cannot be written ({fault}); free some space or choose another folder",
            failed=True,
            file=path,
            fault=error.strerror or error,
        ) from error


def _settle(folder: Path) -> None:
    """Sync the folder entry to disk, if the system supports it."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def read_lines(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """The lines of a file with their numbers, from 1."""
    for count, text in enumerate(_text(path).split("\n"), 1):
        if not text.strip():
            continue
        try:
            line = json.loads(text, parse_constant=_refuse)
        except (ValueError, RecursionError) as error:
            raise at(path, count, "this is not a line of JSON") from error
        if not isinstance(line, dict):
            raise at(path, count, "this is not a JSON object")
        yield count, line


def at(path: Path, line: int, fault: str) -> UserError:
    """The error for a fault in one line."""
    return UserError(
        "{file}:{line}: {fault}; export the run again or correct the line",
        file=path,
        line=line,
        fault=fault,
    )


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > BIGGEST_BYTES:
            raise UserError("{file}: too large for one run; give a file that holds one run", file=path)
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise UserError(
            "{file}: cannot be read ({fault}); check the name", file=path, fault=error.strerror or error
        ) from error
    except UnicodeDecodeError as error:
        raise UserError("{file}: not a text file; give a recording that was exported", file=path) from error


def _refuse(name: str) -> float:
    raise ValueError(f"{name} is not a number")
