"""The station's data on its instruments: measured delays with their dates, and key layouts.

Everything is kept per instrument, since wired and wireless keyboards have different delays.
Delays are kept once for playing with sound and once for playing without.
"""

from collections.abc import Mapping
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any

from game.judge.conditions import PAD_BOUNCE_S
from game.music.device import Device
from game.settings import Calibration, DeviceSetup, Station

if TYPE_CHECKING:
    from game.store.store import Store

STATION, CALIBRATIONS, SETUPS = "station", "calibrations", "instruments"

Plain = dict[str, Any]


def device_key(device: Device) -> str:
    """The name under which an instrument is known here: kind, driver and name."""
    return "/".join((device.kind, device.api, device.name))


class StationBook:
    """Answers from memory after loading; changes are written in the background."""

    def __init__(self, store: "Store") -> None:
        self._store = store
        self._station = Station()
        self._calibrations: Plain = {}
        self._setups: Plain = {}

    def read(self) -> None:
        """Load the stored data; waits for the store. Newer changes are kept."""
        self._station = Station.from_dict(self._store.station(STATION).result() or {})
        self._calibrations = {**_kept(self._store, CALIBRATIONS), **self._calibrations}
        self._setups = {**_kept(self._store, SETUPS), **self._setups}

    def station(self, device: Device, heard: bool) -> Station:
        """The station's settings with one instrument, with or without sound.

        Offsets that were kept for the whole station, before there were any of its instruments, hold where an
        instrument has none of its own. Pads are filtered whatever was learned of them.
        """
        found, setup = self.calibration(device, heard), self.setup(device)
        station = self._station.measured(found) if found else self._station
        pads = device.called_pads or setup.pads_alone
        return _with_bounce(station, max(setup.bounce_ms, round(PAD_BOUNCE_S * 1000) if pads else 0))

    def calibration(self, device: Device, heard: bool) -> Calibration | None:
        """The calibration of an instrument, or None."""
        kept = _part(self._calibrations, device_key(device)).get(_way(heard))
        found = Calibration.from_dict(kept) if isinstance(kept, Mapping) else Calibration()
        return found if found.day else None

    def keep_calibration(self, device: Device, found: Calibration, taps: Mapping[str, Any]) -> Future[None]:
        """Save a calibration and the taps it was computed from."""
        key = device_key(device)
        both = {**_part(self._calibrations, key), _way(found.heard): {**found.to_dict(), "runs": dict(taps)}}
        self._calibrations = {**self._calibrations, key: both}
        return self._store.save_station(CALIBRATIONS, self._calibrations)

    def calibrations(self) -> dict[str, list[Calibration]]:
        """All calibrations, by instrument."""
        found = {}
        for key in self._calibrations:
            both = [_part(_part(self._calibrations, key), way) for way in (_way(True), _way(False))]
            found[key] = [Calibration.from_dict(one) for one in both if one]
        return found

    def setup(self, device: Device) -> DeviceSetup:
        """The known key layout of an instrument."""
        return DeviceSetup.from_dict(_part(self._setups, device_key(device)))

    def keep_setup(self, device: Device, setup: DeviceSetup) -> Future[None]:
        """Save the key layout of an instrument."""
        self._setups = {**self._setups, device_key(device): setup.to_dict()}
        return self._store.save_station(SETUPS, self._setups)


def _kept(store: "Store", key: str) -> Plain:
    return dict(store.station(key).result() or {})


def _part(kept: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    part = kept.get(key)
    return part if isinstance(part, Mapping) else {}


def _way(heard: bool) -> str:
    return "heard" if heard else "silent"


def _with_bounce(station: Station, bounce_ms: int) -> Station:
    return Station.from_dict({**station.to_dict(), "bounce_ms": max(station.bounce_ms, bounce_ms)})
