"""A kind of measure: its samples, its formula and what it needs. The catalogue is a table of these."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Flag, auto
from functools import cache
from typing import Any

from game.metrics.kit.measure import Estimate, Measure
from game.metrics.kit.table import RunTable
from game.music.device import DeviceKind
from game.music.level import Instrument

NOT_FORCE = "velocity is not force: it is key speed on this device's own curve"
NO_VELOCITY = "the computer's keys give no velocity"
NO_TRUE_RELEASE = "pads have no true release"
COARSE_STAMPS = "the computer's keys are stamped coarsely"
NOT_CALIBRATED = "this station is not calibrated: its delay is part of this number"
FULL_KEY_DOWNS = "only keys that went down are seen: overflow, not enslaving"
KEY_IS_FINGER = "the finger is told from the key, not seen"
ROUGH = "fewer than {n} {of}: known only roughly"


class Scope(Flag):
    """Parts for which a measure is given besides the whole run."""

    RUN = auto()
    FINGER = auto()
    HAND = auto()
    BLOCK = auto()
    ALL = RUN | FINGER | HAND | BLOCK


class Sense(Flag):
    """The property of the device that a measure depends on."""

    NOTHING = 0
    STAMPS = auto()
    OFFSET = auto()  # a constant latency moves it
    VELOCITY = auto()
    RELEASE = auto()
    FINGERS = auto()


TIMES = Sense.STAMPS | Sense.RELEASE

Samples = Callable[[RunTable], Any]
Formula = Callable[[Any], Estimate]


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for marking a sentence
    """Mark a line for extraction;

    it is translated where it is shown, since this room does not import words.
    """
    return message


def too_few(minimum: int, of: str, n: int) -> str:
    """The sentence that says how many samples are needed, and how many there are."""
    if minimum == 1:
        return f"there are no {of}"
    return f"{minimum} {of} are needed, there {'is' if n == 1 else 'are'} {n}"


def always(_: RunTable) -> bool:
    """Of every run."""
    return True


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One row of the catalogue; every value is given by its name.

    of: what is counted in `n`, in the plural. minimum: fewest of them. meaning: one plain line for a reader.
    source: where the formula is from. samples, formula: array from the table, estimate from the array.
    asked: whether a run asks for what is measured; else it is left out of the run's measures altogether.
    rough_below: under that many the value is given, with a limit that says so.
    """

    name: str
    unit: str
    minimum: int
    of: str
    meaning: str
    source: str
    samples: Samples
    formula: Formula
    senses: Sense = Sense.STAMPS
    scopes: Scope = Scope.RUN
    asked: Callable[[RunTable], bool] = always
    count: Callable[[Any], int] = len
    limits: tuple[str, ...] = ()
    rough_below: int = 0

    def measure(self, table: RunTable, owner: str = "") -> Measure:
        """The measure of a run or a part; owner: whose part it is ("a finger"), for the reason."""
        samples = self.samples(table)
        n = self.count(samples)
        context = table.context
        limits = self.limits + device_limits(
            self.senses, context.instrument, context.device, context.calibrated
        )
        if Sense.VELOCITY in self.senses and context.device is DeviceKind.COMPUTER:
            return Measure(self.name, self.unit, None, n, None, NO_VELOCITY, limits)
        if n < self.minimum:
            of = f"{self.of} of {owner}" if owner else self.of
            return Measure(self.name, self.unit, None, n, None, too_few(self.minimum, of, n), limits)
        value, interval, reason = self.formula(samples)
        if n < self.rough_below:
            limits = (*limits, ROUGH.format(n=self.rough_below, of=self.of))
        return Measure(self.name, self.unit, value, n, interval, reason, limits)


@cache
def device_limits(
    senses: Sense, instrument: Instrument, device: DeviceKind, calibrated: bool
) -> tuple[str, ...]:
    """Limits of a measure that depends on these properties of a device."""
    told = {
        NOT_FORCE: Sense.VELOCITY in senses,
        NO_TRUE_RELEASE: Sense.RELEASE in senses and instrument is Instrument.PADS,
        COARSE_STAMPS: bool(senses & TIMES) and device is DeviceKind.COMPUTER,
        NOT_CALIBRATED: Sense.OFFSET in senses and not calibrated,
        KEY_IS_FINGER: Sense.FINGERS in senses,
    }
    return tuple(limit for limit, holds in told.items() if holds)
