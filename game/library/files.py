"""Level files on the disk: reading one, finding one, the whole library."""

import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from game.errors import Phrase, UserError
from game.library.levels.faults import Fault, LevelFileError
from game.library.levels.nearest import did_you_mean
from game.library.levels.text import level_text, parse_level, schema_text
from game.library.places import data_folder
from game.library.songs.files import FOLDER, levels_of_song, no_level, song_of_level
from game.music.level import Level

if TYPE_CHECKING:
    from game.library.levels.checks import LevelReach

__all__ = [
    "Fault",
    "LevelFileError",
    "check_level",
    "check_levels",
    "find_level",
    "level_paths",
    "level_text",
    "library",
    "parse_level",
    "read_level",
    "read_levels",
    "schema_text",
]

LARGEST_BYTES = 1_000_000
SUFFIXES = (".toml", ".json")


def read_level(path: Path, reach: "LevelReach | None" = None) -> Level:
    """The level in a file; LevelFileError with every fault of it. reach: how much it may ask of a hand."""
    text = _text(path)
    if _holds_song(path, text):
        raise no_level(str(path), levels_of_song(text, str(path)))
    return parse_level(text, str(path), json=path.suffix.lower() == ".json", reach=reach)


def read_levels(path: Path, checks: bool = True) -> tuple[Level, ...]:
    """The level in a file, or all those of the song in it; LevelFileError with every fault.

    checks: whether to check as well that a hand can play the level.
    """
    text = _text(path)
    if _holds_song(path, text):
        return levels_of_song(text, str(path))
    return (parse_level(text, str(path), json=path.suffix.lower() == ".json", checks=checks),)


def check_level(path: Path) -> tuple[Fault, ...]:
    """All faults of a level file, or of a song file and its levels; empty if it is valid."""
    try:
        text = _text(path)
        if _holds_song(path, text):
            levels_of_song(text, str(path), checks=True)
        else:
            read_level(path)
    except LevelFileError as error:
        return error.faults
    return ()


def check_levels(paths: Sequence[Path]) -> tuple[tuple[Fault, ...], ...]:
    """Every fault of each of some level files, an id that another file has among them or beside them too."""
    beside = {path for folder in {p.parent for p in paths} for path in level_paths(folder)}
    own: dict[str, list[Path]] = {}
    for path in sorted({p.absolute() for p in (*beside, *paths)}):
        level_id = _id_in(path)
        if level_id:
            own.setdefault(level_id, []).append(path)
    checked = []
    for path in paths:
        others = [p for p in own.get(_id_in(path), ()) if p != path.absolute()]
        twin = (_same_id(path, _id_in(path), others[0]).faults) if others else ()
        checked.append((*check_level(path), *twin))
    return tuple(checked)


def _id_in(path: Path) -> str:
    """The id in a file as far as it can be read, else nothing."""
    try:
        found = re.search(r'^\W*id\W*[=:]\s*"([^"\n]*)"', _text(path), re.MULTILINE)
    except LevelFileError:
        return ""
    return found.group(1) if found else ""


def library(*folders: Path, on_error: Callable[[UserError], object] | None = None) -> tuple[Level, ...]:
    """The levels in some folders and of the songs in them, in ramp order: by step, then id.

    If an id occurs twice, the earlier folder wins. A missing folder counts as empty. A file
    with faults raises its LevelFileError, or is told to `on_error` and left out.
    """
    known: dict[str, Level] = {}
    for folder in folders:
        here: dict[str, Path] = {}
        checks = folder != _own_folder()  # shipped levels were checked when they were made
        for path in (*level_paths(folder), *level_paths(folder / FOLDER)):
            try:
                levels = read_levels(path, checks)
                for level in levels:
                    if level.id in here:
                        raise _same_id(path, level.id, here[level.id])
            except UserError as error:
                if on_error is None:
                    raise
                on_error(error)
                continue
            for level in levels:
                here[level.id] = path
                known.setdefault(level.id, level)
    return tuple(sorted(known.values(), key=lambda level: (level.step, level.id)))


def find_level(name: str | Path, folders: Iterable[Path]) -> Level:
    """A level by its id, else by the path of its file; UserError with the nearest id where there is none."""
    folders = tuple(folders)
    word = str(name)
    if isinstance(name, str) and re.fullmatch(r"[a-z0-9-]+", word):
        for path in (folder / f"{word}.toml" for folder in folders):
            if path.is_file() and (level := read_level(path)).id == word:
                return level
        for song in (song_of_level(word, folder) for folder in folders):
            for level in read_levels(song) if song else ():
                if level.id == word:
                    return level
    if Path(word).suffix.lower() in SUFFIXES or Path(word).is_file():
        return read_level(Path(word))
    levels = {level.id: level for level in library(*folders, on_error=lambda error: None)}
    if word in levels:
        return levels[word]
    if not levels:
        raise UserError("{level}: no such level, and no levels were found", level=word)
    cure = did_you_mean(word, levels) if len(levels) < 5 else _nearest_or_list(word, levels)
    raise UserError("{level}: no such level; {cure}", level=word, cure=cure)


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


def _holds_song(path: Path, text: str) -> bool:
    """Whether a file is a song: it has a tune."""
    return path.suffix.lower() == ".toml" and re.search(r"^tune\s*=", text, re.MULTILINE) is not None


def _own_folder() -> Path | None:
    """Where the levels are that come with the program."""
    try:
        return data_folder("levels")
    except UserError:
        return None


def _nearest_or_list(word: str, levels: Iterable[str]) -> Phrase:
    cure = did_you_mean(word, levels)
    return cure if cure.startswith("did") else Phrase("`fingerfall levels` lists them all")


def _same_id(path: Path, level_id: str, other: Path) -> LevelFileError:
    text = f'"{level_id}" is the id of {other.name} already; give this level another one'
    return LevelFileError(str(path), (Fault(str(path), _line_of_id(path), "id", text),))


def _line_of_id(path: Path) -> int | None:
    lines = _text(path).split("\n")
    return next((i for i, line in enumerate(lines, start=1) if re.match(r"\W*id\W*[=:]", line)), None)


def _text(path: Path) -> str:
    """The text of a file that may hold anything."""

    def refused(text: str, line: int | None = None, failed: bool = False) -> LevelFileError:
        return LevelFileError(str(path), (Fault(str(path), line, "", text),), failed=failed)

    try:
        if path.is_dir():
            raise refused("this is a folder; name a level file in it")
        if not path.exists():
            raise refused("there is no such file; see how its name is written")
        if not path.is_file():
            raise refused("this is not a file; name a level file")
        with path.open("rb") as file:
            raw = file.read(LARGEST_BYTES + 1)
    except (OSError, ValueError) as error:
        raise refused(f"the file cannot be read ({_why(error)}); see who may read it", failed=True) from error
    if len(raw) > LARGEST_BYTES:
        raise refused(f"the file is larger than {LARGEST_BYTES // 1_000_000} MB; a level is far smaller")
    try:
        return raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise refused("the file is not text in UTF-8; save it as UTF-8 in your editor", line) from error


def _why(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)
