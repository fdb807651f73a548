"""Lines over days: one level's runs, or one measure of one probe; never two in one line."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import isnan
from typing import TYPE_CHECKING

from game.metrics.run_summary import RunSummary
from game.screens.progress.plain_words import quantity
from game.screens.ui.chart import Line
from game.words import day_words

if TYPE_CHECKING:
    from game.metrics.trends.probes import Progress

RUNS_SHOWN = 24
LEAST_SPANS = {"%": 10.0, "ms": 20.0}
"""How much of a unit the axis shows at least, so that small steps look small; else a fifth of the value."""


@dataclass(frozen=True, slots=True)
class LevelLine:
    """A level and its finished runs, oldest first, two or more."""

    title: str
    runs: tuple[RunSummary, ...]


def level_lines(past: Iterable[RunSummary]) -> tuple[LevelLine, ...]:
    """A line for each level that was played to the end twice or more, the one played last first."""
    runs: dict[str, list[RunSummary]] = {}
    for run in past:
        if run.whole and run.hit_rate_pct is not None:
            runs[run.level_id] = [*runs.pop(run.level_id, []), run]
    often = [of_it for of_it in reversed(runs.values()) if len(of_it) > 1]
    return tuple(LevelLine(of_it[-1].level_title, tuple(of_it[-RUNS_SHOWN:])) for of_it in often)


def line_of_level(one: LevelLine) -> Line:
    """The notes played of a level, in percent, run by run."""
    values = [run.hit_rate_pct or 0.0 for run in one.runs]
    return Line(values, _ends([run.day for run in one.runs]), _percent, LEAST_SPANS["%"], bounds=(0.0, 100.0))


def _percent(value: float) -> str:
    return quantity(value, ".0f", "%")


def line_of_probe(one: "Progress") -> Line:
    """A measure of a probe, day by day, the better values higher."""
    trend, up = one.trend, -1.0 if one.better == "lower" else 1.0
    values = [up * day.value for day in trend.days]
    middle = up * trend.baseline
    band = None if isnan(middle) else (middle - trend.mdc95, middle + trend.mdc95)
    least = LEAST_SPANS.get(one.unit) or abs(values[-1]) / 5 or 1.0
    bounds = (0.0, 100.0) if one.unit == "%" and min(values) >= 0 else (float("-inf"), float("inf"))

    def label(height: float) -> str:
        return quantity(up * height + 0.0, ".3g", one.unit)

    return Line(values, _ends([day.day for day in trend.days]), label, least, band, bounds)


def _ends(days: Sequence[str]) -> tuple[str, str]:
    """The first and the last day as they are written, with the year where it is not the same."""
    year = days[0][:4] != days[-1][:4]
    return day_words(days[0], year=year), day_words(days[-1], year=year)
