"""A screen is whole in its first frame; a press before its answers have come does nothing unmeant."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future

import pygame
import pytest

from game.run.run import Run
from game.screens.choosing.levels import LevelsScreen
from game.screens.choosing.who import WhoScreen
from game.screens.playing.play import PlayScreen
from game.screens.progress.result import ResultScreen
from game.screens.ui.loop import Loop
from game.screens.ui.screen_stack import ScreenStack
from game.screens.ui.services import Path, Player, ProfileCard, Result
from game.screens.ui.text_renderer import TextRenderer
from game.screens.ui.verbs import Verb
from tests.scenes import CannedHouse, new_stack, playing
from tests.screens.test_gallery import WatchedBrush


class LateHouse(CannedHouse):
    """Answers when it is told to."""

    late: list[Callable[[], None]]

    def _later(self, answer: Future) -> Future:  # type: ignore[type-arg]
        waiting: Future = Future()  # type: ignore[type-arg]
        self.late.append(lambda: waiting.set_result(answer.result()))
        return waiting

    def path(self, player: Player, hand: str = "") -> Future[Path]:
        return self._later(super().path(player, hand))

    def profiles(self) -> Future[Sequence[ProfileCard]]:
        return self._later(super().profiles())

    def result(self, player: Player, run: Run) -> Future[Result]:
        return self._later(super().result(player, run))

    def answer(self, stack: ScreenStack) -> None:
        """Let every answer come, and a frame pass."""
        waiting, self.late = self.late, []
        for one in waiting:
            one()
        stack.settle()
        stack.top.update(self.clock.now_s())


@pytest.fixture
def late() -> tuple[ScreenStack, LateHouse]:
    stack, _, clock = new_stack()
    services = LateHouse(clock)
    services.late = []
    stack.services = services
    return stack, services


def shown(stack: ScreenStack) -> list[str]:
    """Every text of the screen."""
    size = (1280, 720)
    brush = WatchedBrush(pygame.Surface(size), stack.view(size), TextRenderer())
    stack.top.draw(brush, stack.clock.now_s())
    return [text for text, _, _ in brush.written]


@pytest.mark.parametrize("kind", [LevelsScreen, WhoScreen])
def test_to_choose_before_the_list_is_there_opens_nothing(
    late: tuple[ScreenStack, LateHouse], kind: type[LevelsScreen | WhoScreen]
) -> None:
    stack, services = late
    screen = kind(stack)
    stack.push(screen)
    screen.update(stack.clock.now_s())
    for _ in range(3):
        screen.verb(Verb.CHOOSE)
    assert stack.top is screen
    services.answer(stack)
    assert screen.list.focus == 0
    assert stack.top is screen


@pytest.mark.parametrize("kind", [LevelsScreen, WhoScreen])
@pytest.mark.parametrize("down", [1, 2])
def test_the_row_that_was_gone_to_keeps_the_focus_when_the_list_comes(
    late: tuple[ScreenStack, LateHouse], kind: type[LevelsScreen | WhoScreen], down: int
) -> None:
    stack, services = late
    screen = kind(stack)
    stack.push(screen)
    screen.update(stack.clock.now_s())
    for _ in range(down):
        screen.verb(Verb.NEXT)
    before = screen.list.focused
    services.answer(stack)
    after = screen.list.focused
    assert before
    assert after
    assert after.title == before.title


def test_a_result_says_at_once_what_the_judge_knows(late: tuple[ScreenStack, LateHouse]) -> None:
    stack, services = late
    playing(stack, services, services.clock, "five-steps-right", 400.0)
    assert isinstance(stack.top, ResultScreen)
    at_once = shown(stack)
    assert any("notes played" in text for text in at_once)
    assert "Your fingers" in at_once
    services.answer(stack)
    later = shown(stack)
    assert any(text.startswith("Next: ") for text in later)
    fingers = [text for text in at_once if text.endswith((" note", " notes", "beat"))]
    assert len(fingers) == 5
    assert [text for text in later if text in fingers] == fingers


def test_what_is_chosen_before_the_next_step_is_known_begins_when_it_is(
    late: tuple[ScreenStack, LateHouse],
) -> None:
    stack, services = late
    playing(stack, services, services.clock, "five-steps-right", 400.0)
    services.clock.advance(1.0)  # a screen that just came takes no verb
    stack.do(Verb.CHOOSE)
    assert isinstance(stack.top, ResultScreen)
    services.answer(stack)
    assert isinstance(stack.top, PlayScreen)


def test_back_works_before_the_next_step_is_known(late: tuple[ScreenStack, LateHouse]) -> None:
    stack, services = late
    stack.push(LevelsScreen(stack))
    playing(stack, services, services.clock, "five-steps-right", 400.0)
    services.clock.advance(1.0)  # a screen that just came takes no verb
    stack.do(Verb.CHOOSE)
    stack.do(Verb.BACK)
    services.answer(stack)
    assert isinstance(stack.top, LevelsScreen), "nothing begins that was left"


def test_what_takes_long_begins_once_after_the_first_frame_that_lacks_nothing(
    late: tuple[ScreenStack, LateHouse],
) -> None:
    stack, services = late
    begun: list[float] = []
    loop = Loop(stack, services.clock, begin=lambda: begun.append(services.clock.now_s()))
    stack.push(WhoScreen(stack))
    for _ in range(3):
        loop.frame([])
    assert not begun, "the profiles are still to come"
    services.answer(stack)
    for _ in range(3):
        loop.frame([])
    assert len(begun) == 1
