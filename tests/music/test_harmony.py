"""Chords that are chosen by the program go with what is asked."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.music.chords import HOLD, ChordLoop, backing_notes, chord_classes
from game.music.harmony import KeyArea, chord_name, fitting
from game.music.level import BeatNote
from game.music.note import Hand
from game.music.patterns import FINGERS, FiveKeys, NotePace, played, steps
from game.music.scales import CHORDS, Mode, scale
from tests.strategies import LAW

rows = st.lists(st.sampled_from(FINGERS), min_size=1, max_size=30)


def notes_of(row: list[int]) -> tuple[BeatNote, ...]:
    return played(row, FiveKeys.home(Hand.RIGHT), NotePace())


@LAW
@given(rows, st.sampled_from([1.0, 2.0, 4.0]))
def test_the_first_note_of_every_stretch_belongs_to_its_chord_where_it_stands_alone(
    row: list[int], every: float
) -> None:
    notes = notes_of(row)
    for i, name in enumerate(fitting(notes, every)):
        inside = [n for n in notes if i * every <= n.beat < (i + 1) * every]
        if len({n.pitch for n in inside}) == 1:
            assert inside[0].pitch % 12 in chord_classes(name)


@LAW
@given(rows, st.sampled_from([1.0, 2.0, 4.0]))
def test_there_is_a_chord_for_every_stretch_until_the_last_note_ends(row: list[int], every: float) -> None:
    notes = notes_of(row)
    chords = fitting(notes, every)
    assert (len(chords) - 1) * every < notes[-1].beat + notes[-1].length_beats <= len(chords) * every
    assert chords[0] != HOLD


def test_a_scale_has_chords_of_its_own_key() -> None:
    row = scale(61, Mode.MAJOR, Hand.RIGHT, 2)
    notes = [BeatNote(float(i), pitch, 1, Hand.RIGHT, finger) for i, (pitch, finger) in enumerate(row)]
    key = {(1 + step) % 12 for step in (0, 2, 4, 5, 7, 9, 11)}
    assert all(set(chord_classes(name)) <= key for name in fitting(notes, 4.0) if name != HOLD)


@pytest.mark.parametrize("tonic", range(48, 60))
@pytest.mark.parametrize("mode", [Mode.HARMONIC, Mode.NATURAL])
@pytest.mark.parametrize("hand", Hand)
def test_a_minor_scale_begins_and_ends_on_the_chord_of_its_tonic(tonic: int, mode: Mode, hand: Hand) -> None:
    row = scale(tonic, mode, hand, 2)
    notes = [BeatNote(i / 2, pitch, 0.5, hand, finger) for i, (pitch, finger) in enumerate(row)]
    chords = fitting(notes, 4.0)
    home = {(tonic + step) % 12 for step in (0, 3, 7)}
    assert set(chord_classes(chords[0])) == set(chord_classes(chords[-1])) == home


@LAW
@given(st.integers(48, 59), st.sampled_from(sorted(CHORDS)), st.sampled_from([1.0, 2.0, 4.0]))
def test_where_the_keys_are_known_each_has_its_own_chords(tonic: int, kind: str, every: float) -> None:
    notes = [
        BeatNote(beat, tonic + step, 1)
        for beat, step in zip((0.0, 1.0, 2.0, 3.0), (0, 4, 7, 12), strict=True)
    ]
    notes += [replace(n, beat=n.beat + 4, pitch=n.pitch + 1) for n in notes]
    areas = [KeyArea(0.0, (chord_name(tonic, kind),)), KeyArea(4.0, (chord_name(tonic + 1, kind),))]
    chords = fitting(notes, every, areas)
    half = len(chords) // 2
    assert {*chords[:half]} == {chord_name(tonic, kind)}
    assert {*chords[half:]} == {chord_name(tonic + 1, kind)}


def test_where_two_chords_are_as_good_they_change() -> None:
    notes = notes_of([1] * 16)
    assert len(set(fitting(notes, 4.0))) > 1
    assert backing_notes(ChordLoop(fitting(notes, 4.0)), notes)


def test_a_stretch_without_notes_holds_its_chord() -> None:
    notes = played(steps(FINGERS, 1), FiveKeys.home(Hand.RIGHT), NotePace(1, 0.5, group=4, rest_beats=8))
    assert HOLD in fitting(notes, 4.0)
