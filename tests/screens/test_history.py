"""Progress is told truly: a line is of one level or probe, with dates and units; lists say when it was."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.clock import ManualClock
from game.metrics.run_summary import RunSummary
from game.metrics.summary import Summary
from game.music.bars import Bars
from game.music.recording import Ended
from game.screens.playing.play import PlayScreen
from game.screens.progress.history import HistoryScreen
from game.screens.progress.lines import LevelLine, level_lines, line_of_level
from game.screens.progress.plain_words import outcome
from game.screens.progress.result import ResultScreen, finger_words
from game.screens.ui.chart import ticks
from game.screens.ui.services import LevelCard
from game.screens.ui.verbs import Verb
from game.screens.ui.words_of_levels import ago, last_time
from game.words import day_words, use_language
from tests.levels import LIBRARY
from tests.pasts import past
from tests.scenes import new_stack
from tests.screens.test_practice import settle, written

ONE = past("one", "2026-01-03", 62, 100)


@pytest.fixture(autouse=True)
def _english_afterwards() -> Iterator[None]:
    yield
    use_language("en")


RUNS = st.lists(
    st.builds(
        past,
        level_id=st.sampled_from(("one", "two", "three")),
        day=st.sampled_from(("2026-01-03", "2026-01-04", "2026-02-01")),
        ended=st.sampled_from(Ended),
        heard=st.booleans(),
        bars=st.sampled_from((None, Bars(1, 2))),
        hits=st.sampled_from((0, 62, 100)),
        notes=st.sampled_from((0, 100)),
    ),
    max_size=30,
)


@given(RUNS)
def test_a_line_is_of_one_level_played_to_the_end_and_heard(runs: list[RunSummary]) -> None:
    lines = level_lines(runs)
    told = [run for one in lines for run in one.runs]
    assert all(len({run.level_id for run in one.runs}) == 1 < len(one.runs) for one in lines)
    assert all(run.heard and not run.bars and run.ended is Ended.FINISHED for run in told)
    assert len({one.runs[0].level_id for one in lines}) == len(lines)
    assert all(len(one.runs) == len(line_of_level(one).values) for one in lines)


@given(st.floats(-500, 500), st.floats(0.1, 900), st.integers(2, 6))
def test_an_axis_has_a_few_round_numbers_at_equal_distances(low: float, span: float, most: int) -> None:
    found = ticks(low, low + span, most)
    assert 1 <= len(found) <= most
    assert all(low - 1e-6 <= tick <= low + span + 1e-6 for tick in found)
    gaps = [b - a for a, b in pairwise(found)]
    assert all(gap == pytest.approx(gaps[0]) for gap in gaps)


def history(runs: Sequence[RunSummary]) -> tuple[HistoryScreen, ManualClock]:
    """The screen over these runs, as it opens."""
    stack, house, clock = new_stack()
    house.past = tuple(runs)
    screen = HistoryScreen(stack, stack.player)
    stack.push(screen)
    settle(stack, clock)
    return screen, clock


def test_the_list_says_when_what_and_in_words_how() -> None:
    silent = past("one", "2026-02-01", 0, heard=False)
    stopped = past("one", "2026-02-02", 2, ended=Ended.STOPPED)
    screen, clock = history([ONE, silent, stopped])
    said = written(screen.stack, clock)
    assert {"3 Jan", "1 Feb", "2 Feb", "Nothing was heard", "Stopped before the end"} <= set(said.split("\n"))
    assert not re.search(r"\d\s?%", said)


def test_a_line_has_dates_and_units_on_its_axes() -> None:
    runs = [past("one", f"2026-01-{day:02}", 50 + day, 100) for day in (3, 9, 21)]
    screen, clock = history(runs)
    while not isinstance(screen.shown, LevelLine):
        screen.verb(Verb.CHOOSE)
    said = written(screen.stack, clock).split("\n")
    assert {"3 Jan", "21 Jan"} <= set(said)
    assert len([text for text in said if re.fullmatch(r"\d+%", text)]) > 1


@pytest.mark.parametrize(
    ("run", "words"),
    [
        (past("one", "2026-01-03", 0, heard=False), "Nothing was heard"),
        (replace(ONE, ended=Ended.STOPPED), "Stopped before the end"),
        (past("one", "2026-01-03", 62, 100, bars=Bars(3, 4)), "bars 3–4"),
        (past("one", "2026-01-03", 40), "Nearly every note played"),
        (past("one", "2026-01-03", 0), "No notes yet"),
    ],
)
def test_how_a_run_went_is_true(run: RunSummary, words: str) -> None:
    assert outcome(run) == words


@given(st.integers(0, 4000))
def test_a_card_says_when_and_no_figure_of_how_well(days: int) -> None:
    card = LevelCard(LIBRARY[0], 3.0, days_ago=days)
    assert last_time(card) == ago(days)
    assert "%" not in last_time(card)
    assert last_time(replace(card, days_ago=None)) == "new"


def test_how_long_ago_is_told_to_the_day_then_to_the_week_and_the_month() -> None:
    told = [ago(days) for days in (0, 1, 2, 13, 14, 59, 60, 400)]
    assert told == [
        "today",
        "yesterday",
        "2 days ago",
        "13 days ago",
        "2 weeks ago",
        "8 weeks ago",
        "2 months ago",
        "13 months ago",
    ]


def test_a_date_is_written_as_the_language_has_it() -> None:
    assert day_words("2026-10-03") == "3 Oct"
    assert day_words("2026-10-03", year=True) == "3 Oct 2026"
    use_language("de")
    assert day_words("2026-10-03") == "3. Okt."


@pytest.mark.parametrize(
    ("hits", "wrong", "mean_ms", "words"),
    [
        (0, 0, 0.0, "not heard this time"),
        (0, 2, 0.0, "other keys"),
        (8, 0, 400.0, "behind the beat"),
        (8, 0, -400.0, "ahead of the beat"),
        (8, 0, 90.0, "a little behind the beat"),
        (10, 0, 0.0, "every note"),
        (8, 2, 0.0, "most notes"),
        (3, 0, 0.0, "some notes"),
    ],
)
def test_words_of_a_finger_are_true(hits: int, wrong: int, mean_ms: float, words: str) -> None:
    assert finger_words(finger(hits, wrong, mean_ms)) == words


def finger(hits: int, wrong: int, mean_ms: float) -> Summary:
    left, near_ms = 10 - hits - wrong, abs(mean_ms)
    return Summary(10, hits, left, wrong, 0, 0, 10.0 * hits, mean_ms, mean_ms, 20.0, near_ms, 64.0, 250.0)


def test_a_run_of_which_nothing_was_heard_is_not_called_well_played() -> None:
    stack, house, clock = new_stack()
    stack.push(PlayScreen(stack, house.level("five-steps-right")))
    while not isinstance(stack.top, ResultScreen):
        settle(stack, clock)
        clock.advance(0.5)
    settle(stack, clock)
    said = written(stack, clock)
    assert "Nothing was heard" in said
    assert "Check that the keyboard is on and connected" in said
    assert "played to the end" not in said.lower()
