"""The metronome's click: a small wooden sound, low enough for older ears, without an edge."""

import numpy as np

from game.audio.loudness import Samples
from game.audio.waves import Waves

LENGTH_S = 0.12
_ATTACK_S = 0.0015
_QUIETER = 0.55
"""A beat inside the bar, beside the bar's first."""


def click(accent: bool, rate: int) -> Samples:
    """One click: shape (n, 2), the same on both sides, peak 1 with the accent.

    Hearing loss with age takes the high tones first, so all but a trace lies between 500 and 1600 Hz; the
    bar's first click is higher and louder. Its sound begins at sample 0.
    """
    base_hz, peak = (880.0, 1.0) if accent else (660.0, _QUIETER)
    wood = Waves(
        hz=base_hz * np.array([1.0, 1.78, 0.78]),
        t60_s=np.array([0.090, 0.035, 0.050]),
        phase=np.full(3, -np.pi / 2),
        size=np.array([1.0, 0.3, 0.25]),
    )
    sound = np.zeros(round(LENGTH_S * rate), np.float32)
    wood.add_to(sound, rate)
    rise = round(_ATTACK_S * rate)
    sound[:rise] *= (0.5 - 0.5 * np.cos(np.pi * np.arange(rise) / rise)).astype(np.float32)
    sound[-rise:] *= np.linspace(1, 0, rise, dtype=np.float32)
    sound *= peak / np.abs(sound).max()
    return np.repeat(sound[:, None], 2, axis=1)
