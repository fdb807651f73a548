"""What hypothesis draws from. Times lie on whole milliseconds, as no law here is about noise."""

from hypothesis import settings
from hypothesis import strategies as st

from game.arrange.song_names import with_song
from game.judge.conditions import Conditions
from game.judge.windows import HitWindows
from game.music.level import BeatNote, HandChoice, Instrument, Level
from game.music.note import Note, Press, Release, Touch
from game.music.tempo import TempoMap

LAW = settings(max_examples=40, deadline=None)
"""For laws of the judge and the run: no deadline, as the machine may be busy."""

PITCHES = st.integers(60, 64)


def ms(low: int, high: int) -> st.SearchStrategy[float]:
    """A time in seconds, on whole milliseconds."""
    return st.integers(low, high).map(lambda n: n / 1000)


@st.composite
def windows(draw: st.DrawFn) -> HitWindows:
    sizes = sorted(draw(st.lists(st.integers(10, 400), min_size=3, max_size=3)))
    return HitWindows(*(size / 1000 for size in sizes))


@st.composite
def conditions(draw: st.DrawFn) -> Conditions:
    return Conditions(
        draw(windows()),
        bounce_s=draw(st.sampled_from([0.0, 0.03, 0.1])),
        input_offset_s=draw(ms(-20, 20)),
        audio_offset_s=draw(ms(-250, 250)),
        release=draw(st.booleans()),
    )


def notes(most: int = 10, apart_ms: int = 0) -> st.SearchStrategy[tuple[Note, ...]]:
    """Notes in the order of a level; on one key at least `apart_ms` apart."""
    drawn = st.tuples(st.integers(0, 4000), PITCHES, st.integers(0, 800))
    return st.lists(drawn, min_size=1, max_size=most).map(lambda asked: _notes(asked, max(1, apart_ms)))


def _notes(asked: list[tuple[int, int, int]], apart_ms: int) -> tuple[Note, ...]:
    kept: list[tuple[int, int, int]] = []
    for onset, pitch, length in sorted(asked):
        if all(pitch != other or onset - before >= apart_ms for before, other, _ in kept):
            kept.append((onset, pitch, length))
    return tuple(Note(i, o / 1000, length / 1000, p) for i, (o, p, length) in enumerate(kept))


def touches(
    most: int = 12, first_ms: int = -500, last_ms: int = 5000
) -> st.SearchStrategy[tuple[Touch, ...]]:
    """Presses, most of them let go again, in the order of their stamps; keys may be pressed while down."""
    drawn = st.tuples(st.integers(first_ms, last_ms), PITCHES, st.none() | st.integers(1, 900))
    return st.lists(drawn, max_size=most).map(_touches)


def _touches(played: list[tuple[int, int, int | None]]) -> tuple[Touch, ...]:
    made: list[Touch] = []
    for down, pitch, dwell in played:
        made.append(Press(down / 1000, pitch))
        if dwell is not None:
            made.append(Release((down + dwell) / 1000, pitch))
    return tuple(sorted(made, key=lambda touch: touch.time_s))


def level_of(*asked: tuple[float, int, float], bpm: float = 60.0, metre: tuple[int, int] = (4, 4)) -> Level:
    """A small level of (beat, pitch, length in beats); at 60 bpm a beat is a second."""
    return level_at(TempoMap.steady(bpm), *asked, metre=metre)


def level_at(tempo: TempoMap, *asked: tuple[float, int, float], metre: tuple[int, int] = (4, 4)) -> Level:
    """The same under a tempo map."""
    made = Level(
        id="small",
        title="Small",
        family="song",
        step=1,
        instrument=Instrument.KEYBOARD,
        hand=HandChoice.RIGHT,
        tempo=tempo,
        metre=metre,
        notes=tuple(BeatNote(beat, pitch, length) for beat, pitch, length in sorted(asked)),
    )
    return with_song(made)
