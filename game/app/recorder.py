"""A recorder that waits for its run to begin."""

from collections.abc import Callable
from concurrent.futures import Future

from game.music.note import Touch
from game.music.recording import Ended, Mark
from game.music.timeline import Anchor
from game.store.records.run_recorder import RunRecorder


class LazyRecorder:
    """A recorder that begins the stored run with its first anchor, so that a run nobody started is none."""

    def __init__(self, begin: Callable[[], RunRecorder]) -> None:
        self._begin = begin
        self._keeper: RunRecorder | None = None

    @property
    def run_id(self) -> str:
        """The stored run; empty before it began."""
        return self._keeper.run_id if self._keeper else ""

    @property
    def saved(self) -> Future[None]:
        """Done when the ended run is on disk."""
        if self._keeper is None:
            raise RuntimeError("this run has not begun")
        return self._keeper.saved

    def touch(self, touch: Touch) -> None:
        self._begun().touch(touch)

    def anchor(self, anchor: Anchor) -> None:
        self._begun().anchor(anchor)

    def mark(self, mark: Mark) -> None:
        self._begun().mark(mark)

    def end(self, ended: Ended, reached_s: float | None) -> None:
        self._begun().end(ended, reached_s)

    def _begun(self) -> RunRecorder:
        if self._keeper is None:
            self._keeper = self._begin()
        return self._keeper
