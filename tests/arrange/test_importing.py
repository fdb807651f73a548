"""Parts of an import: what is asked lies in the music, in the hand and in time."""

from itertools import pairwise
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.arrange.hands.parts import hands_of, part_hands
from game.arrange.hands.split import groups, split_hands
from game.arrange.importing.beat_tracking import tracked
from game.arrange.importing.melody import chosen_parts
from game.arrange.importing.on_beats import on_beats
from game.arrange.importing.quantising import agreement
from game.arrange.importing.tempo import in_bars, level_metre, put_in_time
from game.arrange.importing.timing import Timing, as_played
from game.arrange.reduction.fitting import once_a_finger, once_a_key
from game.arrange.reduction.hand_music import reduced
from game.arrange.reduction.places import MOVE_S
from game.arrange.reduction.reduction import BeatGrid
from game.arrange.reduction.texture import Texture, textures
from game.arrange.reduction.thinning import spaced
from game.arrange.reduction.transposing import transposed_by
from game.music.keyboard import white_index
from game.music.level import BeatNote, in_order
from game.music.metre import bar_beats, strength
from game.music.midi_song import MidiSong, SongNote, SongPart
from game.music.note import Hand, Note
from game.music.tempo import TempoMap

beats = st.integers(0, 400).map(lambda eighths: eighths / 8)
played = st.lists(
    st.builds(BeatNote, beats, st.integers(30, 100), st.sampled_from((0.125, 0.5, 1.0, 6.0))),
    min_size=1,
    max_size=60,
).map(in_order)
some_fingers = st.sets(st.integers(1, 5), min_size=1).map(frozenset)
some_textures = st.builds(
    Texture,
    fingers=some_fingers,
    keys=st.integers(1, 5),
    span=st.integers(2, 9),
    gap_s=st.sampled_from((0.08, 0.4, 1.25)),
    strength=st.integers(0, 3),
    still=st.booleans(),
)
BARS = BeatGrid(TempoMap.steady(90), lambda beat: strength(beat, (4, 4)))


@given(notes=played, hand=st.sampled_from(Hand), texture=some_textures)
def test_what_is_asked_lies_in_the_music_the_hand_and_time(
    notes: tuple[BeatNote, ...], hand: Hand, texture: Texture
) -> None:
    asked = reduced(notes, hand, texture, BARS).asked
    there = {(n.pitch, round(n.beat, 3)) for n in notes}
    assert {(n.pitch, round(n.beat, 3)) for n in asked} <= there
    onsets = sorted({BARS.tempo.seconds(n.beat) for n in asked})
    assert all(b - a >= texture.gap_s - 1e-5 for a, b in pairwise(onsets))
    assert all(strength(n.beat, (4, 4)) >= texture.strength for n in asked)
    for new in asked:
        down = [n for n in asked if n.beat <= new.beat < n.beat + n.length_beats - 1e-6]
        keys = [white_index(n.pitch) for n in down]
        assert max(keys) - min(keys) + 1 <= texture.widest
        assert len(down) <= texture.keys
    if texture.still and len(texture.fingers) > 1:
        for a, b in pairwise(asked):
            near = BARS.tempo.seconds(b.beat) - BARS.tempo.seconds(a.beat) < MOVE_S - 1e-5
            assert not (near and a.finger == b.finger) or a.pitch == b.pitch  # it moves only with time to


@given(notes=played, hand=st.sampled_from(Hand), texture=some_textures)
def test_every_note_of_a_hand_is_asked_or_has_a_reason(
    notes: tuple[BeatNote, ...], hand: Hand, texture: Texture
) -> None:
    found = reduced(notes, hand, texture, BARS)
    single = len({(n.pitch, n.beat) for n in notes})
    assert len(found.asked) + sum(found.why.values()) == single


@given(st.lists(st.floats(0, 100), max_size=50), st.floats(0.01, 10))
def test_spaced_keeps_the_first_and_nothing_near_it(times: list[float], gap: float) -> None:
    kept = [times[i] for i in spaced(times, gap)]
    assert kept[:1] == times[:1]
    assert all(b - a >= gap for a, b in pairwise(sorted(kept)))


