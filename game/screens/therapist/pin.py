"""A PIN by the five verbs, by digits typed, or by pointing: one digit at a time."""

from collections.abc import Callable

from pygame import Rect

from game.screens.ui.paint import Brush, Style
from game.screens.ui.screen import Screen, header, legend, notice
from game.screens.ui.screen_stack import ScreenStack
from game.screens.ui.verbs import Verb
from game.screens.ui.view import View
from game.words import N_

DIGITS = 6
BOX, GAP = 96.0, 24.0


class PinScreen(Screen):
    """Six boxes. Up and down (or more) change the digit in focus, choose goes on; digits may be typed."""

    types_letters = True

    def __init__(self, stack: ScreenStack, title: str, words: str) -> None:
        super().__init__(stack)
        self._title, self._words = title, words
        self._done: list[int] = []
        self._digit = 0
        self.entered: Callable[[str], None] = lambda pin: None

    def start_again(self, words: str) -> None:
        """Clear the boxes and show the reason."""
        self._words = words
        self._done, self._digit = [], 0

    def letter(self, letter: str) -> bool:
        if not letter.isdigit() or not letter.isascii():
            return False
        self._digit = int(letter)
        self._accept()
        return True

    def verb(self, verb: Verb) -> None:
        if verb in (Verb.PREVIOUS, Verb.MORE):
            self._digit = (self._digit + 1) % 10
        elif verb in (Verb.NEXT, Verb.LESS):
            self._digit = (self._digit - 1) % 10
        elif verb is Verb.CHOOSE:
            self._accept()
        elif self._done:
            self._digit = self._done.pop()
        else:
            super().verb(verb)

    def _accept(self) -> None:
        if len(self._done) == DIGITS:
            return
        self._done.append(self._digit)
        self._digit = 0
        if len(self._done) == DIGITS:
            self.entered("".join(map(str, self._done)))

    def _boxes(self, view: View) -> list[Rect]:
        """The boxes, from the left in every language, as numbers are read."""
        whole = DIGITS * BOX + (DIGITS - 1) * GAP
        left, top = (view.width - whole) / 2, 300.0
        return [view.plain_rect(left + i * (BOX + GAP), top, BOX, BOX * 1.3) for i in range(DIGITS)]

    def point(self, at: tuple[int, int], view: View) -> None:
        for index, box in enumerate(self._boxes(view)):
            if box.inflate(0, view.px(60)).collidepoint(at) and index == len(self._done):
                self.verb(Verb.PREVIOUS if at[1] < box.centery else Verb.NEXT)
                return
        super().point(at, view)

    def draw(self, brush: Brush, now_s: float) -> None:
        brush.ground()
        header(brush, self._title, self._words)
        for index, box in enumerate(self._boxes(brush.view)):
            now = index == len(self._done)
            brush.card(box, raised=now)
            if now:
                brush.focus(box)
                brush.text(str(self._digit), box, Style(40, bold=True, align="middle"))
            elif index < len(self._done):
                brush.text("•", box, Style(40, bold=True, align="middle"))
        notice(brush, self.stack.notices())
        legend(brush, {Verb.PREVIOUS: N_("higher"), Verb.NEXT: N_("lower"), Verb.CHOOSE: N_("next digit")})
