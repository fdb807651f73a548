"""A run in plain sentences, leg by leg: late start, pauses, repeats, own tempo."""

from collections.abc import Iterator
from itertools import pairwise

from game.judge.verdicts import Began, Leg, Verdict, Verdicts
from game.music.level import Level
from game.words import _, many

SURE = 0.5
"""A note whose verdict has less confidence than this is ambiguous."""


def journey_lines(level: Level, verdicts: Verdicts) -> list[str]:
    """The sentences of a run, in the order of what was done; none where it was played as it is asked."""
    legs = verdicts.journey
    lines = list(_beginning(level, verdicts)) if legs else []
    for before, leg in pairwise(legs):
        lines.append(_turn(level, before, leg))
    lines += [_own_tempo(level, leg) for leg in legs if leg.own_tempo]
    return [*lines, *_doubt(verdicts)]


def _beginning(level: Level, verdicts: Verdicts) -> Iterator[str]:
    first = min(leg.first for leg in verdicts.journey)
    missing = sum(j.note.index < first and j.verdict is Verdict.OMISSION for j in verdicts.judgements)
    if missing:
        bar = _bar(level, first)
        yield many(
            "Began in bar {bar}, {n} note into the music.", "Began in bar {bar}, {n} notes into the music.",
            missing, bar=bar,
        )  # fmt: skip


def _turn(level: Level, before: Leg, leg: Leg) -> str:
    """How one leg led to the next."""
    bar, wait_s = _bar(level, leg.first), leg.wait_s
    if leg.began is Began.PAUSE:
        return _("Bar {bar}: paused for {wait:.1f} s.", bar=bar, wait=wait_s)
    if leg.began is Began.RESTART:
        return _("Bar {bar}: began again from the beginning.", bar=_bar(level, before.last))
    if leg.began is Began.BACK:
        return _("Bar {bar}: went back to bar {to}.", bar=_bar(level, before.last), to=bar)
    if leg.began is Began.AHEAD:
        return _("Bar {bar}: went on in bar {to}.", bar=_bar(level, before.last), to=bar)
    later = wait_s > 0
    return (
        _("Bar {bar}: {late:.0f} ms later from here on.", bar=bar, late=1000 * wait_s)
        if later
        else _("Bar {bar}: {late:.0f} ms earlier from here on.", bar=bar, late=-1000 * wait_s)
    )


def _own_tempo(level: Level, leg: Leg) -> str:
    low, high = leg.tempo_interval or (0.0, 0.0)
    return _(
        "Bars {first}–{last}: played at {tempo:.0%} of the asked tempo (95 % interval {low:.0%}–{high:.0%}).",
        first=_bar(level, leg.first), last=_bar(level, leg.last), tempo=leg.tempo, low=low, high=high,
    )  # fmt: skip


def _doubt(verdicts: Verdicts) -> Iterator[str]:
    doubtful = sum(share < SURE for share in verdicts.confidence.values())
    if doubtful:
        yield many(
            "Of {n} note it is not certain which press was meant for it; its timing is left out.",
            "Of {n} notes it is not certain which presses were meant for them; their timing is left out.",
            doubtful,
        )


def _bar(level: Level, note: int) -> int:
    """The bar of a note by its index."""
    return level.bar_of(level.notes[note].beat)