@given(st.lists(st.integers(0, 127), min_size=1), st.integers(21, 60), st.integers(12, 48))
def test_music_that_fits_after_octaves_is_moved_by_octaves(pitches: list[int], low: int, size: int) -> None:
    keys = (low, low + size)
    steps = transposed_by([(p, 1) for p in pitches], keys)
    fits = [k for k in range(-120, 121, 12) if all(keys[0] <= p + k <= keys[1] for p in pitches)]
    if fits:
        assert abs(steps) == min(map(abs, fits))
    elif max(pitches) - min(pitches) <= size:
        assert all(keys[0] <= p + steps <= keys[1] for p in pitches)


@given(notes=played)
def test_no_key_and_no_finger_has_two_things_to_do(notes: tuple[BeatNote, ...]) -> None:
    with_fingers = [
        BeatNote(n.beat, n.pitch, n.length_beats, Hand.LEFT, 1 + n.pitch % 5) for n in once_a_key(notes)
    ]
    kept, _twice = once_a_finger(with_fingers)
    for a in kept:
        for same in ([b for b in kept if b.pitch == a.pitch], [b for b in kept if b.finger == a.finger]):
            assert all(a.beat + a.length_beats <= b.beat + 1e-6 for b in same if b.beat > a.beat)
            assert sum(b.beat == a.beat for b in same) == 1


@pytest.mark.parametrize("fingers", [frozenset({2}), frozenset({1, 3, 5}), frozenset({1, 2, 3, 4, 5})])
def test_no_texture_takes_a_finger_that_is_not_there(fingers: frozenset[int]) -> None:
    assert all(texture.fingers <= fingers for texture in textures(fingers, 9))


@given(more=some_fingers, fewer=some_fingers)
def test_more_fingers_have_every_texture_that_fewer_have(more: frozenset[int], fewer: frozenset[int]) -> None:
    def shapes(fingers: frozenset[int]) -> set[tuple[object, ...]]:
        return {
            (frozenset(f - min(t.fingers) for f in t.fingers), t.keys, t.gap_s, t.strength, t.still)
            for t in textures(fingers, 9)
        }

    assert shapes(fewer & more or more) <= shapes(more)


def test_parts_are_taken_at_their_word_but_where_a_hand_cannot() -> None:
    notes = [Note(i, i / 2, 0.4, 70 + i % 5) for i in range(20)]
    notes += [Note(20 + i, i / 2, 0.4, 40 + i % 5) for i in range(20)]
    notes.append(Note(40, 3.0, 0.4, 72))  # far above what the lower part has at that moment
    parts = ["high"] * 20 + ["low"] * 21
    said, model = part_hands(notes, parts, {}), split_hands(notes)
    assert said == {"high": Hand.RIGHT, "low": Hand.LEFT}
    (odd,) = (group for group in groups(notes, 0.01) if 40 in group)
    for i, hand in enumerate(hands_of(notes, parts)):
        assert hand is (model[i] if i in odd else said[parts[i]])


def source(onsets: list[float], tempo: float = 120.0, counted: bool = True) -> MidiSong:
    notes = [SongNote(beat, 0.4, 60 + i % 5, 70) for i, beat in enumerate(onsets)]
    return MidiSong(tuple(sorted(notes)), tempo=TempoMap.steady(tempo), counted=counted)


def test_written_rhythms_of_every_kind_are_left_alone() -> None:
    onsets = [0.0]
    rng = Random(2)
    while len(onsets) < 90:
        kind = rng.choice(((0.25,) * 4, (1 / 3,) * 3, (0.5,) * 2, (1 / 6,) * 6, (0.125,) * 8, (1.0,)))
        onsets += [onsets[-1] + sum(kind[: i + 1]) for i in range(len(kind))]
    assert on_beats(source(onsets)) == (source(onsets), Timing.WRITTEN)


def test_playing_to_a_click_goes_onto_the_beats_it_was_played_to() -> None:
    rng = Random(3)
    true = [i / 2 for i in range(80)]
    late = source([beat + 0.04 + abs(rng.gauss(0, 0.02)) for beat in true])
    found, timing = on_beats(late)
    assert timing is Timing.CLICK
    assert [n.beat for n in found.notes] == true


