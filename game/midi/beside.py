"""Inputs that are opened and closed on a thread of their own, so that no frame waits for a device."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

from game.errors import UserError
from game.midi.bindings import MessageCallback
from game.midi.driver import Driver, Wire


class DriverBeside:
    """A driver that answers at once. Names are still asked on the thread that asks for them."""

    def __init__(self, driver: Driver) -> None:
        self._driver = driver
        self._work = ThreadPoolExecutor(1, thread_name_prefix="midi")

    @property
    def api(self) -> str:
        return self._driver.api

    def names(self) -> list[str]:
        return self._driver.names()

    def open(self, name: str, heard: MessageCallback) -> "WireBeside":
        """An input that will be open soon, or say why not in its `error`."""
        return WireBeside(self._work, lambda: self._driver.open(name, heard))

    def close(self) -> None:
        """Wait for what is under way, and leave the driver."""
        self._work.shutdown(wait=True)
        self._driver.close()


class WireBeside:
    """An input that is being opened."""

    def __init__(self, work: ThreadPoolExecutor, open_it: Callable[[], Wire]) -> None:
        self._work = work
        self._wire: Future[Wire] = work.submit(open_it)

    @property
    def error(self) -> UserError | None:
        if not self._wire.done():
            return None
        error = self._wire.exception()
        if error is None or isinstance(error, UserError):
            return error
        return UserError("{fault}", fault=error, failed=True)

    def close(self) -> None:
        self._work.submit(self._close)

    def _close(self) -> None:
        if self._wire.exception() is None:  # one thread does both, so that it was opened by now or never is
            self._wire.result().close()
