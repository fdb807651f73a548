"""Tunes as text: every bar is counted, and what is written is what is heard."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.music.song import KeySignature
from game.music.tune import Tune, read_chords, read_tune, repeated

C = KeySignature.named("C")


def read(text: str, key: str = "C", unit: float = 1.0, bar: float = 4.0) -> Tune:
    return read_tune(text, KeySignature.named(key), unit, bar)


def pitches(text: str, key: str = "C", bar: float = 4.0) -> list[int]:
    return [n.pitch for n in read(text, key, bar=bar).notes]


def test_letters_are_octaves_as_in_abc() -> None:
    assert pitches("C B c b | c' C, c c") == [60, 71, 72, 83, 84, 48, 72, 72]


@pytest.mark.parametrize(
    ("key", "sharps"),
    [
        *(("C", 0), ("G", 1), ("D", 2), ("F", -1), ("Bb", -2), ("F#", 6), ("Eb", -3)),
        *(("Am", 0), ("Em", 1), ("Dm", -1), ("Gm", -2), ("F#m", 3), ("Ddor", 0), ("Gmix", 0)),
    ],
)
def test_a_key_has_its_sharps_and_flats(key: str, sharps: int) -> None:
    assert KeySignature.named(key).sharps == sharps


def test_a_signature_moves_its_letters_and_a_sign_does_so_until_the_bar_ends() -> None:
    assert pitches("F B F2 | =F F ^F F | F4", "G") == [66, 71, 66, 65, 65, 66, 66, 66]
    assert pitches("B =B B2 | B4", "F") == [70, 71, 71, 70]


@pytest.mark.parametrize("name", ["", "H", "c", "C#7", "Cm7", "Gb ", "C##", "G#"])
def test_what_is_no_key_is_said(name: str) -> None:
    with pytest.raises(ValueError, match=r"key known here|sharps or flats"):
        KeySignature.named(name)


def test_lengths_rests_and_ties() -> None:
    notes = read("C3/2 D/ z E/2 F/ | G4- | G2 z2").notes
    assert [(n.beat, n.length_beats) for n in notes] == [(0, 1.5), (1.5, 0.5), (3, 0.5), (3.5, 0.5), (4, 6)]


def test_a_pickup_comes_before_the_first_whole_bar() -> None:
    tune = read("G | C D E\nF | G3")
    assert [n.beat for n in tune.notes] == [3, 4, 5, 6, 7, 8]
    assert [*tune.phrases] == [3, 7]
    assert (tune.bars, tune.pickup_beats, tune.last_beats, tune.again_beats) == (3, 1, 3, 8)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("C4 | C3 | C4", "bar 2 has 3 beats of 4"),
        ("C4 | C5 | C4", "bar 2 has 5 beats of 4"),
        ("C5 | C4", "bar 1 has 5 beats of 4"),
        ("C4- | D4", "bar 2: a tie leads to another key"),
        ("C D H2", '"H2" is not a note'),
        ("", "there is no tune"),
        ("z4 | z4", "there is no tune"),
    ],
)
def test_what_is_no_tune_is_said_with_its_place(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        read(text)


bars = st.lists(st.lists(st.sampled_from("CDEFGABcdefg"), min_size=4, max_size=4), min_size=1, max_size=8)


@given(bars, st.integers(1, 3))
def test_a_tune_sung_again_is_the_same_tune_later(letters: list[list[str]], times: int) -> None:
    tune = read(" | ".join(" ".join(bar) for bar in letters))
    chords, count = read_chords(" | ".join("C" for _ in letters), 4.0)
    assert count == tune.bars == len(letters)
    again, spans = repeated(tune, chords, times)
    size = len(tune.notes)
    for i, n in enumerate(again.notes):
        first = tune.notes[i % size]
        assert (n.pitch, n.beat) == (first.pitch, first.beat + i // size * 4 * len(letters))
    assert sum(span.length_beats for span in spans) == 4 * again.bars


def test_a_pickup_completes_the_last_bar_when_it_is_sung_again() -> None:
    tune = read("G | C4 | C3")
    chords, _ = read_chords(". | C | G", 4.0)
    again, spans = repeated(tune, chords, 2)
    assert [n.beat for n in again.notes] == [3, 4, 8, 11, 12, 16]
    assert [(s.beat, s.name) for s in spans] == [(0, "."), (4, "C"), (8, "G"), (12, "C"), (16, "G")]
    with pytest.raises(ValueError, match="no whole bar together"):
        repeated(read("G | C4 | C2"), chords, 2)


def test_the_words_of_a_bar_share_it_evenly() -> None:
    spans, count = read_chords("C - F G7 | - - C - | . Am", 4.0)
    found = [(s.beat, s.length_beats, s.name) for s in spans]
    assert found == [
        (0, 2, "C"),
        (2, 1, "F"),
        (3, 1, "G7"),
        (4, 2, "G7"),
        (6, 2, "C"),
        (8, 2, "."),
        (10, 2, "Am"),
    ]
    assert count == 3


@pytest.mark.parametrize(
    ("text", "said"), [("C | | G", "bar 2 of the chords is empty"), ("C | X7", "not a chord")]
)
def test_what_is_no_row_of_chords_is_said(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        read_chords(text, 4.0)
