"""How the levels of a song are called: ids and titles from a song's name, and the name back from these.

A level file says only its id and title, so a level that is read gets its song and arrangement from them here,
and nowhere else.
"""

import re
from dataclasses import replace

from game.music.level import SONG, HandChoice, Level, SongName

BETWEEN = " · "
"""Stands in a title between the song's own and the arrangement."""

ARRANGEMENTS = ("1", "3", "5", "both")
"""What stands in an id behind the song's: so many fingers of one hand, or both hands."""

_ID = re.compile(rf"^(?:song-)?(?P<song>.+?)(?:-(?:{'|'.join(ARRANGEMENTS)}))?(?:-left|-right)?$")


def level_id(song_id: str, arrangement: str, hand: HandChoice) -> str:
    """`song-NAME-1`, `-3`, `-5` for the right hand, these with `-left`, and `song-NAME-both`."""
    left = "-left" if hand is HandChoice.LEFT else ""
    return f"song-{song_id}-{arrangement}{left}"


def level_ids(song_id: str) -> frozenset[str]:
    """The ids of all levels that are made from a song."""
    return frozenset(level_id(song_id, one, hand) for one in ARRANGEMENTS for hand in HandChoice)


def level_title(song_title: str, arrangement: str) -> str:
    """`Ode to Joy · one finger`."""
    return f"{song_title}{BETWEEN}{arrangement}"


def with_song(level: Level) -> Level:
    """The level with the song and arrangement that its id and title tell; an exercise as it is."""
    if level.family != SONG:
        return level
    song, arrangement = song_of(level.id, level.title)
    return replace(level, song=song, arrangement=arrangement)


def song_of(level_id: str, title: str) -> tuple[SongName, str]:
    """The song and the arrangement of a song's level with this id and title, whoever wrote it.

    `ode-to-joy-left` and `song-ode-to-joy-3` are of one song. A title without a part behind it is the song's.
    """
    found = _ID.match(level_id)
    song_title, between, arrangement = title.rpartition(BETWEEN)
    song = found["song"] if found else level_id
    return SongName(song, song_title if between else title), arrangement if between else ""
