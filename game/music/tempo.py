"""Beats to seconds and back, with tempo changes. A beat is a quarter note."""

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise


@dataclass(frozen=True)
class TempoMap:
    """Tempo changes by beat: `((0, 60.0), (8, 72.0))`. The first stands at beat 0 and holds before it too."""

    changes: tuple[tuple[float, float], ...]

    def __post_init__(self) -> None:
        beats = [beat for beat, _ in self.changes]
        if not beats or beats[0] != 0:
            raise ValueError("a tempo map starts at beat 0")
        if any(b <= a for a, b in pairwise(beats)):
            raise ValueError("tempo changes go forward in beats")
        if any(not bpm > 0 for _, bpm in self.changes):
            raise ValueError("a tempo is more than 0 beats a minute")

    @classmethod
    def steady(cls, bpm: float) -> "TempoMap":
        """One tempo throughout."""
        return cls(((0.0, bpm),))

    @cached_property
    def _beats(self) -> list[float]:
        return [beat for beat, _ in self.changes]

    @cached_property
    def _starts_s(self) -> list[float]:
        starts_s = [0.0]
        for (beat, bpm), (following, _) in pairwise(self.changes):
            starts_s.append(starts_s[-1] + (following - beat) * 60.0 / bpm)
        return starts_s

    def seconds(self, beat: float) -> float:
        """Song time of a beat; negative before beat 0."""
        if len(self.changes) == 1:  # as of most music, and asked of every note many times
            return beat * 60.0 / self.changes[0][1]
        i = max(0, bisect_right(self._beats, beat) - 1)
        return self._starts_s[i] + (beat - self._beats[i]) * 60.0 / self.changes[i][1]

    def beat(self, seconds: float) -> float:
        """The beat at a song time; the inverse of `seconds`."""
        i = max(0, bisect_right(self._starts_s, seconds) - 1)
        return self._beats[i] + (seconds - self._starts_s[i]) * self.changes[i][1] / 60.0

    def bpm(self, beat: float) -> float:
        """The tempo that holds at a beat."""
        return self.changes[max(0, bisect_right(self._beats, beat) - 1)][1]

    @property
    def slowest_bpm(self) -> float:
        """The slowest tempo anywhere."""
        return min(bpm for _, bpm in self.changes)

    def faster(self, speed: float) -> "TempoMap":
        """The same beats played at `speed` times the tempo."""
        return TempoMap(tuple((beat, bpm * speed) for beat, bpm in self.changes))
