"""Which bars of a level are worth practising, and how fast."""

from collections.abc import Sequence

from game.coach.adaptation import SLOWEST
from game.metrics.by_bar import BarWent, most_left
from game.music.bars import Bars
from game.music.level import Level
from game.music.part import part_from

SHORTEST_PART, LONGEST_PART, PART_TIMES = 2, 4, 4
"""Bars in a practised part (least and most), and its repeats."""

PART_CALMER = (0.70, 0.80)
"""(hit rate, speed multiplier): below this rate a part is practised at that share of the speed."""


def practice(
    level: Level, speed: float, went: Sequence[BarWent], beat: float | None = None
) -> tuple[Bars, float] | None:
    """Bars to practise and their speed after a run at `speed`; None if there are none.

    beat: where the run stands, to practise around there; else the bars that left most are chosen.
    """
    longest = min(LONGEST_PART, level.bar_count - 1)
    if longest < SHORTEST_PART:
        return None
    begin = 0 if beat is None else max(1, min(level.bar_of(beat) - 2, level.bar_count - longest + 1))
    ends = most_left(went, SHORTEST_PART, longest) if beat is None else (begin, begin + longest - 1)
    bars = part_from(level, *ends, PART_TIMES) if ends else None
    if bars is None:
        return None
    inside = went[bars.first - 1 : bars.last]
    notes, hits = sum(bar.notes for bar in inside), sum(bar.hits for bar in inside)
    least, share = PART_CALMER
    return bars, max(SLOWEST, round(speed * share, 2)) if hits < least * notes else speed
