"""Levels made by chance for the laws of arranging."""

from hypothesis import strategies as st

from game.music.keyboard import white_pitch
from game.music.level import BeatNote, HandChoice, Instrument, Level, in_order
from game.music.note import Hand
from game.music.tempo import TempoMap


def level(
    notes: tuple[BeatNote, ...],
    hand: HandChoice,
    *,
    family: str = "five-finger-pattern",
    bpm: float = 60.0,
    accompaniment: tuple[BeatNote, ...] = (),
) -> Level:
    return Level(
        id="a-level",
        title="A level",
        family=family,
        step=1,
        instrument=Instrument.KEYBOARD,
        hand=hand,
        tempo=TempoMap.steady(bpm),
        metre=(4, 4),
        notes=in_order(notes),
        accompaniment=in_order(accompaniment),
    )


whites = st.integers(28, 44).map(white_pitch)
any_keys = st.integers(48, 76)
fingers = st.integers(1, 5) | st.none()


@st.composite
def rows(draw: st.DrawFn, hand: Hand, keys: st.SearchStrategy[int]) -> tuple[BeatNote, ...]:
    """Single notes of one hand, one a beat."""
    pitches = draw(st.lists(keys, min_size=1, max_size=24))
    return tuple(BeatNote(float(beat), pitch, 0.5, hand, draw(fingers)) for beat, pitch in enumerate(pitches))


@st.composite
def one_hand_levels(
    draw: st.DrawFn, keys: st.SearchStrategy[int] = any_keys, family: str = "five-finger-pattern"
) -> Level:
    hand = draw(st.sampled_from(Hand))
    return level(draw(rows(hand, keys)), HandChoice(hand), family=family)
