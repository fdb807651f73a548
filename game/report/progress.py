"""Trends of probes as plain data and as one sentence each."""

from math import isnan
from typing import Any

from game.metrics.trends.probes import Progress
from game.report.measures import rounded
from game.words import MEASURE_NAMES, _, change_words, titled


def progress_data(one: Progress) -> dict[str, Any]:
    """A trend for JSON: its days, baseline, SEM, MDC95 with the band it makes, and what the last day says.

    All values in the unit of the measure; null where there are too few days. `chance_outside_pct`: how often
    somebody who has not changed lies outside the band.
    """
    trend, unit = one.trend, one.unit
    known = not isnan(trend.baseline)
    return {
        "level": one.level_id,
        "title": one.level_title,
        "measure": one.measure,
        "unit": unit,
        "device": trend.device,
        "offsets_ms": list(trend.offsets_ms),
        "days": [
            {"day": day.day, "value": rounded(day.value, unit), "probes": day.probes} for day in trend.days
        ],
        "baseline_days": trend.baseline_days,
        "baseline": rounded(trend.baseline, unit) if known else None,
        "sem": rounded(trend.sem, unit) if known else None,
        "mdc95": rounded(trend.mdc95, unit) if known else None,
        "band": [rounded(end, unit) for end in trend.band] if known else None,
        "chance_outside_pct": round(100 * trend.chance_outside, 1),
        "change": trend.change.value,
        "words": change_words(trend.change, trend.days_needed),
    }


def progress_line(one: Progress) -> str:
    """A trend in one line: what was probed, the newest value, and what it says."""
    trend = one.trend
    newest = f"{rounded(trend.days[-1].value, one.unit):g} {one.unit}".rstrip()
    change = change_words(trend.change, trend.days_needed)
    return f"{titled(one.level_title)} · {_(MEASURE_NAMES[one.measure])}: {newest} · {change}"
