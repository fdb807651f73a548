"""A keyboard is asked for its lowest key once, hears only what is meant, and can be asked again."""

from concurrent.futures import Future

import pytest

from game.music.device import Device, DeviceKind
from game.music.note import Press, Release
from game.screens.choosing.who import WhoScreen
from game.screens.ui.learn import LearnScreen, ask_for_lowest
from game.screens.ui.menu_presses import LONG_PRESS_S
from game.screens.ui.screen import Screen
from game.screens.ui.verbs import Verb
from tests.choosing import do
from tests.scenes import CannedInstrument, new_stack

KEYS = Device(DeviceKind.MIDI, "Keys", "alsa")


class Meeting:
    """A keyboard of which nothing is known, at the screen that asks."""

    def __init__(self) -> None:
        self.stack, self.services, self.clock = new_stack(lowest=None)
        self.stack.push(WhoScreen(self.stack))
        self.stack.settle()
        self.screen = LearnScreen(self.stack, KEYS.name)
        self.stack.push(self.screen)
        self.wait(1.0)

    def wait(self, seconds: float) -> None:
        self.clock.advance(seconds)
        self.stack.settle()
        self.stack.top.update(self.clock.now_s())
        ask_for_lowest(self.stack)

    def down(self, pitch: int) -> None:
        self.stack.touch(Press(self.clock.now_s(), pitch, channel=0, device=KEYS))

    def up(self, pitch: int) -> None:
        self.stack.touch(Release(self.clock.now_s(), pitch, channel=0, device=KEYS))

    def press(self, *pitches: int, gap_s: float = 0.5) -> None:
        for pitch in pitches:
            self.down(pitch)
            self.wait(0.05)
            self.up(pitch)
            self.wait(gap_s - 0.05)


@pytest.fixture
def meeting() -> Meeting:
    return Meeting()


def test_a_key_that_comes_twice_is_the_lowest(meeting: Meeting) -> None:
    meeting.press(60, 28)
    assert meeting.services.lowest is None
    meeting.press(28)
    assert meeting.services.lowest == 28


def test_a_key_that_is_held_is_the_lowest(meeting: Meeting) -> None:
    meeting.down(28)
    meeting.wait(0.9)
    assert meeting.services.lowest is None
    meeting.wait(0.2)
    assert meeting.services.lowest == 28


def test_a_trembling_press_is_no_answer(meeting: Meeting) -> None:
    for _ in range(4):
        meeting.press(60, gap_s=0.14)
    meeting.wait(2.1)
    meeting.press(60)
    assert meeting.services.lowest is None


@pytest.mark.parametrize("pitches", [(60, 60), (60, 62, 60)])
def test_the_same_key_after_two_seconds_or_after_another_is_no_answer(
    meeting: Meeting, pitches: tuple[int, ...]
) -> None:
    meeting.press(*pitches, gap_s=2.1 if len(pitches) == 2 else 0.5)
    assert meeting.services.lowest is None


def test_the_answer_is_shown_until_it_is_taken_or_given_anew(meeting: Meeting) -> None:
    meeting.press(60, 60)
    assert meeting.stack.top is meeting.screen
    assert "C4" in meeting.screen._said()
    do(meeting.stack, meeting.clock, Verb.BACK)
    assert meeting.stack.top is meeting.screen
    meeting.wait(1.0)
    meeting.press(36, 36)
    assert meeting.services.lowest == 36
    do(meeting.stack, meeting.clock, Verb.CHOOSE)
    assert isinstance(meeting.stack.top, WhoScreen)


def test_a_verb_of_the_computer_leaves_the_answer_for_never(meeting: Meeting) -> None:
    do(meeting.stack, meeting.clock, Verb.CHOOSE)
    assert isinstance(meeting.stack.top, WhoScreen)
    assert meeting.services.learned == [(None, KEYS.name)]


def test_a_long_press_in_any_menu_asks_again(meeting: Meeting) -> None:
    do(meeting.stack, meeting.clock, Verb.CHOOSE)
    meeting.wait(1.0)
    meeting.down(99)
    meeting.wait(LONG_PRESS_S - 0.1)
    assert isinstance(meeting.stack.top, WhoScreen)
    meeting.wait(0.2)
    assert isinstance(meeting.stack.top, LearnScreen)


def test_a_long_press_on_the_answer_asks_again(meeting: Meeting) -> None:
    meeting.press(60, 60)
    meeting.wait(1.0)
    meeting.down(21)
    meeting.wait(LONG_PRESS_S + 0.1)
    meeting.up(21)
    assert "first key on the left" in meeting.screen._said()


class Menu(Screen):
    """Any menu."""


def test_nobody_is_asked_over_a_run_or_while_the_next_screen_is_on_its_way() -> None:
    stack, _, _ = new_stack(lowest=None)
    assert isinstance(stack.instrument, CannedInstrument)
    stack.instrument.stranger = KEYS.name
    menu, later = Menu(stack), Future[None]()
    stack.push(menu)
    stack.when(later, lambda _: None)
    ask_for_lowest(stack)
    assert stack.top is menu
    later.set_result(None)
    stack.settle()
    menu.owns_instrument = True
    ask_for_lowest(stack)
    assert stack.top is menu
    menu.owns_instrument = False
    ask_for_lowest(stack)
    assert isinstance(stack.top, LearnScreen)
