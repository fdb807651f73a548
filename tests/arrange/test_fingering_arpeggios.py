"""Arpeggios from every tone of a chord, and broken chords, have the fingers of the methods."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.arrange.fingering.fingering import fingered
from game.music.arpeggios import is_chord, octave_fingers, run_fingers
from game.music.keyboard import is_black
from game.music.note import Hand
from tests.arrange.chord_runs import DIMINISHED, DOMINANT, MAJOR, MINOR, from_the_root, groups, run
from tests.arrange.fingering_music import line
from tests.strategies import LAW

CHORDS = (MAJOR, MINOR, DOMINANT, DIMINISHED)


def digits(fingers: tuple[int | None, ...]) -> str:
    return "".join(map(str, fingers))


@pytest.mark.parametrize("hand", Hand)
@pytest.mark.parametrize("chord", CHORDS)
@pytest.mark.parametrize("root", [root for root in range(60, 72) if not is_black(root)])
def test_an_arpeggio_from_a_white_root_has_the_fingers_of_every_method(
    root: int, chord: tuple[int, ...], hand: Hand
) -> None:
    up = from_the_root(root, chord, hand)
    got = digits(fingered(line(run(root, chord, 0)), hand))
    others = {"5421421": "5321321"}  # where the hand is broad, the third note may be the middle finger's
    assert up
    assert got in {row + row[-2::-1] for row in (up, others.get(up, up))}


@pytest.mark.parametrize("hand", Hand)
@pytest.mark.parametrize("chord", [MAJOR, MINOR])
@pytest.mark.parametrize("root", range(54, 66))
def test_a_broken_chord_in_groups_of_four_lies_under_the_hand_group_by_group(
    root: int, chord: tuple[int, ...], hand: Hand
) -> None:
    row = digits(fingered(line(groups(root, chord)), hand))
    rows = {"1235", "1245"} if hand is Hand.RIGHT else {"5421", "5321"}
    up, back = row[: len(row) // 2], row[len(row) // 2 :]
    assert back == up[::-1]
    assert {up[at : at + 4] for at in range(0, len(up), 4)} <= rows


@LAW
@given(
    st.integers(24, 55),
    st.sampled_from(CHORDS),
    st.integers(0, 3),
    st.integers(1, 3),
    st.sampled_from(Hand),
)
def test_in_every_key_a_run_keeps_the_thumb_on_one_white_key_and_its_fingers_up_and_down(
    root: int, chord: tuple[int, ...], inversion: int, octaves: int, hand: Hand
) -> None:
    pitches = run(root, chord, inversion % len(chord), octaves)
    fingers = fingered(line(pitches), hand)
    assert fingers == fingers[::-1]
    thumbs = {pitch % 12 for pitch, finger in zip(pitches, fingers, strict=True) if finger == 1}
    assert len(thumbs) == 1
    assert not any(is_black(pitch) for pitch in thumbs) or all(is_black(p) for p in pitches)
    white = not is_black(pitches[0])
    assert not white or thumbs == {pitches[0] % 12}
    assert all(a != b for a, b in pairwise(fingers))


@LAW
@given(st.integers(24, 55), st.sampled_from(CHORDS), st.integers(0, 3), st.sampled_from(Hand))
def test_the_left_hand_is_the_mirror_image_of_the_right(
    root: int, chord: tuple[int, ...], inversion: int, hand: Hand
) -> None:
    up = run(root, chord, inversion % len(chord))[: 2 * len(chord) + 1]
    mirrored = [124 - pitch for pitch in up]
    assert run_fingers(up, len(chord), hand) == run_fingers(mirrored, len(chord), hand.other)
    assert octave_fingers(up[:4], hand) == octave_fingers(mirrored[:4], hand.other)


@pytest.mark.parametrize("hand", Hand)
def test_an_inverted_chord_broken_over_an_octave_has_no_finger_twice(hand: Hand) -> None:
    """C E A C from A minor: 1 2 4 5, and 5 4 2 1 in the left hand."""
    pitches = [60, 64, 69, 72]
    assert digits(fingered(line(pitches), hand)) == ("1245" if hand is Hand.RIGHT else "5421")


def test_what_is_no_chord_is_none() -> None:
    assert all(map(is_chord, [(4, 3, 5), (3, 5, 4), (5, 4, 3), (2, 4, 3, 3), (4, 4, 4)]))
    assert not any(map(is_chord, [(2, 5, 5), (4, 3, 4), (1, 1, 5, 5)]))
