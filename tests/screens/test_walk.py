"""Every screen is reached with five keys alone: of the instrument, and of the computer."""

from collections.abc import Iterator
from math import inf

import pytest

from game.clock import ManualClock
from game.music.note import Press, Release
from game.screens.choosing.cards import WayScreen
from game.screens.choosing.who import WhoScreen
from game.screens.ui.learn import LearnScreen
from game.screens.ui.listing import ListScreen
from game.screens.ui.paged import PagedScreen
from game.screens.ui.routes import StackedScreen
from game.screens.ui.screen import Screen
from game.screens.ui.screen_stack import ScreenStack
from game.screens.ui.verbs import BY_FINGER, MenuKeys, Verb
from game.words import use_language
from tests.choosing import do
from tests.scenes import CannedHouse, CannedInstrument, new_stack

SIX_ZEROS = "choose " * 6
WAITS_S = {"WAIT": 0.5, "LONG": 16.0}
PRESSES = {"LOW": (36, 1), "MID": (60, 1), "HIGH": (84, 1), "TEN": (60, 10)}

# Each word is one of the five verbs; a list goes round, so three times up from the top is third from the end.
WALK = (
    "back back "  # leave? no, stay
    "next next next choose choose choose choose "  # someone new: name, hand, begin, and the levels
    "choose WAIT back "  # play the first level, pause it
    "next next choose WAIT back "  # practise this part, and pause that
    "next choose "  # stop here: the result
    "back "  # the levels again
    "more next choose WAIT back back "  # a level closer to, watched and left
    "next next choose choose choose WAIT back next choose "  # exercises, one of a step played and stopped
    "back back back "  # and back to the path
    "next choose back next choose back "  # songs, check-ups
    "previous previous previous previous "  # and up again
    "previous choose back "  # make it yours
    "previous choose next back "  # how it is going
    "back "  # who plays
    "previous choose " + SIX_ZEROS + SIX_ZEROS + "choose "  # the therapist's door, PIN twice, a plan
    "next next next choose choose choose back back "  # which levels, one ticked
    "next choose more back back "  # limits, and to the people
    "previous previous previous choose "  # this station
    "choose choose LONG "  # calibrate: nobody taps
    "previous choose back back "  # what the values mean
    "next choose LOW LOW HIGH "  # its keys
    "next choose MID back "  # loudness
    "next choose TEN back "  # bounces
    "next choose LOW HIGH LOW "  # its pads
    "next choose back back back"  # the connection, and out
)


class Walker:
    """Does what five keys can do, and remembers which screens it has seen."""

    def __init__(self, by_instrument: bool) -> None:
        self.stack, self.services, self.clock = new_stack()
        self.by_instrument = by_instrument
        self.stack.push(WhoScreen(self.stack))
        self.seen: set[type[StackedScreen]] = set()
        self._settle()

    def walk(self, words: str) -> None:
        for word in words.split():
            if word in WAITS_S:
                self._wait(WAITS_S[word])
            elif word in PRESSES:
                self._press(*PRESSES[word])
            else:
                self._do(Verb(word))
            self._settle()

    def _press(self, pitch: int, times: int) -> None:
        """Keys that are no verbs, but what the screen asks for."""
        for _ in range(times):
            self._wait(0.6)
            for touch in (Press(self.clock.now_s(), pitch), Release(self.clock.now_s() + 0.1, pitch)):
                self.stack.touch(touch)

    def _do(self, verb: Verb) -> None:
        if not self.by_instrument:
            do(self.stack, self.clock, verb)
            return
        self._wait(0.6)
        instrument = self.stack.instrument
        assert isinstance(instrument, CannedInstrument)
        pitch = MenuKeys(36).pitches()[next(f for f, v in BY_FINGER.items() if v is verb) - 1]
        now_s = self.clock.now_s()
        for touch in (Press(now_s, pitch), Release(now_s, pitch)):
            if self.stack.top.owns_instrument:
                self.services.port.arrive(touch)
            else:
                self.stack.touch(touch)

    def _wait(self, seconds: float) -> None:
        for _ in range(round(seconds * 60)):
            self.clock.advance(1 / 60)
            self.stack.top.update(self.clock.now_s())

    def _settle(self) -> None:
        for _ in range(3):
            self.stack.settle()
            if self.stack.done:
                return
            self.stack.top.update(self.clock.now_s())
            self.seen.add(type(self.stack.top))


class OpenPort:
    """A port into which a test puts touches by hand."""

    def __init__(self, services: CannedHouse) -> None:
        self.device, self.alive, self.seen_s = services.port.device, True, inf
        self._waiting: list[Press | Release] = []

    def arrive(self, touch: Press | Release) -> None:
        self._waiting.append(touch)

    def touches(self) -> list[Press | Release]:
        taken, self._waiting = self._waiting, []
        return taken


def all_screens(kind: type[Screen] = Screen) -> Iterator[type[Screen]]:
    for sub in kind.__subclasses__():
        if sub.__module__.startswith("game."):
            yield sub
            yield from all_screens(sub)


@pytest.mark.parametrize("by_instrument", [True, False], ids=["instrument", "computer keys"])
def test_five_verbs_reach_every_screen(by_instrument: bool) -> None:
    walker = Walker(by_instrument)
    walker.services.port = OpenPort(walker.services)
    walker.walk(WALK)
    missed = set(all_screens()) - walker.seen - {LearnScreen, ListScreen, PagedScreen, WayScreen}
    assert missed == set()
    assert type(walker.stack.top) is WhoScreen
    use_language("en")


def test_a_held_or_shaking_key_does_not_choose_twice() -> None:
    stack, _, clock = new_stack()
    stack.push(WhoScreen(stack))
    choose = MenuKeys(36).pitches()[2]
    clock.advance(1.0)
    _settled(stack, clock)
    stack.touch(Press(clock.now_s(), choose))
    _settled(stack, clock)
    first = stack.top
    assert type(first) is not WhoScreen
    for _ in range(4):
        clock.advance(0.09)
        stack.touch(Release(clock.now_s(), choose))
        stack.touch(Press(clock.now_s(), choose))
        _settled(stack, clock)
    assert stack.top is first


def _settled(stack: ScreenStack, clock: ManualClock) -> None:
    for _ in range(3):
        stack.settle()
        stack.top.update(clock.now_s())
