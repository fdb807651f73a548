"""Frame pacing: the screen's refresh rate, or half of it on a slow machine."""

USUAL_HZ, LEAST_HZ, MOST_HZ = 60.0, 30.0, 240.0

BUSY_SHARE = 0.5
"""If frames take more than this share of their interval for half a second, the rate is halved."""

LOOKED_AT = 60


class FramePacer:
    """When the next frame is due. Frames that cost too much for a fast screen are made at half its rate."""

    def __init__(self, screen_hz: float, now_s: float) -> None:
        """screen_hz: pictures the screen shows a second; 0 where it does not say."""
        known = screen_hz if screen_hz > 0 else USUAL_HZ
        self.hz = min(MOST_HZ, max(LEAST_HZ, known))
        self._due_s = now_s
        self._busy = self._frames = 0

    def next_s(self, begun_s: float, now_s: float) -> float:
        """When the next frame is due, after one that began and ended then.

        Keeps the rhythm of earlier frames; a late frame shifts it, so that missed frames are not made up.
        """
        self._watch(now_s - begun_s)
        self._due_s = max(self._due_s + 1 / self.hz, now_s)
        return self._due_s

    def _watch(self, cost_s: float) -> None:
        self._frames += 1
        self._busy += cost_s * self.hz > BUSY_SHARE
        if self._frames < LOOKED_AT:
            return
        if self._busy > LOOKED_AT / 2 and self.hz / 2 >= USUAL_HZ:
            self.hz /= 2
        self._busy = self._frames = 0
