"""A page of plain text, for those who want to know what a number means."""

from collections.abc import Sequence

from pygame import Rect

from game.screens.paint import Brush, Style
from game.screens.screen import Screen, header, legend, legend_height
from game.screens.stage import Stage
from game.screens.verbs import Verb
from game.screens.view import MARGIN
from game.words import _

SIZE = 22
GAP = 18


class PageScreen(Screen):
    """Paragraphs under a title; any verb but up and down leads back. The texts are marked for translation."""

    def __init__(self, stage: Stage, title: str, paragraphs: Sequence[str]) -> None:
        super().__init__(stage)
        self._title, self._paragraphs = title, paragraphs

    def verb(self, verb: Verb) -> None:
        if verb in (Verb.BACK, Verb.CHOOSE):
            self.stage.back()

    def draw(self, brush: Brush, now_s: float) -> None:
        view = brush.view
        brush.ground()
        top = header(brush, _(self._title))
        tall = view.height - legend_height(view) - top - 24
        place = view.rect(MARGIN, top, view.width - 2 * MARGIN, tall)
        shares = [len(_(text)) for text in self._paragraphs]
        gaps = view.px(GAP) * (len(shares) - 1)
        y = place.top
        for text, share in zip(self._paragraphs, shares, strict=True):
            room = round((place.height - gaps) * share / sum(shares))
            most = min(room, brush.lettering.height(view.text_px(SIZE)) * self._lines(brush, _(text), place))
            brush.text(_(text), Rect(place.left, y, place.width, max(1, most)), Style(SIZE, lines=12))
            y += most + view.px(GAP)
        legend(brush, {Verb.PREVIOUS: "", Verb.NEXT: "", Verb.MORE: ""})

    def _lines(self, brush: Brush, text: str, place: Rect) -> int:
        return len(brush.lettering.wrapped(text, brush.view.text_px(SIZE), place.width))
