"""Simulated players play as their figures say, and what is told of a performance is what was played."""

from collections import Counter, defaultdict
from dataclasses import replace
from itertools import pairwise
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.judge.recorded import judge_recording
from game.judge.verdicts import Use, Verdict
from game.music.keyboard import white_index
from game.music.level import timed
from game.music.note import Note, Press, Release
from game.music.patterns import NotePace, played, single_finger
from tests.players import KEYS, KINDS, LEAKY, SECOND, Kind, chords, one_and_five, recording_of, rows
from tests.playing import TREMOR_HZ, Alone, Fatigue, Lost, Played, Player, Shift
from tests.strategies import LAW

NAMES = [kind.name for kind in KINDS]
CLEAN = Player(omit=0.0, wrong=0.0, stray=0.0)
LONG = timed(played(single_finger(2, 3000), KEYS, NotePace(1.0, 0.5)), SECOND)
"""Slow enough for any player's taps to stay in order."""

kinds = st.sampled_from(KINDS)
seeds = st.integers(0, 10_000)


def long_run(player: Player, notes: tuple[Note, ...] = LONG, seed: int = 1) -> Played:
    return player.perform(notes, Random(seed))


def presses(of: Played) -> list[Press]:
    return [touch for touch in of.touches if isinstance(touch, Press)]


@LAW
@given(kinds, seeds)
def test_the_same_seed_gives_the_same_performance(kind: Kind, seed: int) -> None:
    assert kind.perform(Random(seed)) == kind.perform(Random(seed))


@LAW
@given(kinds, seeds)
def test_each_note_has_one_fate_and_each_press_one_meaning(kind: Kind, seed: int) -> None:
    made = kind.perform(Random(seed))
    fates = [*made.late_s, *made.wrong, *made.omitted]
    assert sorted(fates) == [n.index for n in kind.notes]
    meant = [index for index in made.meant if index is not None]
    assert sorted(meant) == sorted([*made.late_s, *made.wrong])
    assert len(made.meant) == len(presses(made))


@LAW
@given(kinds, seeds)
def test_what_is_told_of_a_press_is_what_was_played(kind: Kind, seed: int) -> None:
    made = kind.perform(Random(seed))
    for press, index in zip(presses(made), made.meant, strict=True):
        if index in made.late_s:
            note = kind.notes[index]
            assert press.pitch == note.pitch
            assert press.time_s - note.onset_s == pytest.approx(made.late_s[index])
            assert press.velocity == made.velocities[index]
        elif index is not None:
            assert press.pitch != kind.notes[index].pitch


