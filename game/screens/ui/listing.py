"""A screen that is a title and a list of rows."""

from collections.abc import Sequence

from game.screens.ui.paint import Brush
from game.screens.ui.rows import Row, RowList
from game.screens.ui.screen import Screen, header, legend, notice
from game.screens.ui.screen_stack import ScreenStack
from game.screens.ui.verbs import Verb
from game.screens.ui.view import View
from game.words import N_

TOP = 24
"""Room between the header and the first row, in units."""


class ListScreen(Screen):
    """Shows `rows()`; what changes them calls `refresh`."""

    def __init__(self, stack: ScreenStack) -> None:
        super().__init__(stack)
        self.list = RowList()
        self._top = 170.0

    def title(self) -> str:
        """The screen's title."""
        raise NotImplementedError

    def subtitle(self) -> str:
        """A line under the title; may be empty."""
        return ""

    def rows(self) -> Sequence[Row]:
        """The current rows."""
        raise NotImplementedError

    def words(self) -> dict[Verb, str]:
        """Legend words that differ from the usual ones."""
        row = self.list.focused
        return {Verb.MORE: N_("details")} if row and row.closer else {}

    def refresh(self) -> None:
        """Rebuild the rows."""
        self.list.replace(self.rows())

    def update(self, now_s: float) -> None:
        self.refresh()

    def verb(self, verb: Verb) -> None:
        self.refresh()
        if not self.list.verb(verb):
            super().verb(verb)

    def point(self, at: tuple[int, int], view: View) -> None:
        if not self.list.point(at, view, self._top):
            super().point(at, view)

    def over(self, brush: Brush, top: float) -> float:
        """Paint what stands over the list from `top` (units); returns where the list begins."""
        return top

    def draw(self, brush: Brush, now_s: float) -> None:
        brush.ground()
        self._top = max(150.0, header(brush, self.title(), self.subtitle(), self.list.place()) + TOP)
        self._top = self.over(brush, self._top)
        self.list.foot = notice(brush, self.stack.notices())
        self.list.draw(brush, self._top)
        legend(brush, self.words())
