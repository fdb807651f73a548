"""Timing quality of a run: lateness of stamps against the driver's times, and evenness of updates."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, sqrt

from game.music.note import Touch

NEAR_S = 10.0
"""Each stamp is compared with the promptest one within this time, in which two clocks drift under 1 ms."""

NEW_START_S = 0.05
"""If stamps and intervals differ by more than this, the driver has restarted its count."""

BUCKET_MS = 0.1
"""Resolution of counted update intervals."""


@dataclass(frozen=True, slots=True)
class Spread:
    """A distribution in milliseconds; sd: of the sample."""

    n: int
    median_ms: float
    sd_ms: float
    p99_ms: float
    max_ms: float

    def __str__(self) -> str:
        numbers = (self.median_ms, self.sd_ms, self.p99_ms, self.max_ms)
        said = " ".join(f"{k}={v:.2f}" for k, v in zip(("median", "sd", "p99", "max"), numbers, strict=True))
        return f"n={self.n} {said} ms"


def spread(values_s: Sequence[float]) -> Spread | None:
    """Distribution of values in seconds; None for fewer than two."""
    n = len(values_s)
    if n < 2:
        return None
    ordered = sorted(v * 1000 for v in values_s)
    mean = sum(ordered) / n
    sd = sqrt(sum((v - mean) ** 2 for v in ordered) / (n - 1))
    middle = (ordered[(n - 1) // 2] + ordered[n // 2]) / 2
    return Spread(n, middle, sd, ordered[ceil(0.99 * n) - 1], ordered[-1])


def stamp_lateness_s(touches: Sequence[Touch]) -> list[float]:
    """Lateness of each touch's stamp against the promptest one near it, by the driver's own intervals.

    A stamp can only be late: the driver's thread waits for the interpreter. The driver's times have an
    unknown zero and drift a little, so the promptest stamp within `NEAR_S` stands for no delay. Touches whose
    interval is not known, and those that the program made, are left out.
    """
    late_s: list[float] = []
    for stamps, driver in _stretches(touches):
        apart = [s - d for s, d in zip(stamps, driver, strict=True)]
        for stamp_s, apart_s in zip(stamps, apart, strict=True):
            first, last = bisect_left(stamps, stamp_s - NEAR_S), bisect_right(stamps, stamp_s + NEAR_S)
            late_s.append(apart_s - min(apart[first:last]))
    return late_s


def _stretches(touches: Sequence[Touch]) -> list[tuple[list[float], list[float]]]:
    """Stamps and driver's times of each device, anew wherever its driver began to count anew."""
    known = [t for t in touches if t.delta_s is not None and not getattr(t, "synthetic", False)]
    stretches: list[tuple[list[float], list[float]]] = []
    device = None
    for touch in sorted(known, key=lambda t: (str(t.device), t.time_s)):
        stamps, driver = stretches[-1] if stretches and touch.device == device else ([], [])
        passed_s, device = touch.delta_s or 0.0, touch.device
        if not stamps or abs(touch.time_s - stamps[-1] - passed_s) > NEW_START_S:
            stretches.append(([touch.time_s], [0.0]))
        else:
            stamps.append(touch.time_s)
            driver.append(driver[-1] + passed_s)
    return stretches


class UpdateIntervals:
    """A histogram of update intervals, of constant size."""

    def __init__(self) -> None:
        self._counts: Counter[int] = Counter()
        self._longest_s = 0.0

    def add(self, seconds: float) -> None:
        """Count one."""
        self._counts[round(seconds * 1000 / BUCKET_MS)] += 1
        self._longest_s = max(self._longest_s, seconds)

    def spread(self) -> Spread | None:
        """How they are spread, to a tenth of a millisecond; None for less than two."""
        n = sum(self._counts.values())
        if n < 2:
            return None
        mean = sum(k * c for k, c in self._counts.items()) * BUCKET_MS / n
        squares = sum(c * (k * BUCKET_MS - mean) ** 2 for k, c in self._counts.items())
        return Spread(n, self._at(0.5, n), sqrt(squares / (n - 1)), self._at(0.99, n), self._longest_s * 1000)

    def _at(self, share: float, n: int) -> float:
        passed = 0
        for bucket in sorted(self._counts):
            passed += self._counts[bucket]
            if passed >= share * n:
                break
        return min(bucket * BUCKET_MS, self._longest_s * 1000)


def jitter_text(touches: Sequence[Touch], updates: UpdateIntervals) -> str:
    """The text for a run's record: `stamps n=… median=… sd=… p99=… max=… ms; updates …`."""
    known = {"stamps": spread(stamp_lateness_s(touches)), "updates": updates.spread()}
    return "; ".join(f"{name} {found}" for name, found in known.items() if found)
