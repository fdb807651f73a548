"""Choosing a level: by five verbs, through short lists, with the coach's proposal in focus."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from game.screens.choosing.cards import CardsScreen
from game.screens.choosing.demand_picture import BLOCKS, blocks_filled
from game.screens.choosing.level import LevelScreen
from game.screens.choosing.levels import REASONS, LevelsScreen
from game.screens.choosing.path_picture import MOST, part_shown
from game.screens.playing.play import PlayScreen
from game.screens.playing.watch import WatchScreen
from game.screens.therapist.allowed import AllowedScreen, Wanted, WantedScreen
from game.screens.therapist.limits import LimitsScreen
from game.screens.therapist.therapist import PlanScreen
from game.screens.ui.families import DIMENSION_MEANINGS, DIMENSION_NAMES, FAMILY_NAMES, strongest
from game.screens.ui.listing import ListScreen
from game.screens.ui.paged import pages
from game.screens.ui.rows import Row
from game.screens.ui.screen_stack import ScreenStack
from game.screens.ui.verbs import Verb
from game.settings import Plan
from tests import choosing
from tests.pasts import past
from tests.scenes import CannedHouse, Made, known_cards, new_stack

LONGEST = 23
"""Rows of a list for players, its last one to turn the page."""


def at_levels(plan: Plan | None = None) -> Made:
    made = new_stack()
    stack, _, clock = made
    stack.play_as(replace(stack.player, plan=plan or Plan()))
    stack.push(LevelsScreen(stack))
    settle(made)
    return stack, made[1], clock


def settle(made: Made) -> None:
    for _ in range(3):
        made[0].settle()
        made[0].top.update(made[2].now_s())


def do(made: Made, *verbs: Verb) -> None:
    for verb in verbs:
        choosing.do(made[0], made[2], verb)
        settle(made)


def listed(stack: ScreenStack) -> ListScreen:
    assert isinstance(stack.top, ListScreen)
    return stack.top


def test_to_choose_once_begins_what_the_coach_proposes() -> None:
    made = at_levels()
    proposed = made[1].path(made[0].player).result().following[0]
    do(made, Verb.CHOOSE)
    screen = made[0].top
    assert isinstance(screen, PlayScreen)
    assert (screen.level.id, screen.speed) == (proposed.level.id, proposed.speed)


def test_after_a_run_the_next_step_is_in_focus_again() -> None:
    made = at_levels()
    do(made, Verb.NEXT, Verb.NEXT, Verb.CHOOSE)
    first = known_cards()[0].level.id
    made[1].been = (replace(made[1].been[0], level_id=first),)
    do(made, Verb.BACK)
    assert listed(made[0]).list.focus == 0


@pytest.mark.parametrize("verb", [Verb.LESS, Verb.MORE])
def test_less_and_more_look_closer(verb: Verb) -> None:
    made = at_levels()
    do(made, verb)
    assert isinstance(made[0].top, LevelScreen)


@pytest.mark.parametrize("leave", list(Verb))
def test_what_is_watched_can_be_left_by_any_verb_and_nothing_is_kept(leave: Verb) -> None:
    made = at_levels()
    stack, services, clock = made
    do(made, Verb.MORE, Verb.NEXT, Verb.CHOOSE)
    watch = next(one for one in stack.screens if isinstance(one, WatchScreen))
    for _ in range(300):
        clock.advance(1 / 60)
        watch.update(clock.now_s())
    while_watched = stack.quiet
    do(made, leave)
    assert stack.top.__class__.__name__ == LevelScreen.__name__
    assert (while_watched, stack.quiet) == (True, False)
    assert services.runs == []


def test_what_is_watched_to_its_end_leads_back_without_a_result_or_praise() -> None:
    made = at_levels()
    stack, _, clock = made
    do(made, Verb.MORE, Verb.NEXT, Verb.CHOOSE)
    watch, lit = next(one for one in stack.screens if isinstance(one, WatchScreen)), 0
    while watch in stack.screens:
        clock.advance(1 / 60)
        watch.update(clock.now_s())
        assert watch._praise.words == ""
        lit += bool(watch.run and watch.run.held)
    assert type(stack.top) is LevelScreen
    assert lit > 60


def test_the_other_hand_has_its_own_ladder_and_the_focus_stays_where_it_was_chosen() -> None:
    made = at_levels()
    screen = listed(made[0])
    while screen.list.focused and screen.list.focused.title != "Hand":
        do(made, Verb.NEXT)
    for _ in range(3):
        before = screen.list.focused
        assert before
        do(made, Verb.MORE)
        assert screen.list.focused
        assert screen.list.focused.title == "Hand"
        assert screen.list.focused.value != before.value


def rows_within(made: Made, row: Row, deep: int) -> Iterator[list[Row]]:
    """The rows of every list behind a row."""
    depth = len(made[0].screens)
    assert row.choose
    row.choose()
    settle(made)
    if isinstance(made[0].top, ListScreen):
        rows = list(made[0].top.rows())
        yield rows
        assert deep > 0, "lists are at most two levels deep"
        for inner in rows:
            if (inner.choose and not inner.closer) or (inner.closer and not inner.finger):
                yield from rows_within(made, inner, deep - 1)
    for _ in made[0].screens[depth:]:
        made[0].back()


@pytest.mark.parametrize("way", ["Exercises", "Songs", "Progress checks"])
def test_no_list_is_long_and_none_is_more_than_two_levels_deep(way: str) -> None:
    made = at_levels()
    row = next(row for row in listed(made[0]).rows() if row.title == way)
    lists = list(rows_within(made, row, 2))
    assert lists
    assert max(len(rows) for rows in lists) <= LONGEST
    shown = [row for rows in lists for row in rows if row.closer]
    assert all(row.title and row.value and row.difficulty is not None for row in shown)


def test_rows_are_made_once_and_not_in_every_frame() -> None:
    stack = at_levels()[0]
    allowed = AllowedScreen(stack, known_cards(), Plan, lambda plan: None)
    assert allowed.rows() is allowed.rows()
    cards = CardsScreen(stack, "", known_cards(), "right")
    assert cards.rows() is cards.rows()


def test_back_from_a_run_a_list_shows_when_it_was_played() -> None:
    made = at_levels()
    do(made, Verb.NEXT, Verb.NEXT, Verb.CHOOSE, Verb.CHOOSE)
    screen = listed(made[0])
    assert isinstance(screen, CardsScreen)
    row = screen.list.focused
    assert row
    assert row.value == "new"
    do(made, Verb.CHOOSE)
    play = made[0].top
    assert isinstance(play, PlayScreen)
    made[1].been = (*made[1].been, past(play.level.id, "2026-02-01", 30))
    made[0].back()
    settle(made)
    settle(made)
    assert screen.list.focused
    assert screen.list.focused.title == row.title
    assert screen.list.focused.value == "today"


@pytest.mark.parametrize("count", [0, 1, 20, 21, 22, 41, 42, 43, 711])
def test_pages_hold_everything_in_order_and_are_about_alike(count: int) -> None:
    made = pages(range(count))
    assert [i for page in made for i in page] == list(range(count))
    sizes = [len(page) for page in made]
    assert max(sizes) <= 21
    assert max(sizes) - min(sizes) <= 1


def plan_of(made: Made) -> PlanScreen:
    screen = PlanScreen(made[0], made[0].player)
    made[0].push(screen)
    settle(made)
    return screen


def test_a_limit_is_set_by_less_and_taken_away_by_more() -> None:
    made = new_stack()
    plan = plan_of(made)
    do(made, *[Verb.NEXT] * 4, Verb.CHOOSE)
    assert isinstance(made[0].top, LimitsScreen)
    every = plan.subtitle()
    do(made, *[Verb.LESS] * 7)
    assert plan.player.plan.caps == {"rate": 3.0}
    assert plan.subtitle() != every
    assert made[1].players["a"].plan == plan.player.plan
    do(made, *[Verb.MORE] * 7)
    assert plan.player.plan.caps == {}
    assert plan.subtitle() == every


def test_levels_are_found_by_what_they_are_and_ticked_together() -> None:
    made = new_stack()
    plan = plan_of(made)
    do(made, *[Verb.NEXT] * 3, Verb.CHOOSE)
    screen = made[0].top
    assert isinstance(screen, WantedScreen)
    do(made, Verb.NEXT, *[Verb.MORE] * 2)  # one finger
    do(made, Verb.NEXT, *[Verb.MORE] * 4)  # the ring finger
    do(made, Verb.PREVIOUS, Verb.PREVIOUS, Verb.CHOOSE)
    found = [row.title for row in listed(made[0]).rows()]
    assert found
    assert all(title.startswith("Ring finger") for title in found)
    do(made, Verb.BACK, Verb.PREVIOUS, Verb.PREVIOUS, Verb.CHOOSE)
    ticked = plan.player.plan.levels
    assert len(ticked) == len(found)
    assert all(name.startswith("single-ring") for name in ticked)
    do(made, Verb.NEXT, Verb.CHOOSE)
    assert plan.player.plan.levels == ()


@pytest.mark.parametrize(
    "wanted",
    [
        Wanted(),
        Wanted(family="scales"),
        Wanted(finger=4),
        Wanted(hand="both"),
        Wanted(difficulty=(3, 3)),
        Wanted(length="long"),
        Wanted(length="short"),
        Wanted(caution="Rest if the hand tires or hurts."),
    ],
)
def test_what_is_looked_for_narrows_the_list_to_what_it_says(wanted: Wanted) -> None:
    found = [card for card in known_cards() if wanted.fits(card)]
    assert found
    assert wanted == Wanted() or len(found) < len(known_cards())
    assert all(wanted.finger in (0, *card.level.fingers) for card in found)
    assert all(wanted.family in ("", card.level.family) for card in found)
    assert all(wanted.hand in ("", card.level.hand.value) for card in found)


def test_every_family_dimension_and_reason_has_its_words() -> None:
    from game.arrange.difficulty.demand import DIMENSIONS
    from game.music.step_reason import StepReason

    assert {card.level.family for card in known_cards()} <= set(FAMILY_NAMES)
    assert tuple(DIMENSION_NAMES) == tuple(DIMENSION_MEANINGS) == DIMENSIONS
    assert set(REASONS) == set(StepReason) - {
        StepReason.PART,
        StepReason.WHOLE,
    }  # no part is on the path


def test_more_demand_never_fills_fewer_blocks_and_a_little_is_seen() -> None:
    filled = [blocks_filled(tenth / 10) for tenth in range(101)]
    assert filled == sorted(filled)
    assert (filled[0], filled[6], filled[-1]) == (0, 1, BLOCKS)


def test_what_is_asked_most_is_shown_in_the_usual_order() -> None:
    demand = {"reading": 4.0, "rate": 2.0, "hands": 8.0}
    assert strongest(demand, 3) == [("rate", 2.0), ("hands", 8.0), ("reading", 4.0)]


def test_the_present_step_is_always_on_the_picture_of_the_path() -> None:
    stack, services, _ = new_stack()
    assert isinstance(services, CannedHouse)
    rungs = services.path(stack.player).result().rungs
    many = tuple(replace(rungs[0], step=step) for step in range(1, 61))
    for here in range(1, 61):
        shown = part_shown(many, here)
        assert len(shown) == MOST
        assert here in [rung.step for rung in shown]
