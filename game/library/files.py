"""Level files on the disk: reading one, finding one, the whole library."""

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from game.errors import Phrase, UserError
from game.library.gathering import Tell, gather
from game.library.levels.faults import Fault, LevelFileError
from game.library.levels.nearest import did_you_mean
from game.library.levels.raw import SUFFIXES, id_in, level_paths, same_id, text_of
from game.library.levels.text import level_text, parse_level, schema_text
from game.library.songs.files import levels_of_song, no_level, song_of_level
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


def read_level(path: Path, reach: "LevelReach | None" = None) -> Level:
    """The level in a file; LevelFileError with every fault of it. reach: how much it may ask of a hand."""
    text = text_of(path)
    if _holds_song(path, text):
        raise no_level(str(path), levels_of_song(text, str(path)))
    return parse_level(text, str(path), json=path.suffix.lower() == ".json", reach=reach)


def read_levels(path: Path, checks: bool = True) -> tuple[Level, ...]:
    """The level in a file, or all those of the song in it; LevelFileError with every fault.

    checks: whether to check as well that a hand can play the level.
    """
    text = text_of(path)
    if _holds_song(path, text):
        return levels_of_song(text, str(path))
    return (parse_level(text, str(path), json=path.suffix.lower() == ".json", checks=checks),)


def check_level(path: Path) -> tuple[Fault, ...]:
    """All faults of a level file, or of a song file and its levels; empty if it is valid."""
    try:
        text = text_of(path)
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
        level_id = id_in(path)
        if level_id:
            own.setdefault(level_id, []).append(path)
    checked = []
    for path in paths:
        others = [p for p in own.get(id_in(path), ()) if p != path.absolute()]
        twin = (same_id(path, id_in(path), others[0]).faults) if others else ()
        checked.append((*check_level(path), *twin))
    return tuple(checked)


def library(*folders: Path, on_error: Tell | None = None) -> tuple[Level, ...]:
    """The levels in some folders and of the songs in them, in ramp order: by step, then id.

    If an id occurs twice, the earlier folder wins. A missing folder counts as empty. A file
    with faults raises its LevelFileError, or is told to `on_error` and left out.
    """

    def tell(error: UserError) -> None:
        if on_error is None:
            raise error
        on_error(error)

    return gather(folders, read_levels, tell)


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


def _holds_song(path: Path, text: str) -> bool:
    """Whether a file is a song: it has a tune."""
    return path.suffix.lower() == ".toml" and re.search(r"^tune\s*=", text, re.MULTILINE) is not None


def _nearest_or_list(word: str, levels: Iterable[str]) -> Phrase:
    cure = did_you_mean(word, levels)
    return cure if cure.startswith("did") else Phrase("`fingerfall levels` lists them all")
