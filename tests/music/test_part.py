"""A part of a level: every round is the first one again, exactly, and nothing of the part is lost."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.errors import UserError
from game.library.levels.text import level_text, parse_level
from game.music.bars import MOST_TIMES, Bars
from game.music.level import BeatNote, HandChoice, Instrument, Level, Lyric, NoteRole
from game.music.part import part, part_from
from game.music.tempo import TempoMap
from tests.levels import LIBRARY
from tests.strategies import LAW, level_at, level_of

METRES = st.sampled_from([(4, 4), (3, 4), (2, 4), (6, 8), (3, 8), (5, 4)])
FITTING = [one for one in LIBRARY if not one.probe and one.cue_until_beat is None and one.bar_count > 1]


@st.composite
def levels(draw: st.DrawFn) -> Level:
    """Small levels with all that can lie across the edge of a part, of which bars can be played."""
    metre = draw(METRES)
    quarters = st.integers(0, 40).map(lambda n: n / 4)
    lengths = st.sampled_from([0.25, 1 / 3, 1.0, 3.0, 9.0])
    asked = draw(st.lists(st.tuples(quarters, st.integers(60, 64), lengths), min_size=1, max_size=12))
    along = draw(st.lists(st.tuples(quarters, st.integers(40, 44), lengths), max_size=6))
    steps = draw(st.dictionaries(st.integers(1, 40).map(lambda n: n / 2), st.integers(40, 90), max_size=4))
    tempo = TempoMap(((0.0, 60.0), *((beat, float(bpm)) for beat, bpm in sorted(steps.items()))))
    words = draw(st.lists(quarters, unique=True, max_size=4))
    fade = draw(st.lists(quarters, unique=True, max_size=3))
    return replace(
        level_at(tempo, *dict.fromkeys(asked), metre=metre),
        accompaniment=tuple(BeatNote(*one) for one in sorted(set(along))),
        lyrics=tuple(Lyric(beat, f"line {beat:g}") for beat in sorted(words)),
        fade=tuple((beat, 1 + i) for i, beat in enumerate(sorted(fade))),
    )


@st.composite
def parts(draw: st.DrawFn) -> tuple[Level, Level]:
    """A level, and a part of it."""
    whole = draw(levels())
    within = whole.bar_of(draw(st.sampled_from(whole.notes)).beat)
    first, last = draw(st.integers(1, within)), draw(st.integers(within, whole.bar_count))
    return whole, part(whole, Bars(first, last, draw(st.integers(1, 5))))


def length_beats(made: Level) -> float:
    """Beats of a round, told from the notes alone."""
    assert made.bars
    per_round = len(made.notes) // made.bars.times
    return made.notes[per_round].beat - made.notes[0].beat if made.bars.times > 1 else 0.0


def part_or_why(whole: Level, bars: Bars) -> Level | str:
    """The part, or the sentence that refuses it."""
    try:
        return part(whole, bars)
    except UserError as refused:
        return str(refused)


def rounds(notes: Sequence[BeatNote], times: int) -> list[Sequence[BeatNote]]:
    size = len(notes) // times
    return [notes[i * size : (i + 1) * size] for i in range(times)]


@LAW
@given(parts())
def test_every_round_is_the_first_one_so_many_whole_bars_later(of: tuple[Level, Level]) -> None:
    _, made = of
    assert made.bars
    length = length_beats(made)
    assert length % made.bar_beats == 0
    for notes in (made.notes, made.accompaniment):
        first, *later = rounds(notes, made.bars.times)
        for i, again in enumerate(later, start=1):
            assert list(again) == [replace(n, beat=n.beat + i * length) for n in first]


@LAW
@given(parts())
def test_what_holds_at_a_place_of_one_round_holds_there_in_every_round(of: tuple[Level, Level]) -> None:
    _, made = of
    assert made.bars
    length = length_beats(made)
    places = [made.bar_beats + n / 8 for n in range(round((length - made.bar_beats) * 8))]
    for i in range(1, made.bars.times):
        for beat in places:
            later = beat + i * length
            assert made.tempo.bpm(later) == made.tempo.bpm(beat)
            assert made.lyric_at(later) == made.lyric_at(beat)
            if beat % made.click_beats == 0:
                assert made.clicks(later) == made.clicks(beat)


@LAW
@given(parts())
def test_a_round_holds_what_begins_in_the_bars_and_the_rest_of_what_is_held_into_them(
    of: tuple[Level, Level],
) -> None:
    whole, made = of
    assert made.bars
    first = rounds(made.notes, made.bars.times)[0]
    base = (made.bars.first - 1) * whole.bar_beats
    until = made.bars.last * whole.bar_beats
    begun = [n for n in whole.notes if base <= n.beat < until]
    kept = {(n.beat + base, n.pitch) for n in first}
    assert {(n.beat, n.pitch) for n in begun} <= kept
    for beat, pitch in kept - {(n.beat, n.pitch) for n in begun}:
        assert beat == base
        held = [n for n in whole.notes if n.pitch == pitch and n.beat < base]
        assert any(n.beat + n.length_beats >= base + whole.click_beats for n in held)


@LAW
@given(parts())
def test_nothing_sounds_past_the_end_of_its_round(of: tuple[Level, Level]) -> None:
    _, made = of
    assert made.bars
    if made.bars.times == 1:
        return
    length = length_beats(made)
    lead = min(n.beat for n in (*made.notes, *made.accompaniment)) if made.bars.first == 1 else 0.0
    for n in rounds(made.notes, made.bars.times)[0]:
        assert n.beat + n.length_beats <= length + lead + 1e-9


@LAW
@given(parts())
def test_a_part_is_kept_and_reads_back_as_it_was_played(of: tuple[Level, Level]) -> None:
    _, made = of
    assert parse_level(level_text(made), "kept", json=True, checks=False) == made


@LAW
@given(st.sampled_from(FITTING), st.data())
def test_any_bars_of_any_level_are_a_level_or_are_refused_in_a_sentence(
    whole: Level, data: st.DataObject
) -> None:
    first = data.draw(st.integers(1, whole.bar_count))
    last = data.draw(st.integers(first, min(whole.bar_count, first + 8)))
    made = part_or_why(whole, Bars(first, last, 3))
    if isinstance(made, str):
        assert made.startswith(f"{whole.id}: ")
        return
    assert len(made.notes) % 3 == 0
    assert parse_level(level_text(made), "kept", json=True, checks=False) == made


@LAW
@given(st.sampled_from(FITTING), st.data())
def test_bars_that_are_offered_can_be_played(whole: Level, data: st.DataObject) -> None:
    first = data.draw(st.integers(1, whole.bar_count))
    bars = part_from(whole, first, min(whole.bar_count, first + 3), 4)
    if bars:
        assert part(whole, bars).bars == bars
        assert bars.first <= first


def test_note_times_are_exact_where_the_tempo_is_steady() -> None:
    whole = level_of(*((beat / 2, 60 + beat % 5, 0.5) for beat in range(32)), bpm=120)
    made = part(whole, Bars(2, 3, 4))
    assert made.tempo == whole.tempo
    assert [n.onset_s for n in made.notes_at()] == [i * 0.25 for i in range(16 * 4)]
    assert [n.onset_s for n in made.notes_at(0.5)] == [i * 0.5 for i in range(16 * 4)]


def test_a_tempo_that_changes_inside_comes_back_at_the_seam() -> None:
    tempo = TempoMap(((0, 60.0), (6, 120.0), (9, 30.0)))
    whole = level_at(tempo, *((float(beat), 60, 1.0) for beat in range(12)))
    made = part(whole, Bars(2, 2, 3))
    assert list(made.tempo.changes) == [(beat, 60.0 if beat % 4 == 0 else 120.0) for beat in range(0, 12, 2)]
    onsets_s = [n.onset_s for n in made.notes_at()]
    assert onsets_s == [i * 3 + at for i in range(3) for at in (0.0, 1.0, 2.0, 2.5)]


def test_the_tempo_that_held_before_the_part_holds_in_it() -> None:
    whole = level_at(TempoMap(((0, 60.0), (4, 90.0))), *((float(beat), 60, 1.0) for beat in range(16)))
    assert part(whole, Bars(3, 3, 2)).tempo == TempoMap.steady(90.0)


def test_a_pick_up_sounds_in_the_bar_before_its_round_where_there_is_room() -> None:
    whole = level_of((3, 60, 1), (4, 62, 2), (6, 64, 2), (8, 65, 3), (11, 60, 1), (12, 62, 4))
    by_two = part(whole, Bars(1, 2, 2))
    assert [n.beat for n in by_two.notes] == [3, 4, 6, 7, 8, 10]
    assert [n.length_beats for n in by_two.notes] == [1, 2, 1, 1, 2, 1]
    # Where something begins in its place nothing is taken away: the bars follow as they are written.
    by_three = part(whole, Bars(1, 3, 2))
    assert [n.beat for n in by_three.notes] == [3, 4, 6, 8, 11, 15, 16, 18, 20, 23]


def test_a_pick_up_alone_is_a_bar_like_any_other() -> None:
    whole = level_of((3, 60, 1), (4, 62, 4))
    assert [n.beat for n in part(whole, Bars(1, 1, 3)).notes] == [3, 7, 11]


def test_music_before_the_first_note_makes_it_no_pick_up() -> None:
    whole = replace(level_of((3, 60, 1), (4, 62, 4)), accompaniment=(BeatNote(0.0, 40, 8.0),))
    assert [n.beat for n in part(whole, Bars(1, 2, 2)).notes] == [3, 4, 11, 12]


def test_a_hold_over_the_edge_is_cut_there_and_its_rest_belongs_to_the_next_bar() -> None:
    whole = level_of((2, 60, 4), (5, 62, 0.5), (7, 64, 1))
    (before,) = part(whole, Bars(1, 1)).notes
    assert (before.beat, before.length_beats) == (2, 2)
    after = part(whole, Bars(2, 2)).notes
    assert [(n.beat, n.pitch, n.length_beats) for n in after] == [(0, 60, 2), (1, 62, 0.5), (3, 64, 1)]


def test_what_hardly_reaches_over_the_edge_is_not_struck_anew() -> None:
    whole = level_of((3, 60, 1.5), (5, 62, 1))
    assert [n.pitch for n in part(whole, Bars(2, 2)).notes] == [62]


def test_words_sung_before_the_part_are_shown_in_it_and_come_again() -> None:
    whole = replace(
        level_of(*((float(beat), 60, 1.0) for beat in range(12))),
        lyrics=(Lyric(2.0, "one"), Lyric(6.0, "two"), Lyric(9.0, "three")),
    )
    lines = [(line.beat, line.text) for line in part(whole, Bars(2, 2, 2)).lyrics]
    assert lines == [(0, "one"), (2, "two"), (4, "one"), (6, "two")]
    first = [(line.beat, line.text) for line in part(whole, Bars(1, 1, 2)).lyrics]
    assert first == [(2, "one"), (4, ""), (6, "one")]


def test_clicks_that_thin_out_do_so_in_every_round() -> None:
    notes = ((float(beat), 60, 1.0) for beat in range(24))
    whole = replace(level_of(*notes, metre=(3, 4)), fade=((3.0, 2), (9.0, 0), (12.0, 1)))
    made = part(whole, Bars(2, 4, 2))
    heard = [beat for beat in range(18) if made.clicks(beat)]
    assert heard == [0, 2, 4, 9, 11, 13]


def test_a_part_says_which_bars_it_is_and_stays_the_same_level() -> None:
    whole = level_of(*((float(beat), 60, 1.0) for beat in range(16)))
    made = part(whole, Bars(2, 3, 4))
    assert (made.id, made.title, made.bars) == (whole.id, whole.title, Bars(2, 3, 4))


PROBE = next(one for one in LIBRARY if one.probe)
ALONE = next(one for one in LIBRARY if one.family == "continuation")
ECHO = Level(
    "echo",
    "Echo",
    "memory",
    1,
    Instrument.KEYBOARD,
    HandChoice.RIGHT,
    TempoMap.steady(60),
    (4, 4),
    notes=tuple(BeatNote(beat, 60, 1, part=NoteRole.UNSEEN) for beat in (8.0, 9.0, 24.0)),
    unasked=tuple(BeatNote(beat, 60, 1, part=NoteRole.SHOWN) for beat in (0.0, 1.0, 16.0)),
)


@pytest.mark.parametrize(
    ("whole", "bars", "said"),
    [
        (level_of((0, 60, 1), (7, 60, 1)), Bars(2, 3), "small: it has bars 1–2, and not bars 2–3"),
        (level_of((0, 60, 1)), Bars(4, 4), "small: it has bar 1, and not bar 4"),
        (level_of((0, 60, 1), (9, 60, 1)), Bars(2, 2), "small: nothing is to play in bar 2"),
        (PROBE, Bars(1, 1), ": a probe is always played whole"),
        (part(level_of((0, 60, 1), (7, 60, 1)), Bars(1, 1)), Bars(1, 1), ": this is a part already"),
        (ECHO, Bars(3, 3), "what was shown before is asked from memory in bar 3; begin with bar 1"),
        (ALONE, Bars(1, ALONE.bar_count), "on nothing paces; choose bars before it or after it"),
        (
            level_at(TempoMap(tuple((i / 20, 60.0 + i % 2) for i in range(160))), (0, 60, 1), (7, 60, 1)),
            Bars(1, 2, MOST_TIMES),
            "more than a level can hold; choose fewer bars or fewer times",
        ),
    ],
)
def test_what_is_no_part_is_refused_in_a_sentence(whole: Level, bars: Bars, said: str) -> None:
    with pytest.raises(UserError, match=r"^[a-z0-9-]+: ") as refused:
        part(whole, bars)
    assert said in str(refused.value)


@pytest.mark.parametrize(
    ("first", "last", "times"), [(0, 1, 1), (3, 2, 1), (1, 1, 0), (1, 1, MOST_TIMES + 1)]
)
def test_bars_refuse_nonsense_at_birth(first: int, last: int, times: int) -> None:
    with pytest.raises(UserError, match=r"bars|times"):
        Bars(first, last, times)


def test_after_the_cues_a_part_is_played_alone() -> None:
    bar = ALONE.bar_of(ALONE.cue_until_beat or 0.0)
    alone, paced = part(ALONE, Bars(bar, bar + 1, 2)), part(ALONE, Bars(1, bar - 1, 2))
    assert not any(alone.cued(float(beat)) for beat in range(16))
    assert paced.cue_until_beat is None


def test_what_is_asked_from_memory_is_offered_with_what_shows_it() -> None:
    assert part_from(ECHO, 3, 3, 4) == Bars(1, 3, 4)
    assert part_from(ECHO, 7, 7, 4) == Bars(5, 7, 4)


@pytest.mark.parametrize("whole", [PROBE, ALONE, part(ECHO, Bars(1, 3))], ids=lambda one: one.family)
def test_nothing_is_offered_of_what_is_played_whole(whole: Level) -> None:
    assert part_from(whole, 1, 1, 4) is None


def test_the_whole_is_no_part_and_neither_are_bars_that_ask_nothing() -> None:
    whole = level_of((0, 60, 1), (13, 60, 1))
    assert part_from(whole, 1, 4, 4) is None
    assert part_from(whole, 2, 3, 4) is None
    assert part_from(whole, 1, 3, 4) == Bars(1, 3, 4)
