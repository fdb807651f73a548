"""From levels to what lists know of them."""

from pathlib import Path

from game.arrange.difficulty.demand import demand
from game.arrange.difficulty.difficulty import difficulty_of
from game.arrange.difficulty.index import index
from game.library.files import read_levels
from game.music.level import Level
from game.music.level_entry import LevelEntry


def entries_in(path: Path, checks: bool = True) -> tuple[LevelEntry, ...]:
    """What the levels in a file ask; LevelFileError with every fault of it.

    checks: whether to look as well whether a hand can play them.
    """
    return tuple(entry_of(level, path) for level in read_levels(path, checks))


def entry_of(level: Level, path: Path) -> LevelEntry:
    """What a list knows of a level that stands in a file."""
    asked = demand(level)
    lowest, highest = level.pitch_range
    return LevelEntry(
        file=str(path),
        id=level.id,
        title=level.title,
        family=level.family,
        step=level.step,
        instrument=level.instrument,
        hand=level.hand,
        tempo=level.tempo,
        aim=level.aim,
        caution=level.caution,
        probe=level.probe,
        origin=level.origin,
        lyrics=level.lyrics,
        preview_s=level.preview_s,
        song=level.song,
        arrangement=level.arrangement,
        fingers=level.fingers,
        note_count=len(level.notes),
        notes_per_s=level.notes_per_s,
        end_beat=level.end_beat,
        lowest=lowest,
        highest=highest,
        difficulty=difficulty_of(asked),
        demand=asked.as_dict(),
        index=index(level.notes),
    )
