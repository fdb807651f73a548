"""Windows: closed, exact edges at any hour of a run, in real milliseconds, and never two for one press."""

from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.judge.conditions import Conditions
from game.judge.judge import Judge, own_windows
from game.judge.verdicts import Verdict
from game.judge.windows import SAME_KEY_SHARE, Grade, HitWindows
from game.music.note import Note, Press
from tests.strategies import LAW, level_of, notes, windows

HOURS_S = st.integers(0, 6 * 3600 * 10_000).map(lambda n: n / 10_000)
SIDE = st.sampled_from([-1, 1])


def verdict_on(press_s: float, onset_s: float, hit: HitWindows) -> tuple[Verdict, Grade | None]:
    judge = Judge((Note(0, onset_s, 0.1, 60),), Conditions(hit))
    judge.press(Press(press_s, 60))
    judge.advance(inf)
    judgement = judge.verdicts().judgements[0]
    return judgement.verdict, judgement.grade


@LAW
@given(onset_s=HOURS_S, side=SIDE, beyond_ms=st.sampled_from([1, 0.1]))
def test_every_edge_belongs_to_its_window_and_what_is_beyond_does_not(
    onset_s: float, side: int, beyond_ms: float
) -> None:
    hit = HitWindows(0.05, 0.1, 0.175)
    edges = [(hit.perfect_s, Grade.PERFECT), (hit.great_s, Grade.GREAT), (hit.good_s, Grade.GOOD)]
    beyond_s = beyond_ms / 1000
    for (edge_s, grade), outer in zip(edges, [Grade.GREAT, Grade.GOOD, None], strict=True):
        assert verdict_on(onset_s + side * edge_s, onset_s, hit)[1] is grade
        assert verdict_on(onset_s + side * (edge_s - beyond_s), onset_s, hit)[1] is grade
        assert verdict_on(onset_s + side * (edge_s + beyond_s), onset_s, hit)[1] is outer


@LAW
@given(onset_s=HOURS_S, press=st.integers(-4000, 4000), hit=windows())
def test_a_press_hits_exactly_when_its_rounded_asynchrony_lies_in_the_window(
    onset_s: float, press: int, hit: HitWindows
) -> None:
    late_s = press / 10_000
    inside = abs(press) <= round(hit.good_s * 10_000)
    assert (verdict_on(onset_s + late_s, onset_s, hit)[0] is Verdict.HIT) == inside


@LAW
@given(onset_s=HOURS_S, half_step=st.sampled_from([0.17505, -0.17505, 0.175049, 0.175051]))
def test_a_note_is_open_to_a_press_until_the_very_instant_it_is_closed(
    onset_s: float, half_step: float
) -> None:
    hit, note = HitWindows(0.05, 0.1, 0.175), Note(0, onset_s, 0.1, 60)
    at_s = onset_s + half_step
    waited = Judge((note,), Conditions(hit))
    closed_by_time = bool(waited.advance(at_s))
    pressed = verdict_on(at_s, onset_s, hit)[0] is Verdict.HIT
    assert not (closed_by_time and pressed)
    assert half_step < 0 or closed_by_time or pressed


def test_a_window_that_was_computed_still_has_its_edge() -> None:
    assert 0.35 * 1.5 < 0.525  # binary fractions fall short here
    assert HitWindows(0.1, 0.2, 0.35 * 1.5).grade(0.525) is Grade.GOOD


@pytest.mark.parametrize("sizes", [(0.0, 0.1, 0.2), (0.2, 0.1, 0.3), (0.1, 0.3, 0.2), (-0.1, 0.1, 0.2)])
def test_windows_that_do_not_grow_from_zero_are_refused(sizes: tuple[float, float, float]) -> None:
    with pytest.raises(ValueError, match="grow"):
        HitWindows(*sizes)


@LAW
@given(asked=notes(apart_ms=1), hit=windows())
def test_no_window_is_wider_than_its_share_of_the_gap_on_its_key(
    asked: tuple[Note, ...], hit: HitWindows
) -> None:
    own = own_windows(asked, hit)
    for a in asked:
        assert own[a.index].good_s <= hit.good_s
        for b in asked:
            if a.index != b.index and a.pitch == b.pitch:
                assert own[a.index].good_s <= SAME_KEY_SHARE * abs(a.onset_s - b.onset_s) + 1e-9


@LAW
@given(asked=notes(), hit=windows(), shuffled=st.randoms(use_true_random=False))
def test_the_order_in_which_notes_are_given_does_not_matter(
    asked: tuple[Note, ...], hit: HitWindows, shuffled: object
) -> None:
    mixed = list(asked)
    shuffled.shuffle(mixed)  # type: ignore[attr-defined]
    assert own_windows(tuple(mixed), hit) == own_windows(asked, hit)


def test_a_window_without_a_neighbour_on_its_key_is_not_cut() -> None:
    hit = HitWindows(0.1, 0.2, 0.3)
    asked = (Note(0, 1.0, 0.1, 60), Note(1, 1.1, 0.1, 61))
    assert own_windows(asked, hit) == {0: hit, 1: hit}


@pytest.mark.parametrize(
    ("gap_ms", "half_ms"), [(200, 90), (220, 99), (150, 67.5), (333, 149.8), (1000, 300)]
)
def test_a_cut_window_goes_to_a_whole_tenth_of_a_millisecond(gap_ms: int, half_ms: float) -> None:
    hit = HitWindows(0.3, 0.3, 0.3)
    for onset_s in (0.0, 1.0, 3600.0, 20_000.1):
        asked = (Note(0, onset_s, 0.1, 60), Note(1, onset_s + gap_ms / 1000, 0.1, 60))
        own = own_windows(asked, hit)
        assert own[0] == own[1]
        assert own[0].good_s == pytest.approx(half_ms / 1000, abs=1e-9)
        assert verdict_on_first(asked, onset_s + half_ms / 1000) is Verdict.HIT
        assert verdict_on_first(asked, onset_s + half_ms / 1000 + 0.0001) is not Verdict.HIT


def verdict_on_first(asked: tuple[Note, ...], press_s: float) -> Verdict:
    judge = Judge(asked, Conditions(HitWindows(0.3, 0.3, 0.3)))
    judge.press(Press(press_s, 60))
    judge.advance(inf)
    return judge.verdicts().judgements[0].verdict


def test_two_notes_on_one_key_that_differ_by_rounding_only_keep_their_windows() -> None:
    hit = HitWindows(0.1, 0.2, 0.3)
    asked = (Note(0, 0.1 + 0.2, 0.1, 60), Note(1, 0.3, 0.1, 60))
    assert own_windows(asked, hit) == {0: hit, 1: hit}


@pytest.mark.parametrize("speed", [0.25, 0.5, 1.0, 1.5])
def test_windows_are_the_same_real_time_at_every_speed(speed: float) -> None:
    hit = HitWindows(0.1, 0.2, 0.3)
    asked = level_of((0, 60, 1), (4, 60, 1), bpm=100).notes_at(speed)
    assert own_windows(asked, hit) == {0: hit, 1: hit}
    due_s = asked[1].onset_s
    assert verdict_on_second(asked, due_s + 0.3) is Verdict.HIT
    assert verdict_on_second(asked, due_s + 0.3001) is Verdict.OMISSION


def verdict_on_second(asked: tuple[Note, ...], press_s: float) -> Verdict:
    judge = Judge(asked, Conditions(HitWindows(0.1, 0.2, 0.3)))
    judge.press(Press(press_s, 60))
    judge.advance(inf)
    return judge.verdicts().judgements[1].verdict
