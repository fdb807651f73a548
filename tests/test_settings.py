"""Choices: they keep through storing, and what cannot be read never stops the game."""

from dataclasses import FrozenInstanceError, fields, replace
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.judge.windows import HitWindows
from game.settings import (
    BAND_STARTS,
    LANGUAGES,
    SPEED_RANGE,
    TEXT_SCALES,
    THEMES,
    Band,
    Plan,
    Settings,
    Station,
)
from tests.strategies import LAW

KINDS = [Settings, Plan, Station]
PLAIN = st.none() | st.booleans() | st.text(max_size=5) | st.lists(st.text(max_size=3), max_size=3)
NUMBERS = st.integers(0, 250) | st.floats(0, 2)

SETTINGS = st.builds(
    Settings,
    language=st.sampled_from(LANGUAGES),
    theme=st.sampled_from(THEMES),
    text_scale=st.sampled_from(TEXT_SCALES),
    reduced_motion=st.booleans(),
    bounce_ms=st.integers(0, 250),
    band=st.sampled_from([band.value for band in Band]),
)
PLANS = st.builds(
    Plan,
    hand=st.sampled_from(["left", "right", "both"]),
    difficulty_min=st.integers(1, 10),
    difficulty_max=st.integers(1, 10),
    levels=st.lists(st.text(max_size=5), max_size=3).map(tuple),
    caps=st.dictionaries(st.sampled_from(["rate", "reach", "hands"]), st.integers(0, 9).map(float)),
)


@LAW
@given(SETTINGS | PLANS)
def test_what_is_stored_comes_back(choices: Settings | Plan) -> None:
    stored: dict[str, Any] = choices.to_dict()
    assert type(choices).from_dict(stored) == choices


def test_a_list_that_was_a_tuple_before_storing_comes_back_as_one() -> None:
    assert Plan.from_dict({"levels": ["a", "b"]}).levels == ("a", "b")


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_stored_gives_the_defaults(kind: type[Settings]) -> None:
    assert kind.from_dict({}) == kind()


@pytest.mark.parametrize("kind", KINDS)
@LAW
@given(data=st.data())
def test_whatever_is_stored_the_choices_are_of_their_own_types(
    kind: type[Settings], data: st.DataObject
) -> None:
    names = [field.name for field in fields(kind) if field.name != "levels"]
    stored = data.draw(st.dictionaries(st.sampled_from([*names, "unknown"]), PLAIN | NUMBERS))
    made, default = kind.from_dict(stored), kind()
    for name in names:
        value, usual = getattr(made, name), getattr(default, name)
        assert isinstance(value, bool) == isinstance(usual, bool)
        if isinstance(usual, str | bool):
            assert type(value) is type(usual)
        elif isinstance(usual, dict):
            assert all(isinstance(most, float) for most in value.values())
        else:
            assert isinstance(value, int | float)


@pytest.mark.parametrize(
    "levels",
    [
        "scale-1",
        None,
        True,
        5,
    ],
)
def test_levels_that_are_no_list_leave_all_levels_open(levels: object) -> None:
    assert Plan.from_dict({"levels": levels}).levels == ()


def test_one_choice_that_cannot_be_read_does_not_cost_the_others() -> None:
    made = Settings.from_dict({"theme": 7, "bounce_ms": 80, "gone": 1, "reduced_motion": "yes"})
    assert made == Settings(bounce_ms=80)


def test_a_whole_number_is_taken_for_a_measure() -> None:
    assert Settings.from_dict({"text_scale": 2}).text_scale == 2
    assert Station.from_dict({"audio_offset_ms": -40}).audio_offset_ms == -40


def test_choices_are_changed_by_making_new_ones() -> None:
    old = Settings()
    with pytest.raises(FrozenInstanceError):
        old.theme = "paper"  # type: ignore[misc]
    assert replace(old, theme="paper") != old


def test_the_defaults_can_be_chosen() -> None:
    usual = Settings()
    assert usual.language in ("", *LANGUAGES)
    assert usual.theme in THEMES
    assert usual.text_scale in TEXT_SCALES
    assert usual.band in set(Band)
    assert SPEED_RANGE[0] < 1.0 < SPEED_RANGE[1]


def test_every_band_starts_with_windows_that_can_be_judged() -> None:
    assert set(BAND_STARTS) == set(Band)
    for start in BAND_STARTS.values():
        HitWindows(*start.windows_s)


def test_a_more_impaired_hand_starts_with_wider_windows_and_a_longer_look() -> None:
    starts = [BAND_STARTS[band] for band in (Band.SEVERE, Band.MODERATE, Band.MILD, Band.NEAR_HEALTHY)]
    for harder, easier in pairwise(reversed(starts)):
        assert harder.preview_s < easier.preview_s
        assert all(a < b for a, b in zip(harder.windows_s, easier.windows_s, strict=True))


def test_an_unknown_band_starts_as_the_usual_one() -> None:
    assert Settings(band="superb").start == Settings().start
    assert Settings(band="severe").start == BAND_STARTS[Band.SEVERE]


@pytest.mark.parametrize(
    ("plan", "difficulty", "hand", "allowed"),
    [
        (Plan(), 1, "left", True),
        (Plan(), 10, "both", True),
        (Plan(hand="left"), 3, "left", True),
        (Plan(hand="left"), 3, "right", False),
        (Plan(hand="left"), 3, "both", False),
        (Plan(difficulty_min=3, difficulty_max=5), 3, "right", True),
        (Plan(difficulty_min=3, difficulty_max=5), 5, "right", True),
        (Plan(difficulty_min=3, difficulty_max=5), 2, "right", False),
        (Plan(difficulty_min=3, difficulty_max=5), 6, "right", False),
        (Plan(levels=("other",)), 3, "right", False),
        (Plan(levels=("other", "this")), 3, "right", True),
    ],
)
def test_a_plan_allows_what_its_limits_and_list_allow(
    plan: Plan, difficulty: float, hand: str, allowed: bool
) -> None:
    assert plan.allows("this", difficulty, hand) == allowed


def test_a_plan_stored_before_there_were_caps_has_none() -> None:
    assert Plan.from_dict({"hand": "left", "difficulty_max": 4}) == Plan(hand="left", difficulty_max=4)


@pytest.mark.parametrize(
    "stored", [None, 3, ["rate"], {"rate": "much"}, {"rate": True}, {"rate": float("nan")}]
)
def test_caps_that_cannot_be_read_limit_nothing(stored: object) -> None:
    assert Plan.from_dict({"caps": stored}).caps == {}


def test_what_exceeds_a_cap_may_be_played_only_where_it_was_ticked() -> None:
    plan = Plan(caps={"rate": 4.0})
    assert plan.allows("this", 3, "left", {"rate": 4.0, "reach": 9.0})
    assert not plan.allows("this", 3, "left", {"rate": 4.1, "reach": 0.0})
    assert replace(plan, levels=("this",)).allows("this", 3, "left", {"rate": 9.0})
