"""Limits for one person: the most a level may ask in each dimension."""

from collections.abc import Callable
from dataclasses import replace

from game.screens.ui.families import DIMENSION_MEANINGS, DIMENSION_NAMES
from game.screens.ui.listing import ListScreen
from game.screens.ui.rows import Row, stepped
from game.screens.ui.screen_stack import ScreenStack
from game.settings import Plan
from game.words import _

MOST = 10
"""The end of every dimension: no limit."""


class LimitsScreen(ListScreen):
    """A row for each dimension. plan: the plan as it is; open_now: how many levels it leaves, in words."""

    def __init__(
        self,
        stack: ScreenStack,
        plan: Callable[[], Plan],
        change: Callable[[Plan], None],
        open_now: Callable[[], str],
    ) -> None:
        super().__init__(stack)
        self._plan, self._change, self._open_now = plan, change, open_now

    def title(self) -> str:
        return _("Limits")

    def subtitle(self) -> str:
        return self._open_now()

    def rows(self) -> list[Row]:
        caps = self._plan().caps
        return [
            Row(
                sentence(_(name)),
                _(DIMENSION_MEANINGS[dimension]),
                value=_("at most {n} of 10", n=f"{caps[dimension]:g}")
                if dimension in caps
                else _("no limit"),
                step=lambda by, dimension=dimension: self._step(dimension, by),  # type: ignore[misc]
            )
            for dimension, name in DIMENSION_NAMES.items()
        ]

    def _step(self, dimension: str, by: int) -> None:
        plan = self._plan()
        most = stepped(range(MOST + 1), plan.caps.get(dimension, MOST), by)
        others = {name: cap for name, cap in plan.caps.items() if name != dimension}
        caps = others if most == MOST else {**others, dimension: float(most)}
        self._change(replace(plan, caps=caps))


def sentence(words: str) -> str:
    """Words that begin as a sentence does."""
    return words[:1].upper() + words[1:]
