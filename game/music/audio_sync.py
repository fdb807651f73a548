"""Keeps song time in step with the sound that the player hears, despite drifting cards and gaps.

Input: playback positions of the sound device. Output: a rate for song time.
"""

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from game.music.timeline import Anchor

SETTLE_S = 0.7
"""Seconds after a start in which readings are only collected; they lie in the count-in."""

LOOKED_AT_S = 1.0
"""Slow drift is the median of the readings over this many seconds."""

SLIP_S = 0.02
"""A larger difference in seconds is a slip, such as a gap in the sound, and is corrected fast."""

SLIP_READINGS = 5
"""Number of readings that must agree on a slip."""

DRIFT_S = 0.003
"""Smaller differences in seconds are ignored."""

ABSURD_S = 5.0
"""A larger difference in seconds is not a gap:

the device has restarted its count, which becomes the new origin.
"""

DONE_S = 0.0005
MOST_SLEW, SLEW_OVER_S = 0.005, 2.0
"""Slow drift is corrected over this many seconds, changing the tempo by at most this share."""

SLOW, FAST = 0.5, 1.5
"""Rates of song time after a slip, until it nearly matches the sound; it never runs backwards."""

NEARLY = ((0.015, 0.1), (0.003, 0.02))
"""Within this many seconds of the sound, the correction changes the tempo by at most this share."""


@dataclass(frozen=True, slots=True)
class Correction:
    """The new rate of song time. slip_s: the slip being corrected, in seconds, if there was one."""

    rate: float
    slip_s: float | None = None


class AudioSync:
    """Follows the sound of one stretch of a run, from its start."""

    def __init__(self, start_s: float) -> None:
        self._settled_s = start_s + SETTLE_S
        self._readings: deque[tuple[float, float]] = deque()
        self._zero_s: float | None = None
        self._rate = 1.0
        self._slipped = False
        self._aim_s = 0.0

    def reading(self, clock_s: float, device_s: float | None, song_s: float) -> Correction | None:
        """Add a reading; returns a correction if song time must change its rate.

        device_s: playback position in seconds from an arbitrary origin, or None if unknown. song_s: song time
        now.
        """
        if self._rate != 1.0:
            return self._go_on(clock_s, song_s)
        if device_s is None:
            return None
        self._gather(clock_s, device_s - song_s)
        if clock_s < self._settled_s or len(self._readings) < SLIP_READINGS:
            return None
        if self._zero_s is None:
            self._zero_s = _median(apart_s for _, apart_s in self._readings)
            return None
        return self._begin(clock_s, song_s, self._zero_s)

    def _gather(self, clock_s: float, apart_s: float) -> None:
        self._readings.append((clock_s, apart_s))
        while self._readings[0][0] < clock_s - LOOKED_AT_S:
            self._readings.popleft()

    def _begin(self, clock_s: float, song_s: float, zero_s: float) -> Correction | None:
        """Start a correction if the sound has left song time."""
        ahead_s = [apart_s - zero_s for _, apart_s in self._readings]
        latest = ahead_s[-SLIP_READINGS:]
        if min(latest) > SLIP_S or max(latest) < -SLIP_S:
            self._slipped, parted_s = True, _median(latest)
        elif clock_s - self._readings[0][0] > LOOKED_AT_S / 2 and abs(_median(ahead_s)) > DRIFT_S:
            self._slipped, parted_s = False, _median(ahead_s)
        else:
            return None
        if abs(parted_s) > ABSURD_S:
            self._zero_s = zero_s + parted_s
            self._readings.clear()
            return None
        self._aim_s = song_s + parted_s - clock_s
        self._rate = self._rate_for(parted_s)
        return Correction(self._rate, parted_s if self._slipped else None)

    def _go_on(self, clock_s: float, song_s: float) -> Correction | None:
        """Continue a correction by calculation, since readings are too coarse to stop by."""
        left_s = self._aim_s + clock_s - song_s
        rate = self._rate_for(left_s)
        if (left_s > 0) != (self._rate > 1.0) or abs(left_s) < DONE_S:
            rate = 1.0
            self._readings.clear()  # what was read before says nothing of what is to come
        if rate == self._rate or (not self._slipped and rate != 1.0):
            return None
        self._rate = rate
        return Correction(rate)

    def _rate_for(self, left_s: float) -> float:
        """Rate of song time for a given lead of the sound in seconds."""
        if not self._slipped:
            return 1.0 + min(MOST_SLEW, max(-MOST_SLEW, left_s / SLEW_OVER_S))
        share = next((share for near_s, share in reversed(NEARLY) if abs(left_s) <= near_s), None)
        if share is None:
            return FAST if left_s > 0 else SLOW
        return 1.0 + (share if left_s > 0 else -share)


def fell_behind_s(anchors: Sequence[Anchor]) -> float:
    """Total seconds by which the sound of a run fell behind the clock; negative if it ran ahead."""
    going = [(a, later) for a, later in pairwise(anchors) if a.rate > 0]
    return sum((1.0 - a.rate) * (later.clock_s - a.clock_s) for a, later in going)


def _median(values: Iterable[float]) -> float:
    ordered = sorted(values)
    return ordered[len(ordered) // 2]
