"""Broken chords from any of their notes, with the fingers that books of scales and arpeggios give them.

Beringer & Dunhill (1900) finger every inversion by the same few rules. They are told here for the right hand;
the left hand is its mirror image. The thumb takes the first note where that is white or all are black, else
the first white key above it; the notes before the thumb begin with the index finger. Four notes are 1 2 3 4.
Three notes are 1 2 3 where the last is nearer to the second than to the next thumb, else 1 2 4; so they are
where the last and the thumb are white keys a third apart. A run that ends on the thumb's key ends with the
little finger.
"""

from collections.abc import Sequence

from game.music.keyboard import is_black
from game.music.note import LITTLE_FINGER, THUMB, Hand
from game.music.scales import CHORDS, OCTAVE

_MIRROR = 124
"""Twice D4, around which the keyboard is its own mirror image."""

_INDEX, _MIDDLE, _RING = 2, 3, 4
_MAJOR_THIRD, _WIDEST = 4, 6


def is_chord(steps: Sequence[int]) -> bool:
    """Whether steps in semitones, one octave in all, are those of a chord in some inversion."""
    if sum(steps) != OCTAVE:
        return False
    if len(steps) == 3:
        return min(steps) >= 3 and max(steps) <= _WIDEST
    return any(tuple(steps) in _turns(tones) for tones in CHORDS.values() if len(tones) == len(steps))


def _turns(tones: Sequence[int]) -> set[tuple[int, ...]]:
    """The steps of a chord from each of its tones."""
    steps = [b - a for a, b in zip(tones, [*tones[1:], OCTAVE], strict=True)]
    return {tuple(steps[i:] + steps[:i]) for i in range(len(steps))}


def run_fingers(pitches: Sequence[int], size: int, hand: Hand) -> tuple[int, ...]:
    """The fingers of a run over a chord's tones, up or down, over an octave or more.

    pitches: in the order of playing, neighbours in the chord each. size: tones of the chord, three or four.
    """
    rising = _rising(pitches, hand)
    low = rising[:size]
    start = rising[0] if _up(pitches, hand) else rising[-1]
    tones = [(start - p) % OCTAVE for p in low]
    own = not is_black(start) or all(is_black(p) for p in low)
    thumb = tones.index(0) if own else _first_white(low, tones)
    cycle = _cycle([rising[(thumb + i) % size] + OCTAVE * ((thumb + i) // size) for i in range(size)])
    fingers = [cycle[(i - thumb) % size] for i in range(len(rising))]
    fingers[:thumb] = cycle[1 : thumb + 1] if size > 3 else (_INDEX, cycle[-1])[:thumb]
    if fingers[-1] == THUMB:
        fingers[-1] = LITTLE_FINGER
    return tuple(fingers if _up(pitches, hand) else fingers[::-1])


def octave_fingers(pitches: Sequence[int], hand: Hand) -> tuple[int, ...]:
    """The fingers of three tones of a chord and the octave of the first, taken in one position."""
    rising = _rising(pitches, hand)
    fingers = (*_cycle(rising[:3]), LITTLE_FINGER)
    return fingers if _up(pitches, hand) else fingers[::-1]


def _first_white(low: Sequence[int], tones: Sequence[int]) -> int:
    """Which of the lowest tones is the first white one from the start on, upwards."""
    size, start = len(low), tones.index(0)
    return next((start + i) % size for i in range(size) if not is_black(low[(start + i) % size]))


def _cycle(tones: Sequence[int]) -> tuple[int, ...]:
    """The fingers of a chord's tones from the thumb's upwards."""
    if len(tones) > 3:
        return (THUMB, _INDEX, _MIDDLE, _RING)
    thumb, second, third = tones
    inner, outer = third - second, thumb + OCTAVE - third
    whites = outer == _MAJOR_THIRD and not is_black(third) and not is_black(thumb)
    return (THUMB, _INDEX, _MIDDLE if inner < outer and not whites else _RING)


def _up(pitches: Sequence[int], hand: Hand) -> bool:
    """Whether it goes outwards, from the thumb to the little finger."""
    return (pitches[1] > pitches[0]) is (hand is Hand.RIGHT)


def _rising(pitches: Sequence[int], hand: Hand) -> list[int]:
    """Pitches as the right hand sees them, from the lowest."""
    return sorted(p if hand is Hand.RIGHT else _MIRROR - p for p in pitches)
