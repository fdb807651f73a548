"""Parts of a level: as they are asked for, as a run was played, and as practice is offered."""

from game.coach.practice import PART_TIMES, practice
from game.errors import UserError
from game.judge.verdicts import Verdicts
from game.metrics.by_bar import by_bar
from game.music.bars import Bars
from game.music.level import Level
from game.music.part import part
from game.music.step_reason import StepReason
from game.screens.ui.services import Recommendation


def bars_of(level: Level, first: int, last: int, times: int | None = None) -> Level:
    """Some bars of a level, so many times, or as often as is usual. UserError: it has no such bars."""
    return part(level, Bars(first, last, PART_TIMES if times is None else times))


def as_played(level: Level, bars: Bars | None) -> Level:
    """The level, or the same bars of it that a run was a part of. UserError: it has no such bars."""
    return level if bars is None or level.bars else part(level, bars)


def offered(
    level: Level, speed: float, verdicts: Verdicts, beat: float | None = None
) -> Recommendation | None:
    """A part to practise after a run at `speed`, around a beat, or where most was left; or None."""
    found = practice(level, speed, by_bar(level, verdicts), beat)
    if found is None:
        return None
    bars, slower = found
    try:
        return Recommendation(part(level, bars), slower, StepReason.PART)
    except UserError:  # longer than a level can be
        return None
