"""How the speed and the hit windows follow a player.

The thresholds are proposals for a clinician to sign off: the player is kept between 70 and 85 % of hits, one
thing changes at a time, and a fixed table says by how much.
"""

from collections.abc import Iterable
from typing import Protocol

SPEED_STEPS = ((0.95, 1.10), (0.85, 1.05), (0.70, 1.00), (0.50, 0.93), (0.00, 0.85))
"""(minimum hit rate, speed multiplier), highest first."""

SLOWEST, FASTEST = 0.25, 1.5
"""Limits of the speed, times the written tempo."""

MASTERED = 0.85
"""Minimum hit rate at the written tempo for offering the next level in the ramp."""

LEAST_NOTES = 4
"""Minimum number of notes for conclusions about a level."""

NARROWEST_PERFECT_S, WIDEST_PERFECT_S = 0.050, 0.200
"""Limits in seconds of the innermost window derived from a player's steadiness."""

MIN_SD_HITS = 30
"""Minimum number of hits for deriving a player's own windows."""


class Went(Protocol):
    """An earlier run. speed: times the written tempo; hits and notes: played and asked."""

    @property
    def level_id(self) -> str: ...

    @property
    def speed(self) -> float: ...

    @property
    def hits(self) -> int: ...

    @property
    def notes(self) -> int: ...


def adapted_speed(speed: float, hit_rate: float) -> float:
    """The speed after a run at `speed`, within the limits; on the way up it stops at the written tempo."""
    factor = next(factor for least, factor in SPEED_STEPS if hit_rate >= least)
    adapted = min(FASTEST, max(SLOWEST, round(speed * factor, 2)))
    return 1.0 if speed < 1.0 < adapted else adapted


def went_well(speed: float, hits: int, notes: int) -> bool:
    """Whether a run shows that a level is mastered: enough hits, at the written tempo or faster."""
    return notes >= LEAST_NOTES and hits / notes >= MASTERED and speed >= 0.999


def mastered(past: Iterable[Went]) -> frozenset[str]:
    """Ids of the levels that went well once."""
    return frozenset(one.level_id for one in past if went_well(one.speed, one.hits, one.notes))


def personal_windows_s(sd_ms: float, hits: int) -> tuple[float, float, float] | None:
    """A player's own hit windows (half-widths): one, two and three SDs of their asynchrony, within limits.

    sd_ms, hits: of recent runs. None for too few hits.
    """
    if hits < MIN_SD_HITS or not sd_ms > 0:
        return None
    perfect_s = min(WIDEST_PERFECT_S, max(NARROWEST_PERFECT_S, sd_ms / 1000))
    return round(perfect_s, 4), round(2 * perfect_s, 4), round(3 * perfect_s, 4)
