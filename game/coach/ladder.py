"""The ladder: exercises step by step, each kind of a step once before the next step."""

from collections.abc import Collection, Iterable, Sequence
from typing import TypeVar

from game.arrange.difficulty.difficulty import difficulty
from game.music.level import SONG, HandChoice, Instrument
from game.music.level_entry import AnyLevel

T = TypeVar("T", bound=AnyLevel)


def kind(level: AnyLevel) -> tuple[str, tuple[int, ...]]:
    """The kind of an exercise: its family and its fingers."""
    return level.family, level.fingers


def ladder(ramp: Iterable[T], hand: HandChoice, instrument: Instrument) -> tuple[T, ...]:
    """The exercises of a hand on an instrument, in the order of the ramp: neither songs nor probes."""
    fits = (one for one in ramp if one.hand is hand and one.instrument is instrument)
    return tuple(one for one in fits if not one.probe and one.family != SONG)


def up_the_ladder(level: AnyLevel, ramp: Sequence[T], known: Collection[str]) -> T | None:
    """The next exercise of a kind that this step still wants, then the first such of a later step.

    known: ids of what is mastered.
    """
    steps = [one for one in ladder(ramp, level.hand, level.instrument) if one.step >= level.step]
    every: tuple[AnyLevel, ...] = (*steps, level)
    had = {(one.step, *kind(one)) for one in every if one.id in known}
    return next((one for one in steps if (one.step, *kind(one)) not in had), None)


def in_ramp_order(levels: Iterable[T]) -> tuple[T, ...]:
    """Levels by step, and within a step the easier ones first."""
    return tuple(sorted(levels, key=lambda level: (level.step, difficulty(level), level.id)))
