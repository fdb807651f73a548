"""Lists of many things, a page at a time, so that none is ever long."""

from collections.abc import Sequence
from itertools import pairwise
from typing import TypeVar

from game.screens.ui.listing import ListScreen
from game.screens.ui.rows import Row
from game.screens.ui.screen_stack import ScreenStack
from game.words import _

T = TypeVar("T")

MOST = 21
"""Rows of a list at most; a longer one has pages."""


def pages(items: Sequence[T], most: int = MOST) -> list[Sequence[T]]:
    """The items in order in as few pages as there must be, all about as long; one empty page for none."""
    count = max(1, -(-len(items) // most))
    ends = [round(i * len(items) / count) for i in range(count + 1)]
    return [items[a:b] for a, b in pairwise(ends)]


class PagedScreen(ListScreen):
    """A list of many things, a page at a time; the last row turns the page."""

    def __init__(self, stack: ScreenStack, count: int) -> None:
        super().__init__(stack)
        self._page, self._count = 0, count
        self._made: list[Row] | None = None

    def page_rows(self, page: int) -> list[Row]:
        """The rows of a page, made once each time it is turned to."""
        raise NotImplementedError

    def rows(self) -> list[Row]:
        if self._made is None:
            self._made = [*self.page_rows(self._page), *self._turning()]
        return self._made

    def make_again(self) -> None:
        """Make the rows anew, since what they show changed."""
        self._made = None

    def _turning(self) -> list[Row]:
        if self._count < 2:
            return []
        place = _("{n} of {all}", n=self._page + 1, all=self._count)
        return [Row(_("Page"), _("Easier ones come first"), value=place, step=self._turn)]

    def _turn(self, by: int) -> None:
        self._page = (self._page + by) % self._count
        self.make_again()
        self.refresh()
        self.list.focus = len(self.list.rows) - 1
