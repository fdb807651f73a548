"""Fast synthesis of many decaying sine waves.

exp(−decay·t)·cos(2π·hz·t + phase) over n = i·j samples is the product of its value at every j-th sample and
its first j samples, so the sum of a hundred such waves is one product of two small matrices.
"""

from dataclasses import dataclass
from math import ceil

import numpy as np
from numpy.typing import NDArray

from game.audio.loudness import Samples

Floats = NDArray[np.float64]

INAUDIBLE = 1e-4
"""Waves 80 dB below the loudest one are left out."""

TOP_OF_RATE = 0.45
"""Highest frequency as a share of the sample rate, to avoid aliasing."""

NEPERS = 6.9078
"""Decay over a T60, the time in which a wave falls by 60 dB: ln 1000."""

_STEPS = 256
_GROUP = 32
_ROWS = (
    16  # so small a product stays on this thread: numpy's threads would wait for each other, and for the game
)


@dataclass(frozen=True, slots=True)
class Waves:
    """Frequency, T60, phase and size of each."""

    hz: Floats
    t60_s: Floats
    phase: Floats
    size: Floats

    def heard(self, rate: float) -> "Waves":
        """Those that are loud enough to matter and low enough to be sampled, the longest-lived first."""
        kept = (self.size > INAUDIBLE * self.size.max()) & (self.hz < TOP_OF_RATE * rate)
        order = np.argsort(-self._life_s(self.size.max()))
        return self._take(order[kept[order]])

    def add_to(self, sound: Samples, rate: float) -> None:
        """Add all of them to a stretch of samples. Each is computed only while audible."""
        some = self.heard(rate)
        life_s = some._life_s(some.size.max(initial=0.0))
        for group in np.array_split(np.arange(some.hz.size), ceil(some.hz.size / _GROUP) or 1):
            if group.size:
                alive = min(sound.size, ceil(life_s[group[0]] * rate))
                some._take(group)._add_product(sound[:alive], rate)

    def _take(self, which: NDArray[np.intp]) -> "Waves":
        return Waves(self.hz[which], self.t60_s[which], self.phase[which], self.size[which])

    def _life_s(self, loudest: float) -> Floats:
        floor = INAUDIBLE * loudest
        return np.asarray(np.log(np.maximum(self.size, floor) / floor) * self.t60_s / NEPERS)

    def _add_product(self, sound: Samples, rate: float) -> None:
        far = np.vstack(self._turned(np.arange(ceil(sound.size / _STEPS)) * (_STEPS / rate))).T
        cos, sin = self._turned(np.arange(_STEPS) / rate, self.phase)
        size = self.size.astype(np.float32)[:, None]
        near = np.vstack([size * cos, -size * sin])
        for row in range(0, len(far), _ROWS):
            part = sound[row * _STEPS : (row + _ROWS) * _STEPS]
            part += (far[row : row + _ROWS] @ near).reshape(-1)[: part.size]

    def _turned(self, t_s: NDArray[np.floating], phase: Floats | None = None) -> tuple[Samples, Samples]:
        turns = np.outer(self.hz, t_s)
        # Whole turns go while the numbers are still double: single is exact enough for what is left.
        angle = ((turns - np.floor(turns)) * (2 * np.pi)).astype(np.float32)
        if phase is not None:
            angle += phase.astype(np.float32)[:, None]
        left = np.exp(np.outer(-NEPERS / self.t60_s, t_s).astype(np.float32))
        return left * np.cos(angle), left * np.sin(angle)
