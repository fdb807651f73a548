"""Song files on the disk: each holds a song, from which its levels are made on demand."""

from json import dumps
from pathlib import Path

from game.arrange.song_names import level_ids
from game.arrange.songs.levels import song_levels
from game.errors import UserError
from game.library.levels.collector import FaultCollector
from game.library.levels.data import read_data
from game.library.levels.faults import worded
from game.library.levels.raw import SONGS
from game.library.levels.text import level_text, parse_level
from game.music.level import Level


def levels_of_song(text: str, name: str, *, checks: bool = False) -> tuple[Level, ...]:
    """The levels of the song in a text, easiest first; LevelFileError names `name` as the file.

    checks: whether to look as well whether a hand can play each of them.
    """
    from pydantic import ValidationError

    from game.library.songs.models import SongFile

    faults = FaultCollector(name, text)
    with faults.reading():
        data = read_data(faults)
        try:
            levels = song_levels(SongFile.model_validate(data).song())
        except ValidationError as error:
            faults.add(worded(fault, fault["loc"], SongFile.model_fields) for fault in error.errors())
            faults.raise_any()
            raise
        for level in levels if checks else ():
            parse_level(level_text(level), f"{name}: {level.id}", json=True)
        return levels


def song_of_level(level_id: str, folder: Path) -> Path | None:
    """The file in a folder of levels whose song has a level of that id; a song's file is called as its id."""
    songs = (path for path in (folder / SONGS).glob("*.toml") if level_id in level_ids(path.stem))
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
