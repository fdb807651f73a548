"""A piano tone: struck strings as decaying sine waves, and the hammer's knock."""

from functools import lru_cache

import numpy as np

from game.audio.loudness import Samples, velocity_gain
from game.audio.waves import NEPERS, Floats, Waves

LOWEST, HIGHEST = 21, 108
RATE = 48_000

_FULL = 0.23
"""Brings the highest peak of any pitch at velocity 127 to just under 1."""

# How the strings change along the keyboard: pitch, how long the fundamental rings, how long a tone is kept,
# and where the hammer strikes as a part of the string. Chosen by ear and measure, within what pianos show.
_PITCHES = (21, 36, 48, 60, 72, 84, 96, 108)
_T60_S = (20.0, 16.0, 13.0, 10.0, 6.5, 3.3, 1.6, 0.9)
_LENGTH_S = (4.5, 4.2, 3.8, 3.4, 2.8, 2.0, 1.3, 0.9)
_STRIKE = (0.125, 0.125, 0.122, 0.12, 0.11, 0.10, 0.085, 0.07)
_CORNER_HZ = (420, 390, 380, 410, 560, 900, 1500, 2400)


def tone(pitch: int, velocity: float, rate: int = RATE, length_s: float | None = None) -> Samples:
    """One struck key, held: shape (n, 2), within ±1, from silence to silence.

    pitch: MIDI note number; outside the piano's 21–108 the nearest octave that it has. velocity: 1–127; it
    sets loudness and brightness. length_s: None for as long as the pitch rings (`natural_length_s`). The
    same arguments always give the same samples.
    """
    pitch = on_piano(pitch)
    count = round((natural_length_s(pitch) if length_s is None else length_s) * rate)
    prompt, lasting, knock = _struck(pitch, velocity)
    strings = np.zeros((2, count), np.float32)
    prompt.add_to(strings[0], rate)
    knock.add_to(strings[0], rate)
    lasting.add_to(strings[1], rate)
    _fade(strings, rate, _attack_s(pitch, velocity))
    pan = float(np.interp(pitch, (LOWEST, HIGHEST), (-0.25, 0.25)))
    sound = np.empty((count, 2), np.float32)
    for side, near, far in zip(sound.T, _sides(pan - 0.3), _sides(pan + 0.3), strict=True):
        np.multiply(strings[0], near, out=side)
        side += strings[1] * far
    return sound


def natural_length_s(pitch: int) -> float:
    """How long a tone is kept ringing: long in the bass, short at the top."""
    return float(np.interp(pitch, _PITCHES, _LENGTH_S))


def on_piano(pitch: int) -> int:
    """A pitch brought within the piano's keys by octaves."""
    while pitch < LOWEST:
        pitch += 12
    while pitch > HIGHEST:
        pitch -= 12
    return pitch


def frequency_hz(pitch: float) -> float:
    """Equal temperament, A4 = 440 Hz."""
    return float(440.0 * 2 ** ((pitch - 69) / 12))


def inharmonicity(pitch: float) -> float:
    """B in f(n) = n·f0·√(1 + B·n²): how far a string's stiffness stretches its partials.

    The form of Rigaud, David and Daudet, "A parametric model and estimation techniques for the inharmonicity
    and tuning of the piano" (J. Acoust. Soc. Am. 133, 2013): one slope for the bass and one for the treble.
    """
    return float(np.exp(0.0926 * pitch - 13.64) + np.exp(-0.0847 * pitch - 5.82))


@lru_cache(maxsize=256)
def _struck(pitch: int, velocity: float) -> tuple[Waves, Waves, Waves]:
    """What dies quickly, what lingers and the knock, scaled so that all pitches sound about equally loud.

    The strings of one key are a hair apart in pitch: together they first give their energy away quickly, then
    drift apart and ring on, beating slowly.
    """
    hz, chance = _partials_hz(pitch), np.random.default_rng(pitch)
    size = _spectrum(pitch, velocity, hz) * 10 ** (chance.uniform(-1.5, 1.5, hz.size) / 20)
    t60_s = 1 / (1 / np.interp(pitch, _PITCHES, _T60_S) + 1.9e-4 * np.maximum(0, hz - hz[0]))
    size *= _FULL * velocity_gain(velocity) / _loudness(hz, t60_s, size)
    phase = chance.uniform(0, 2 * np.pi, hz.size)
    cents = chance.uniform(0.25, 0.8, hz.size)
    prompt = Waves(hz, 0.5 * t60_s, phase, 0.62 * size)
    lasting = Waves(hz * 2 ** (cents / 1200), t60_s, phase + chance.uniform(-0.6, 0.6, hz.size), 0.38 * size)
    return prompt, lasting, _knock(pitch, velocity)


