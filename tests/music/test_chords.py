"""Laws of chords by name, and of names of pitches."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.music.chords import ChordFigure, ChordLoop, backing_notes, chord_classes, chord_row
from game.music.keyboard import name
from game.music.level import BeatNote
from game.music.pitch_names import pitch_named
from tests.strategies import LAW

asked_notes = st.lists(
    st.builds(BeatNote, st.integers(0, 40).map(float), st.integers(40, 80), st.sampled_from([0.5, 1.0, 3.0])),
    min_size=1,
    max_size=20,
).map(tuple)


@LAW
@given(st.integers(0, 127))
def test_every_key_is_found_by_its_name(pitch: int) -> None:
    assert pitch_named(name(pitch)) == pitch


@pytest.mark.parametrize(
    ("written", "pitch"),
    [("C4", 60), ("c4", 60), ("F#3", 54), ("Bb3", 58), ("B♭3", 58), ("Cb4", 59), ("B#3", 60)],
)
def test_sharps_and_flats_are_read_as_they_are_written(written: str, pitch: int) -> None:
    assert pitch_named(written) == pitch


@pytest.mark.parametrize("written", ["H4", "C", "4C", "C44", "", "Do4", "C4 major"])
def test_what_is_no_name_of_a_key_is_refused_with_the_cure(written: str) -> None:
    with pytest.raises(ValueError, match='as in "C4"'):
        pitch_named(written)


@pytest.mark.parametrize(
    ("chord", "tones"),
    [("C", {0, 4, 7}), ("Am", {9, 0, 4}), ("G7", {7, 11, 2, 5}), ("Bb", {10, 2, 5}), ("F#dim", {6, 9, 0})],
)
def test_a_chord_has_the_tones_of_its_name(chord: str, tones: set[int]) -> None:
    assert set(chord_classes(chord)) == tones


@pytest.mark.parametrize("row", ["", "| |", "- C", "C X", "C Hm", "Cmin"])
def test_a_row_with_a_chord_that_is_unknown_is_refused(row: str) -> None:
    with pytest.raises(ValueError, match="chord"):
        chord_row(row)


@LAW
@given(asked_notes, st.sampled_from(ChordFigure), st.sampled_from([0.5, 1.0, 2.0, 3.5, 64.0]))
def test_a_backing_sounds_without_a_gap_until_the_last_note_ends(
    asked: tuple[BeatNote, ...], figure: ChordFigure, every: float
) -> None:
    notes = backing_notes(ChordLoop(("C", "-", "F", "G7"), every, figure), asked)
    end = max(n.beat + n.length_beats for n in asked)
    bass = [n for n in notes if n.pitch < 48]
    assert sum(n.length_beats for n in bass) == pytest.approx(end)
    assert max(n.beat + n.length_beats for n in notes) == pytest.approx(end)


@LAW
@given(asked_notes)
def test_a_backing_leaves_a_hand_in_five_finger_position_alone(asked: tuple[BeatNote, ...]) -> None:
    in_place = tuple(BeatNote(n.beat, 60 + n.pitch % 8, n.length_beats) for n in asked)
    notes = backing_notes(ChordLoop(("C", "F")), in_place)
    assert not any(60 <= n.pitch < 72 for n in notes)


def test_silence_in_a_row_is_silent_and_a_held_chord_is_one_chord() -> None:
    asked = (BeatNote(0, 60, 16),)
    notes = backing_notes(ChordLoop(chord_row("C - . F"), 4.0), asked)
    assert {(n.beat, n.length_beats) for n in notes} == {(0.0, 8.0), (12.0, 4.0)}


def test_a_broken_chord_holds_its_bass_and_plays_one_tone_a_beat() -> None:
    notes = backing_notes(ChordLoop(("C",), 4.0, ChordFigure.BROKEN), (BeatNote(0, 60, 4),))
    assert [(n.beat, n.length_beats) for n in notes if n.pitch < 48] == [(0.0, 4.0)]
    assert [n.beat for n in notes if n.pitch >= 48] == [0.0, 1.0, 2.0, 3.0]
