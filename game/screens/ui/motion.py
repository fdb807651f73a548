"""Song time shown in the picture: it follows the run's song time without running backwards or jumping."""

from math import exp

HALF_LIFE_S = 0.08
"""Seconds in which half of the picture's error is corrected, as in rhythm games."""

SLOWEST, FASTEST = 0.25, 3.0
"""Bounds of the picture's speed while it catches up, times the speed of the clock."""

NEW_STRETCH_S = 0.5
"""With an error above this many seconds, the run has moved elsewhere and the picture follows at once."""


class SmoothMotion:
    """Follows a song time that is corrected in small steps, smoothly.

    Without corrections it shows song time itself, with no delay.
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
