"""Positions of keys: pure geometry in units of one white key's width."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

BLACK = frozenset({1, 3, 6, 8, 10})
NAMES = ("C", "C♯", "D", "D♯", "E", "F", "F♯", "G", "G♯", "A", "A♯", "B")

BLACK_WIDTH = 0.58
"""Width of a black key in white keys; 13.7 mm to 23.5 mm on a piano."""


def is_black(pitch: int) -> bool:
    """Whether the key of a MIDI pitch is a black one."""
    return pitch % 12 in BLACK


def name(pitch: int) -> str:
    """Scientific name of a pitch; 60 is C4."""
    return f"{NAMES[pitch % 12]}{pitch // 12 - 1}"


@cache
def white_index(pitch: int) -> int:
    """How many white keys lie below a pitch (a black key counts as the white key under its left edge)."""
    octave, step = divmod(pitch, 12)
    return octave * 7 + sum(1 for s in range(step) if s not in BLACK) - (1 if is_black(pitch) else 0)


def white_pitch(index: int) -> int:
    """The pitch of a white key; the inverse of `white_index` on white keys."""
    octave, step = divmod(index, 7)
    return octave * 12 + (0, 2, 4, 5, 7, 9, 11)[step]


def nearest(pitch: int, among: Sequence[int]) -> int:
    """The nearest of the given pitches, the lower of two; the pitch itself if there are none."""
    return min(among, key=lambda one: (abs(one - pitch), one), default=pitch)


@dataclass(frozen=True, slots=True)
class Key:
    """A key's place: left edge and width in white keys, from the left edge of the stretch it is in."""

    pitch: int
    left: float
    width: float

    @property
    def black(self) -> bool:
        return is_black(self.pitch)

    @property
    def middle(self) -> float:
        return self.left + self.width / 2


# How far a black key's middle lies from the line between its two white neighbours, in white keys, right
# positive: the outer ones of a group lean outwards, as on a piano.
_LEAN = {1: -0.13, 3: 0.13, 6: -0.16, 8: 0.0, 10: 0.16}


@dataclass(frozen=True, slots=True)
class Stretch:
    """A run of neighbouring keys, from one white key to another, both included."""

    lowest: int
    highest: int

    def __post_init__(self) -> None:
        if is_black(self.lowest) or is_black(self.highest) or self.lowest > self.highest:
            raise ValueError("a stretch of keys goes from a white key up to a white key")

    @classmethod
    def around(cls, lowest: int, highest: int, spare: int = 2, least: int = 7) -> "Stretch":
        """The keys from `lowest` to `highest` with `spare` white keys more on each side, `least` in all."""
        low = white_index(lowest) - spare
        high = white_index(highest) + (1 if is_black(highest) else 0) + spare
        missing = max(0, least - (high - low + 1))
        low, high = low - missing // 2, high + (missing + 1) // 2
        top = white_index(127)
        low, high = low - max(0, high - top), high + max(0, -low)
        return cls(white_pitch(max(0, low)), white_pitch(min(top, high)))

    @property
    def whites(self) -> int:
        """How many white keys it has: its width."""
        return white_index(self.highest) - white_index(self.lowest) + 1

    def __contains__(self, pitch: int) -> bool:
        return self.lowest <= pitch <= self.highest

    def key(self, pitch: int) -> Key:
        """Where a key lies."""
        first = white_index(self.lowest)
        if not is_black(pitch):
            return Key(pitch, white_index(pitch) - first, 1.0)
        middle = white_index(pitch) - first + 1 + _LEAN[pitch % 12]
        return Key(pitch, middle - BLACK_WIDTH / 2, BLACK_WIDTH)

    def keys(self) -> tuple[Key, ...]:
        """All keys, white ones first, so that painting in order puts the black ones on top."""
        keys = [self.key(pitch) for pitch in range(self.lowest, self.highest + 1)]
        return tuple(sorted(keys, key=lambda k: (k.black, k.pitch)))
