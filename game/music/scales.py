"""Textbook scales and arpeggios with their fingers: a table, and functions that put it on the keys.

The fingers are those of the published charts for students (University of Evansville; Bellingham MTA) and of
Beringer & Dunhill (1900). Where charts differ, they do so at the first and the last note: each of their
fingerings is in `scale_choices` and `arpeggio_choices`, the most usual one first. Rows go upwards; downwards
is the same row backwards, apart from the melodic minor, which descends as the natural one.
"""

from collections.abc import Sequence
from enum import StrEnum

from game.music.keyboard import is_black
from game.music.note import Hand

Row = tuple[tuple[int, int], ...]
"""Pitches with their fingers, in the order of playing."""

OCTAVE = 12


class Mode(StrEnum):
    """The kind of a scale."""

    MAJOR = "major"
    HARMONIC = "harmonic minor"
    MELODIC = "melodic minor"
    NATURAL = "natural minor"


class Way(StrEnum):
    """Direction of a row; up and down plays the top note once."""

    UP = "up"
    DOWN = "down"
    BOTH = "up and down"


STEPS = {
    Mode.MAJOR: (0, 2, 4, 5, 7, 9, 11),
    Mode.HARMONIC: (0, 2, 3, 5, 7, 8, 11),
    Mode.MELODIC: (0, 2, 3, 5, 7, 9, 11),
    Mode.NATURAL: (0, 2, 3, 5, 7, 8, 10),
}
"""Semitones above the tonic, going up."""

CHORDS = {
    "major": (0, 4, 7),
    "minor": (0, 3, 7),
    "dominant seventh": (0, 4, 7, 10),
    "major seventh": (0, 4, 7, 11),
    "minor seventh": (0, 3, 7, 10),
    "diminished seventh": (0, 3, 6, 9),
}
"""Semitones above the root of the chords that are broken as arpeggios."""

# A way to finger a row upwards: how it starts, the fingers of each octave, and the finger that ends it.
# The start replaces the first fingers of the first octave, and the end the last ones; "" leaves them alone.
_Way = tuple[str, str, str]


def _ways(each: str, starts: Sequence[str] = ("",), ends: Sequence[str] = ("",)) -> tuple[_Way, ...]:
    return tuple((start, each, end) for start in starts for end in ends)


_WHITE_RIGHT = _ways("1231234", ends=["5"])
_F_RIGHT = _ways("1234123", ends=["4", "1"])
_WHITE_LEFT = _ways("1432132", starts=["5"])
_B_LEFT = _ways("1321432", starts=["4"])
_FLATS_LEFT = _ways("3214321", ends=["3", "2"])
_F_SHARP_LEFT = _ways("4321321", ends=["4", "2"])
_A_FLAT_RIGHT = _ways("3412312", starts=["", "23"])
_D_FLAT_RIGHT = _ways("2312341")
_B_FLAT_RIGHT = _ways("4123123", starts=["", "2"])
_E_FLAT_RIGHT = _ways("3123412", starts=["", "2"])
_SHARPS_MELODIC_RIGHT = _ways("2312341", starts=["", "34"], ends=["", "3"])

_RIGHT_MAJOR = {
    **dict.fromkeys((0, 7, 2, 9, 4, 11), _WHITE_RIGHT),
    5: _F_RIGHT,
    10: _B_FLAT_RIGHT,
    3: _E_FLAT_RIGHT,
    8: _A_FLAT_RIGHT,
    1: _D_FLAT_RIGHT,
    6: _ways("2341231"),
}
_RIGHT_MINOR = _RIGHT_MAJOR | {1: _A_FLAT_RIGHT, 6: _ways("3412312")}
_LEFT_MAJOR = {
    **dict.fromkeys((0, 7, 2, 9, 4, 5), _WHITE_LEFT),
    11: _B_LEFT,
    **dict.fromkeys((10, 3, 8, 1), _FLATS_LEFT),
    6: _F_SHARP_LEFT,
}
_LEFT_MINOR = _LEFT_MAJOR | {3: _ways("2143213"), 10: _ways("2132143")}
_G_SHARP_NATURAL_LEFT = _ways("3213214", ends=["3", "2"])


def scale(tonic: int, mode: Mode, hand: Hand, octaves: int = 1, way: Way = Way.BOTH) -> Row:
    """A scale from a MIDI pitch upwards, with the most usual fingers."""
    return scale_choices(tonic, mode, hand, octaves, way)[0]


def scale_choices(
    tonic: int, mode: Mode, hand: Hand, octaves: int = 1, way: Way = Way.BOTH
) -> tuple[Row, ...]:
    """A scale with each fingering of the charts, the most usual first."""
    choices = _upwards(tonic, STEPS[mode], _scale_ways(tonic, mode, hand), octaves)
    if mode is not Mode.MELODIC:
        return tuple(_played(up, up, way) for up in choices)
    natural = _upwards(tonic, STEPS[Mode.NATURAL], _scale_ways(tonic, Mode.NATURAL, hand), octaves)
    if way is Way.DOWN:
        return tuple(row[::-1] for row in natural)
    return tuple(_played(up, down, way) for up in choices for down in natural if up[-1] == down[-1])


def _scale_ways(tonic: int, mode: Mode, hand: Hand) -> tuple[_Way, ...]:
    key = tonic % OCTAVE
    if (key, mode, hand) == (8, Mode.NATURAL, Hand.LEFT):  # its seventh is black, and no thumb's key
        return _G_SHARP_NATURAL_LEFT
    if hand is Hand.LEFT:
        return (_LEFT_MAJOR if mode is Mode.MAJOR else _LEFT_MINOR)[key]
    if mode is Mode.MAJOR:
        return _RIGHT_MAJOR[key]
    if mode is Mode.MELODIC and key in (1, 6):  # its raised sixth is black, and the thumb stays on white
        return _SHARPS_MELODIC_RIGHT
    return _RIGHT_MINOR[key]


