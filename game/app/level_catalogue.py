"""All levels as cards, listed once on a background thread; a level itself is read when it is played."""

import threading
from collections.abc import Sequence
from concurrent.futures import Future
from pathlib import Path

from game.errors import UserError
from game.library.catalogue import catalogue, level_of
from game.library.index import LevelIndex
from game.music.level import Level
from game.music.level_entry import AnyLevel, LevelEntry
from game.screens.ui.services import LevelCard


class LevelCatalogue:
    """The library as cards in ramp order.

    index: file of an index that spares reading every level; None reads them all. errors: of the files that
    could not be read, as they are found.
    """

    def __init__(self, folders: Sequence[Path], index: Path | None = None) -> None:
        self.errors: list[UserError] = []
        self._folders, self._index = folders, index
        self._cards: Future[tuple[LevelCard, ...]] = Future()
        self._begun = threading.Lock()

    def open(self) -> None:
        """Start reading, once, in the background. The game does not wait for the thread when it closes."""
        if self._begun.acquire(blocking=False):
            threading.Thread(target=self._read, name="levels", daemon=True).start()

    def cards(self) -> tuple[LevelCard, ...]:
        """Every level; waits until they are listed."""
        self.open()
        return self._cards.result()

    def level(self, listed: AnyLevel) -> Level:
        """The level of a card, read from its file. UserError where that is not there any more."""
        return level_of(listed) if isinstance(listed, LevelEntry) else listed

    def _read(self) -> None:
        try:
            entries = catalogue(self._folders, self.errors.append, LevelIndex(self._index))
            self._cards.set_result(
                tuple(LevelCard(one, one.difficulty, demand=one.demand) for one in entries)
            )
        except BaseException as fault:  # handed to whoever asks for the cards
            self._cards.set_exception(fault)
