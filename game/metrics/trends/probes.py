"""Which measures of a probe form a trend, and what each depends on besides the hand.

A measure stands here where a change of it can be read: its kind says which way is better, if any, and whether
values from two devices or under two station offsets may stand in one line.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import isnan

from game.metrics.catalogue import BY_NAME
from game.metrics.run_summary import RunSummary
from game.metrics.trends.trend import COARSE_PCT, Better, Hinges, Probe, Trend, trends

TRENDED: dict[str, tuple[Hinges, Better]] = {
    "hit_rate_pct": (Hinges.NOTHING, Better.HIGHER),
    "asynchrony_sd_ms": (Hinges.TIMING, Better.LOWER),
    "asynchrony_mean_ms": (Hinges.TIMING, Better.NEITHER),
    "tap_rate_best_10s_hz": (Hinges.DEVICE, Better.HIGHER),
    "tap_iti_cv_pct": (Hinges.DEVICE, Better.LOWER),
    "continuation_iti_cv_pct": (Hinges.DEVICE, Better.LOWER),
    "continuation_drift_pct": (Hinges.DEVICE, Better.NEITHER),
    "independence_index": (Hinges.DEVICE, Better.HIGHER),
    "chord_span_median_ms": (Hinges.DEVICE, Better.LOWER),
    "held_tempo_bpm": (Hinges.NOTHING, Better.HIGHER),
    "velocity_mean": (Hinges.DEVICE, Better.NEITHER),
    "dwell_median_ms": (Hinges.DEVICE, Better.NEITHER),
}
"""By the measure's name, in the order in which they are shown."""

WITHOUT_SHARE = frozenset({"asynchrony_mean_ms", "continuation_drift_pct"})
"""Their zero is in the middle, early or late, quicker or slower: a share of their mean says nothing."""


@dataclass(frozen=True, slots=True)
class Probed:
    """One probe run: its level, device, day and measures by name (None: no value)."""

    level_id: str
    level_title: str
    day: str
    device: str
    offsets_ms: tuple[float, float]
    values: Mapping[str, float | None]

    @classmethod
    def of(cls, run: RunSummary) -> "Probed":
        """From a run of a probe."""
        measures = run.numbers.measures if run.numbers else {}
        values = {name: measures[name].value for name in TRENDED if name in measures}
        return cls(run.level_id, run.level_title, run.day, run.device.name, run.offsets_ms, values)


@dataclass(frozen=True, slots=True)
class Progress:
    """One measure of one probe over days. better: which way; unit: of the measure."""

    level_id: str
    level_title: str
    measure: str
    unit: str
    better: Better
    trend: Trend

    @property
    def mdc95_pct(self) -> float | None:
        """Smallest detectable change in percent of the baseline's mean; None where it is not known."""
        share = self.trend.mdc95_pct
        return None if self.measure in WITHOUT_SHARE or isnan(share) else share

    @property
    def coarse(self) -> bool | None:
        """Whether the smallest detectable change is too large to follow one person by; None: not known."""
        share = self.mdc95_pct
        return None if share is None else share > COARSE_PCT


def progress(probes: Iterable[Probed]) -> tuple[Progress, ...]:
    """The trend of each measure of each probe: its line on the device, and offsets, of the latest probe.

    In the order of the probes' ids, then of `TRENDED`; a measure that never had a value is left out.
    """
    by_level: dict[str, list[Probed]] = {}
    for one in probes:
        by_level.setdefault(one.level_id, []).append(one)
    return tuple(line for level_id in sorted(by_level) for line in _of_level(by_level[level_id]))


def _of_level(probes: list[Probed]) -> Iterable[Progress]:
    latest = max(probes, key=lambda one: one.day)
    for measure, (hinges, better) in TRENDED.items():
        values = [Probe(p.day, p.values.get(measure), p.device, p.offsets_ms) for p in probes]
        lines = trends(values, hinges, better)
        if lines:
            unit = BY_NAME[measure].unit
            yield Progress(latest.level_id, latest.level_title, measure, unit, better, lines[-1])
