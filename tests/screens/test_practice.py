"""Practising a part: from the pause and from the result, with the five keys, and back to the level."""

from collections.abc import Iterator

import pygame
import pytest

from game.clock import ManualClock
from game.music.bars import Bars
from game.music.note import Press, Release
from game.screens.playing.play import PlayScreen
from game.screens.progress.result import ResultScreen
from game.screens.ui.paint import Brush
from game.screens.ui.screen import Screen
from game.screens.ui.screen_stack import ScreenStack
from game.screens.ui.text_renderer import TextRenderer
from game.screens.ui.verbs import BY_FINGER, MenuKeys, Verb
from game.words import use_language
from tests.choosing import do
from tests.scenes import new_stack, playing

LEVEL = "song-greensleeves-5"
WHOLE_S = 400.0


@pytest.fixture(autouse=True)
def _english_afterwards() -> Iterator[None]:
    yield
    use_language("en")


def settle(stack: ScreenStack, clock: ManualClock) -> None:
    for _ in range(3):
        stack.settle()
        stack.top.update(clock.now_s())


def keys(stack: ScreenStack, clock: ManualClock, *verbs: Verb) -> None:
    """Presses of the instrument's menu keys, each let go; over a run the computer's."""
    for verb in verbs:
        clock.advance(0.8)
        settle(stack, clock)
        pitch = MenuKeys(36).pitches()[next(f for f, v in BY_FINGER.items() if v is verb) - 1]
        if stack.top.owns_instrument:
            do(stack, clock, verb)
        else:
            stack.touch(Press(clock.now_s(), pitch))
            stack.touch(Release(clock.now_s(), pitch))
        clock.advance(0.1)
        settle(stack, clock)


def written(stack: ScreenStack, clock: ManualClock) -> str:
    """All that stands on the screen."""
    said: list[str] = []

    class Reading(Brush):
        def text(self, text, rect, style):  # type: ignore[no-untyped-def]
            said.append(text)
            return super().text(text, rect, style)

    size = (1280, 720)
    stack.top.draw(Reading(pygame.Surface(size), stack.view(size), TextRenderer()), clock.now_s())
    return "\n".join(said)


def on(stack: ScreenStack, kind: type[Screen]) -> Screen:
    assert type(stack.top) is kind
    return stack.top


def part_on(stack: ScreenStack) -> PlayScreen:
    screen = on(stack, PlayScreen)
    assert isinstance(screen, PlayScreen)
    return screen


def to_the_end(stack: ScreenStack, clock: ManualClock) -> None:
    """Nobody plays any more until the run has ended."""
    for _ in range(60 * 400):
        if not isinstance(stack.top, PlayScreen):
            return
        clock.advance(1 / 60)
        stack.settle()
        stack.top.update(clock.now_s())


def test_from_a_pause_the_bars_around_it_come_four_times_and_lead_back() -> None:
    stack, services, clock = new_stack()
    screen = playing(stack, services, clock, LEVEL, 20.0)
    whole = screen.run
    assert whole
    keys(stack, clock, Verb.BACK)
    assert whole.paused
    assert "Practise this part" in written(stack, clock)
    here = whole.level.bar_of(whole.tempo.beat(whole.song_s()))
    keys(stack, clock, Verb.NEXT, Verb.NEXT, Verb.CHOOSE)
    part = part_on(stack)
    bars = part.level.bars
    assert bars
    assert bars.times == 4
    assert bars.first <= here <= bars.last
    assert whole.ended == "stopped"
    assert part.level.id == whole.level.id
    to_the_end(stack, clock)
    settle(stack, clock)
    on(stack, ResultScreen)
    assert f"bars {bars.first}–{bars.last}" in written(stack, clock)
    assert "Next: now all of it" in written(stack, clock)
    keys(stack, clock, Verb.CHOOSE)
    assert (part_on(stack).level, part_on(stack).speed) == (whole.level, 1.0)
    assert part_on(stack).back is None


def test_after_a_run_the_bars_that_left_most_are_one_key_further_than_the_next_step() -> None:
    stack, services, clock = new_stack()
    playing(stack, services, clock, LEVEL, WHOLE_S)
    result = on(stack, ResultScreen)
    settle(stack, clock)
    run = services.runs[-1]
    assert "Practise this part" in written(stack, clock)
    keys(stack, clock, Verb.NEXT, Verb.CHOOSE)
    part = part_on(stack)
    assert part.level.bars
    missed = [j.note.index for j in run.verdicts().judgements if j.verdict != "hit"]
    bars = [run.level.bar_of(run.level.notes[i].beat) for i in missed]
    most = max(set(bars), key=bars.count)
    assert bars.count(most) == max(
        bars.count(bar) for bar in range(part.level.bars.first, part.level.bars.last + 1)
    )
    assert result is not stack.top
    to_the_end(stack, clock)
    settle(stack, clock)
    keys(stack, clock, Verb.CHOOSE)
    assert part_on(stack).level == run.level


def test_the_next_step_stays_in_focus_whatever_is_beside_it() -> None:
    stack, services, clock = new_stack()
    playing(stack, services, clock, "five-steps-right", WHOLE_S)
    settle(stack, clock)
    keys(stack, clock, Verb.CHOOSE)
    assert part_on(stack).level.bars is None


def test_a_part_can_be_practised_once_more_and_still_leads_back() -> None:
    stack, services, clock = new_stack()
    playing(stack, services, clock, LEVEL, WHOLE_S, Bars(5, 6, 2))
    settle(stack, clock)
    for _ in range(2):
        keys(stack, clock, Verb.NEXT, Verb.CHOOSE)
        assert part_on(stack).level.bars == Bars(5, 6, 2)
        to_the_end(stack, clock)
        settle(stack, clock)
    keys(stack, clock, Verb.CHOOSE)
    assert part_on(stack).level == services.level(LEVEL)


@pytest.mark.parametrize("level_id", ["probe-five-right", "continue-2-3-right"])
def test_what_is_played_whole_offers_no_part(level_id: str) -> None:
    stack, services, clock = new_stack()
    playing(stack, services, clock, level_id, 5.0)
    keys(stack, clock, Verb.BACK)
    assert "Practise" not in written(stack, clock)
    keys(stack, clock, Verb.NEXT, Verb.CHOOSE)
    settle(stack, clock)
    on(stack, ResultScreen)
    assert "Practise" not in written(stack, clock)


def test_a_part_that_is_paused_offers_no_part_of_itself() -> None:
    stack, services, clock = new_stack()
    playing(stack, services, clock, LEVEL, 5.0, Bars(5, 8, 4))
    keys(stack, clock, Verb.BACK)
    assert "Practise" not in written(stack, clock)


def test_on_the_result_every_key_but_back_and_choose_moves_between_the_two() -> None:
    stack, services, clock = new_stack()
    playing(stack, services, clock, LEVEL, WHOLE_S)
    settle(stack, clock)
    for verb in (Verb.NEXT, Verb.PREVIOUS, Verb.MORE, Verb.LESS):
        before = focused(stack)
        do(stack, clock, verb)
        assert focused(stack) != before


def focused(stack: ScreenStack) -> int:
    assert isinstance(stack.top, ResultScreen)
    return stack.top._list.focus


def test_a_click_on_either_half_chooses_it() -> None:
    for x, is_part in ((200, False), (900, True)):
        stack, services, clock = new_stack()
        playing(stack, services, clock, LEVEL, WHOLE_S)
        settle(stack, clock)
        written(stack, clock)
        stack.top.point((x, 590), stack.view((1280, 720)))
        settle(stack, clock)
        assert (part_on(stack).level.bars is not None) is is_part
