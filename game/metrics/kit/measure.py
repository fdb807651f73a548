"""One result: a named value with its unit, how many samples it rests on, its interval and its limits."""

from dataclasses import dataclass
from math import isfinite
from typing import NamedTuple

Interval = tuple[float, float]
"""A 95 % confidence interval, both ends included."""


class Estimate(NamedTuple):
    """The result of a formula.

    value: None if it cannot be computed, and then `reason` says why.
    """

    value: float | None
    interval: Interval | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure of a run.

    name: as in JSON and in docs/measures.md; it ends in its unit where there is one short enough.
    value: None for too few samples, and then `reason` is a sentence that says what is needed.
    n: samples that the value rests on, of the kind that the catalogue names. interval: 95 %, or None where
    no sound one is known. limits: what the number is not, in short sentences; they travel with it.
    """

    name: str
    unit: str
    value: float | None
    n: int
    interval: Interval | None = None
    reason: str = ""
    limits: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.value is None and not self.reason:
            raise ValueError(f"{self.name}: where there is no value, say why")
        if self.value is not None and not isfinite(self.value):
            raise ValueError(f"{self.name}: a value is a finite number or None, not {self.value}")
        if self.interval is not None and not self.interval[0] <= self.interval[1]:
            raise ValueError(f"{self.name}: an interval goes from low to high, not {self.interval}")
