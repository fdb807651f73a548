"""The coach: one thing changes at a time, inside limits, towards 70 to 85 % of hits."""

from dataclasses import dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.arrange.difficulty.difficulty import difficulty
from game.coach.adaptation import FASTEST, SLOWEST, personal_windows_s, went_well
from game.coach.ladder import in_ramp_order, kind, ladder
from game.coach.next_step import NextStep, next_step, where_next
from game.coach.practice import LONGEST_PART, PART_TIMES, SHORTEST_PART, practice
from game.coach.songs import SONG_ABOVE
from game.metrics.by_bar import BarWent
from game.music.bars import Bars
from game.music.level import BeatNote, HandChoice, Instrument, Level, SongName
from game.music.step_reason import StepReason
from game.music.tempo import TempoMap
from tests import levels
from tests.strategies import LAW

ONE = Level(
    "one",
    "One",
    "single-finger",
    1,
    Instrument.KEYBOARD,
    HandChoice.RIGHT,
    TempoMap.steady(60),
    (4, 4),
    (BeatNote(0, 60, 1),),
)
NOTES = tuple(BeatNote(float(beat), 60, 0.5) for beat in range(8))
TWO = replace(ONE, id="two", step=2)
LEFT = replace(ONE, id="left", step=2, hand=HandChoice.LEFT)
RAMP = (ONE, LEFT, TWO)


@given(st.floats(SLOWEST, FASTEST), st.integers(0, 40))
def test_the_step_stays_inside_the_limits_and_changes_one_thing(speed: float, hits: int) -> None:
    step = next_step(ONE, speed, hits, 40, RAMP)
    assert SLOWEST <= step.speed <= FASTEST
    if step.level_id != ONE.id:
        assert step.speed == 1.0
        assert step.why is StepReason.ON
    elif hits / 40 < 0.70:
        assert step.speed <= speed or step.speed == SLOWEST


@given(st.floats(SLOWEST, FASTEST), st.integers(0, 40), st.integers(0, 40))
def test_more_hits_never_lead_to_a_slower_step(speed: float, one: int, other: int) -> None:
    low, high = sorted((one, other))
    assert next_step(TWO, speed, low, 40, RAMP).speed <= next_step(TWO, speed, high, 40, RAMP).speed


def test_mastered_at_the_written_tempo_leads_to_the_next_level_of_the_same_hand() -> None:
    assert next_step(ONE, 1.0, 36, 40, RAMP).level_id == "two"
    assert next_step(ONE, 0.8, 36, 40, RAMP).level_id == "one"


def test_between_the_limits_it_is_the_same_once_more() -> None:
    assert next_step(ONE, 0.9, 31, 40, RAMP).why is StepReason.AGAIN


def test_too_few_notes_change_nothing() -> None:
    assert next_step(ONE, 0.8, 0, 3, RAMP) == next_step(ONE, 0.8, 3, 3, RAMP)
    assert next_step(ONE, 0.8, 0, 0, RAMP).speed == 0.8


def test_four_notes_are_enough_to_go_on_and_three_are_not() -> None:
    assert [went_well(1.0, n, n) for n in (3, 4, 5)] == [False, True, True]
    assert next_step(ONE, 1.0, 4, 4, RAMP).level_id == "two"
    assert next_step(ONE, 1.0, 0, 4, RAMP).why is StepReason.CALMER
    assert next_step(ONE, 1.0, 3, 3, RAMP) == NextStep("one", 1.0, StepReason.AGAIN)


def test_on_the_way_up_the_written_tempo_is_not_jumped_over() -> None:
    assert next_step(TWO, 0.97, 40, 40, RAMP).speed == 1.0


@pytest.mark.parametrize(
    ("sd_ms", "hits", "windows"),
    [
        (80.0, 60, (0.08, 0.16, 0.24)),
        (20.0, 60, (0.05, 0.10, 0.15)),
        (80.0, 29, None),
        (float("nan"), 60, None),
        (900.0, 60, (0.2, 0.4, 0.6)),
    ],
)
def test_a_player_s_own_windows_are_one_two_and_three_sds(
    sd_ms: float, hits: int, windows: tuple[float, float, float] | None
) -> None:
    assert personal_windows_s(sd_ms, hits) == windows


