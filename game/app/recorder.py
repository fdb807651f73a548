"""A recorder that waits for its run to be played."""

from collections.abc import Callable
from concurrent.futures import Future

from game.judge.conditions import Conditions
from game.music.device import Device
from game.music.note import Press, Touch
from game.music.recording import Ended, Mark
from game.music.timeline import Anchor
from game.store.records.ids import new_run_id
from game.store.records.kept import NewRun
from game.store.records.run_recorder import RunRecorder


class LazyRecorder:
    """A recorder that begins the stored run with its first press.

    So a run that nobody started is none, and neither is one for which nobody was there. new: the run as it
    starts. keep: begins to store it under an id.
    """

    def __init__(self, new: Callable[[], NewRun], keep: Callable[[NewRun, str], RunRecorder]) -> None:
        self._new, self._keep = new, keep
        self._run_id = ""
        self._run: NewRun | None = None
        self._keeper: RunRecorder | None = None
        self._early: list[Callable[[RunRecorder], None]] = []

    @property
    def run_id(self) -> str:
        """Under which it is stored; empty before it started."""
        return self._run_id

    @property
    def saved(self) -> Future[None]:
        """Done when the ended run is on disk, and at once where nothing was played."""
        if self._keeper is not None:
            return self._keeper.saved
        nothing: Future[None] = Future()
        nothing.set_result(None)
        return nothing

    def touch(self, touch: Touch) -> None:
        if self._keeper is None and isinstance(touch, Press):
            self._begin()
        self._hand_over(lambda keeper: keeper.touch(touch))

    def anchor(self, anchor: Anchor) -> None:
        self._start()
        self._hand_over(lambda keeper: keeper.anchor(anchor))

    def mark(self, mark: Mark) -> None:
        self._hand_over(lambda keeper: keeper.mark(mark))

    def played_on(self, device: Device, conditions: Conditions) -> None:
        self._hand_over(lambda keeper: keeper.played_on(device, conditions))

    def again(self) -> None:
        """Forget what was handed over; only before the first press."""
        self._early.clear()
        self._run = None

    def end(self, ended: Ended, reached_s: float | None) -> None:
        self._hand_over(lambda keeper: keeper.end(ended, reached_s))

    def _start(self) -> NewRun:
        """The run as it stood when it started."""
        if self._run is None:
            self._run = self._new()
            self._run_id = self._run_id or new_run_id(self._run.started_at)
        return self._run

    def _begin(self) -> None:
        self._keeper = self._keep(self._start(), self._run_id)
        early, self._early = self._early, []
        for hand_over in early:
            hand_over(self._keeper)

    def _hand_over(self, item: Callable[[RunRecorder], None]) -> None:
        if self._keeper is None:
            self._early.append(item)
        else:
            item(self._keeper)
