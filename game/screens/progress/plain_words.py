"""Three measures of a run in plain words, each with its figure and how far it may be off."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from game.metrics.kit.measure import Measure
from game.metrics.run_summary import RunSummary
from game.music.recording import Ended
from game.screens.ui.words_of_levels import bars_words
from game.words import N_, _, number, percent

SHOWN = 3

HITS_PCT = (
    (95.0, N_("Nearly every note played")),
    (80.0, N_("Most notes played")),
    (50.0, N_("More than half of the notes played")),
    (0.05, N_("Some of the notes played")),
    (0.0, N_("No notes yet")),
)
NEAR_MS = 60.0
SPREAD_MS = (
    (40.0, N_("Very steady timing")),
    (80.0, N_("Steady timing")),
    (150.0, N_("Timing varies a little")),
)
UNEVEN_PCT = ((6.0, N_("Very even taps")), (15.0, N_("Even taps")))
"""Limits of the words; proposals for a clinician to sign off."""


@dataclass(frozen=True, slots=True)
class Said:
    """A measure as a player reads it: in words, and as a figure with its 95 % interval."""

    words: str
    figure: str


def outcome(run: RunSummary) -> str:
    """How an earlier run went, in words that encourage or inform."""
    if not run.heard:
        return _("Nothing was heard")
    if run.bars:
        return bars_words(run.bars)
    if run.ended is not Ended.FINISHED:
        return _("Stopped before the end")
    return _at_least(HITS_PCT, run.hit_rate_pct or 0.0)


def said(measures: Iterable[Measure]) -> list[Said]:
    """The first three of a run's measures that have words and a value, in the order of `WORDS`."""
    by_name = {measure.name: measure for measure in measures}
    return list(islice(_said(by_name), SHOWN))


def _said(by_name: dict[str, Measure]) -> Iterator[Said]:
    for name, words in WORDS.items():
        measure = by_name.get(name)
        if measure is not None and measure.value is not None:
            yield Said(words(measure.value, measure), _figure(measure.value, measure))


def _figure(value: float, measure: Measure) -> str:
    sign = "+" if measure.name in SIGNED else ""
    form = f"{sign}.{0 if measure.unit in ('ms', '%') else 1}f"
    whole = quantity(value, form, measure.unit)
    if measure.interval is None:
        return whole
    low, high = measure.interval
    return _("{number} ({low} to {high})", number=whole, low=number(low, form), high=number(high, form))


def quantity(value: float, form: str, unit: str) -> str:
    """A number in a format with its unit, as a player reads it."""
    if unit == "%":
        return percent(value)
    return f"{number(value, form)} {unit_words(unit)}".rstrip()


def unit_words(unit: str) -> str:
    """A unit as a player reads it."""
    return _(UNITS.get(unit, unit))


def _at_least(table: tuple[tuple[float, str], ...], value: float) -> str:
    return _(next(words for least, words in table if value >= least))


def _at_most(table: tuple[tuple[float, str], ...], value: float, beyond: str) -> str:
    return _(next((words for most, words in table if value <= most), beyond))


def _lean(value: float, measure: Measure) -> str:
    """Ahead of the beat or behind it, where the interval leaves no doubt."""
    low, high = measure.interval or (value, value)
    if low <= 0 <= high:
        return _("On the beat on average")
    if abs(value) <= NEAR_MS:
        return _("A little ahead of the beat") if value < 0 else _("A little behind the beat")
    return _("Ahead of the beat") if value < 0 else _("Behind the beat")


WORDS: dict[str, Callable[[float, Measure], str]] = {
    "hit_rate_pct": lambda value, _measure: _at_least(HITS_PCT, value),
    "asynchrony_mean_ms": _lean,
    "asynchrony_sd_ms": lambda value, _measure: _at_most(SPREAD_MS, value, N_("Timing varies a lot")),
    "tap_rate_best_10s_hz": lambda _value, _measure: _("Taps a second, at your best"),
    "tap_iti_cv_pct": lambda value, _measure: _at_most(UNEVEN_PCT, value, N_("Uneven taps")),
    "continuation_iti_cv_pct": lambda value, _measure: _at_most(UNEVEN_PCT, value, N_("Uneven taps")),
    "held_tempo_bpm": lambda _value, _measure: _("Fastest speed you kept"),
}
"""What is said, in this order; by the measure's name."""

SIGNED = frozenset({"asynchrony_mean_ms"})
UNITS = {"ms": N_("ms"), "Hz": N_("a second"), "bpm": N_("beats a minute")}