def test_in_a_step_of_the_ramp_the_easier_levels_come_first() -> None:
    quick = replace(ONE, id="a-quick-one", tempo=TempoMap.steady(120), notes=NOTES)
    calm = replace(quick, id="b-calm-one", tempo=TempoMap.steady(40))
    assert [level.id for level in in_ramp_order([TWO, quick, calm])] == ["b-calm-one", "a-quick-one", "two"]


def test_the_next_level_is_on_the_same_instrument() -> None:
    pads = replace(ONE, id="a-pad", instrument=Instrument.PADS)
    ramp = (replace(ONE, id="z"), pads, ONE, TWO)
    assert next_step(ramp[0], 1.0, 40, 40, ramp).level_id == "two"
    assert next_step(pads, 1.0, 40, 40, ramp).level_id == "a-pad"


RING = replace(ONE, id="ring", notes=(BeatNote(0, 65, 1, finger=4),))
HOLD = replace(ONE, id="hold", family="press-release")


def test_a_step_wants_each_of_its_kinds_once_before_the_next_step() -> None:
    ramp = (ONE, replace(ONE, id="one-long"), RING, HOLD, TWO)
    known: set[str] = set()
    way = [ONE]
    while (step := next_step(way[-1], 1.0, 40, 40, ramp, known)).why is StepReason.ON:
        known.add(way[-1].id)
        way.append(next(level for level in ramp if level.id == step.level_id))
    assert [level.id for level in way] == ["one", "ring", "hold", "two"]


def test_a_level_that_is_not_in_the_ramp_leads_into_it_at_its_own_step() -> None:
    mine = replace(ONE, id="mine", family="of-my-own")
    assert next_step(mine, 1.0, 40, 40, RAMP).level_id == "one"


LIBRARY = levels.RAMP
HANDS = tuple(HandChoice)


@pytest.mark.parametrize("hand", HANDS)
def test_the_ladder_leads_from_its_first_step_to_its_last_over_every_kind_and_never_down(
    hand: HandChoice,
) -> None:
    steps = ladder(LIBRARY, hand, Instrument.KEYBOARD)
    way, known = [steps[0]], {steps[0].id}
    by_id = {level.id: level for level in LIBRARY}
    while (step := next_step(way[-1], 1.0, 40, 40, LIBRARY, known)).why is StepReason.ON:
        way.append(by_id[step.level_id])
        known.add(step.level_id)
    assert {(one.step, *kind(one)) for one in way} == {(one.step, *kind(one)) for one in steps}
    assert len(way) == len({(one.step, *kind(one)) for one in way})
    assert [one.step for one in way] == sorted(one.step for one in way)


def test_no_exercise_leads_to_a_song_and_no_song_to_an_exercise() -> None:
    families = {level.id: level.family for level in LIBRARY}
    for level in LIBRARY:
        following = next_step(level, 1.0, 40, 40, LIBRARY).level_id
        assert (families[following] == "song") == (level.family == "song")


@pytest.mark.parametrize("hand", [HandChoice.LEFT, HandChoice.RIGHT])
def test_a_song_played_well_leads_to_more_fingers_of_the_same_song_then_to_both_hands(
    hand: HandChoice,
) -> None:
    by_id = {level.id: level for level in LIBRARY}
    firsts = [o for o in LIBRARY if o.id.endswith("-1-left" if hand is HandChoice.LEFT else "-1")]
    assert len(firsts) > 30
    for first in firsts:
        way, whys = [first], []
        for _ in range(5):
            step = next_step(way[-1], 1.0, 40, 40, LIBRARY, {one.id for one in way})
            whys.append(step.why)
            way.append(by_id[step.level_id])
            if step.why is StepReason.ON:
                break
        own, other = way[:-1], way[-1]
        assert {one.song for one in own} == {first.song} != {other.song}
        assert all(one.hand in (hand, HandChoice.BOTH) for one in own)
        assert own[-1].hand is other.hand is HandChoice.BOTH
        assert whys[-2:] == [StepReason.BOTH_HANDS, StepReason.ON]
        counts = [len(one.fingers) for one in own[:-1]]
        assert counts == sorted(set(counts))


