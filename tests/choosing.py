"""Verbs as a person gives them: once a screen is ready to take them."""

from game.clock import ManualClock
from game.screens.ui.menu_presses import NEW_SCREEN_S
from game.screens.ui.screen_stack import ScreenStack
from game.screens.ui.verbs import Verb


def do(stack: ScreenStack, clock: ManualClock, *verbs: Verb) -> None:
    """Each verb, after a new screen has rested."""
    for verb in verbs:
        if stack.presses.too_soon:
            clock.advance(NEW_SCREEN_S)
        stack.do(verb)
