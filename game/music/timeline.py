"""The mapping from clock time to song time in one run, stored with the run."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Anchor:
    """From `clock_s` on, song time is `song_s` and grows at `rate` (1 playing, 0 paused)."""

    clock_s: float
    song_s: float
    rate: float = 1.0


@dataclass(frozen=True, slots=True)
class Timeline:
    """The anchors of a run in clock order. The first one's rate also holds before it."""

    anchors: tuple[Anchor, ...]

    def __post_init__(self) -> None:
        clock = [a.clock_s for a in self.anchors]
        if not clock or clock != sorted(clock):
            raise ValueError("a timeline has one anchor or more, in clock order")

    @classmethod
    def identity(cls) -> "Timeline":
        """Song time is clock time, as in a recorded file."""
        return cls((Anchor(0.0, 0.0),))

    def song_s(self, clock_s: float) -> float:
        """Song time at an instant of the clock."""
        i = bisect_right(self.anchors, clock_s, key=_clock_s)
        return self._from(i - 1, clock_s)

    def touch_s(self, clock_s: float) -> float:
        """Song time of a press or release with that stamp.

        Where a stretch ends and another begins at that very instant, the touch belongs to the one that ends:
        it was heard, and may have been judged, before the next began.
        """
        i = bisect_left(self.anchors, clock_s, key=_clock_s)
        return self._from(i - 1, clock_s)

    def playing(self, clock_s: float) -> bool:
        """Whether song time was moving just before that instant, so that a touch with that stamp counts."""
        i = bisect_left(self.anchors, clock_s, key=_clock_s)
        return self.anchors[max(0, i - 1)].rate > 0

    def clock_s(self, song_s: float) -> float:
        """Clock time of a song time, on the latest stretch."""
        moving = [a for a in self.anchors if a.rate > 0]
        if not moving:
            raise ValueError("song time never moves here")
        return moving[-1].clock_s + (song_s - moving[-1].song_s) / moving[-1].rate

    def then(self, anchor: Anchor) -> "Timeline":
        """The same timeline with one more anchor at its end."""
        return Timeline((*self.anchors, anchor))

    def _from(self, index: int, clock_s: float) -> float:
        anchor = self.anchors[max(0, index)]
        return anchor.song_s + (clock_s - anchor.clock_s) * anchor.rate


def _clock_s(anchor: Anchor) -> float:
    return anchor.clock_s
