"""The textbook table, row by row, and what every scale and arpeggio has in common."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.music.keyboard import is_black
from game.music.note import Hand
from game.music.pitch_names import pitch_named
from game.music.scales import (
    CHORDS,
    STEPS,
    Mode,
    Row,
    Way,
    arpeggio_choices,
    chromatic,
    five_fingers,
    scale,
    scale_choices,
    triad,
)
from tests.strategies import LAW

MINORS = (Mode.HARMONIC, Mode.NATURAL)

# Two octaves upwards, as the charts print them: keys, kinds of scale, right hand, left hand.
TWO_OCTAVES = [
    ("C G D A E", tuple(Mode), "123 1234 123 1234 5", "5 4321 321 4321 321"),
    ("B", tuple(Mode), "123 1234 123 1234 5", "4321 4321 321 4321"),
    ("F", tuple(Mode), "1234 123 1234 123 1", "54321 321 4321 321"),
    ("F", tuple(Mode), "1234 123 1234 123 4", "54321 321 4321 321"),
    ("Bb", (Mode.MAJOR,), "4 123 1234 123 1234", "321 4321 321 4321 3"),
    ("Bb", (Mode.MAJOR,), "2 123 1234 123 1234", "321 4321 321 4321 2"),
    ("Eb", (Mode.MAJOR,), "3 1234 123 1234 123", "321 4321 321 4321 3"),
    ("Eb", (Mode.MAJOR,), "2 1234 123 1234 123", "321 4321 321 4321 2"),
    ("Ab", (Mode.MAJOR,), "34 123 1234 123 123", "321 4321 321 4321 3"),
    ("C# G#", (Mode.HARMONIC,), "34 123 1234 123 123", "321 4321 321 4321 3"),
    ("C# G#", (Mode.HARMONIC,), "23 123 1234 123 123", "321 4321 321 4321 2"),
    ("C#", (Mode.NATURAL,), "34 123 1234 123 123", "321 4321 321 4321 3"),
    ("Db", (Mode.MAJOR,), "23 1234 123 1234 12", "321 4321 321 4321 3"),
    ("F#", (Mode.MAJOR,), "234 123 1234 123 12", "4321 321 4321 321 4"),
    ("F#", MINORS, "34 123 1234 123 123", "4321 321 4321 321 2"),
    ("Eb", MINORS, "3 1234 123 1234 123", "21 4321 321 4321 32"),
    ("Bb", MINORS, "4 123 1234 123 1234", "21 321 4321 321 432"),
]
ARPEGGIOS = [
    ("C G F", "major", "123 1235", "5421 421"),
    ("D A E", "minor", "123 1235", "5421 421"),
    ("D A E B", "major", "123 1235", "5321 321"),
    ("C G F", "minor", "123 1235", "5321 321"),
    ("Bb Eb Ab Db", "major", "4 124 124", "21 421 42"),
    ("C# F# G#", "minor", "2 124 124", "21 421 42"),
    ("Eb", "minor", "123 1235", "5421 421"),
    ("Bb", "minor", "231 2312", "321 3213"),
    ("C D E F G A B", "dominant seventh", "1234 12345", "5432 14321"),
]

tonics = st.integers(36, 72)
hands = st.sampled_from(Hand)
modes = st.sampled_from(Mode)
ways = st.sampled_from(Way)
octaves = st.integers(1, 3)


def tonic(name: str) -> int:
    return pitch_named(f"{name}3")


def read(fingers: str) -> list[int]:
    return [int(c) for c in fingers if c != " "]


def fingers_of(rows: tuple[Row, ...]) -> list[list[int]]:
    return [[finger for _, finger in row] for row in rows]


@pytest.mark.parametrize(("keys", "kinds", "right", "left"), TWO_OCTAVES)
def test_every_row_of_the_table_of_scales_is_given(
    keys: str, kinds: tuple[Mode, ...], right: str, left: str
) -> None:
    for key in keys.split():
        for kind in kinds:
            for hand, printed in ((Hand.RIGHT, right), (Hand.LEFT, left)):
                assert read(printed) in fingers_of(scale_choices(tonic(key), kind, hand, 2, Way.UP))


@pytest.mark.parametrize(("keys", "chord", "right", "left"), ARPEGGIOS)
def test_every_row_of_the_table_of_arpeggios_is_given(keys: str, chord: str, right: str, left: str) -> None:
    for key in keys.split():
        for hand, printed in ((Hand.RIGHT, right), (Hand.LEFT, left)):
            assert read(printed) in fingers_of(arpeggio_choices(tonic(key), chord, hand, 2, Way.UP))


def test_a_scale_of_one_octave_ends_on_the_little_finger_on_white_keys() -> None:
    assert [f for _, f in scale(60, Mode.MAJOR, Hand.RIGHT, 1, Way.UP)] == read("123 12345")
    assert [f for _, f in scale(48, Mode.MAJOR, Hand.LEFT, 1, Way.UP)] == read("54321 321")


def test_chromatic_scales_have_the_third_finger_on_black_and_the_second_between_white_neighbours() -> None:
    right = dict(chromatic(60, Hand.RIGHT, 1, Way.UP))
    left = dict(chromatic(60, Hand.LEFT, 1, Way.UP))
    assert [p for p in range(60, 72) if right[p] == 3 or left[p] == 3] == [61, 63, 66, 68, 70]
    assert [p for p in range(60, 72) if right[p] == 2] == [60, 65]
    assert [p for p in range(60, 72) if left[p] == 2] == [64, 71]


@LAW
@given(tonics, modes, hands, octaves)
def test_a_scale_goes_up_by_its_steps_and_ends_an_octave_higher(
    low: int, mode: Mode, hand: Hand, over: int
) -> None:
    for row in scale_choices(low, mode, hand, over, Way.UP):
        pitches = [pitch for pitch, _ in row]
        assert [(p - low) % 12 for p in pitches[:-1]] == list(STEPS[mode]) * over
        assert pitches == sorted(set(pitches))
        assert pitches[-1] == low + 12 * over


@pytest.mark.parametrize("mode", Mode)
@pytest.mark.parametrize("hand", Hand)
def test_the_thumb_never_meets_a_black_key_in_a_scale(mode: Mode, hand: Hand) -> None:
    for low in range(36, 48):
        for row in scale_choices(low, mode, hand, 2):
            assert not any(finger == 1 and is_black(pitch) for pitch, finger in row)


@pytest.mark.parametrize("mode", Mode)
@pytest.mark.parametrize("hand", Hand)
def test_only_the_thumb_is_passed_under_in_a_scale(mode: Mode, hand: Hand) -> None:
    outwards = 1 if hand is Hand.RIGHT else -1
    steps = [
        step for low in range(36, 48) for row in scale_choices(low, mode, hand, 2) for step in pairwise(row)
    ]
    for (p, f), (q, g) in steps:
        assert (q > p) is ((g - f) * outwards > 0) or 1 in (f, g)
        assert f != g


@LAW
@given(tonics, hands, octaves, ways, st.sampled_from(sorted(CHORDS)))
def test_an_arpeggio_holds_its_chord_alone_and_no_finger_twice_in_a_row(
    low: int, hand: Hand, over: int, way: Way, chord: str
) -> None:
    for row in arpeggio_choices(low, chord, hand, over, way):
        assert {(p - low) % 12 for p, _ in row} == set(CHORDS[chord])
        assert all(a != b for (_, a), (_, b) in pairwise(row))


@LAW
@given(tonics, st.sampled_from([Mode.MAJOR, *MINORS]), hands, octaves)
def test_downwards_is_upwards_backwards_and_both_plays_the_top_once(
    low: int, mode: Mode, hand: Hand, over: int
) -> None:
    up, down, both = (scale(low, mode, hand, over, way) for way in Way)
    assert down == up[::-1]
    assert both == up + down[1:]


@LAW
@given(tonics, hands, octaves)
def test_the_melodic_minor_comes_down_as_the_natural_one(low: int, hand: Hand, over: int) -> None:
    down = scale(low, Mode.MELODIC, hand, over, Way.DOWN)
    assert down == scale(low, Mode.NATURAL, hand, over, Way.DOWN)
    for both in scale_choices(low, Mode.MELODIC, hand, over):
        assert [p for p, _ in both[-len(down) :]] == [p for p, _ in down]


@pytest.mark.parametrize("mode", Mode)
@pytest.mark.parametrize("hand", Hand)
@pytest.mark.parametrize("way", Way)
def test_every_scale_has_a_fingering_whichever_way_it_goes(mode: Mode, hand: Hand, way: Way) -> None:
    for low in range(36, 48):
        for over in (1, 2, 3):
            ways = 2 if way is Way.BOTH else 1
            assert len(scale(low, mode, hand, over, way)) == 7 * over * ways + 1


@LAW
@given(tonics, modes)
def test_five_fingers_and_triads_are_the_same_in_every_key(low: int, mode: Mode) -> None:
    assert [f for _, f in five_fingers(low, mode, Hand.RIGHT, Way.UP)] == [1, 2, 3, 4, 5]
    assert [f for _, f in five_fingers(low, mode, Hand.LEFT, Way.UP)] == [5, 4, 3, 2, 1]
    assert [f for _, f in triad(low, "minor", Hand.RIGHT)] == [1, 3, 5]
    assert [f for _, f in triad(low, "minor", Hand.LEFT)] == [5, 3, 1]


def test_a_scale_of_no_octave_is_refused() -> None:
    with pytest.raises(ValueError, match="one octave"):
        scale(60, Mode.MAJOR, Hand.RIGHT, 0)