def arpeggio(tonic: int, chord: str, hand: Hand, octaves: int = 1, way: Way = Way.BOTH) -> Row:
    """A chord of `CHORDS` broken from a MIDI pitch upwards, with the most usual fingers."""
    return arpeggio_choices(tonic, chord, hand, octaves, way)[0]


def arpeggio_choices(
    tonic: int, chord: str, hand: Hand, octaves: int = 1, way: Way = Way.BOTH
) -> tuple[Row, ...]:
    """An arpeggio with each fingering of the charts, the most usual first."""
    steps = CHORDS[chord]
    black = tuple(is_black(tonic + step) for step in steps)
    ways = _seventh_ways(black, hand) if len(steps) == 4 else _triad_ways(black, steps[1], hand)
    return tuple(_played(up, up, way) for up in _upwards(tonic, steps, ways, octaves))


def _triad_ways(black: tuple[bool, ...], third: int, hand: Hand) -> tuple[_Way, ...]:
    """Fingers by which of root, third and fifth are black; the thumb takes a white key where there is one.

    third: semitones of the chord's third.
    """
    if all(black) or not black[0]:
        if hand is Hand.RIGHT:
            return _ways("123", ends=["5"])
        each = "132" if black[1] and not (all(black) and third == 3) else "142"
        other = {"132": "142", "142": "132"}[each]
        either = all(black) or (black[1] and third == 3)  # charts differ
        return _ways(each, starts=["5"]) + (_ways(other, starts=["5"]) if either else ())
    if black[1]:  # B flat minor: the only white key is the fifth
        return _ways("231") if hand is Hand.RIGHT else _ways("321", ends=["2", "3"])
    if hand is Hand.RIGHT:
        return _ways("412", starts=["2", ""])
    if black[2]:
        return _ways("214")
    return _ways("321", ends=["2", "3"]) + _ways("214")  # B flat major: its third and fifth are white


def _seventh_ways(black: tuple[bool, ...], hand: Hand) -> tuple[_Way, ...]:
    """Fingers 1 to 4 in turn from the root, or from a white key where the root is black."""
    if all(black) or not black[0]:
        return _ways("1234", ends=["5"]) if hand is Hand.RIGHT else _ways("1432", starts=["5"])
    whites = [at for at, is_one in enumerate(black) if not is_one]
    if hand is Hand.RIGHT:
        each = _turned("1234", whites[0])
        return _ways(each, starts=["234"[: whites[0]], ""])
    thumbs = (whites[-1], whites[0])
    return tuple(way for at in thumbs for way in _ways(_turned("1432", at), ends=["432"[at - 4 :], ""]))


def _turned(row: str, at: int) -> str:
    """Fingers in turn, so that the first of them comes at a place."""
    return row[-at:] + row[:-at]


def chromatic(lowest: int, hand: Hand, octaves: int = 1, way: Way = Way.BOTH) -> Row:
    """Every key in turn: 3 on the black ones, 1 on the white ones, 2 where two white keys are neighbours."""
    up = tuple((p, chromatic_finger(p, hand)) for p in range(lowest, lowest + octaves * OCTAVE + 1))
    return _played(up, up, way)


def chromatic_finger(pitch: int, hand: Hand) -> int:
    """The finger of a key in a chromatic scale."""
    if is_black(pitch):
        return 3
    second = (0, 5) if hand is Hand.RIGHT else (4, 11)
    return 2 if pitch % OCTAVE in second else 1


def five_fingers(tonic: int, mode: Mode, hand: Hand, way: Way = Way.BOTH) -> Row:
    """The first five notes of a scale, a finger to each: the same in every key."""
    return _position(tonic, STEPS[mode][:5], (1, 2, 3, 4, 5), hand, way)


def triad(tonic: int, chord: str, hand: Hand) -> Row:
    """A chord of three in root position, from below: 1 3 5, in the left hand 5 3 1."""
    return _position(tonic, CHORDS[chord][:3], (1, 3, 5), hand, Way.UP)


def _position(tonic: int, steps: Sequence[int], fingers: Sequence[int], hand: Hand, way: Way) -> Row:
    own = fingers if hand is Hand.RIGHT else fingers[::-1]
    up = tuple((tonic + step, finger) for step, finger in zip(steps, own, strict=True))
    return _played(up, up, way)


def _upwards(tonic: int, steps: Sequence[int], ways: Sequence[_Way], octaves: int) -> tuple[Row, ...]:
    """The rows that some ways to finger give from the tonic upwards."""
    if octaves < 1:
        raise ValueError(f"a scale goes over one octave or more, not {octaves}")
    pitches = [tonic + OCTAVE * octave + step for octave in range(octaves) for step in steps]
    pitches.append(tonic + OCTAVE * octaves)
    rows = []
    for start, each, end in ways:
        fingers = start + (each * octaves + each[0])[len(start) :]
        fingers = fingers[: len(fingers) - len(end)] + end
        rows.append(tuple(zip(pitches, map(int, fingers), strict=True)))
    return tuple(rows)


def _played(up: Row, down: Row, way: Way) -> Row:
    if way is Way.UP:
        return up
    return down[::-1] if way is Way.DOWN else up + down[-2::-1]
