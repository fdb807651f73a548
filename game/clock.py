"""The one time base. Nothing else in the program reads a clock or sleeps."""

import time
from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """Monotonic time in seconds from an arbitrary origin."""

    def now_s(self) -> float:
        """The present instant; on Linux this is CLOCK_MONOTONIC."""

    def asleep_s(self) -> float:
        """Seconds for which the machine has been suspended since it started; 0 if unknown."""

    def sleep(self, seconds: float) -> None:
        """Wait; nothing when `seconds` is negative."""


class SystemClock:
    """The machine's own clock, `perf_counter`."""

    now_s = staticmethod(time.perf_counter)
    """`perf_counter` itself, without a wrapper: the driver's thread uses it for time stamps."""

    def asleep_s(self) -> float:
        if not hasattr(time, "CLOCK_BOOTTIME"):
            return 0.0
        return time.clock_gettime(time.CLOCK_BOOTTIME) - time.clock_gettime(time.CLOCK_MONOTONIC)

    def sleep(self, seconds: float) -> None:
        if seconds > 0:
            time.sleep(seconds)


class ManualClock:
    """A clock that advances only when told to; for tests, demos and replays."""

    def __init__(self, now_s: float = 0.0) -> None:
        self._now_s = now_s
        self._asleep_s = 0.0

    def now_s(self) -> float:
        return self._now_s

    def asleep_s(self) -> float:
        return self._asleep_s

    def sleep(self, seconds: float) -> None:
        self.advance(max(0.0, seconds))

    def advance(self, seconds: float) -> None:
        """Let `seconds` (0 or more) pass."""
        if seconds < 0:
            raise ValueError("a clock does not run backwards")
        self._now_s += seconds

    def suspend(self, seconds: float) -> None:
        """Simulate a suspended laptop: the counter stands still, the time asleep grows."""
        self._asleep_s += seconds


def wall_time() -> datetime:
    """Date and time of day with the local offset; for dates on records only, never for intervals."""
    return datetime.now().astimezone()
