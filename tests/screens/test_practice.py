"""Practising a part: from the pause and from the result, with the five keys, and back to the level."""

from collections.abc import Iterator

import pygame
import pytest

from game.clock import ManualClock
from game.music.bars import Bars
from game.music.note import Press, Release
from game.screens.lettering import Lettering
from game.screens.paint import Brush
from game.screens.play import PlayScreen
from game.screens.result import ResultScreen
from game.screens.screen import Screen
from game.screens.stage import Stage
from game.screens.verbs import BY_FINGER, MenuKeys, Verb
from game.words import use_language
from tests.scenes import new_stage, playing

LEVEL = "song-greensleeves-5"
WHOLE_S = 400.0


@pytest.fixture(autouse=True)
def _english_afterwards() -> Iterator[None]:
    yield
    use_language("en")


def settle(stage: Stage, clock: ManualClock) -> None:
    for _ in range(3):
        stage.settle()
        stage.top.update(clock.now_s())


def keys(stage: Stage, clock: ManualClock, *verbs: Verb) -> None:
    """Presses of the instrument's menu keys, each let go; over a run the computer's."""
    for verb in verbs:
        clock.advance(0.8)
        settle(stage, clock)
        pitch = MenuKeys(36).pitches()[next(f for f, v in BY_FINGER.items() if v is verb) - 1]
        if stage.top.owns_instrument:
            stage.do(verb)
        else:
            stage.touch(Press(clock.now_s(), pitch))
            stage.touch(Release(clock.now_s(), pitch))
        clock.advance(0.1)
        settle(stage, clock)


def written(stage: Stage, clock: ManualClock) -> str:
    """All that stands on the screen."""
    said: list[str] = []

    class Reading(Brush):
        def text(self, text, rect, style):  # type: ignore[no-untyped-def]
            said.append(text)
            return super().text(text, rect, style)

    size = (1280, 720)
    stage.top.draw(Reading(pygame.Surface(size), stage.view(size), Lettering()), clock.now_s())
    return "\n".join(said)


def on(stage: Stage, kind: type[Screen]) -> Screen:
    assert type(stage.top) is kind
    return stage.top


def part_on(stage: Stage) -> PlayScreen:
    screen = on(stage, PlayScreen)
    assert isinstance(screen, PlayScreen)
    return screen


def to_the_end(stage: Stage, clock: ManualClock) -> None:
    """Nobody plays any more until the run has ended."""
    for _ in range(60 * 400):
        if not isinstance(stage.top, PlayScreen):
            return
        clock.advance(1 / 60)
        stage.settle()
        stage.top.update(clock.now_s())


def test_from_a_pause_the_bars_around_it_come_four_times_and_lead_back() -> None:
    stage, house, clock = new_stage()
    screen = playing(stage, house, clock, LEVEL, 20.0)
    whole = screen.run
    assert whole
    keys(stage, clock, Verb.BACK)
    assert whole.paused
    assert "Practise this part" in written(stage, clock)
    here = whole.level.bar_of(whole.tempo.beat(whole.song_s()))
    keys(stage, clock, Verb.NEXT, Verb.NEXT, Verb.CHOOSE)
    part = part_on(stage)
    bars = part.level.bars
    assert bars
    assert bars.times == 4
    assert bars.first <= here <= bars.last
    assert whole.ended == "stopped"
    assert part.level.id == whole.level.id
    to_the_end(stage, clock)
    settle(stage, clock)
    on(stage, ResultScreen)
    assert f"bars {bars.first}–{bars.last}" in written(stage, clock)
    assert "Next: now all of it" in written(stage, clock)
    keys(stage, clock, Verb.CHOOSE)
    assert (part_on(stage).level, part_on(stage).speed) == (whole.level, 1.0)
    assert part_on(stage).back is None


def test_after_a_run_the_bars_that_left_most_are_one_key_further_than_the_next_step() -> None:
    stage, house, clock = new_stage()
    playing(stage, house, clock, LEVEL, WHOLE_S)
    result = on(stage, ResultScreen)
    settle(stage, clock)
    run = house.runs[-1]
    assert "Practise this part" in written(stage, clock)
    keys(stage, clock, Verb.NEXT, Verb.CHOOSE)
    part = part_on(stage)
    assert part.level.bars
    missed = [j.note.index for j in run.verdicts().judgements if j.verdict != "hit"]
    bars = [run.level.bar_of(run.level.notes[i].beat) for i in missed]
    most = max(set(bars), key=bars.count)
    assert bars.count(most) == max(
        bars.count(bar) for bar in range(part.level.bars.first, part.level.bars.last + 1)
    )
    assert result is not stage.top
    to_the_end(stage, clock)
    settle(stage, clock)
    keys(stage, clock, Verb.CHOOSE)
    assert part_on(stage).level == run.level


def test_the_next_step_stays_in_focus_whatever_is_beside_it() -> None:
    stage, house, clock = new_stage()
    playing(stage, house, clock, "five-steps-right", WHOLE_S)
    settle(stage, clock)
    keys(stage, clock, Verb.CHOOSE)
    assert part_on(stage).level.bars is None


def test_a_part_can_be_practised_once_more_and_still_leads_back() -> None:
    stage, house, clock = new_stage()
    playing(stage, house, clock, LEVEL, WHOLE_S, Bars(5, 6, 2))
    settle(stage, clock)
    for _ in range(2):
        keys(stage, clock, Verb.NEXT, Verb.CHOOSE)
        assert part_on(stage).level.bars == Bars(5, 6, 2)
        to_the_end(stage, clock)
        settle(stage, clock)
    keys(stage, clock, Verb.CHOOSE)
    assert part_on(stage).level == house.level(LEVEL)


@pytest.mark.parametrize("level_id", ["probe-five-right", "continue-2-3-right"])
def test_what_is_played_whole_offers_no_part(level_id: str) -> None:
    stage, house, clock = new_stage()
    playing(stage, house, clock, level_id, 5.0)
    keys(stage, clock, Verb.BACK)
    assert "Practise" not in written(stage, clock)
    keys(stage, clock, Verb.NEXT, Verb.CHOOSE)
    settle(stage, clock)
    on(stage, ResultScreen)
    assert "Practise" not in written(stage, clock)


def test_a_part_that_is_paused_offers_no_part_of_itself() -> None:
    stage, house, clock = new_stage()
    playing(stage, house, clock, LEVEL, 5.0, Bars(5, 8, 4))
    keys(stage, clock, Verb.BACK)
    assert "Practise" not in written(stage, clock)


def test_on_the_result_every_key_but_back_and_choose_moves_between_the_two() -> None:
    stage, house, clock = new_stage()
    playing(stage, house, clock, LEVEL, WHOLE_S)
    settle(stage, clock)
    for verb in (Verb.NEXT, Verb.PREVIOUS, Verb.MORE, Verb.LESS):
        before = focused(stage)
        stage.do(verb)
        assert focused(stage) != before


def focused(stage: Stage) -> int:
    assert isinstance(stage.top, ResultScreen)
    return stage.top._list.focus


def test_a_click_on_either_half_chooses_it() -> None:
    for x, is_part in ((200, False), (900, True)):
        stage, house, clock = new_stage()
        playing(stage, house, clock, LEVEL, WHOLE_S)
        settle(stage, clock)
        written(stage, clock)
        stage.top.point((x, 590), stage.view((1280, 720)))
        settle(stage, clock)
        assert (part_on(stage).level.bars is not None) is is_part
