"""Levels as rows, and lists of them: choose plays one, less and more look closer."""

from collections.abc import Callable, Sequence

from game.screens.choosing.level import LevelScreen
from game.screens.ui.paged import PagedScreen, pages
from game.screens.ui.routes import StackedScreen
from game.screens.ui.rows import Row
from game.screens.ui.screen_stack import ScreenStack
from game.screens.ui.services import LevelCard, Path
from game.screens.ui.words_of_levels import about, last_time
from game.words import _, titled


def level_row(
    stack: ScreenStack, card: LevelCard, detail: str = "", before: Callable[[], None] | None = None
) -> Row:
    """A level's row: title, description, when it was last played. before: called before the level opens."""
    level = card.level

    def go(screen: Callable[[], StackedScreen]) -> None:
        if before:
            before()
        stack.push(screen())

    return Row(
        titled(level.title),
        detail or about(level, card.speed),
        value=last_time(card),
        finger=level.fingers[0] if level.fingers else 0,
        difficulty=card.difficulty,
        choose=lambda: go(lambda: stack.routes.play(level, card.speed)),
        closer=lambda: go(lambda: LevelScreen(stack, card)),
    )


class WayScreen(PagedScreen):
    """A list between the path and a level. It is refreshed when the player comes back from a run."""

    def __init__(self, stack: ScreenStack, hand: str, count: int) -> None:
        super().__init__(stack, count)
        self.hand, self._away = hand, False

    def renew(self, path: Path) -> None:
        """Show the updated path."""
        raise NotImplementedError

    def leave(self) -> None:
        """Note that another screen opens on top."""
        self._away = True

    def update(self, now_s: float) -> None:
        if self._away:
            self._away = False
            self.stack.when(self.stack.services.path(self.stack.player, self.hand), self.renew)
        super().update(now_s)


class CardsScreen(WayScreen):
    """Levels that belong together, in ramp order; the focus starts at the first that is not mastered."""

    def __init__(self, stack: ScreenStack, title: str, cards: Sequence[LevelCard], hand: str) -> None:
        self._title, self._cards, self._pages = title, cards, pages(cards)
        super().__init__(stack, hand, len(self._pages))
        self._page = next((i for i, page in enumerate(self._pages) if first_open(page) is not None), 0)
        self.refresh()
        self.list.focus = first_open(self._pages[self._page]) or 0

    def title(self) -> str:
        return self._title

    def subtitle(self) -> str:
        return _("Choose to play, details to read more")

    def renew(self, path: Path) -> None:
        known = path.by_id()
        self._cards = [known.get(card.level.id, card) for card in self._cards]
        self._pages = pages(self._cards)
        self.make_again()

    def page_rows(self, page: int) -> list[Row]:
        return [level_row(self.stack, card, before=self.leave) for card in self._pages[page]]


def first_open(cards: Sequence[LevelCard]) -> int | None:
    """Index of the first level that is not mastered; None if all are."""
    return next((i for i, card in enumerate(cards) if not card.mastered), None)
