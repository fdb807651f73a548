"""Whether what is heard keeps step with the clock: a card drifts, a busy machine leaves gaps, and song time
must follow what the player hears. Readings of the sound device go in, a rate for song time comes out."""

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from game.music.timeline import Anchor

SETTLE_S = 0.7
"""So long after a start readings are only gathered; it lies in the count-in."""

LOOKED_AT_S = 1.0
"""Slow drift is the median of the readings of this long."""

SLIP_S = 0.02
"""Parting by more than this is a slip, such as a gap that a busy machine left, and is caught up with fast."""

SLIP_READINGS = 5
"""So many readings must agree that there was one."""

DRIFT_S = 0.003
"""Parting by less than this is left alone."""

ABSURD_S = 5.0
"""Parting by more than this is no gap but a device that counts from elsewhere: it is taken as it is."""

DONE_S = 0.0005
MOST_SLEW, SLEW_OVER_S = 0.005, 2.0
"""Slow drift is made good over so many seconds, at no more than this share of the tempo."""

SLOW, FAST = 0.5, 1.5
"""How fast song time goes after a slip, until it is nearly where the sound is; it never runs backwards."""

NEARLY = ((0.015, 0.1), (0.003, 0.02))
"""Up to this near (s), a slip is caught up with at no more than this share of the tempo."""


@dataclass(frozen=True, slots=True)
class Correction:
    """From now on song time goes at `rate`. slip_s: what is being caught up with, where it was a slip."""

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
        """Take a reading; says how song time must go from now on where that is to change.

        device_s: seconds the device has sounded since whenever, or None where it cannot tell. song_s: song
        time now.
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
        """Begin to catch up with the sound, where it has parted from song time."""
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
        """Go on catching up, by reckoning: readings are too coarse to stop by."""
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
        """How fast song time goes while the sound is ahead of it by so much."""
        if not self._slipped:
            return 1.0 + min(MOST_SLEW, max(-MOST_SLEW, left_s / SLEW_OVER_S))
        share = next((share for near_s, share in reversed(NEARLY) if abs(left_s) <= near_s), None)
        if share is None:
            return FAST if left_s > 0 else SLOW
        return 1.0 + (share if left_s > 0 else -share)


def fell_behind_s(anchors: Sequence[Anchor]) -> float:
    """By how much the sound of a run fell behind the clock in all; negative where it ran ahead."""
    going = [(a, later) for a, later in pairwise(anchors) if a.rate > 0]
    return sum((1.0 - a.rate) * (later.clock_s - a.clock_s) for a, later in going)


def _median(values: Iterable[float]) -> float:
    ordered = sorted(values)
    return ordered[len(ordered) // 2]
