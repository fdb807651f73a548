"""The only thread that uses the database: it does queued jobs in turn and writes run data in between."""

import atexit
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Lock, Thread
from typing import TYPE_CHECKING, TypeVar

from game.errors import UserError
from game.store.lock import FolderLock
from game.store.records.rescue import Rescue, Unreadable, put_aside, read_rescued
from game.store.records.run_recorder import Batch, RunRecorder

if TYPE_CHECKING:
    from game.store.sql.contents import Contents

TICK_S = 0.2
"""Seconds between writes of run data; a power cut loses at most this plus one commit."""

REST_TICKS = 5
"""Ticks between a failed write and the next attempt."""

Answer = TypeVar("Answer")


class Worker:
    """Runs jobs one after another, starting with opening the database.

    opened: done when the database is open. error: current storage error, or None. notices: messages from
    opening, to show once.
    """

    def __init__(self, opener: Callable[[], "Contents"], lock: FolderLock, rescue: Rescue) -> None:
        self.opened: Future[None] = Future()
        self.error: UserError | None = None
        self.notices: tuple[UserError, ...] = ()
        self._opener, self._lock, self._rescue = opener, lock, rescue
        self._contents: Contents | None = None
        self._keepers: list[RunRecorder] = []
        self._tasks: SimpleQueue[Callable[[], None]] = SimpleQueue()
        self._rest = 0
        self._closing = False
        self._thread: Thread | None = None
        self._beginning = Lock()

    @property
    def begun(self) -> bool:
        """Whether it is at work."""
        return self._thread is not None

    def begin(self) -> None:
        """Go to work: open the database, then do what is asked. Once; whatever is asked begins it too."""
        with self._beginning:
            if self._thread is None and not self._closing:
                self._thread = Thread(target=self._work, name="store", daemon=True)
                self._thread.start()
                atexit.register(self.close)

    def ask(self, job: Callable[["Contents"], Answer]) -> Future[Answer]:
        """Queue a job; its result or `UserError` is in the future."""
        future: Future[Answer] = Future()
        if self._closing:
            raise RuntimeError("this store is closed")
        self._tasks.put(lambda: self._do(job, future))
        self.begin()
        return future

    def keep(self, keeper: RunRecorder) -> None:
        """Record a run until it has ended."""
        if self._closing:
            raise RuntimeError("this store is closed")
        self._keepers.append(keeper)
        self.begin()
        self.wake()

    def wake(self) -> None:
        """Write pending data at once."""
        self._tasks.put(_nothing)

    def pause(self) -> None:
        """During a long job: write pending data if due."""
        if self._keepers and self._rest < 0:
            self._keep_runs()

    def close(self) -> None:
        """Do everything asked so far, write what can be written and rescue the rest; waits for it."""
        if not self._closing:
            self._closing = True
            with self._beginning:
                thread = self._thread
            if thread is not None:
                atexit.unregister(self.close)
                self._tasks.put(_nothing)
                thread.join()

    def _work(self) -> None:
        self._do(lambda _: None, self.opened)
        while not (self._closing and self._tasks.empty()):
            self._next()()
            self._rest -= 1
            if self._keepers and self._rest < 0:
                self._keep_runs()
        self._finish()

    def _next(self) -> Callable[[], None]:
        try:
            return self._tasks.get(timeout=TICK_S if self._keepers else None)
        except Empty:
            return _nothing

    def _do(self, job: Callable[["Contents"], Answer], future: Future[Answer]) -> None:
        if not future.set_running_or_notify_cancel():
            return
        try:
            future.set_result(job(self._open()))
        except BaseException as error:
            future.set_exception(error)

    def _open(self) -> "Contents":
        """The open database; tries again where an earlier try has failed."""
        if self._contents is None:
            try:
                self._contents = self._opener()
            except UserError as error:
                self.error = error
                raise
            self.error = None
            if not self._contents.database.viewing_only:
                self._read_rescued(self._contents)
        return self._contents

    def _read_rescued(self, contents: "Contents") -> None:
        from game.store.sql.journal import ProfileErasedError, RunClosedError

        for path in self._rescue.waiting():
            try:
                contents.journal.write(read_rescued(path), (), alone=False)
                path.unlink()
            except (RunClosedError, ProfileErasedError, Unreadable) as fault:
                self.notices += (_left(put_aside(path), fault),)
            except (UserError, OSError) as fault:
                self.notices += (_left(path, fault),)

    def _keep_runs(self) -> None:
        """Write the pending data of every run."""
        try:
            for keeper in tuple(self._keepers):
                self._keep(keeper)
        except Exception as fault:
            # This thread must survive any error: the next attempt or the final rescue may succeed.
            self.error = fault if isinstance(fault, UserError) else _unknown(fault)
            self._rest = REST_TICKS
        else:
            self.error = None

    def _keep(self, keeper: RunRecorder) -> None:
        from game.store.sql.journal import ProfileErasedError

        batch = keeper.gather()
        if batch.empty:
            return
        open_here = [k.run_id for k in self._keepers]
        try:
            self._open().journal.write(batch, open_here, self._lock.take())
        except ProfileErasedError as erased:
            self._keepers.remove(keeper)
            self.notices += (erased,)  # first: whoever waits for the run to be saved looks here next
            keeper.saved.set_exception(erased)
            return
        except UserError:
            batch.sure = False
            raise
        if batch.ending is not None:
            self._keepers.remove(keeper)
        keeper.wrote()

    def _finish(self) -> None:
        if self._keepers:
            self._keep_runs()
        for keeper in self._keepers:
            batch = keeper.gather()
            if not batch.empty:
                self.error = self._rescued(batch)
                if batch.ending is not None:
                    keeper.saved.set_exception(self.error)
        if self._contents is not None:
            self._contents.database.close()
        self._lock.release()

    def _rescued(self, batch: Batch) -> UserError:
        """Rescue a batch; returns where it is, or that it is lost."""
        template = (
            "{file}: holds runs that the database did not accept; leave it there, the next start imports it"
        )
        try:
            return UserError(template, failed=True, file=self._rescue.write(batch))
        except Exception as fault:
            template = "{count} presses and releases could not be saved anywhere: {fault}"
            return UserError(template, failed=True, count=len(batch.touches), fault=fault)


def _left(path: Path, fault: Exception) -> UserError:
    template = "{file}: holds runs that could not be imported ({fault}); do not delete it"
    return UserError(template, failed=True, file=path, fault=fault)


def _unknown(fault: Exception) -> UserError:
    return UserError("Saving does not work now ({fault}).", failed=True, fault=fault)


def _nothing() -> None:
    pass
