"""All levels with their demands, read and graded once on a background thread."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from pathlib import Path

from game.arrange.difficulty.demand import demand
from game.arrange.difficulty.difficulty import difficulty
from game.coach.ladder import in_ramp_order
from game.errors import UserError
from game.library.files import library
from game.screens.ui.services import LevelCard


class LevelCatalogue:
    """The library as cards in ramp order. tell: called for each file that cannot be read."""

    def __init__(self, folders: Sequence[Path], tell: Callable[[UserError], object]) -> None:
        self._folders, self._tell = folders, tell
        self._cards: Future[tuple[LevelCard, ...]] = Future()
        self._begun = threading.Lock()

    def open(self) -> None:
        """Start reading, once, in the background. The game does not wait for the thread when it closes."""
        if self._begun.acquire(blocking=False):
            threading.Thread(target=self._read, name="bookcase", daemon=True).start()

    def cards(self) -> tuple[LevelCard, ...]:
        """Every level; waits until they are read."""
        self.open()
        return self._cards.result()

    def _read(self) -> None:
        try:
            levels = in_ramp_order(library(*self._folders, on_error=self._tell))
            self._cards.set_result(
                tuple(LevelCard(one, difficulty(one), demand=demand(one).as_dict()) for one in levels)
            )
        except BaseException as fault:  # handed to whoever asks for the cards
            self._cards.set_exception(fault)
