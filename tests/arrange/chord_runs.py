"""Runs over the tones of a chord, and the fingers that every method gives those from the root."""

from game.music.keyboard import is_black
from game.music.note import Hand

MAJOR, MINOR, DOMINANT, DIMINISHED = (0, 4, 7), (0, 3, 7), (0, 4, 7, 10), (0, 3, 6, 9)


def from_the_root(root: int, chord: tuple[int, ...], hand: Hand) -> str | None:
    """The fingers of two octaves up from a white root, as digits; None where methods differ.

    Triads: right 1 2 3, left 5 4 2 where the second note is white and 5 3 2 where it is black. Sevenths:
    right 1 2 3 4, left 5 4 3 2.
    """
    if is_black(root):
        return None
    if len(chord) == 4:
        return "123412345" if hand is Hand.RIGHT else "543214321"
    if hand is Hand.RIGHT:
        return "1231235"
    return "5321321" if is_black(root + chord[1]) else "5421421"


def tones(root: int, chord: tuple[int, ...], octaves: int = 5) -> list[int]:
    """The tones of a chord, from a root upwards."""
    return [root + 12 * octave + step for octave in range(octaves) for step in chord]


def run(root: int, chord: tuple[int, ...], inversion: int, octaves: int = 2) -> list[int]:
    """Up from one of a chord's tones and back."""
    up = tones(root, chord)[inversion : inversion + len(chord) * octaves + 1]
    return up + up[-2::-1]


def groups(root: int, chord: tuple[int, ...]) -> list[int]:
    """Four tones from each tone of a chord in turn, up an octave, and the same back."""
    row = tones(root, chord)
    up = [pitch for first in range(len(chord) + 1) for pitch in row[first : first + len(chord) + 1]]
    return up + up[::-1]
