"""Which notes of a song are asked of one finger, of three, of five: the hand lies still, the tune goes on.

What is not asked is left to the program at its own pitch: a note moved by an octave would sound like another
tune. Every note that is asked is a note of the tune, when and where the tune has it.
"""

from collections.abc import Iterator
from dataclasses import replace

from game.arrange.reduction.limits import LIMITS, Reduction
from game.arrange.reduction.thinning import spaced
from game.music.keyboard import is_black
from game.music.level import BeatNote
from game.music.note import Hand
from game.music.song import Song

"""At most 0.8, 1.5 and 2.5 notes a second, never more."""

_BLACK_COST = 0.4
"""What a black key takes from the worth of a place, in notes: it is narrower, and far for a short finger."""

_NEAR = 1e-6

Strong = tuple[int, BeatNote]
"""A note, and how strong its place in the bar is."""


def asked_of(song: Song, reduction: Reduction) -> tuple[BeatNote, ...]:
    """The notes that a reduction asks of the right hand, where most of the tune lies under it."""
    limits = LIMITS[reduction]
    gap_beats = limits.gap_s * song.bpm / 60.0 - _NEAR
    strong = [(song.strength(n.beat), n) for n in song.tune]
    strong = [one for one in strong if one[0] >= limits.strength]
    strong.sort(key=lambda one: (-one[0], one[1].beat))
    rows = [(_row(strong, place, gap_beats), place) for place in _places(song, limits.keys)]
    row, place = max(rows, key=lambda found: (_worth(found[0]), -found[1][0]))
    fingers = {pitch: limits.finger(i) for i, pitch in enumerate(place)}
    notes = [n for _, n in sorted(row, key=lambda one: one[1].beat)]
    return tuple(
        replace(n, length_beats=length, hand=Hand.RIGHT, finger=fingers[n.pitch])
        for n, length in _let_go(notes)
    )


def _places(song: Song, keys: int) -> Iterator[tuple[int, ...]]:
    """Every row of neighbouring keys of the scale that the tune touches."""
    low, high = min(n.pitch for n in song.tune), max(n.pitch for n in song.tune)
    scale = song.scale_pitches
    for i in range(len(scale) - keys + 1):
        if scale[i + keys - 1] >= low and scale[i] <= high:
            yield scale[i : i + keys]


def _row(strong: list[Strong], place: tuple[int, ...], gap_beats: float) -> list[Strong]:
    """The notes in a place, the strong ones first, as far as the hand has time for them."""
    own = [one for one in strong if one[1].pitch in place]
    return [own[i] for i in spaced([n.beat for _, n in own], gap_beats)]


def _worth(row: list[Strong]) -> float:
    """How much of a tune a row keeps: its notes, strong ones a little more, and all its keys in use."""
    kept = sum(1.0 + 0.1 * strength - _BLACK_COST * is_black(n.pitch) for strength, n in row)
    return kept + 0.2 * len({n.pitch for _, n in row})


def _let_go(row: list[BeatNote]) -> Iterator[tuple[BeatNote, float]]:
    """Each note with its length, ended in time for the next one."""
    for n, following in zip(row, [*row[1:], None], strict=True):
        yield n, min(n.length_beats, following.beat - n.beat) if following else n.length_beats
