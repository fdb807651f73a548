"""A hand that shakes chooses once, on the instrument and on the computer's keys."""

from dataclasses import replace

import pygame
import pytest

from game.clock import ManualClock
from game.music.note import Press, Release
from game.screens.ui.loop import Loop
from game.screens.ui.menu_presses import NEW_SCREEN_S
from game.screens.ui.screen import Screen
from game.screens.ui.screen_stack import ScreenStack
from game.screens.ui.verbs import MenuKeys, Verb
from game.settings import Settings
from tests.scenes import CannedInstrument, new_stack

DOWN = MenuKeys(36).pitches()[3]


class Menu(Screen):
    """A menu that notes its verbs, and opens another like it at a choice."""

    def __init__(self, stack: ScreenStack, heard: list[Verb]) -> None:
        super().__init__(stack)
        self.heard = heard

    def verb(self, verb: Verb) -> None:
        self.heard.append(verb)
        if verb is Verb.CHOOSE:
            self.stack.push(Menu(self.stack, self.heard))

    def point(self, at: object, view: object) -> None:
        self.verb(Verb.CHOOSE)

    def draw(self, brush: object, now_s: float) -> None:
        pass


def rested(settings: Settings | None = None) -> tuple[Menu, ManualClock]:
    """A menu that has been there for a while."""
    stack, _, clock = new_stack()
    if settings:
        stack.player = replace(stack.player, settings=settings)
    menu = Menu(stack, [])
    stack.push(menu)
    clock.advance(1.0)
    return menu, clock


def strike(menu: Menu, clock: ManualClock, pitch: int, gap_s: float, held_s: float = 0.03) -> None:
    """A key goes down and up, and the next would come after `gap_s`."""
    menu.stack.touch(Press(clock.now_s(), pitch))
    clock.advance(held_s)
    menu.stack.touch(Release(clock.now_s(), pitch))
    clock.advance(gap_s - held_s)


@pytest.mark.parametrize(
    ("bounce_ms", "gap_s", "verbs"), [(0, 0.14, 1), (0, 0.2, 2), (80, 0.1, 1), (80, 0.14, 2), (250, 0.27, 1)]
)
def test_a_press_that_comes_double_moves_once(bounce_ms: int, gap_s: float, verbs: int) -> None:
    menu, clock = rested(Settings(bounce_ms=bounce_ms))
    for _ in range(2):
        strike(menu, clock, DOWN, gap_s)
    assert menu.heard == [Verb.NEXT] * verbs


def test_a_train_of_tremor_moves_once() -> None:
    menu, clock = rested()
    for _ in range(10):
        strike(menu, clock, DOWN, 0.14)
    assert menu.heard == [Verb.NEXT]


def test_two_keys_in_turn_are_two_verbs() -> None:
    menu, clock = rested()
    strike(menu, clock, DOWN, 0.1)
    strike(menu, clock, MenuKeys(36).pitches()[1], 0.1)
    assert menu.heard == [Verb.NEXT, Verb.PREVIOUS]


def key(scancode: int) -> pygame.event.Event:
    return pygame.event.Event(pygame.KEYDOWN, scancode=scancode, key=0, mod=0, unicode="")


@pytest.mark.parametrize(("gap_s", "verbs"), [(0.14, 1), (0.2, 2)])
def test_a_key_of_the_computer_that_comes_double_moves_once(gap_s: float, verbs: int) -> None:
    menu, clock = rested()
    loop = Loop(menu.stack, clock)
    for _ in range(2):
        loop.frame([key(pygame.KSCAN_DOWN)])
        clock.advance(gap_s)
    assert menu.heard == [Verb.NEXT] * verbs


def test_a_new_screen_takes_no_verb_at_first_from_anything() -> None:
    menu, clock = rested()
    loop, stack = Loop(menu.stack, clock), menu.stack
    click = pygame.event.Event(pygame.MOUSEBUTTONDOWN, button=1, pos=(5, 5))
    enter, wheel = key(pygame.KSCAN_RETURN), pygame.event.Event(pygame.MOUSEWHEEL, y=-1)
    assert isinstance(stack.instrument, CannedInstrument)
    loop.frame([enter])
    clock.advance(NEW_SCREEN_S - 0.01)
    stack.instrument.play(Press(clock.now_s(), DOWN))
    loop.frame([key(pygame.KSCAN_SPACE), click, wheel])
    assert menu.heard == [Verb.CHOOSE]
    clock.advance(0.02)
    loop.frame([click])
    assert menu.heard == [Verb.CHOOSE] * 2
