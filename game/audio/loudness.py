"""Loudness: key velocity, volume sliders, and a ceiling."""

from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

VELOCITY_RANGE_DB = 22.0
"""From the softest press to the hardest. Narrower than a piano's, so that a weak finger is heard too."""

CEILING = 0.6
"""The highest sample of clicks and accompaniment together, of full scale: the rest is the player's."""

KEY_PEAK = 0.6
"""Gain of a key's tone at full volume. Tones of the hardest press peak at 0.4 to 1."""

MUSIC_PEAK = 0.35
"""The same for a note of the accompaniment: well under the player's own."""

CLICK_PEAK = 0.35
"""Peak of an accented click at full volume, of full scale."""

FULL_KEYS = 3
"""So many keys held together sound in full; each one more is a little softer, so that sums do not clip."""

FULL_SCALE = 32767

Samples = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Volumes:
    """Three volumes, 0 (silent) to 1; other values are clipped."""

    click: float = 0.6
    music: float = 0.6
    keys: float = 0.8

    @property
    def click_gain(self) -> float:
        return slider_gain(self.click)

    @property
    def music_gain(self) -> float:
        return slider_gain(self.music)

    @property
    def keys_gain(self) -> float:
        return slider_gain(self.keys)


def slider_gain(place: float) -> float:
    """Amplitude at a slider's place, 0–1: the square, so that equal ways sound about equally large."""
    return float(min(1.0, max(0.0, place))) ** 2


def velocity_gain(velocity: float) -> float:
    """Amplitude of a press, 1 at velocity 127; linear in decibels."""
    at = min(127.0, max(1.0, velocity))
    return float(10 ** (VELOCITY_RANGE_DB * (at - 127) / 126 / 20))


def chord_gain(held: int) -> float:
    """Amplitude of one more key when `held` are down, itself included."""
    return sqrt(min(1.0, FULL_KEYS / max(1, held)))


def as_int16(sound: Samples, gain: float = 1.0) -> NDArray[np.int16]:
    """A sound as the mixer takes it; what passes full scale is cut there and never wraps."""
    whole = np.rint(sound * np.float32(gain * FULL_SCALE))
    return np.asarray(np.clip(whole, -FULL_SCALE, FULL_SCALE, out=whole), np.int16)


def under_ceiling(mixed: Samples) -> Samples:
    """The same sound with what passes two thirds of the ceiling bent under it, smoothly and in place.

    Each sample depends on itself alone, so a part of a song is limited as it is in the whole.
    """
    knee = CEILING * 2 / 3
    if mixed.size and max(mixed.max(), -mixed.min()) > knee:
        loud = np.abs(mixed) > knee
        over = mixed[loud]
        room = CEILING - knee
        mixed[loud] = np.sign(over) * (knee + room * np.tanh((np.abs(over) - knee) / room))
    return mixed