@LAW
@given(kinds, seeds)
def test_a_key_goes_down_and_up_in_turn(kind: Kind, seed: int) -> None:
    made = kind.perform(Random(seed))
    assert [t.time_s for t in made.touches] == sorted(t.time_s for t in made.touches)
    on_key = defaultdict(list)
    for touch in made.touches:
        on_key[touch.pitch].append(type(touch))
    for acts in on_key.values():
        assert acts == [Press, Release] * (len(acts) // 2)


@LAW
@given(kinds, seeds)
def test_notes_on_one_key_are_played_in_their_order(kind: Kind, seed: int) -> None:
    made = kind.perform(Random(seed))
    order = defaultdict(list)
    for press, index in zip(presses(made), made.meant, strict=True):
        if index is not None:
            order[press.pitch].append(kind.notes[index].onset_s)
    assert all(onsets == sorted(onsets) for onsets in order.values())


@pytest.mark.parametrize(("mean_s", "sd_s", "lag1"), [(0.12, 0.04, 0.0), (-0.1, 0.15, 0.3), (0.0, 0.03, 0.6)])
def test_asynchronies_have_the_mean_the_sd_and_the_memory_asked_for(
    mean_s: float, sd_s: float, lag1: float
) -> None:
    late_s = np.array(list(long_run(replace(CLEAN, mean_s=mean_s, sd_s=sd_s, lag1=lag1)).late_s.values()))
    assert late_s.mean() == pytest.approx(mean_s, abs=0.1 * sd_s)
    assert late_s.std() == pytest.approx(sd_s, rel=0.06)
    assert np.corrcoef(late_s[:-1], late_s[1:])[0, 1] == pytest.approx(lag1, abs=0.06)


def test_as_many_notes_are_left_out_or_played_beside_as_asked_for() -> None:
    made = long_run(replace(CLEAN, omit=0.4, wrong=0.1))
    assert len(made.omitted) / len(LONG) == pytest.approx(0.4, abs=0.03)
    assert len(made.wrong) / len(LONG) == pytest.approx(0.1, abs=0.02)


def test_fingers_go_down_with_others_as_often_as_the_matrix_says() -> None:
    notes = rows(*[played(single_finger(finger, 800), KEYS, NotePace(1.0, 0.5)) for finger in (2, 4)])
    made = long_run(replace(CLEAN, overflow=LEAKY, sd_s=0.0), notes)
    keys = {finger: KEYS.pitch(finger) for finger in range(1, 6)}
    for finger, half in ((2, notes[:800]), (4, notes[800:])):
        span = (half[0].onset_s - 0.5, half[-1].onset_s + 0.5)
        down = Counter(
            press.pitch
            for press, index in zip(presses(made), made.meant, strict=True)
            if index is None and span[0] < press.time_s < span[1]
        )
        for other in range(1, 6):
            assert down[keys[other]] / 800 == pytest.approx(LEAKY[finger - 1][other - 1], abs=0.05)


def test_tremor_strikes_the_same_key_again_at_4_to_12_hertz() -> None:
    made = long_run(replace(CLEAN, tremor=0.3), LONG[:600])
    last: dict[int, float] = {}
    again = 0
    for press, index in zip(presses(made), made.meant, strict=True):
        if index is None:
            period_s = press.time_s - last[press.pitch]
            assert 1 / TREMOR_HZ[1] - 1e-9 <= period_s <= 1 / TREMOR_HZ[0] + 1e-9
            again += 1
        last[press.pitch] = press.time_s
    assert again / 600 == pytest.approx(0.6, abs=0.12)


@pytest.mark.parametrize("keys", [1, -2])
def test_a_shifted_hand_plays_so_many_white_keys_to_the_side_for_a_while(keys: int) -> None:
    notes = one_and_five(0.5)
    made = long_run(replace(CLEAN, shift=Shift(keys, 20, 0.5)), notes)
    assert made.wrong == {n.index for n in notes[40:60]}
    for press, index in zip(presses(made), made.meant, strict=True):
        if index in made.wrong and index is not None:
            assert white_index(press.pitch) - white_index(notes[index].pitch) == keys


def test_nothing_is_meant_while_the_place_is_lost_and_the_rest_is_played() -> None:
    notes = one_and_five(0.5)
    made = long_run(replace(CLEAN, lost=Lost(4.0, 0.5)), notes)
    assert made.omitted == {n.index for n in notes[40:48]}
    assert len(made.late_s) == len(notes) - 8


def test_alone_the_intervals_are_those_of_a_clock_and_a_hand() -> None:
    player = replace(CLEAN, alone=Alone(0.9, 0.03, 0.02))
    made = player.perform(LONG, Random(3), cue_until_s=0.0)
    intervals = np.diff([press.time_s for press in presses(made)])
    off = intervals - intervals.mean()
    assert intervals.mean() == pytest.approx(0.9, abs=0.003)
    assert np.mean(off * off) == pytest.approx(0.03**2 + 2 * 0.02**2, rel=0.1)
    assert np.mean(off[1:] * off[:-1]) == pytest.approx(-(0.02**2), rel=0.2)


def test_until_the_cue_ends_the_beat_is_followed_and_then_the_own_pace() -> None:
    player = replace(CLEAN, sd_s=0.0, mean_s=0.05, alone=Alone(0.5, 0.0, 0.0))
    made = player.perform(LONG[:20], Random(1), cue_until_s=9.5)
    times_s = [press.time_s for press in presses(made)]
    assert np.diff(times_s) == pytest.approx([1.0] * 9 + [0.5] * 10)


def test_fatigue_changes_velocity_spread_and_omissions_over_the_run() -> None:
    made = long_run(replace(CLEAN, lag1=0.0, fatigue=Fatigue(-30, 1.0, 0.4)))
    first = [i for i in made.late_s if i < 600]
    last = [i for i in made.late_s if i >= 2400]
    velocity = [float(np.mean([made.velocities[i] for i in part])) for part in (first, last)]
    assert velocity[1] - velocity[0] == pytest.approx(-24, abs=1.5)
    spread = [float(np.std([made.late_s[i] for i in part])) for part in (first, last)]
    assert spread[1] / spread[0] == pytest.approx(1.9 / 1.1, rel=0.1)
    assert sum(i >= 2400 for i in made.omitted) / 600 == pytest.approx(0.36, abs=0.06)


def test_a_chord_spreads_as_far_as_asked_for_and_in_any_order() -> None:
    notes = chords([(1, 3, 5)], 1.0, 100)
    made = long_run(replace(CLEAN, chord_spread_s=0.12), notes)
    each = [[made.late_s[3 * i + j] for j in range(3)] for i in range(100)]
    assert [max(late) - min(late) for late in each] == pytest.approx([0.12] * 100)
    assert len({tuple(np.argsort(late)) for late in each}) == 6


def test_keys_come_up_as_long_after_the_end_as_asked_for() -> None:
    made = long_run(replace(CLEAN, sd_s=0.0, release_s=0.3, release_sd_s=0.05))
    assert np.mean(list(made.release_s.values())) == pytest.approx(0.3, abs=0.01)
    assert np.std(list(made.release_s.values())) == pytest.approx(0.05, rel=0.1)


def test_every_kind_that_is_found_hard_is_there_once() -> None:
    assert len(set(NAMES)) == len(NAMES)
    wanted = "steady|late|early|SD 45|SD 80|SD 150|150 ms|220 ms|rolls|chords|key off|lost|tremor|severe"
    for word in wanted.split("|"):
        assert any(word in name for name in NAMES), word
    severe = next(kind.player for kind in KINDS if "severe" in kind.name)
    assert severe.omit == 0.4


@pytest.mark.parametrize("kind", KINDS, ids=NAMES)
def test_the_material_of_a_kind_is_in_order_and_long_enough_to_measure(kind: Kind) -> None:
    assert [n.index for n in kind.notes] == list(range(len(kind.notes)))
    assert all(b.onset_s >= a.onset_s for a, b in pairwise(kind.notes))
    assert len(kind.notes) >= 60


def test_somebody_who_is_exactly_on_time_is_all_hits_for_the_live_judge() -> None:
    notes = one_and_five(0.5)
    made = long_run(replace(CLEAN, mean_s=0.0, sd_s=0.0), notes)
    verdicts = judge_recording(notes, recording_of(made), KINDS[0].conditions)
    assert {j.verdict for j in verdicts.judgements} == {Verdict.HIT}
    assert {p.use for p in verdicts.presses} == {Use.HIT}