def a_song(name: str, bpm: float) -> Level:
    return replace(ONE, id=name, family="song", song=SongName(name, name), tempo=TempoMap.steady(bpm))


def test_another_song_is_one_that_is_not_mastered_however_near_a_mastered_one_is() -> None:
    played, near, far = a_song("a", 60), a_song("b", 62), a_song("c", 120)
    ramp = (played, near, far)
    assert next_step(played, 1.0, 40, 40, ramp).level_id == "b"
    assert next_step(played, 1.0, 40, 40, ramp, {"b"}).level_id == "c"
    assert next_step(played, 1.0, 40, 40, ramp, {"b", "c"}).level_id == "a"


def test_another_song_is_never_an_arrangement_of_the_same_one() -> None:
    played = a_song("a", 60)
    again = replace(a_song("a-again", 61), song=played.song)
    assert next_step(played, 1.0, 40, 40, (played, again)).level_id == "a"


def test_a_song_that_did_not_go_well_is_played_again() -> None:
    song = next(level for level in LIBRARY if level.id == "song-ode-to-joy-1")
    assert next_step(song, 1.0, 20, 40, LIBRARY).level_id == song.id
    assert next_step(song, 0.8, 40, 40, LIBRARY).level_id == song.id


@dataclass(frozen=True)
class Went:
    level_id: str
    speed: float = 1.0
    hits: int = 40
    notes: int = 40


WENT = st.builds(
    Went,
    st.sampled_from([level.id for level in LIBRARY]),
    st.floats(SLOWEST, FASTEST),
    st.integers(0, 40),
)
KEYS = Instrument.KEYBOARD


@LAW
@given(st.lists(WENT, max_size=8), st.sampled_from(HANDS))
def test_whatever_was_played_there_is_one_exercise_and_at_most_one_song_to_go_on_with(
    past: list[Went], hand: HandChoice
) -> None:
    by_id = {level.id: level for level in LIBRARY}
    offers = [by_id[step.level_id] for step in where_next(past, LIBRARY, hand, KEYS)]
    assert sum(one.family != "song" for one in offers) == 1
    assert sum(one.family == "song" for one in offers) <= 1
    assert all(one.hand in (hand, HandChoice.BOTH) and not one.probe for one in offers)


def test_who_never_played_begins_at_the_first_step_without_a_song() -> None:
    (first,) = where_next((), LIBRARY, HandChoice.RIGHT, KEYS)
    assert (first.level_id, first.why) == (ladder(LIBRARY, HandChoice.RIGHT, KEYS)[0].id, StepReason.FIRST)


def test_what_continues_the_newest_run_comes_first() -> None:
    exercise, song = Went("single-index-right"), Went("song-ode-to-joy-1")
    climbing = where_next((song, exercise), LIBRARY, HandChoice.RIGHT, KEYS)
    singing = where_next((exercise, song), LIBRARY, HandChoice.RIGHT, KEYS)
    assert singing == climbing[::-1]
    assert singing[0] == NextStep("song-ode-to-joy-3", 1.0, StepReason.MORE_FINGERS)


def test_a_first_song_is_hardly_more_difficult_than_what_went_well() -> None:
    by_id = {level.id: level for level in LIBRARY}
    _, song = where_next((Went("single-index-beat-right"),), LIBRARY, HandChoice.RIGHT, KEYS)
    assert song.why is StepReason.SONG
    reached = [difficulty(by_id[name]) for name in ("single-index-beat-right",)]
    assert difficulty(by_id[song.level_id]) <= max(reached) + SONG_ABOVE + 0.5


