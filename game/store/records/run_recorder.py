"""Records a run while it is played: the game thread queues data, the store's thread writes it."""

from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from threading import Lock

from game.judge.conditions import Conditions
from game.music.device import Device
from game.music.note import Press, Release, Touch
from game.music.recording import Ended, Mark
from game.music.timeline import Anchor
from game.store.records.kept import NewRun


@dataclass(frozen=True, slots=True)
class Ending:
    """How a run ended, and the last song time it reached (None: its end)."""

    ended: Ended
    reached_s: float | None


@dataclass(frozen=True, slots=True)
class PlayedOn:
    """What a run is played on, and judged under for that."""

    device: Device
    conditions: Conditions


Handed = Touch | Anchor | Mark | PlayedOn | Ending


@dataclass(slots=True)
class Batch:
    """Data of one run still to be written; each row with its index in the run, from 0.

    begun: whether the run itself is stored already. moved: whether `run` has another instrument than when
    it began. sure: whether none of the rows is stored yet, which is unknown after a failed commit.
    """

    run_id: str
    run: NewRun
    begun: bool = False
    moved: bool = False
    sure: bool = True
    touches: list[tuple[int, Touch]] = field(default_factory=list)
    anchors: list[tuple[int, Anchor]] = field(default_factory=list)
    marks: list[tuple[int, Mark]] = field(default_factory=list)
    ending: Ending | None = None

    @property
    def empty(self) -> bool:
        """Whether there is nothing to write."""
        return self.begun and not (self.touches or self.anchors or self.marks or self.ending or self.moved)


class RunRecorder:
    """What a run hands its presses to. None of its verbs waits for anything.

    run_id: id of the stored run. saved: completes when the ended run is on disk, or fails with the reason.
    """

    def __init__(self, run_id: str, run: NewRun, wake: Callable[[], None]) -> None:
        self.run_id = run_id
        self.saved: Future[None] = Future()
        self.batch = Batch(run_id, run)
        self._handed: deque[Handed] = deque()
        self._wake = wake
        self._gathering = Lock()
        self._touches = self._anchors = self._marks = 0

    def touch(self, touch: Touch) -> None:
        """Keep a press or release."""
        self._handed.append(touch)

    def anchor(self, anchor: Anchor) -> None:
        """Keep a change of the timeline."""
        self._handed.append(anchor)

    def mark(self, mark: Mark) -> None:
        """Keep a mark."""
        self._handed.append(mark)

    def played_on(self, device: Device, conditions: Conditions) -> None:
        """Keep what it turned out to be played on."""
        self._handed.append(PlayedOn(device, conditions))

    def end(self, ended: Ended, reached_s: float | None) -> None:
        """End the run; data passed later is ignored."""
        self._handed.append(Ending(ended, reached_s))
        self._wake()

    def gather(self) -> Batch:
        """Everything not written yet. Whoever gathers at the same time waits for its turn."""
        with self._gathering:
            while self._handed and self.batch.ending is None:
                self._add(self._handed.popleft())
            return self.batch

    def wrote(self) -> None:
        """The batch is on disk; for the writing thread alone."""
        if self.batch.ending is not None:
            self.saved.set_result(None)
        self.batch = Batch(self.run_id, self.batch.run, begun=True)

    def _add(self, handed: Handed) -> None:
        if isinstance(handed, Press | Release):
            self.batch.touches.append((self._touches, handed))
            self._touches += 1
        elif isinstance(handed, Anchor):
            self.batch.anchors.append((self._anchors, handed))
            self._anchors += 1
        elif isinstance(handed, Mark):
            self.batch.marks.append((self._marks, handed))
            self._marks += 1
        elif isinstance(handed, PlayedOn):
            device, conditions = handed.device, handed.conditions
            self.batch.run = replace(self.batch.run, device=device, conditions=conditions)
            self.batch.moved = True
        else:
            self.batch.ending = handed
