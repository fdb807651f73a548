"""The same level for another hand: its own notes kept, a mirror of them, or the tune an octave away."""

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

from game.errors import Phrase, UserError
from game.music.keyboard import is_black, name, white_index, white_pitch
from game.music.level import SONG, BeatNote, HandChoice, Instrument, Level, in_order
from game.music.note import LITTLE_FINGER, THUMB, Hand

KEYBOARD = (21, 108)
_OCTAVE, _WHITES = 12, 7
_D = 62
"""Around every D the keyboard is the mirror of itself: white keys fall on white ones, black on black."""

_HANDS = {Hand.LEFT: Phrase("left hand"), Hand.RIGHT: Phrase("right hand")}


def for_hand(level: Level, hand: HandChoice) -> Level:
    """A level as it is asked of a hand.

    Of a level for both hands, that hand's notes (and those that name no hand) are asked and the program plays
    the others. An exercise for one hand is mirrored finger by finger; a song keeps its tune and moves by an
    octave. UserError where the other hand has nothing to play or no room on the keyboard.
    """
    if hand in (level.hand, HandChoice.BOTH):
        return level
    wanted = Hand(hand)
    if level.hand is HandChoice.BOTH:
        return _part(level, wanted)
    moved = _moved(level, wanted) if level.family == SONG else _mirrored(level, wanted)
    if level.instrument is Instrument.KEYBOARD:
        _fits(moved)
    return moved


def _part(level: Level, hand: Hand) -> Level:
    """One hand of two."""
    asked = [n for n in level.notes if n.hand in (None, hand)]
    if not asked:
        raise UserError(
            "{level}: the {hand} has nothing to play; choose the other hand",
            level=level.id,
            hand=_HANDS[hand],
        )
    others = [n for n in level.notes if n.hand not in (None, hand)]
    part = level.with_notes(asked, (*level.accompaniment, *others))
    seen = tuple(n for n in level.unasked if n.hand in (None, hand))
    return replace(part, hand=HandChoice(hand), unasked=seen)


def _mirrored(level: Level, hand: Hand) -> Level:
    """Each finger's note for the same finger of the other hand. Pads stay where they are."""
    every = (*level.notes, *level.unasked)
    mirror = _mirror(every, hand) if level.instrument is Instrument.KEYBOARD else int
    notes = [_given(n, hand, pitch=mirror(n.pitch), finger=n.finger) for n in level.notes]
    seen = in_order(_given(n, hand, pitch=mirror(n.pitch), finger=n.finger) for n in level.unasked)
    return replace(level.with_notes(notes, level.accompaniment), hand=HandChoice(hand), unasked=seen)


def _moved(level: Level, hand: Hand) -> Level:
    """The same tune an octave away, with its fingers counted from the other side: 1-2-3 becomes 3-2-1.

    What the program plays of the tune goes with it; other accompaniment in the keys that the hand needs now
    changes places with it. A finger that plays alone stays the same one. Where the tune leaves the
    five-finger position the fingers are left open, since counting them anew would give none that fit.
    """
    if level.instrument is Instrument.PADS:
        return _mirrored(level, hand)
    shift = _OCTAVE if hand is Hand.RIGHT else -_OCTAVE
    fingers = [n.finger for n in level.notes if n.finger]
    stays = in_position(level.notes, hand.other) or len(set(fingers)) == 1
    ends = min(fingers, default=THUMB) + max(fingers, default=LITTLE_FINGER)
    notes = [
        _given(
            n,
            hand,
            pitch=n.pitch + shift,
            finger=ends - n.finger if n.finger and stays else None,
        )
        for n in level.notes
    ]
    low, high = min(n.pitch for n in notes), max(n.pitch for n in notes)
    accompaniment = [
        _given(n, hand, pitch=n.pitch + shift, finger=None)
        if n.hand is hand.other
        else replace(n, pitch=n.pitch - shift)
        if low <= n.pitch <= high
        else n
        for n in level.accompaniment
    ]
    return replace(level.with_notes(notes, accompaniment), hand=HandChoice(hand))


def _given(note: BeatNote, hand: Hand, *, pitch: int, finger: int | None) -> BeatNote:
    return replace(note, pitch=pitch, finger=finger, hand=None if note.hand is None else hand)


def in_position(notes: tuple[BeatNote, ...], hand: Hand) -> bool:
    """Whether a hand plays all of it without moving: every finger has one key, and they lie in order."""
    keys: dict[int, set[int]] = {}
    for n in notes:
        if n.finger is not None:
            keys.setdefault(n.finger if hand is Hand.RIGHT else -n.finger, set()).add(n.pitch)
    in_order = [keys[finger] for finger in sorted(keys)]
    return all(len(pitches) == 1 for pitches in in_order) and all(
        max(lower) < min(upper) for lower, upper in pairwise(in_order)
    )


def _mirror(notes: tuple[BeatNote, ...], hand: Hand) -> Callable[[int], int]:
    """Where each key of these notes lies for the other hand, `hand`."""
    if any(is_black(n.pitch) for n in notes):
        return _around_d([n.pitch for n in notes], hand)
    low, high = _whites_under(notes, hand.other)
    away = _WHITES if hand is Hand.RIGHT else -_WHITES
    return lambda pitch: white_pitch(low + high - white_index(pitch) + away)


def _whites_under(notes: tuple[BeatNote, ...], hand: Hand) -> tuple[int, int]:
    """The outer white keys of a hand's place: its five keys where the fingers tell, else those played."""
    if all(n.finger is not None for n in notes):
        places = {white_index(n.pitch) - _steps_in(n, hand) for n in notes}
        if len(places) == 1:
            low = places.pop()
            return low, low + LITTLE_FINGER - THUMB
    whites = [white_index(n.pitch) for n in notes]
    return min(whites), max(whites)


def _steps_in(note: BeatNote, hand: Hand) -> int:
    """How many keys of a five-finger position lie to the left of a note's finger."""
    finger = note.finger or THUMB
    return LITTLE_FINGER - finger if hand is Hand.LEFT else finger - THUMB


def _around_d(pitches: list[int], hand: Hand) -> Callable[[int], int]:
    """The mirror around D, brought by whole octaves as near as can be to an octave away.

    Halves are rounded towards the left hand's side on the way there and back, so that the way back ends where
    the way there began.
    """
    ends = min(pitches) + max(pitches) - 2 * _D
    half = _OCTAVE // 2
    if hand is Hand.LEFT:
        octaves = (ends - _OCTAVE + half) // _OCTAVE
    else:
        octaves = -((-(ends + _OCTAVE) + half) // _OCTAVE)
    return lambda pitch: 2 * _D - pitch + octaves * _OCTAVE


def _fits(level: Level) -> None:
    lowest, highest = level.pitch_range
    if KEYBOARD[0] <= lowest and highest <= KEYBOARD[1]:
        return
    template = (
        "{level}: the {hand} would need keys beyond the keyboard ({low} to {high}); choose another level"
    )
    hand = _HANDS[Hand(level.hand)]
    raise UserError(template, level=level.id, low=name(lowest), high=name(highest), hand=hand)
