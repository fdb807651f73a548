"""The strip and the keys on the screen say which keys of the computer they are, where those are played."""

import pygame
import pytest

from game.screens.choosing.levels import LevelsScreen
from game.screens.choosing.new_player import NewPlayerScreen
from game.screens.playing.typing_keys import LOWEST_PITCH, PITCH_BY_SCANCODE, cap_of
from game.screens.ui import key_caps
from game.screens.ui.key_caps import key_cap
from tests.scenes import CannedInstrument, new_stack
from tests.screens.test_first_frame import shown

FIVE = ("Z", "X", "C", "V", "B")


@pytest.mark.parametrize("typed", [True, False])
def test_the_strip_shows_the_keys_of_the_instrument_in_use(typed: bool) -> None:
    stack, _, clock = new_stack()
    stack.instrument = instrument = CannedInstrument(clock, LOWEST_PITCH)
    instrument.typed = typed
    stack.push(LevelsScreen(stack))
    stack.top.update(clock.now_s())
    stack.settle()
    assert stack.view((1280, 720)).caps == (FIVE if typed else ())
    assert {text for text in shown(stack) if text in FIVE} == (set(FIVE) if typed else set())


def test_where_letters_are_written_the_strip_shows_none() -> None:
    stack, _, clock = new_stack()
    stack.instrument = instrument = CannedInstrument(clock, LOWEST_PITCH)
    instrument.typed = True
    screen = NewPlayerScreen(stack)
    stack.push(screen)
    seen = {screen.types_letters: stack.view((1280, 720)).caps}
    assert seen.get(True, ()) == ()


def test_every_key_that_plays_has_a_cap_of_its_own() -> None:
    caps = [cap_of(pitch) for pitch in PITCH_BY_SCANCODE.values()]
    assert all(len(cap) == 1 for cap in caps)
    assert len(set(caps)) == len(caps)
    assert cap_of(LOWEST_PITCH - 1) == ""


def test_a_layout_that_is_not_known_is_taken_as_the_usual_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(key_caps, "_keycode", lambda: None)
    assert key_cap(pygame.KSCAN_Z, "Z") == "Z"
    monkeypatch.setattr(key_caps, "_keycode", lambda: lambda scancode: pygame.K_y)
    assert key_cap(pygame.KSCAN_Z, "Z") == "Y", "as on a German keyboard"
