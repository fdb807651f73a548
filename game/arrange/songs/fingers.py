"""Fingers for a single line of one hand that may leave its place: the least uncomfortable way through it."""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from game.music.keyboard import is_black, white_index
from game.music.level import BeatNote
from game.music.note import LITTLE_FINGER, THUMB, Hand

FINGERS = tuple(range(THUMB, LITTLE_FINGER + 1))

_REST_BEATS = 2.0
"""After a note that lasts this long the hand has time to move, and moving costs half."""

_STRETCH, _SAME, _CROSS, _WRONG_WAY, _BLACK_THUMB = 1.0, 4.0, 2.5, 6.0, 1.5
"""Costs: a key farther than the fingers lie apart, a finger that jumps, the thumb passing under, fingers that
cross otherwise, a short finger on a black key."""

_INNER = 1.0
"""What a key more costs beyond that where neither finger is the thumb, which spreads most easily."""


Placed = tuple[BeatNote, int]
"""A note and the finger that plays it."""


def phrase_fingers(phrases: Iterable[Sequence[BeatNote]], hand: Hand) -> tuple[int, ...]:
    """A finger for each note of a tune: the same phrase has the same fingers each time it comes.

    It has others only where its first finger would have to jump from another key.
    """
    fingers: list[int] = []
    known: dict[tuple[tuple[int, float], ...], tuple[int, ...]] = {}
    last: Placed | None = None
    for phrase in phrases:
        figure = tuple((n.pitch, n.length_beats) for n in phrase)
        own = known.get(figure)
        if own is None or (last and own[0] == last[1] and phrase[0].pitch != last[0].pitch):
            own = line_fingers([n.pitch for n in phrase], [n.length_beats for n in phrase], hand, last)
            known.setdefault(figure, own)
        fingers += own
        last = phrase[-1], own[-1]
    return tuple(fingers)


def line_fingers(
    pitches: Sequence[int], lengths_beats: Sequence[float], hand: Hand, last: Placed | None = None
) -> tuple[int, ...]:
    """A finger for each note of a line, the cheapest whole. last: what the hand played before it."""
    if not pitches:
        return ()
    ways: dict[int, tuple[float, tuple[int, ...]]] = {
        f: (_at(pitches[0], f) + _onto(last, pitches[0], f, hand), (f,)) for f in FINGERS
    }
    for before, pitch, length in zip(pitches, pitches[1:], lengths_beats, strict=False):
        ease = _ease(length)
        ways = {
            f: min(
                (cost + ease * _move(before, pitch, way[-1], f, hand) + _at(pitch, f), (*way, f))
                for cost, way in ways.values()
            )
            for f in FINGERS
        }
    return min(ways.values())[1]


def _onto(last: Placed | None, pitch: int, finger: int, hand: Hand) -> float:
    """What a line's first note costs after the line before it."""
    if last is None:
        return 0.0
    note, before = last
    return _ease(note.length_beats) * _move(note.pitch, pitch, before, finger, hand)


def _ease(length_beats: float) -> float:
    """What a move costs after a note of a length, as a share."""
    return 0.5 if length_beats >= _REST_BEATS else 1.0


def _at(pitch: int, finger: int) -> float:
    return _BLACK_THUMB if is_black(pitch) and finger in (THUMB, LITTLE_FINGER) else 0.0


@lru_cache(maxsize=4096)
def _move(before: int, pitch: int, finger: int, following: int, hand: Hand) -> float:
    """What it costs to go from a key under a finger to the next key under the next one."""
    if before == pitch:
        return 0.0 if finger == following else _SAME
    if finger == following:
        return _SAME
    outwards = 1 if hand is Hand.RIGHT else -1
    keys = (white_index(pitch) - white_index(before)) * outwards
    up = (pitch - before) * outwards > 0
    steps = following - finger
    if up == (steps > 0):
        wider = max(0, abs(keys) - abs(steps)) if THUMB not in (finger, following) else 0
        return _STRETCH * abs(keys - steps) + _INNER * wider
    passing = THUMB in (finger, following) and abs(keys) <= 2 and LITTLE_FINGER not in (finger, following)
    return _CROSS + _STRETCH * max(0, abs(keys) - 1) if passing and up == (following == THUMB) else _WRONG_WAY
