"""Fingers for a single line of one hand that may leave its place: the least uncomfortable way through it."""

from collections.abc import Sequence
from functools import lru_cache

from game.music.keyboard import is_black, white_index
from game.music.note import LITTLE_FINGER, THUMB, Hand

FINGERS = tuple(range(THUMB, LITTLE_FINGER + 1))

_REST_BEATS = 2.0
"""After a note that lasts this long the hand has time to move, and moving costs half."""

_STRETCH, _SAME, _CROSS, _WRONG_WAY, _BLACK_THUMB = 1.0, 4.0, 2.0, 6.0, 1.0
"""Costs: a key farther than the fingers lie apart, a finger that jumps, the thumb passing under, fingers that
cross otherwise, a short finger on a black key."""


def line_fingers(pitches: Sequence[int], lengths_beats: Sequence[float], hand: Hand) -> tuple[int, ...]:
    """A finger for each note of a line, the cheapest whole."""
    if not pitches:
        return ()
    ways: dict[int, tuple[float, tuple[int, ...]]] = {f: (_at(pitches[0], f), (f,)) for f in FINGERS}
    for before, pitch, length in zip(pitches, pitches[1:], lengths_beats, strict=False):
        ease = 0.5 if length >= _REST_BEATS else 1.0
        ways = {
            f: min(
                (cost + ease * _move(before, pitch, way[-1], f, hand) + _at(pitch, f), (*way, f))
                for cost, way in ways.values()
            )
            for f in FINGERS
        }
    return min(ways.values())[1]


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
        return _STRETCH * abs(keys - steps)
    passing = THUMB in (finger, following) and abs(keys) <= 2 and LITTLE_FINGER not in (finger, following)
    return _CROSS + _STRETCH * max(0, abs(keys) - 1) if passing and up == (following == THUMB) else _WRONG_WAY