def test_a_first_song_is_for_the_hand_that_climbs() -> None:
    imported = replace(ONE, id="imported", family="song", hand=HandChoice.BOTH)
    ramp = (*LIBRARY, imported)
    for hand in (HandChoice.LEFT, HandChoice.RIGHT):
        top = Went(ladder(LIBRARY, hand, KEYS)[-1].id)
        song = next(s for s in where_next((top,), ramp, hand, KEYS) if s.why is StepReason.SONG)
        assert next(one.hand for one in ramp if one.id == song.level_id) is hand


def test_where_nothing_is_open_nothing_is_offered() -> None:
    assert where_next((), (), HandChoice.RIGHT, KEYS) == ()


EIGHT_BARS = replace(ONE, notes=tuple(BeatNote(float(beat), 60, 1) for beat in range(32)))


def went(*hits: int) -> tuple[BarWent, ...]:
    """Bars of four notes each, with so many hits."""
    return tuple(BarWent(4, one) for one in hits)


@given(st.lists(st.integers(0, 4), min_size=8, max_size=8), st.floats(SLOWEST, FASTEST))
def test_what_is_practised_holds_the_bar_that_left_most_and_is_never_quicker(
    hits: list[int], speed: float
) -> None:
    found = practice(EIGHT_BARS, speed, went(*hits))
    if found is None:
        assert set(hits) == {4}
        return
    bars, practised = found
    assert SHORTEST_PART <= bars.last - bars.first + 1 <= LONGEST_PART
    assert bars.times == PART_TIMES
    assert min(hits) in hits[bars.first - 1 : bars.last]
    assert SLOWEST <= practised <= speed


def test_a_part_grows_only_over_bars_that_left_something() -> None:
    assert practice(EIGHT_BARS, 1.0, went(4, 4, 4, 1, 4, 4, 4, 4)) == (Bars(3, 4, 4), 0.8)
    assert practice(EIGHT_BARS, 1.0, went(4, 4, 4, 3, 3, 3, 4, 4)) == (Bars(4, 6, 4), 1.0)
    assert practice(EIGHT_BARS, 1.0, went(0, 0, 0, 0, 0, 0, 0, 0)) == (Bars(1, 4, 4), 0.8)


def test_a_part_that_went_hard_is_practised_calmer_and_no_slower_than_anything_is() -> None:
    hard, easy = went(4, 2, 2, 4, 4, 4, 4, 4), went(4, 3, 3, 4, 4, 4, 4, 4)
    assert [practice(EIGHT_BARS, 0.5, one) for one in (hard, easy)] == [
        (Bars(2, 3, 4), 0.4),
        (Bars(2, 3, 4), 0.5),
    ]
    assert practice(EIGHT_BARS, SLOWEST, hard) == (Bars(2, 3, 4), SLOWEST)


@pytest.mark.parametrize(("beat", "bars"), [(0.0, (1, 4)), (13.0, (2, 5)), (17.5, (3, 6)), (31.0, (5, 8))])
def test_in_a_pause_the_bars_around_it_are_practised(beat: float, bars: tuple[int, int]) -> None:
    assert practice(EIGHT_BARS, 1.0, went(4, 4, 4, 4, 4, 4, 4, 4), beat) == (Bars(*bars, 4), 1.0)


def test_in_a_pause_what_was_not_due_yet_was_not_hard() -> None:
    due = (*went(4, 4), *(BarWent() for _ in range(6)))
    assert practice(EIGHT_BARS, 1.0, due, 8.0) == (Bars(1, 4, 4), 1.0)


@pytest.mark.parametrize("beat", [None, 4.0])
def test_a_probe_a_part_and_what_is_too_short_are_not_practised_in_parts(beat: float | None) -> None:
    probe = replace(EIGHT_BARS, probe=True)
    short = replace(ONE, notes=NOTES)
    for level in (probe, replace(EIGHT_BARS, bars=Bars(1, 2, 4)), short):
        assert practice(level, 1.0, went(*[0] * level.bar_count), beat) is None


def test_a_part_leads_to_the_whole_however_it_went() -> None:
    part = replace(EIGHT_BARS, id="one", bars=Bars(1, 2, 4))
    for hits in (0, 20, 40):
        assert next_step(part, 0.8, hits, 40, RAMP) == NextStep("one", 0.8, StepReason.WHOLE)
