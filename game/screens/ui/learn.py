"""Set up a new keyboard: once its lowest key is known, its five lowest keys work the menus."""

from game.music.note import Press, Touch
from game.screens.ui.marks import mark
from game.screens.ui.paint import Brush, Style, rounded
from game.screens.ui.screen import Screen, header
from game.screens.ui.screen_stack import ScreenStack
from game.screens.ui.verbs import Verb
from game.screens.ui.view import View
from game.words import _

KEYS = 14


class LearnScreen(Screen):
    """Asks for the lowest key. Any verb from the computer leaves it for later."""

    def __init__(self, stack: ScreenStack, name: str) -> None:
        super().__init__(stack)
        self._name = name
        self._pressed = -1

    def touch(self, touch: Touch) -> bool:
        if isinstance(touch, Press) and touch.pitch == self._pressed:
            self.stack.services.learn_lowest(touch.pitch)
            self.stack.back()
        elif isinstance(touch, Press):
            self._pressed = touch.pitch
        return True

    def verb(self, verb: Verb) -> None:
        self.stack.services.learn_lowest(None)
        self.stack.back()

    def point(self, at: tuple[int, int], view: View) -> None:
        self.verb(Verb.BACK)

    def draw(self, brush: Brush, now_s: float) -> None:
        view, theme = brush.view, brush.theme
        brush.ground()
        header(brush, _("Your keyboard is here"), self._name)
        middle = view.plain_rect(56, 210, view.width - 112, 80 * view.text_scale)
        first = _("Please play the first key on the left")
        said = first if self._pressed < 0 else _("And the same key once more")
        brush.text(said, middle, Style(28, align="middle", lines=2))
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
