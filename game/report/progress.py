"""Trends of probes as plain data and as one sentence each."""

from math import isnan
from typing import Any

from game.metrics.trends.probes import Progress
from game.report.measures import rounded
from game.words import MEASURE_NAMES, _, change_words, dotted, share_words, titled


def progress_data(one: Progress) -> dict[str, Any]:
    """A trend for JSON: its days, baseline, SEM, MDC95 with the band it makes, and what the last day says.

    All values in the unit of the measure; null where there are too few days. `practice_days`: so many days at
    the beginning are practice and no part of the baseline. `mdc95_pct`: in percent of the baseline's mean,
    null too where that says nothing; `coarse`: above 30. `chance_outside_pct`: how often somebody who has
    not changed lies outside the band.
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
        "practice_days": trend.practice_days,
        "baseline_days": trend.baseline_days,
        "baseline": rounded(trend.baseline, unit) if known else None,
        "sem": rounded(trend.sem, unit) if known else None,
        "mdc95": rounded(trend.mdc95, unit) if known else None,
        "mdc95_pct": None if one.mdc95_pct is None else round(one.mdc95_pct, 1),
        "coarse": one.coarse,
        "band": [rounded(end, unit) for end in trend.band] if known else None,
        "chance_outside_pct": round(100 * trend.chance_outside, 1),
        "change": trend.change.value,
        "words": change_words(trend.change, trend.days_needed, trend.practice_days > 0),
    }


def progress_line(one: Progress) -> str:
    """A trend in one line: what was probed, the newest value, what it says, and what change it could show."""
    trend = one.trend
    newest = f"{rounded(trend.days[-1].value, one.unit):g} {one.unit}".rstrip()
    said = [f"{_(MEASURE_NAMES[one.measure])}: {newest}"]
    said.append(change_words(trend.change, trend.days_needed, trend.practice_days > 0))
    if not isnan(trend.mdc95):
        least = f"{rounded(trend.mdc95, one.unit):g} {one.unit}".rstrip()
        said.append(_("smallest detectable change {mdc95}", mdc95=least))
    if one.mdc95_pct is not None:
        said.append(share_words(one.mdc95_pct, bool(one.coarse)))
    return dotted((titled(one.level_title), *said))
