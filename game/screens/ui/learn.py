"""Set up a new keyboard: once its lowest key is known, its five lowest keys work the menus."""

from collections.abc import Mapping
from types import MappingProxyType

from game.judge.presses import PressTracker, TrackedPress
from game.music.device import DeviceKind
from game.music.keyboard import name
from game.music.note import Press, Release, Touch
from game.screens.ui.marks import mark
from game.screens.ui.menu_presses import BOUNCE_MS
from game.screens.ui.paint import Brush, Style, rounded
from game.screens.ui.screen import Screen, header, legend
from game.screens.ui.screen_stack import ScreenStack
from game.screens.ui.verbs import Verb
from game.screens.ui.view import View
from game.words import N_, _

KEYS = 14
ANSWERED: Mapping[Verb, str] = MappingProxyType(
    {Verb.BACK: N_("once more"), Verb.CHOOSE: N_("continue"), Verb.PREVIOUS: "", Verb.NEXT: "", Verb.MORE: ""}
)


TWICE_S, HELD_S = 2.0, 1.0
"""A key is meant that came twice within the first, or is held for the second."""


def ask_for_lowest(stack: ScreenStack) -> None:
    """Ask a keyboard for its lowest key: one that nobody was asked about, or where a key is held for long.

    Not while an answer may lead to another screen, or this would lie under a run.
    """
    held, top = stack.presses.held_long(), stack.top
    if isinstance(top, LearnScreen):
        if held:
            top.ask_again(held.name)
        return
    keyboard = held.name if held else stack.instrument.stranger
    if keyboard and not stack.waits and not top.owns_instrument:
        stack.push(LearnScreen(stack, keyboard))


class LearnScreen(Screen):
    """Asks for the lowest key, shows the answer, and lets it be given anew.

    Whichever instrument answers is the one that is learned. Any verb from the computer leaves it for later.
    """

    def __init__(self, stack: ScreenStack, keyboard: str) -> None:
        super().__init__(stack)
        self._keyboard = keyboard
        self._begin()

    def _begin(self) -> None:
        self._found = -1
        bounce_ms = self.stack.settings.bounce_ms or BOUNCE_MS
        self._presses = PressTracker(bounce_ms / 1000)
        self._last: TrackedPress | None = None

    def ask_again(self, keyboard: str) -> None:
        """Forget the answer and ask anew."""
        self._keyboard = keyboard
        self._begin()
        self.stack.rest()

    def touch(self, touch: Touch) -> bool:
        """Until there is an answer, keys are no verbs; from then on they show that they are."""
        if self._found >= 0:
            return False
        if touch.device is not None and touch.device.kind is DeviceKind.COMPUTER:
            return True
        if isinstance(touch, Release):
            self._presses.release(touch)
        else:
            self._pressed(touch)
        return True

    def _pressed(self, touch: Press) -> None:
        pressed = self._presses.press(touch)
        if pressed is None or pressed.after is not None:  # the same press, or a hand that shakes
            return
        before, self._last = self._last, pressed
        if before and _same_key(before.press, touch) and touch.time_s - before.press.time_s <= TWICE_S:
            self._accept(touch)

    def update(self, now_s: float) -> None:
        last = self._last
        if self._found < 0 and last and last.down and now_s - last.press.time_s >= HELD_S:
            self._accept(last.press)

    def _accept(self, press: Press) -> None:
        self._keyboard = press.device.name if press.device else self._keyboard
        self._found = press.pitch
        self.stack.services.learn_lowest(press.pitch, self._keyboard)
        self.stack.rest()

    def verb(self, verb: Verb) -> None:
        if self._found < 0:
            self.stack.services.learn_lowest(None, self._keyboard)
            self.stack.back()
        elif verb is Verb.BACK:
            self.ask_again(self._keyboard)
        else:
            self.stack.back()

    def point(self, at: tuple[int, int], view: View) -> None:
        self.verb(Verb.BACK)

    def draw(self, brush: Brush, now_s: float) -> None:
        view, theme = brush.view, brush.theme
        brush.ground()
        header(brush, _("Your keyboard is here"), self._keyboard)
        middle = view.plain_rect(56, 190, view.width - 112, 120 * view.text_scale)
        brush.text(self._said(), middle, Style(28, align="middle", lines=3))
        left, top, width = 140.0, 400.0, (view.width - 280) / KEYS
        bed = view.plain_rect(left - 10, top - 10, width * KEYS + 20, 220)
        brush.surface.blit(rounded(bed.size, view.px(12), theme.key_bed), bed)
        for i in range(KEYS):
            key = view.plain_rect(left + i * width + 1, top, width - 2, 200)
            colour = theme.key_lit if i == 0 else theme.key_white
            brush.surface.blit(rounded(key.size, view.px(8), colour), key)
            if i < 5:
                half = view.px(min(18, width * 0.26))
                colour = theme.finger(i + 1) if i else theme.key_black
                picture = mark(i + 1, half, colour, theme.mark if i else theme.key_white)
                brush.surface.blit(picture, picture.get_rect(center=(key.centerx, key.bottom - view.px(40))))
        for i in range(KEYS):
            if i % 7 in (0, 1, 3, 4, 5) and i < KEYS - 1:
                black = view.plain_rect(left + (i + 0.71) * width, top, width * 0.58, 118)
                brush.surface.blit(rounded(black.size, view.px(6), theme.key_black), black)
        if self._found >= 0:
            legend(brush, ANSWERED)

    def _said(self) -> str:
        if self._found >= 0:
            change = _("To change that, hold any key for three seconds.")
            return _("{key} is the first key.", key=name(self._found)) + " " + change
        if self._last is None:
            return _("Please play the first key on the left")
        return _("And the same key once more, or hold it")


def _same_key(one: Press, other: Press) -> bool:
    return (one.pitch, one.device) == (other.pitch, other.device)
