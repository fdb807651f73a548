"""Music for the tests of fingering: rows of pitches made into notes, steadily, unsteadily, bound or short."""

from collections.abc import Sequence
from random import Random

from game.music.note import Note
from game.music.scales import Row

FIGURES = {
    "12345432": (0, 2, 3, 4, 5, 4, 3, 2),
    "12543432": (0, 2, 5, 4, 3, 4, 3, 2),
    "12543234": (0, 2, 5, 4, 3, 2, 3, 4),
    "15453423": (0, 5, 4, 5, 3, 4, 2, 3),
    "13243543": (0, 2, 1, 3, 2, 4, 3, 2),
    "12453423": (0, 2, 4, 5, 3, 4, 2, 3),
    "31425345": (2, 0, 3, 1, 4, 2, 3, 4),
}
"""Figures of five keys as exercises have them: fingers of the right hand, white keys above the first."""


def line(
    pitches: Sequence[int], ioi_s: float = 0.25, share: float = 0.95, jitter_s: float = 0.0, seed: int = 1
) -> list[Note]:
    """Single notes in turn; share: of the onset interval that a key is held, more than 1 to overlap."""
    rng = Random(seed)
    return [
        Note(i, 1 + i * ioi_s + rng.uniform(-jitter_s, jitter_s), ioi_s * share, pitch)
        for i, pitch in enumerate(pitches)
    ]


def chord(pitches: Sequence[int], onset_s: float = 0.0, length_s: float = 0.5) -> list[Note]:
    return [Note(i, onset_s, length_s, pitch) for i, pitch in enumerate(pitches)]


def pitches_of(row: Row) -> list[int]:
    return [pitch for pitch, _ in row]


def fingers_of(row: Row) -> tuple[int, ...]:
    return tuple(finger for _, finger in row)
