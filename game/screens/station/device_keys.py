"""Which keys and pads an instrument has, learned by pressing them."""

from dataclasses import replace

from game.music.keyboard import name
from game.music.note import Press, Touch
from game.screens.ui.paint import Brush, Style, rounded
from game.screens.ui.screen import Screen, header, legend_height
from game.screens.ui.screen_stack import ScreenStack
from game.screens.ui.verbs import Verb
from game.screens.ui.view import MARGIN, View
from game.words import _, many

MOST_PADS = 16


class KeysScreen(Screen):
    """Asks for the lowest key and then the highest; any verb of the computer leaves."""

    def __init__(self, stack: ScreenStack) -> None:
        super().__init__(stack)
        self.lowest: int | None = None

    def touch(self, touch: Touch) -> bool:
        if not isinstance(touch, Press):
            return True
        if self.lowest is None:
            self.lowest = touch.pitch
        elif touch.pitch > self.lowest:
            self._keep(self.lowest, touch.pitch)
        return True

    def _keep(self, lowest: int, highest: int) -> None:
        services = self.stack.services
        services.save_setup(replace(services.station().setup, lowest=lowest, keys=highest - lowest + 1))
        services.learn_lowest(lowest)
        self.stack.back()

    def verb(self, verb: Verb) -> None:
        self.stack.back()

    def point(self, at: tuple[int, int], view: View) -> None:
        self.stack.back()

    def draw(self, brush: Brush, now_s: float) -> None:
        view = brush.view
        brush.ground()
        header(brush, _("Keys of the instrument"), self.stack.services.station().device.name)
        ask = (
            _("Press the first key on the left")
            if self.lowest is None
            else _("Now press the last key on the right")
        )
        box = view.rect(MARGIN, 220, view.width - 2 * MARGIN, 90 * view.text_scale)
        brush.text(ask, box, Style(40 / view.text_scale**0.5, bold=True, align="middle", lines=2))
        if self.lowest is not None:
            below = view.rect(
                MARGIN, 220 + 90 * view.text_scale, view.width - 2 * MARGIN, 60 * view.text_scale
            )
            said = _("The lowest is {key}", key=name(self.lowest))
            brush.text(said, below, Style(24, align="middle", colour=brush.theme.dim))
        _leave_line(brush)


class PadsScreen(Screen):
    """Takes each pad as it is pressed for the first time; the first pad again ends it."""

    def __init__(self, stack: ScreenStack) -> None:
        super().__init__(stack)
        self.pads: list[int] = []

    def touch(self, touch: Touch) -> bool:
        if not isinstance(touch, Press):
            return True
        again = bool(self.pads) and touch.pitch == self.pads[0]
        if again and len(self.pads) > 1:
            self._keep()
        elif touch.pitch not in self.pads:
            self.pads.append(touch.pitch)
            if len(self.pads) == MOST_PADS:
                self._keep()
        return True

    def _keep(self) -> None:
        services = self.stack.services
        services.save_setup(replace(services.station().setup, pads=tuple(self.pads)))
        if self.stack.instrument.lowest is None:
            services.learn_lowest(self.pads[0])
        self.stack.back()

    def verb(self, verb: Verb) -> None:
        self.stack.back()

    def point(self, at: tuple[int, int], view: View) -> None:
        self.stack.back()

    def draw(self, brush: Brush, now_s: float) -> None:
        view = brush.view
        brush.ground()
        count = many("{n} pad", "{n} pads", len(self.pads)) if self.pads else ""
        words = _("Press each once, from the left and from below; at the end the first one again")
        top = header(brush, _("Show the pads"), words, count)
        wide = (view.width - 2 * MARGIN + 16) / 8
        tall = min(wide, (view.height - legend_height(view) - top - 60) / 2)
        for i in range(MOST_PADS):
            above, column = divmod(i, 8)
            low = top + 20 + (1 - above) * tall
            box = view.plain_rect(MARGIN + column * wide, low, wide - 16, tall - 16)
            if i < len(self.pads):
                brush.surface.blit(rounded(box.size, view.px(12), brush.theme.key_lit), box)
                label = Style(24 / view.text_scale, bold=True, align="middle", colour=brush.theme.key_black)
                brush.text(str(self.pads[i]), box, label)
            else:
                brush.card(box, radius=12)
        _leave_line(brush)


def _leave_line(brush: Brush) -> None:
    """How to leave where every key of the instrument is an answer."""
    view = brush.view
    tall = legend_height(view)
    box = view.rect(MARGIN, view.height - tall, view.width - 2 * MARGIN, tall)
    said = _("To leave it as it was: escape, or a click anywhere")
    brush.text(said, box, Style(20, align="middle", colour=brush.theme.dim))
