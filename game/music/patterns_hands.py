"""Exercises for two hands: together, in turn, in two rhythms at once, and a line from hand to hand."""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from game.music.level import BeatNote, in_order
from game.music.note import LITTLE_FINGER, THUMB, Hand
from game.music.patterns import FiveKeys, NotePace, in_turn

Places = Mapping[Hand, FiveKeys]
"""Where each hand lies."""


class HandsMotion(StrEnum):
    """How two hands move together.

    MIRROR: the same finger of each. PARALLEL: the same way on the keys. IN_TURN: one after the other, finger
    by finger. TWO_ONE, THREE_TWO: ratio of the leading hand's notes to the other hand's.
    """

    MIRROR = "mirror"
    PARALLEL = "parallel"
    IN_TURN = "in-turn"
    TWO_ONE = "2:1"
    THREE_TWO = "3:2"


RATIOS = {HandsMotion.TWO_ONE: (2, 1), HandsMotion.THREE_TWO: (3, 2)}
"""Notes of the leading hand to notes of the other; the other motions go note against note."""


def both_hands(
    row: Sequence[int],
    motion: HandsMotion,
    places: Places,
    pace: NotePace,
    lead: Hand,
    loudness: Sequence[int] = (),
) -> tuple[BeatNote, ...]:
    """A row of the leading hand's fingers, and what the other hand plays to it.

    The row, and each group of the pace, has a whole number of the motion's notes; what is over goes alone.
    """
    if motion is HandsMotion.IN_TURN:
        return _one_after_the_other(row, places, pace, lead, loudness)
    ours, theirs = RATIOS.get(motion, (1, 1))
    notes = []
    for i, finger in enumerate(row):
        notes.append(_note(places[lead], finger, pace.beat(i), pace.length_beats, in_turn(loudness, i)))
    for first in range(0, len(row) - ours + 1, ours):
        for j in range(theirs):
            beat = pace.beat(first) + j * pace.every_beats * ours / theirs
            finger = row[first + j * ours // theirs]
            finger = _across(finger) if motion is HandsMotion.PARALLEL else finger
            length = pace.length_beats * ours / theirs
            notes.append(_note(places[lead.other], finger, beat, length, in_turn(loudness, first)))
    return in_order(notes)


def _one_after_the_other(
    row: Sequence[int], places: Places, pace: NotePace, lead: Hand, loudness: Sequence[int]
) -> tuple[BeatNote, ...]:
    strokes = [(hand, finger) for finger in row for hand in (lead, lead.other)]
    return tuple(
        _note(places[hand], finger, pace.beat(i), pace.length_beats, in_turn(loudness, i))
        for i, (hand, finger) in enumerate(strokes)
    )


def handed_over(
    fingers: Sequence[int], repeats: int, places: Places, pace: NotePace, loudness: Sequence[int] = ()
) -> tuple[BeatNote, ...]:
    """A line up through one hand's fingers and on through the other's, and back; over and over.

    It begins with the hand that lies lower, which is the right one where the hands are crossed.
    """
    low, high = sorted(places.values(), key=lambda keys: keys.lowest)
    up = [(keys, finger) for keys in (low, high) for finger in _upwards(fingers, keys.hand)]
    line = (up + up[::-1]) * repeats
    return tuple(
        _note(keys, finger, pace.beat(i), pace.length_beats, in_turn(loudness, i))
        for i, (keys, finger) in enumerate(line)
    )


def _upwards(fingers: Sequence[int], hand: Hand) -> list[int]:
    """Fingers in the order in which their keys rise."""
    return sorted(fingers, reverse=hand is Hand.LEFT)


def _across(finger: int) -> int:
    """The finger of the other hand that lies as far from the left end of its five keys."""
    return THUMB + LITTLE_FINGER - finger


def _note(keys: FiveKeys, finger: int, beat: float, length: float, velocity: int | None) -> BeatNote:
    return BeatNote(beat, keys.pitch(finger), length, keys.hand, finger, velocity)
