"""Scales, arpeggios and positions have the textbook's fingers, however and wherever they are played."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.arrange.fingering.fingering import fingered
from game.music.note import Hand, Note
from game.music.scales import (
    CHORDS,
    Mode,
    Row,
    Way,
    arpeggio_choices,
    chromatic,
    five_fingers,
    scale_choices,
    triad,
)
from tests.arrange.fingering_music import chord, fingers_of, line, pitches_of
from tests.strategies import LAW

TONICS = range(36, 48)
Choices = tuple[Row, ...]


def rows(tonic: int, hand: Hand, octaves: int, way: Way) -> list[Choices]:
    """Every pattern of the textbook on a tonic, each with its fingerings."""
    return [
        *(scale_choices(tonic, mode, hand, octaves, way) for mode in Mode),
        *(arpeggio_choices(tonic, name, hand, octaves, way) for name in CHORDS),
        (chromatic(tonic, hand, octaves, way),),
    ]


@st.composite
def textbook(draw: st.DrawFn) -> tuple[Hand, Choices]:
    hand = draw(st.sampled_from(Hand))
    low = draw(st.integers(24, 60))
    return hand, draw(st.sampled_from(rows(low, hand, draw(st.integers(1, 3)), draw(st.sampled_from(Way)))))


def is_one_of(fingers: tuple[int | None, ...], choices: Choices) -> bool:
    return fingers in {fingers_of(row) for row in choices}


@pytest.mark.parametrize("hand", Hand)
@pytest.mark.parametrize("tonic", TONICS)
@pytest.mark.parametrize("octaves", [1, 2])
def test_every_scale_and_arpeggio_in_every_key_up_and_down_is_the_textbooks(
    tonic: int, octaves: int, hand: Hand
) -> None:
    for choices in rows(tonic, hand, octaves, Way.BOTH):
        assert is_one_of(fingered(line(pitches_of(choices[0])), hand), choices)


@pytest.mark.parametrize("hand", Hand)
@pytest.mark.parametrize("tonic", TONICS)
def test_five_fingers_and_triads_are_the_textbooks_in_every_key(tonic: int, hand: Hand) -> None:
    for mode in Mode:
        position = five_fingers(tonic, mode, hand)
        assert fingered(line(pitches_of(position)), hand) == fingers_of(position)
    for name in CHORDS:
        row = triad(tonic, name, hand)
        assert fingered(chord(pitches_of(row)), hand) == fingers_of(row)


@LAW
@given(
    textbook(),
    st.floats(0.08, 1.5),
    st.floats(0.5, 1.4),
    st.floats(0, 0.25),
    st.integers(),
)
def test_tempo_touch_and_unsteadiness_change_nothing_of_it(
    asked: tuple[Hand, Choices], ioi_s: float, share: float, jitter: float, seed: int
) -> None:
    hand, choices = asked
    played = line(pitches_of(choices[0]), ioi_s, share, jitter * ioi_s, seed)
    assert is_one_of(fingered(played, hand), choices)


@LAW
@given(textbook())
def test_a_chord_before_and_a_broken_chord_after_change_nothing_of_it(asked: tuple[Hand, Choices]) -> None:
    hand, choices = asked
    pitches = pitches_of(choices[0])
    low, high = min(pitches), max(pitches)
    before = chord([low, low + 4, low + 7], 0.0, 0.4)
    run = line(pitches)
    away = high + 14 if pitches[-1] == high else low - 14
    after = [
        Note(0, run[-1].end_s + 0.5 + 0.25 * i, 0.2, away + step) for i, step in enumerate((0, 4, 7, 4, 0))
    ]
    fingers = fingered([*before, *run, *after], hand)
    assert is_one_of(fingers[len(before) : -len(after)], choices)


@pytest.mark.parametrize("hand", Hand)
@pytest.mark.parametrize("tonic", TONICS)
def test_a_scale_bound_to_an_arpeggio_keeps_its_fingers(tonic: int, hand: Hand) -> None:
    """Both go up and down from the same tonic, with no rest between."""
    scale = scale_choices(tonic, Mode.MAJOR, hand, 1)
    broken = arpeggio_choices(tonic, "major", hand, 1)
    run = [*pitches_of(scale[0]), *pitches_of(broken[0])[1:]]
    fingers = fingered(line(run), hand)
    inner = slice(1, len(scale[0]) - 1)
    assert fingers[inner] in {fingers_of(row)[inner] for row in scale}


@LAW
@given(textbook())
def test_the_order_in_which_notes_are_given_does_not_matter(asked: tuple[Hand, Choices]) -> None:
    hand, choices = asked
    notes = line(pitches_of(choices[0]))
    backwards = [replace(n, index=0) for n in reversed(notes)]
    assert fingered(backwards, hand)[::-1] == fingered(notes, hand)
