"""What song time the picture shows: it follows the run's own, and never runs backwards or jumps."""

from math import exp

HALF_LIFE_S = 0.08
"""In this time half of what the picture is off by is made good, as rhythm games do."""

SLOWEST, FASTEST = 0.25, 3.0
"""Bounds of the picture's speed while it catches up, times the speed of the clock."""

NEW_STRETCH_S = 0.5
"""Off by more than this, the run has gone to another place, and the picture goes there at once."""


class SmoothMotion:
    """Follows a song time that is corrected in small steps, smoothly.

    While song time simply grows, what is shown is that time and nothing else: no correction, no delay.
    """

    def __init__(self) -> None:
        self._clock_s = self._shown_s = 0.0
        self._begun = False

    def shown_s(self, song_s: float, clock_s: float) -> float:
        """The song time to show at an instant of the clock at which the run is at `song_s`."""
        passed_s = clock_s - self._clock_s
        off_s = song_s - (self._shown_s + passed_s)
        if not self._begun or abs(off_s) > NEW_STRETCH_S:
            self._begun, self._shown_s = True, song_s
        elif abs(off_s) < 1e-6:
            self._shown_s = song_s
        else:
            step_s = passed_s + off_s * (1 - exp(-passed_s * 0.6931 / HALF_LIFE_S))
            self._shown_s += min(passed_s * FASTEST, max(passed_s * SLOWEST, step_s))
        self._clock_s = clock_s
        return self._shown_s