def test_the_beats_of_bending_playing_are_found() -> None:
    rng = Random(4)
    beat_s, at_s, onsets_s, truth = 0.6, 0.4, [], []
    for i in range(100):
        truth.append(at_s)
        onsets_s += [at_s + rng.gauss(0, 0.015)] + ([at_s + beat_s / 2] if i % 2 else [])
        beat_s = min(0.75, max(0.5, beat_s + rng.gauss(0, 0.008)))
        at_s += beat_s
    found = tracked(np.array(sorted(onsets_s)), np.full(len(onsets_s), 70.0))
    assert found is not None
    near = [min(abs(found - time)) < 0.05 for time in truth]
    assert sum(near) > 0.9 * len(near)
    assert 0.9 < np.median(np.diff(found)) / np.median(np.diff(truth)) < 1.1


@given(st.lists(st.floats(0, 100), min_size=1, max_size=40), st.floats(30, 300))
def test_as_played_keeps_every_instant(onsets: list[float], bpm: float) -> None:
    before = source(sorted(onsets), bpm)
    after = as_played(before)
    for a, b in zip(before.notes, after.notes, strict=True):
        assert after.tempo.seconds(b.beat) == pytest.approx(before.tempo.seconds(a.beat), abs=1e-6)


def test_agreement_is_one_on_the_grid() -> None:
    assert agreement(np.arange(20) / 4).r == pytest.approx(1)
    assert agreement(np.arange(20) / 4 + 0.05).late_beats == pytest.approx(0.05)


@settings(max_examples=40)
@given(
    st.lists(st.tuples(st.floats(0.01, 90), st.floats(1, 3000)), max_size=6, unique_by=lambda c: c[0]),
    st.floats(1, 3000),
)
def test_any_tempo_becomes_one_that_a_level_knows(changes: list[tuple[float, float]], first: float) -> None:
    tempo = TempoMap(((0.0, first), *sorted(changes)))
    before = MidiSong(source([float(i) for i in range(100)]).notes, tempo=tempo)
    after, _timing = put_in_time(before, quantise=False)
    assert all(10 <= bpm <= 400 for _beat, bpm in after.tempo.changes)
    for a, b in zip(before.notes, after.notes, strict=True):
        assert after.tempo.seconds(b.beat) == pytest.approx(tempo.seconds(a.beat), rel=1e-5, abs=1e-3)


@pytest.mark.parametrize(
    ("metre", "known"),
    [((4, 4), (4, 4)), ((6, 32), (3, 16)), ((5, 32), (4, 4)), ((33, 4), (4, 4)), ((12, 8), (12, 8))],
)
def test_a_metre_is_one_that_a_level_knows(metre: tuple[int, int], known: tuple[int, int]) -> None:
    assert level_metre(metre) == known


def test_bars_begin_where_the_main_metre_has_them() -> None:
    some = source([float(i) for i in range(1, 30)])
    metres = ((0.0, (2, 4)), (2.0, (3, 4)))
    after, metre = in_bars(MidiSong(some.notes, tempo=some.tempo, metres=metres))
    assert metre == (3, 4)
    second = after.notes[1].beat  # where the bars of three begin
    assert second % bar_beats(metre) == 0


def voices(*rows: tuple[str, int | None, int, int]) -> MidiSong:
    """Parts by name, program, pitch and notes in a beat."""
    notes = [
        SongNote(beat / each, 1 / each, pitch + 4 * (beat % 3), 70, part)
        for part, (_name, _program, pitch, each) in enumerate(rows)
        for beat in range(32 * each)
    ]
    return MidiSong(tuple(sorted(notes)), tuple(SongPart(name, program) for name, program, _p, _e in rows))


def test_the_part_called_a_tune_is_the_right_hands() -> None:
    choice = chosen_parts(voices(("Strings", 48, 60, 1), ("Melody", 73, 70, 1), ("Bass", 33, 36, 1)))
    assert (choice.tune, choice.below) == (1, 2)


def test_a_piano_among_others_is_for_both_hands() -> None:
    choice = chosen_parts(voices(("", 48, 60, 1), ("", 0, 64, 2), ("", 33, 36, 1), ("", 56, 70, 1)))
    assert (choice.hands, choice.tune) == (frozenset({1}), None)


def test_parts_named_as_hands_are_the_hands() -> None:
    choice = chosen_parts(voices(("Voice", 53, 70, 1), ("Piano right", 0, 72, 2), ("Piano left", 0, 45, 1)))
    assert choice.hands == frozenset({1, 2})
