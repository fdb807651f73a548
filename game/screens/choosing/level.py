"""Details of one level: its demand as a picture, and rows to play it or to watch and listen first."""

from pygame import Rect

from game.screens.choosing.demand_picture import draw_demand
from game.screens.ui.kept_picture import KeptPicture
from game.screens.ui.listing import ListScreen
from game.screens.ui.paint import Brush
from game.screens.ui.rows import Row, row_height
from game.screens.ui.screen import header, legend, legend_height, notice
from game.screens.ui.screen_stack import ScreenStack
from game.screens.ui.services import LevelCard
from game.screens.ui.view import MARGIN, View
from game.screens.ui.words_of_levels import about, last_time
from game.words import _, dotted, language, titled

LEAST_PICTURE = 120
"""Minimum height of the picture in units; rows that do not fit are reached by scrolling."""

GAP = 15


class LevelScreen(ListScreen):
    """A level's demand, with two ways to start it."""

    def __init__(self, stack: ScreenStack, card: LevelCard) -> None:
        super().__init__(stack)
        self.card = card
        self.list.low = True
        self._picture = KeptPicture()

    def title(self) -> str:
        return titled(self.card.level.title)

    def subtitle(self) -> str:
        level = self.card.level
        return dotted((about(level, self.card.speed), last_time(self.card), _(level.aim)))

    def rows(self) -> list[Row]:
        return [
            Row(_("Play"), choose=self._play),
            Row(_("Watch and listen"), choose=self._watch),
        ]

    def _play(self) -> None:
        self.stack.replace(self.stack.routes.play(self.card.level, self.card.speed))

    def _watch(self) -> None:
        self.stack.push(self.stack.routes.watch(self.card.level, self.card.speed))

    def draw(self, brush: Brush, now_s: float) -> None:
        view = brush.view
        brush.ground()
        top = header(brush, self.title(), self.subtitle())
        self.list.foot = notice(brush, self.stack.notices())
        foot = view.height - legend_height(view) - 12 - self.list.foot
        self._top = foot - self._rows_tall(view, foot - top)
        card = view.rect(MARGIN, top, view.width - 2 * MARGIN, self._top - top - 20)
        of = (language(), *self.card.demand.items())
        self._picture.draw(brush, card, of, self._paint)
        self.list.draw(brush, self._top)
        legend(brush)

    def _paint(self, brush: Brush, card: Rect) -> None:
        view = brush.view
        brush.card(card)
        draw_demand(brush, self.card.demand, card.inflate(-2 * view.px(30), -2 * view.px(14)))

    def _rows_tall(self, view: View, room: float) -> float:
        """Height in units for the rows, leaving the picture its minimum."""
        each = row_height(view, low=True)
        both = 2 * each + GAP
        return both if room - both - 20 >= LEAST_PICTURE else each