def _knock(pitch: int, velocity: float) -> Waves:
    """The hammer's thud in the wood: short low modes and a breath of higher ones, well under the strings."""
    chance = np.random.default_rng(1000 + pitch)
    hz = np.concatenate([chance.uniform(80, 600, 14), chance.uniform(600, 2600, 18)])
    t60_s = np.where(hz < 600, chance.uniform(0.08, 0.22, hz.size), chance.uniform(0.03, 0.07, hz.size))
    size = np.where(hz < 600, 0.012, 0.006) * chance.uniform(0.4, 1.0, hz.size)
    size *= velocity_gain(velocity) * (0.6 + 0.4 * velocity / 127)
    return Waves(hz, t60_s, chance.uniform(0, 2 * np.pi, hz.size), size)


def _partials_hz(pitch: int) -> Floats:
    f0, b = frequency_hz(pitch), inharmonicity(pitch)
    n = np.arange(1, 101)
    hz = n * f0 * np.sqrt((1 + b * n**2) / (1 + b))
    return np.asarray(hz[hz < 14_000])


def _spectrum(pitch: int, velocity: float, hz: Floats) -> Floats:
    """Sizes of the partials: where the hammer strikes, how hard its felt is, what the wood lets out."""
    hardness = velocity / 127
    strike = np.interp(pitch, _PITCHES, _STRIKE)
    struck = np.sqrt(np.sin(np.pi * np.arange(1, hz.size + 1) * strike) ** 2 + 0.01)
    corner_hz = np.interp(pitch, _PITCHES, _CORNER_HZ) * (0.7 + 0.6 * hardness)
    slope = 2.8 - 0.8 * hardness
    felt = (1 + (hz / corner_hz) ** 2) ** (-slope / 2) * np.exp(-hz / (1100 + 4600 * hardness))
    return np.asarray(struck * felt * hz**2 / (hz**2 + 75.0**2))


def _loudness(hz: Floats, t60_s: Floats, size: Floats) -> float:
    """Rough loudness over the first 0.3 s: power weighted by half the A curve (IEC 61672) in decibels."""
    low = (hz**2 + 20.6**2) * (hz**2 + 12194**2)
    middle = np.sqrt((hz**2 + 107.7**2) * (hz**2 + 737.9**2))
    a_curve = 1.2589 * 12194**2 * hz**4 / (low * middle)
    rate = 2 * NEPERS / (0.6 * t60_s)
    spent = (1 - np.exp(-0.3 * rate)) / (0.3 * rate)
    return float(np.sqrt((size**2 * spent * a_curve).sum()))


def _sides(pan: float) -> tuple[np.float32, np.float32]:
    """Left and right amplitudes at a place from −1 to 1, of constant power."""
    angle = (pan + 1) * np.pi / 4
    return np.float32(np.cos(angle)), np.float32(np.sin(angle))


def _attack_s(pitch: int, velocity: float) -> float:
    """How long the felt takes to let go: longer in the bass and for a soft press."""
    softness = 1.6 - velocity / 127
    return 0.0015 + 0.0025 * softness * float(np.interp(pitch, (LOWEST, HIGHEST), (1.0, 0.4)))


def _fade(strings: Samples, rate: int, attack_s: float) -> None:
    """From nothing to full within the attack, and to nothing again over the last third, in place."""
    count = strings.shape[1]
    rise, fall = min(count, round(attack_s * rate)), count // 3
    strings[:, :rise] *= (0.5 - 0.5 * np.cos(np.pi * np.arange(rise) / max(1, rise))).astype(np.float32)
    last = strings[:, count - fall :]
    last *= (0.5 + 0.5 * np.cos(np.pi * np.arange(1, fall + 1) / max(1, fall))).astype(np.float32)
