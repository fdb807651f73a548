"""Music moved into the keys that there are: by octaves first."""

from collections.abc import Iterable

OCTAVE = 12
OUTER_WEIGHT = 3
"""A note of the tune or the bass counts as many as so many notes between them."""

PIANO = (21, 108)

KEYBOARDS: dict[int, tuple[int, int]] = {
    25: (48, 72),
    37: (48, 84),
    49: (36, 84),
    61: (36, 96),
    76: (28, 103),
    88: PIANO,
}
"""Lowest and highest key of keyboards by their number of keys, as they are made: C3–C5, C3–C6, C2–C6, C2–C7,
E1–G7, A0–C8, where C4 is 60."""


def transposed_by(pitches: Iterable[tuple[int, int]], keys: tuple[int, int], first: int = 0) -> int:
    """Semitones by which the music fits in the keys, upwards positive.

    pitches: each with its weight. first: where to begin. Whole octaves are tried first, the nearest first,
    then other steps; where nothing takes it all, the octave that keeps most of the weight.
    """
    weights: dict[int, int] = {}
    for pitch, weight in pitches:
        weights[pitch] = weights.get(pitch, 0) + weight
    if not weights:
        return first
    low, high = min(weights), max(weights)
    tried = sorted(range(-127, 128), key=lambda k: (k % OCTAVE != 0, abs(k), -k))
    for steps in (first + k for k in tried):
        if keys[0] <= low + steps and high + steps <= keys[1]:
            return steps
    octaves = [first + k for k in tried if k % OCTAVE == 0]
    return max(octaves, key=lambda k: (_kept(weights, k, keys), -abs(k - first)))


def _kept(weights: dict[int, int], steps: int, keys: tuple[int, int]) -> int:
    return sum(weight for pitch, weight in weights.items() if keys[0] <= pitch + steps <= keys[1])


def folded(pitch: int, low: int = 0, high: int = 127) -> int:
    """A pitch moved by octaves until it lies in a range of an octave or more."""
    while pitch < low:
        pitch += OCTAVE
    while pitch > high:
        pitch -= OCTAVE
    return pitch
