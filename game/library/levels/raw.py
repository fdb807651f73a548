"""Level files as they lie on the disk: which there are, and the text in one."""

import re
from pathlib import Path

from game.errors import UserError
from game.library.levels.collector import FaultCollector
from game.library.levels.faults import Fault, LevelFileError

LARGEST_BYTES = 1_000_000
SUFFIXES = (".toml", ".json")
SONGS = "songs"
"""Beside level files, the folder of the songs."""


def level_paths(folder: Path) -> list[Path]:
    """The level files in a folder, by name; the schema beside them is none."""
    try:
        paths = sorted(folder.iterdir())
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        template = "{file}: the folder cannot be read ({why}); see who may read it"
        raise UserError(template, failed=True, file=folder, why=_why(error)) from error
    return [p for p in paths if p.suffix.lower() in SUFFIXES and not p.name.endswith(".schema.json")]


def same_id(path: Path, level_id: str, other: Path) -> LevelFileError:
    text = f'"{level_id}" is the id of {other.name} already; give this level another one'
    return LevelFileError(str(path), (Fault(str(path), _line_of_id(path), "id", text),))


def _line_of_id(path: Path) -> int | None:
    lines = text_of(path).split("\n")
    return next((i for i, line in enumerate(lines, start=1) if re.match(r"\W*id\W*[=:]", line)), None)


def text_of(path: Path) -> str:
    """The text of a file that may hold anything."""
    faults = FaultCollector(str(path))
    try:
        if path.is_dir():
            faults.stop("this is a folder; name a level file in it")
        if not path.exists():
            faults.stop("there is no such file; see how its name is written")
        if not path.is_file():
            faults.stop("this is not a file; name a level file")
        with path.open("rb") as file:
            raw = file.read(LARGEST_BYTES + 1)
    except (OSError, ValueError) as error:
        faults.stop(f"the file cannot be read ({_why(error)}); see who may read it", failed=True)
    if len(raw) > LARGEST_BYTES:
        faults.stop(f"the file is larger than {LARGEST_BYTES // 1_000_000} MB; a level is far smaller")
    try:
        return raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        faults.stop("the file is not text in UTF-8; save it as UTF-8 in your editor", line)


def _why(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)


def id_in(path: Path) -> str:
    """The id in a file as far as it can be read, else nothing."""
    try:
        found = re.search(r'^[^\w\n]*id[^\w\n]*[=:][ \t]*"([^"\n]*)"', text_of(path), re.MULTILINE)
    except LevelFileError:
        return ""
    return found.group(1) if found else ""
