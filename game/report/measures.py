"""Measures as plain data for JSON, and as a table of text that says what each number means."""

from collections.abc import Iterable, Mapping
from typing import Any

from game.metrics.catalogue import BY_NAME, Measures
from game.metrics.kit.measure import Interval, Measure
from game.words import _

DIGITS = {"ms²": 1, "ms/s": 4}
"""Decimals by unit, if other than two."""

UNITLESS = "{:.4g}"
"""Ratios, indices and probabilities keep four digits, however small they are."""

BLANK = "–"


def measured_data(found: Measures) -> dict[str, Any]:
    """All measures of a run by name, then those of its fingers, hands and blocks, and the overflow."""
    return {
        **measures_data(found.run),
        "by_finger": _parts(found.by_finger),
        "by_hand": _parts(found.by_hand),
        "by_block": _parts(found.by_block),
        "overflow": {
            hand: {
                asked: {other: measure_data(one) for other, one in row.items()} for asked, row in rows.items()
            }
            for hand, rows in found.overflow.items()
        },
    }


def measures_data(measures: Iterable[Measure]) -> dict[str, Any]:
    """Measures by name."""
    return {measure.name: measure_data(measure) for measure in measures}


def measure_data(measure: Measure) -> dict[str, Any]:
    """One measure; null with a reason if unknown, never 0."""
    low_high = measure.interval
    return {
        "value": None if measure.value is None else rounded(measure.value, measure.unit),
        "unit": measure.unit,
        "n": measure.n,
        "interval": None if low_high is None else [rounded(end, measure.unit) for end in low_high],
        "reason": measure.reason or None,
        "limits": list(measure.limits),
    }


def rounded(value: float, unit: str) -> float:
    """A value to the resolution of its unit: 0.01 ms, 0.01 %, four digits where there is no unit."""
    if not unit:
        return float(UNITLESS.format(value))
    return round(float(value), DIGITS.get(unit, 2)) + 0.0


def explained(measures: Iterable[Measure]) -> list[str]:
    """A table of measures, a line each: name, value, interval, n, and what it means or why there is none.

    After it, each limit once, with the measures that it holds for.
    """
    shown = tuple(measures)
    rows = [(m.name, _value(m), _interval(m.interval), f"n {m.n}", _meaning(m)) for m in shown]
    widths = [max((len(row[column]) for row in rows), default=0) for column in range(4)]
    lines = [
        "  ".join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[4]])
        for row in rows
    ]
    return [*lines, *_limits(shown)]


def _value(measure: Measure) -> str:
    if measure.value is None:
        return BLANK
    return f"{_number(measure.value)} {measure.unit}".rstrip()


def _interval(interval: Interval | None) -> str:
    return BLANK if interval is None else f"[{_number(interval[0])}, {_number(interval[1])}]"


def _number(value: float) -> str:
    """A number with three or four significant digits."""
    size = abs(value)
    return f"{value:.1f}" if 10 <= size < 1e5 else f"{value:.3g}"


def _meaning(measure: Measure) -> str:
    if measure.value is None:
        return measure.reason
    kind = BY_NAME.get(measure.name)
    return _(kind.meaning) if kind else ""


def _limits(measures: tuple[Measure, ...]) -> list[str]:
    names: dict[str, list[str]] = {}
    for measure in measures:
        for limit in measure.limits:
            names.setdefault(limit, []).append(measure.name)
    return [f"* {limit}: {', '.join(of)}" for limit, of in names.items()]


def _parts(parts: Mapping[str, Iterable[Measure]]) -> dict[str, Any]:
    return {name: measures_data(measures) for name, measures in parts.items()}
