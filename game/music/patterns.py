"""Exercises from a few parameters: which finger plays when, on five neighbouring white keys.

A kind of pattern is one small function from its parameters to a row of fingers. `played` puts any such row on
the keys of one hand and on the beat, so a kind never knows which hand it is for: the left hand is the mirror
of the right one finger by finger. A new kind is one more function here and its parameters in the level files.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from game.music.keyboard import is_black, white_index, white_pitch
from game.music.level import BeatNote
from game.music.note import LITTLE_FINGER, THUMB, Hand

FINGERS = tuple(range(THUMB, LITTLE_FINGER + 1))

HOME = {Hand.RIGHT: 60, Hand.LEFT: 48}
"""The lowest key of each hand's usual place: C4 under the right thumb, C3 under the left little finger."""


@dataclass(frozen=True, slots=True)
class FiveKeys:
    """A hand lying on five neighbouring white keys, of which `lowest` is the leftmost."""

    hand: Hand
    lowest: int

    def __post_init__(self) -> None:
        if is_black(self.lowest):
            raise ValueError("a hand's place starts on a white key")

    @classmethod
    def home(cls, hand: Hand) -> "FiveKeys":
        """Where a hand usually lies."""
        return cls(hand, HOME[hand])

    def pitch(self, finger: int) -> int:
        """The key under a finger, 1 thumb to 5 little finger."""
        steps = finger - THUMB if self.hand is Hand.RIGHT else LITTLE_FINGER - finger
        return white_pitch(white_index(self.lowest) + steps)


@dataclass(frozen=True, slots=True)
class NotePace:
    """The timing of a row of notes.

    every_beats: from one onset to the next. length_beats: how long a key is held.
    group: after so many notes the hand rests for `rest_beats` more; 0 is one unbroken row.
    """

    every_beats: float = 1.0
    length_beats: float = 0.5
    group: int = 0
    rest_beats: float = 0.0

    def beat(self, index: int) -> float:
        """When the note with an index in the row is due."""
        rests = index // self.group if self.group else 0
        return index * self.every_beats + rests * self.rest_beats


Fingers = int | tuple[int, ...]
"""One finger, or several that press together."""


def played(
    row: Sequence[Fingers], keys: FiveKeys, pace: NotePace, loudness: Sequence[int] = ()
) -> tuple[BeatNote, ...]:
    """A row of fingers, or of chords, as notes. loudness: velocities asked in turn, over and over."""
    return tuple(
        BeatNote(pace.beat(i), keys.pitch(finger), pace.length_beats, keys.hand, finger, in_turn(loudness, i))
        for i, fingers in enumerate(row)
        for finger in together(fingers)
    )


def together(fingers: Fingers) -> tuple[int, ...]:
    """The fingers of one stroke."""
    return (fingers,) if isinstance(fingers, int) else fingers


def in_turn(loudness: Sequence[int], index: int) -> int | None:
    """The velocity asked of the stroke with an index; None if the player may choose."""
    return loudness[index % len(loudness)] if loudness else None


def single_finger(finger: int, repeats: int) -> tuple[int, ...]:
    """One finger, again and again: 2-2-2-2."""
    return (finger,) * repeats


def alternation(fingers: Sequence[int], repeats: int, each: int = 1) -> tuple[int, ...]:
    """Fingers in turn, each of them `each` times: 2-3-2-3, or 2-2-3-3 where each is 2."""
    once = [finger for finger in fingers for _ in range(each)]
    return tuple(once * repeats)


def steps(fingers: Sequence[int], repeats: int) -> tuple[int, ...]:
    """Up and back: 1-2-3-4-5-4-3-2. Each end is played once, so that rounds join smoothly."""
    return (*fingers, *reversed(fingers[1:-1])) * repeats


def skips(fingers: Sequence[int], repeats: int) -> tuple[int, ...]:
    """Up in thirds, one step further each time: 1-3-2-4-3-5."""
    pairs = zip(fingers, fingers[2:], strict=False)
    return tuple(finger for pair in pairs for finger in pair) * repeats


def mixed(fingers: Sequence[int], repeats: int, rng: Random) -> tuple[int, ...]:
    """Every finger once a round, in an order left to chance; none twice in a row where there are two."""
    row: list[int] = []
    for _ in range(repeats):
        free = list(fingers)
        while free:
            other = [finger for finger in free if row[-1:] != [finger]]
            chosen = rng.choice(other or free)
            free.remove(chosen)
            row.append(chosen)
    return tuple(row)


def coming_home(row: Sequence[int]) -> tuple[int, ...]:
    """A row that ends where it began."""
    return (*row, row[0])
