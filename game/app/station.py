"""The services for the station: instruments, their delays, and runs to measure them."""

from collections.abc import Callable, Collection, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from game.audio.backing import LevelBacking
from game.audio.output import Output
from game.clock import Clock, wall_time
from game.judge.conditions import Conditions
from game.judge.windows import HitWindows
from game.music.device import Device
from game.music.steady_beat import steady_beat
from game.run.ports import InputPort, NoBacking, NoRecorder
from game.run.run import Run
from game.screens.ui.services import StationCard
from game.settings import Calibration, DeviceSetup
from game.store.station_book import StationBook

if TYPE_CHECKING:
    from game.store.store import Store

T = TypeVar("T")

LOWEST_KEYS, ASKED_KEYS = "lowest-keys", "asked-keys"
MIDDLE_C = 60
LEAST_CLICK = 0.5
"""Minimum click volume in a calibration, whatever the setting."""

TAPPING = Conditions(HitWindows(0.1, 0.2, 0.3))
"""Conditions of a tapping run: no offsets, since they are what is measured."""


class Known(InputPort, Protocol):
    """An instrument with stored key data."""

    @property
    def lowest(self) -> int | None: ...

    @property
    def pads(self) -> bool: ...

    def lowest_of(self, device: Device) -> int | None: ...

    def know(
        self, lowest: Mapping[str, int], asked: Collection[str], setup: Callable[[], DeviceSetup]
    ) -> None:
        """Take the lowest keys of known instruments, which were asked about, and where to ask for more."""

    def learn(self, pitch: int | None, name: str = "") -> dict[str, int]: ...

    def asked(self) -> list[str]: ...

    def forget(self) -> dict[str, int]: ...

    def notice(self) -> str: ...


class StationServices:
    """The services that do not depend on the player."""

    def __init__(self, store: "Store", clock: Clock, instrument: Known, speaker: Output) -> None:
        self._store, self._clock = store, clock
        self._instrument, self.speaker = instrument, speaker
        self._study = ThreadPoolExecutor(1, thread_name_prefix="house")
        self._book = StationBook(store)
        self._unmuted = speaker.volumes
        self._begun = False
        if not store.held:
            self.begin()

    def begin(self) -> None:
        """Begin with what takes long: open the store and learn of it. Once."""
        if not self._begun:
            self._begun = True
            self._store.begin()
            self._study.submit(self._learn_station)

    def _learn_station(self) -> None:
        lowest: Mapping[str, int] = {}
        asked: Collection[str] = ()
        try:
            self._book.read()
            lowest = self._store.station(LOWEST_KEYS).result() or {}
            asked = (self._store.station(ASKED_KEYS).result() or {}).get("names", ())
        finally:  # where nothing can be read, keyboards are asked about as at a first start
            self._instrument.know(lowest, asked, lambda: self._book.setup(self._instrument.device))

    def _later(self, work: Callable[[], T]) -> Future[T]:
        return self._study.submit(work)

    @property
    def _heard(self) -> bool:
        return self.speaker.error is None

    def heard(self) -> bool:
        return self._heard

    def sound_device_went(self) -> None:
        self.speaker.device_went()

    def station(self) -> StationCard:
        device = self._instrument.device
        known = self._book.calibration(device, self._heard)
        return StationCard(device, self._instrument.pads, self._heard, known, self._book.setup(device))

    def tapping_run(self, bpm: float, heard: bool) -> Future[Run]:
        def work() -> Run:
            self.speaker.settle()
            level = steady_beat(bpm, MIDDLE_C)
            clicks = LevelBacking(level, 1.0, self.speaker) if heard else None
            backing = clicks or NoBacking()
            run = Run(level, TAPPING, self._clock, self._instrument, NoRecorder(), backing)
            if clicks:
                clicks.ready(0.0, run.count_in_beats)
                clicks.wait()
            return run

        return self._later(work)

    def mute_keys(self, muted: bool) -> None:
        volumes = self.speaker.volumes
        if muted:
            self._unmuted = volumes
            self.speaker.set_volumes(max(volumes.click, LEAST_CLICK), volumes.music, 0.0)
        else:
            self.speaker.set_volumes(self._unmuted.click, self._unmuted.music, self._unmuted.keys)

    def save_calibration(self, found: Calibration, taps: Mapping[str, Any]) -> None:
        dated = replace(found, day=wall_time().date().isoformat())
        self._book.keep_calibration(self._instrument.device, dated, taps)

    def save_setup(self, setup: DeviceSetup) -> None:
        self._book.keep_setup(self._instrument.device, setup)

    def learn_lowest(self, pitch: int | None, name: str = "") -> None:
        known = self._instrument.learn(pitch, name)
        if pitch is not None:
            self._store.save_station(LOWEST_KEYS, known)
        self._keep_asked()

    def forget_lowest(self) -> None:
        self._store.save_station(LOWEST_KEYS, self._instrument.forget())
        self._keep_asked()

    def _keep_asked(self) -> None:
        self._store.save_station(ASKED_KEYS, {"names": self._instrument.asked()})
