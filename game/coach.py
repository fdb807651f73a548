"""From the last run to the next one: which level, how fast, and why.

The steps and thresholds are proposals for a clinician to sign off: the player is kept between 70 and 85 %
of hits, one thing changes at a time, and a fixed table says by how much.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from game.arrange.difficulty import difficulty
from game.music.level import Level

SPEED_STEPS = ((0.95, 1.10), (0.85, 1.05), (0.70, 1.00), (0.50, 0.93), (0.00, 0.85))
"""Hit rate from which on the speed is multiplied by how much."""

SLOWEST, FASTEST = 0.25, 1.5

MASTERED = 0.85
"""Hit rate at the written tempo from which on the next level in the ramp is offered."""

NARROWEST_PERFECT_S, WIDEST_PERFECT_S = 0.050, 0.200
"""Limits of the innermost window that is drawn from a player's steadiness."""

MIN_SD_HITS = 30
"""Hits from which on a player's own windows are drawn from their steadiness."""


class Why(StrEnum):
    """The reason for a next step."""

    ON = "on"
    FASTER = "faster"
    AGAIN = "again"
    CALMER = "calmer"


@dataclass(frozen=True, slots=True)
class NextStep:
    """What to play next. speed: times the written tempo."""

    level_id: str
    speed: float
    why: Why


LEAST_NOTES = 4
"""Notes from which on a run says something about the level."""


def next_step(level: Level, speed: float, hits: int, notes: int, ramp: Sequence[Level]) -> NextStep:
    """The step after a run of `level` at `speed` with so many hits of so many notes asked.

    ramp: the levels that this player may play, in ramp order. A probe stays as it is written, however it
    went, and no ramp leads to one.
    """
    if level.probe:
        return NextStep(level.id, 1.0, Why.AGAIN)
    if notes < LEAST_NOTES:
        return NextStep(level.id, speed, Why.AGAIN)
    hit_rate, following = hits / notes, _after(level, ramp)
    if hit_rate >= MASTERED and speed >= 0.999 and following is not None:
        return NextStep(following.id, 1.0, Why.ON)
    factor = next(factor for least, factor in SPEED_STEPS if hit_rate >= least)
    slower = min(FASTEST, max(SLOWEST, round(speed * factor, 2)))
    faster = 1.0 if speed < 1.0 < slower else slower
    if faster > speed:
        return NextStep(level.id, faster, Why.FASTER)
    return NextStep(level.id, faster, Why.CALMER if faster < speed else Why.AGAIN)


def _after(level: Level, ramp: Sequence[Level]) -> Level | None:
    """The next level of the ramp for the same hand and instrument."""
    ids = [other.id for other in ramp]
    if level.id in ids:
        later = list(ramp[ids.index(level.id) + 1 :])
    else:
        later = [other for other in ramp if (other.step, other.id) > (level.step, level.id)]
    fits = (one for one in later if one.hand is level.hand and one.instrument is level.instrument)
    return next((one for one in fits if not one.probe), None)


def in_ramp_order(levels: Iterable[Level]) -> tuple[Level, ...]:
    """Levels by step, and within a step the easier ones first."""
    return tuple(sorted(levels, key=lambda level: (level.step, difficulty(level), level.id)))


def personal_windows_s(sd_ms: float, hits: int) -> tuple[float, float, float] | None:
    """A player's own hit windows (half-widths): one, two and three SDs of their asynchrony, within limits.

    sd_ms, hits: of recent runs. None where there is too little to go by.
    """
    if hits < MIN_SD_HITS or not sd_ms > 0:
        return None
    perfect_s = min(WIDEST_PERFECT_S, max(NARROWEST_PERFECT_S, sd_ms / 1000))
    return round(perfect_s, 4), round(2 * perfect_s, 4), round(3 * perfect_s, 4)
