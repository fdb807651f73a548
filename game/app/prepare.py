"""Prepares a run from a level, a player and an instrument.

The window, a run without a window and the demo all come this way, so that a run means the same in each.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from game import __version__
from game.app.conditions import conditions_for, recent_timing
from game.app.recorder import LazyRecorder
from game.clock import Clock, wall_time
from game.judge.conditions import Conditions
from game.library.files import level_text
from game.music.device import Device
from game.music.level import Level
from game.run.ports import InputPort, NoBacking, NoRecorder, Terms
from game.run.run import Run
from game.settings import Settings, Station
from game.store.records.kept import NewRun

if TYPE_CHECKING:
    from game.audio.backing import LevelBacking
    from game.audio.output import Output
    from game.store.station_book import StationBook
    from game.store.store import Store

BESIDE = 4
"""Range of extra keys prepared on each side of a level's keys, in semitones."""


def no_keys(device: Device) -> frozenset[int]:
    """Every key of the instrument is part of the exercise."""
    return frozenset()


@dataclass(frozen=True)
class Equipment:
    """The equipment of a run.

    output: None without sound. book: the station's data, or None.
    asks: whether a run pauses where nobody presses anything, as somebody can answer.
    """

    clock: Clock
    port: InputPort
    output: "Output | None" = None
    book: "StationBook | None" = None
    asks: bool = False

    def station(self, device: Device) -> Station:
        """The station as it is with an instrument, with sound or without."""
        if self.book is None:
            return Station()
        heard = self.output is not None and self.output.error is None
        return self.book.station(device, heard)


@dataclass(frozen=True)
class PlayerOfRun:
    """The player of a run and the store. store: None if nothing can be stored."""

    settings: Settings
    profile_id: str = ""
    store: "Store | None" = None


NEW_PLAYER = PlayerOfRun(Settings())
"""An unknown player whose runs are not stored."""


class PreparedRun(NamedTuple):
    """A run ready to start, with its recorder; None if nothing can be stored."""

    run: Run
    recorder: LazyRecorder | None


def prepare_run(
    level: Level,
    speed: float,
    equipment: Equipment,
    player: PlayerOfRun = NEW_PLAYER,
    reserved: Callable[[Device], frozenset[int]] = no_keys,
) -> PreparedRun:
    """A run with all that belongs to it; waits until its sound is ready and for the store.

    speed: times the written tempo. reserved: keys of an instrument that are no part of the exercise.
    """
    if equipment.output:
        equipment.output.settle()
    recent = recent_timing(player.store, player.profile_id) if player.store else []

    def terms(device: Device) -> Terms:
        station = equipment.station(device)
        return Terms(conditions_for(level, speed, player.settings, station, recent), reserved(device))

    conditions, kept_free = terms(equipment.port.device)
    recorder = _recorder(level, conditions, equipment, player)
    backing = _backing(level, conditions.speed, player.settings, equipment.output)
    keeps = recorder or NoRecorder()
    run = Run(level, conditions, equipment.clock, equipment.port, keeps, backing, kept_free)
    run.attend(terms, equipment.asks)
    backing.ready(0.0, run.count_in_beats)
    if not isinstance(backing, NoBacking):
        backing.wait()
    return PreparedRun(run, recorder)


def _recorder(
    level: Level, conditions: Conditions, equipment: Equipment, player: PlayerOfRun
) -> LazyRecorder | None:
    """The recorder of a run."""
    store = player.store
    if store is None:
        return None
    text = level_text(level)

    def new() -> NewRun:
        return NewRun(
            profile_id=player.profile_id,
            level_id=level.id,
            level_title=level.title,
            level_text=text,
            conditions=conditions,
            device=equipment.port.device,
            started_at=wall_time(),
            version=__version__,
            clock_s=equipment.clock.now_s(),
        )

    return LazyRecorder(new, store.begin_run)


def _backing(
    level: Level, speed: float, settings: Settings, output: "Output | None"
) -> "LevelBacking | NoBacking":
    """The sound of a run at the player's volumes, with key tones rendered in advance."""
    if output is None:
        return NoBacking()
    from game.audio.backing import LevelBacking

    output.set_volumes(settings.click_volume, settings.music_volume, settings.keys_volume)
    asked = sorted({note.pitch for note in level.notes})
    lowest, highest = level.pitch_range
    output.prepare((*asked, *range(lowest - BESIDE, highest + BESIDE + 1)))
    return LevelBacking(level, speed, output)
