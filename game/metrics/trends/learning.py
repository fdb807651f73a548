"""Between probes: retention, and which changes exceed day-to-day variation.

Conventions: values of one measure, from the same fixed probe, hand, device and offsets, in the order of
days; never from levels that adapt. None stands for a probe that gave no value, and is left out.

Measures
    sem: standard error of measurement: SD of the baseline probes (n − 1), in the unit of the measure
    mdc95: smallest detectable change: 1.96·√2·SEM = 2.77·SEM
    retention: value at the start of the next session less that at the end of the last
    dual_task_cost_pct: 100·(single − dual)/single

Sources: Weir (2005) for SEM and MDC95, Zou & Donner (2008) for a difference; Kantak & Winstein (2012)
for retention. Interval of the SEM: chi-square. With three probes it is known to no better than half to six
times itself.
"""

from collections.abc import Sequence
from math import sqrt

import numpy as np

from game.metrics.kit.confidence import chi_square_quantile
from game.metrics.kit.measure import Interval, Measure
from game.metrics.trends.trend import MDC95_PER_SEM, MIN_BASELINE_DAYS

FEW = 10
LEARNING_SHOWS = "improvement during the baseline widens it"
KNOWN_ROUGHLY = f"fewer than {FEW} baseline probes: known only roughly"


def sem(baseline: Sequence[float | None], unit: str) -> Measure:
    """Standard error of measurement of baseline probes; improvement between them counts as variation."""
    return _spread("sem", baseline, unit, 1.0)


def mdc95(baseline: Sequence[float | None], unit: str) -> Measure:
    """Smallest change between two probes that is more than day-to-day variation, 95 times of 100."""
    return _spread("mdc95", baseline, unit, MDC95_PER_SEM)


def beyond(change: float | None, mdc: float | None) -> bool | None:
    """Whether a change, in either direction, is more than day-to-day variation; None: cannot be told."""
    return None if change is None or mdc is None else abs(change) > mdc


def retention(last_end: Measure, next_start: Measure) -> Measure:
    """Change of a probe's value until the next session, in its unit."""
    if last_end.name != next_start.name:
        raise ValueError(f"{last_end.name} and {next_start.name} are not the same measure")
    n = min(last_end.n, next_start.n)
    limits = tuple(dict.fromkeys((*last_end.limits, *next_start.limits)))
    if last_end.value is None or next_start.value is None:
        reason = last_end.reason or next_start.reason
        return Measure("retention", last_end.unit, None, n, None, reason, limits)
    change = next_start.value - last_end.value
    return Measure("retention", last_end.unit, change, n, _apart(last_end, next_start), "", limits)


def dual_task_cost_pct(single: float | None, dual: float | None) -> Measure:
    """Loss of performance in one task while doing another, in percent."""
    if single is None or dual is None or single == 0:
        return Measure(
            "dual_task_cost_pct", "%", None, 0, None, "both tasks are needed, the single one not 0"
        )
    return Measure("dual_task_cost_pct", "%", 100 * (single - dual) / single, 2)


def _spread(name: str, baseline: Sequence[float | None], unit: str, times: float) -> Measure:
    values = np.array([value for value in baseline if value is not None])
    if values.size < MIN_BASELINE_DAYS:
        there = f"there {'is' if values.size == 1 else 'are'} {values.size}"
        return Measure(
            name, unit, None, values.size, None, f"{MIN_BASELINE_DAYS} baseline probes are needed, {there}"
        )
    value = times * float(np.std(values, ddof=1))
    limits = (LEARNING_SHOWS, KNOWN_ROUGHLY) if values.size < FEW else (LEARNING_SHOWS,)
    return Measure(name, unit, value, values.size, _sd_interval(value, values.size), "", limits)


def _sd_interval(sd: float, n: int) -> Interval:
    low, high = (chi_square_quantile(p, n - 1) for p in (0.975, 0.025))
    return sd * sqrt((n - 1) / low), sd * sqrt((n - 1) / high)


def _apart(before: Measure, after: Measure) -> Interval | None:
    """Interval of after − before, each side from the ends that face each other (Zou & Donner 2008)."""
    if before.interval is None or after.interval is None or before.value is None or after.value is None:
        return None
    change = after.value - before.value
    below = sqrt((after.value - after.interval[0]) ** 2 + (before.interval[1] - before.value) ** 2)
    above = sqrt((after.interval[1] - after.value) ** 2 + (before.value - before.interval[0]) ** 2)
    return change - below, change + above
