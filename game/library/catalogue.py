"""All levels as lists show them, in ramp order."""

from collections.abc import Iterable
from pathlib import Path

from game.errors import UserError
from game.library.gathering import Tell, gather
from game.library.index import LevelIndex
from game.music.level import Level
from game.music.level_entry import LevelEntry


def catalogue(folders: Iterable[Path], tell: Tell, index: LevelIndex | None = None) -> tuple[LevelEntry, ...]:
    """The levels in some folders, by step, then difficulty. tell: is told of what cannot be read.

    index: spares reading files that did not change; what is found is the same without it.
    """
    own = index or LevelIndex(None)
    found = gather(folders, own.entries, tell)
    own.keep()
    return tuple(sorted(found, key=lambda one: (one.step, one.difficulty, one.id)))


def level_of(entry: LevelEntry) -> Level:
    """The level of an entry, read from its file. UserError where it is not there any more."""
    from game.library.files import read_levels

    level = next((one for one in read_levels(Path(entry.file), checks=False) if one.id == entry.id), None)
    if level is None:
        template = "{file}: the level {level} is not in it any more; start the game again"
        raise UserError(template, file=entry.file, level=entry.id)
    return level
