"""Taps as steady and less steady people make them, whose true delay is known."""

from dataclasses import dataclass
from random import Random

from game.metrics.station.delay import TapRun

FAST_S, SLOW_S = 0.75, 1.0
PERIODS_S = (FAST_S, SLOW_S, FAST_S, SLOW_S)


@dataclass(frozen=True, slots=True)
class Tapper:
    """Taps `delay_s` after each cue (early is negative), normally spread with `sd_s`.

    outliers: share of taps that fall anywhere in the beat. omit: share of cues without a tap. lag1:
    correlation of taps that follow each other. group_s: every second tap comes so much later.
    """

    delay_s: float = 0.0
    sd_s: float = 0.015
    outliers: float = 0.1
    omit: float = 0.0
    lag1: float = 0.0
    group_s: float = 0.0

    def run(self, period_s: float, rng: Random, cues: int = 28, cue_s: float = 100.0) -> TapRun:
        """One run."""
        times: list[float] = []
        error = rng.gauss(0, 1)
        for i in range(cues):
            error = self.lag1 * error + (1 - self.lag1**2) ** 0.5 * rng.gauss(0, 1)
            if rng.random() < self.omit:
                continue
            late_s = self.delay_s + error * self.sd_s + (i % 2) * self.group_s
            if rng.random() < self.outliers:
                late_s = rng.uniform(0, period_s)
            times.append(cue_s + i * period_s + late_s)
        return TapRun(tuple(times), cue_s, period_s)

    def runs(self, rng: Random, cues: int = 28) -> list[TapRun]:
        """Two runs at each of two tempi."""
        return [self.run(period_s, rng, cues) for period_s in PERIODS_S]
