"""The path: everything that may be played is on it, nothing else is, and its lists are never long."""

from functools import cache

import pytest

from game.app.paths import allowed, path_of
from game.arrange.difficulty.demand import DIMENSIONS
from game.music.level import Instrument
from game.screens.ui.services import LevelCard, Path
from game.settings import Plan
from tests.pasts import past
from tests.scenes import BEEN, known_cards

HANDS = ("right", "left", "both")


@cache
def path(hand: str, plan: Plan | None = None) -> Path:
    return path_of(allowed(plan or Plan(), known_cards()), BEEN, plan or Plan(), hand)


def on(one: Path) -> set[str]:
    return set(one.by_id())


def test_every_level_is_on_the_path_of_some_hand() -> None:
    keys = {c.level.id for c in known_cards() if c.level.instrument is Instrument.KEYBOARD}
    assert set().union(*(on(path(hand)) for hand in HANDS)) == keys


@pytest.mark.parametrize("hand", HANDS)
def test_each_exercise_stands_on_one_step_and_in_one_family(hand: str) -> None:
    one = path(hand)
    by_step = [card.level.id for rung in one.rungs for card in rung.cards]
    by_family = [card.level.id for _, cards in one.families for card in cards]
    assert sorted(by_step) == sorted(set(by_family)) == sorted(by_family)
    assert [rung.step for rung in one.rungs] == sorted({rung.step for rung in one.rungs})


@pytest.mark.parametrize("hand", HANDS)
def test_there_is_one_row_to_a_song(hand: str) -> None:
    songs = path(hand).songs
    assert len(songs) in (48, 49)
    assert len({song.title for song in songs}) == len(songs)
    assert [song.cards[0].difficulty for song in songs] == sorted(s.cards[0].difficulty for s in songs)


def test_levels_for_pads_are_on_it_where_there_are_pads_or_a_therapist_ticked_them() -> None:
    every, ticked = known_cards(), Plan(levels=("pads-rolls",))
    assert "pads-rolls" not in set().union(*(on(path(hand)) for hand in HANDS))
    assert any("pads-rolls" in on(path_of(every, (), Plan(), hand, pads=True)) for hand in HANDS)
    assert "pads-rolls" in on(path_of(allowed(ticked, every), (), ticked))


def test_a_level_beyond_a_cap_is_on_no_path_and_is_not_offered() -> None:
    plan = Plan(caps={"independence": 3.0, "rate": 5.0})
    for hand in HANDS:
        one = path_of(allowed(plan, known_cards()), BEEN, plan, hand)
        cards = {card.level.id: card for card in known_cards()}
        names = on(one) | {following.level.id for following in one.following}
        assert names
        assert all(cards[name].demand[kind] <= most for name in names for kind, most in plan.caps.items())


def test_a_level_ticked_by_hand_wins_over_every_cap() -> None:
    plan = Plan(levels=("five-steps-right",), caps=dict.fromkeys(DIMENSIONS, 0.0))
    one = path_of(allowed(plan, known_cards()), (), plan)
    assert on(one) == {"five-steps-right"}
    assert [following.level.id for following in one.following] == ["five-steps-right"]


def test_caps_allow_what_asks_no_more_than_each_of_them() -> None:
    caps = {"rate": 4.0, "reach": 2.0, "thumb_under": 0.0}
    for card in known_cards()[::7]:
        inside = all(card.demand[kind] <= most for kind, most in caps.items())
        assert Plan(caps=caps).within(card.demand) == inside


def test_a_run_of_which_nothing_was_heard_says_nothing_of_a_level() -> None:
    silent = past("single-index-left", "2026-02-01", 0, heard=False)
    every = known_cards()
    assert path_of(every, (*BEEN, silent), Plan()) == path_of(every, BEEN, Plan())


def test_with_nothing_open_the_path_is_empty() -> None:
    assert path_of((), (), Plan()) == Path()


def test_it_opens_with_the_hand_that_played_last_then_with_the_plan_s() -> None:
    every = known_cards()
    assert path_of(every, BEEN, Plan()).hand == "right"
    played = (*BEEN, past("single-index-left", "2026-02-01", 20))
    assert path_of(every, played, Plan()).hand == "left"
    left = Plan(hand="left")
    assert path_of(allowed(left, every), (), left).hand == "left"
    assert path_of(every, played, Plan(), "both").hand == "both"


def test_a_song_for_both_hands_does_not_leave_the_ladder_of_one_hand() -> None:
    song = past("song-ode-to-joy-both", "2026-02-01", 24)
    one = path_of(known_cards(), (*BEEN, song), Plan())
    assert one.hand == "right"
    assert one.following[0].level.id == "song-ode-to-joy-both"


def test_the_ladder_goes_on_where_the_coach_says() -> None:
    one = path("right")
    assert one.here in [rung.step for rung in one.rungs]
    assert one.following[0].level.step == one.here
    climbed = [rung.step for rung in one.rungs if rung.climbed]
    assert climbed == [1, 2]


def test_what_went_well_once_stays_mastered() -> None:
    worse = past(BEEN[2].level_id, BEEN[2].day, 20)
    one = path_of(known_cards(), (*BEEN, worse), Plan(), "right")
    card: LevelCard = next(c for rung in one.rungs for c in rung.cards if c.level.id == worse.level_id)
    assert card.mastered
    assert (worse.day, max(run.day for run in BEEN)) == ("2026-01-03", "2026-01-10")
    assert card.days_ago == 7
