"""A page of plain text, such as the meaning of a number."""

from collections.abc import Sequence

from pygame import Rect

from game.screens.ui.paint import Brush, Style
from game.screens.ui.screen import Screen, header, legend, legend_height
from game.screens.ui.screen_stack import ScreenStack
from game.screens.ui.verbs import Verb
from game.screens.ui.view import MARGIN
from game.words import _

SIZE, LEAST_SIZE = 22, 11
GAP = 18


class PageScreen(Screen):
    """Paragraphs under a title. Texts are marked for translation."""

    def __init__(self, stack: ScreenStack, title: str, paragraphs: Sequence[str]) -> None:
        super().__init__(stack)
        self._title, self._paragraphs = title, paragraphs

    def verb(self, verb: Verb) -> None:
        if verb in (Verb.BACK, Verb.CHOOSE):
            self.stack.back()

    def draw(self, brush: Brush, now_s: float) -> None:
        view = brush.view
        brush.ground()
        top = header(brush, _(self._title))
        tall = view.height - legend_height(view) - top - 24
        place = view.rect(MARGIN, top, view.width - 2 * MARGIN, tall)
        size, heights = self._fitted(brush, place)
        y = place.top
        for text, tall_px in zip(self._paragraphs, heights, strict=True):
            brush.text(_(text), Rect(place.left, y, place.width, tall_px), Style(size, lines=20))
            y += tall_px + view.px(GAP)
        legend(brush, {Verb.PREVIOUS: "", Verb.NEXT: "", Verb.MORE: ""})

    def _fitted(self, brush: Brush, place: Rect) -> tuple[float, list[int]]:
        """The largest size at which all paragraphs fit the place together, and their heights."""
        view, lettering = brush.view, brush.lettering
        for size in range(SIZE, LEAST_SIZE - 1, -1):
            px = view.text_px(size)
            lines = [len(lettering.wrapped(_(text), px, place.width)) for text in self._paragraphs]
            heights = [count * lettering.height(px) for count in lines]
            if sum(heights) + view.px(GAP) * (len(heights) - 1) <= place.height:
                break
        return size, heights
