"""From a player, a level and a station to a run that is kept."""

from collections.abc import Callable
from concurrent.futures import Future

from game import __version__
from game.app.derived import summary_of
from game.clock import Clock, wall_time
from game.coach.adaptation import personal_windows_s
from game.judge.conditions import BAND_BOUNCE_S, Conditions
from game.judge.windows import HitWindows
from game.library.levels.files import level_text
from game.music.level import Instrument, Level
from game.music.note import Touch
from game.music.recording import Device, Ended, Mark
from game.music.timeline import Anchor
from game.settings import Settings, Station
from game.store.records.kept import NewRun
from game.store.records.run_recorder import RunRecorder
from game.store.store import Store

PAD_BOUNCE_S = 0.05
"""Pads send a second stroke within this time often enough; keys do not."""

RECENT_RUNS = 8
"""Runs looked back on for a player's own windows."""


def windows_for(level: Level, settings: Settings, recent: list[tuple[float, int]]) -> HitWindows:
    """A level's own windows, else the player's own, else those of their band.

    recent: SD of asynchrony (ms) and hits of recent runs.
    """
    if level.windows_s:
        return HitWindows(*level.windows_s)
    hits = sum(n for _, n in recent)
    sd_ms = sum(sd * n for sd, n in recent) / hits if hits else 0.0
    return HitWindows(*(personal_windows_s(sd_ms, hits) or settings.start.windows_s))


def recent_timing(store: Store, profile_id: str) -> list[tuple[float, int]]:
    """SD of asynchrony (ms) and hits of someone's last runs, probes left out: they never adapt."""
    recent = []
    for header in store.runs(profile_id).result()[:RECENT_RUNS]:
        summary = summary_of(store, header)
        metrics = summary.get("metrics", {})
        if metrics.get("asynchrony_sd_ms") is not None and not summary["probe"]:
            recent.append((float(metrics["asynchrony_sd_ms"]), int(metrics["hits"])))
    return recent


def conditions_for(
    level: Level, speed: float, settings: Settings, station: Station, recent: list[tuple[float, int]]
) -> Conditions:
    """What a run is judged under. A probe is always played as it is written."""
    own_bounce_s = settings.bounce_ms / 1000
    speed = 1.0 if level.probe else speed
    return Conditions(
        windows=windows_for(level, settings, recent),
        speed=speed,
        bounce_s=max(own_bounce_s, station.bounce_ms / 1000, _least_bounce_s(level)),
        input_offset_s=station.input_offset_ms / 1000,
        audio_offset_s=station.audio_offset_ms / 1000,
        video_offset_s=station.video_offset_ms / 1000,
        release=level.release,
        calibrated=station.calibrated,
        nearest_of=level.nearest_of,
    )


def _least_bounce_s(level: Level) -> float:
    """The bounce time that a level itself calls for (s)."""
    if level.nearest_of:
        return BAND_BOUNCE_S
    return PAD_BOUNCE_S if level.instrument is Instrument.PADS else 0.0


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


def kept_run(
    store: Store, clock: Clock, profile_id: str, level: Level, conditions: Conditions, device: Device
) -> LazyRecorder:
    """A recorder for one run of a level as it is about to be played."""
    text = level_text(level)

    def begin() -> RunRecorder:
        return store.begin_run(
            NewRun(
                profile_id=profile_id,
                level_id=level.id,
                level_title=level.title,
                level_text=text,
                conditions=conditions,
                device=device,
                started_at=wall_time(),
                version=__version__,
                clock_s=clock.now_s(),
            )
        )

    return LazyRecorder(begin)
