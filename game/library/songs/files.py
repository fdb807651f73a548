"""Song files on the disk: each holds a song, from which its levels are made on demand."""

from json import dumps
from pathlib import Path

from game.arrange.song_names import level_ids
from game.arrange.songs.levels import song_levels
from game.errors import UserError
from game.library.levels.faults import Fault, LevelFault, LevelFileError, place_of, worded
from game.library.levels.lines import line_of, lines_of
from game.library.levels.text import level_text, parse_level, read_data
from game.music.level import Level

FOLDER = "songs"
"""Beside level files, the folder of the songs."""


def levels_of_song(text: str, name: str, *, checks: bool = False) -> tuple[Level, ...]:
    """The levels of the song in a text, easiest first; LevelFileError names `name` as the file.

    checks: whether to look as well whether a hand can play each of them.
    """
    from pydantic import ValidationError

    from game.library.songs.models import SongFile

    data = read_data(text, name)
    try:
        levels = song_levels(SongFile.model_validate(data).song())
    except ValidationError as error:
        found = [worded(fault, fault["loc"], SongFile.model_fields) for fault in error.errors()]
        raise _trouble(name, text, found) from error
    for level in levels if checks else ():
        parse_level(level_text(level), f"{name}: {level.id}", json=True)
    return levels


def song_of_level(level_id: str, folder: Path) -> Path | None:
    """The file in a folder of levels whose song has a level of that id; a song's file is called as its id."""
    songs = (path for path in (folder / FOLDER).glob("*.toml") if level_id in level_ids(path.stem))
    return next((path for path in songs if path.is_file()), None)


def no_level(name: str, levels: tuple[Level, ...]) -> UserError:
    """The error for a song given as a level."""
    template = (
        '{file}: a song is several levels; put it into the folder "songs" of your levels, then name {id}'
    )
    return UserError(template, file=name, id=levels[0].id)


def song_schema_text() -> str:
    """The text of `levels/songs/song.schema.json`."""
    from game.library.songs.models import schema

    return dumps(schema(), ensure_ascii=False, indent=2) + "\n"


def _trouble(name: str, text: str, found: list[LevelFault]) -> LevelFileError:
    lines = lines_of(text)
    faults = [Fault(name, line_of(lines, f.path), place_of(f.path), f.text) for f in found]
    return LevelFileError(name, tuple(sorted(faults, key=lambda fault: fault.line or 0)))
