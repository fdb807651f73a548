"""Conditions of a run: hit windows of the level or the player, and the station's delays."""

from dataclasses import replace
from typing import TYPE_CHECKING

from game.app.derived import summary_of
from game.coach.adaptation import personal_windows_s
from game.judge.conditions import BAND_BOUNCE_S, PAD_BOUNCE_S, Conditions
from game.judge.windows import HitWindows
from game.midi.file_notes import DRUM_CHANNEL
from game.music.level import Instrument, Level
from game.music.recording import Recording
from game.settings import Settings, Station

if TYPE_CHECKING:
    from collections.abc import Sequence

    from game.store.store import Store

RECENT_RUNS = 8
"""Number of recent runs used for a player's own windows."""


def conditions_for(
    level: Level, speed: float, settings: Settings, station: Station, recent: "Sequence[tuple[float, int]]"
) -> Conditions:
    """The conditions of a run. A probe is always played as written.

    recent: SD of asynchrony (ms) and hits of the player's last runs.
    """
    return Conditions(
        windows=_windows(level, settings, recent),
        speed=1.0 if level.probe else speed,
        bounce_s=max(settings.bounce_ms / 1000, station.bounce_ms / 1000, _least_bounce_s(level)),
        input_offset_s=station.input_offset_ms / 1000,
        audio_offset_s=station.audio_offset_ms / 1000,
        video_offset_s=station.video_offset_ms / 1000,
        release=level.release,
        calibrated=station.calibrated,
        nearest_of=level.nearest_of,
    )


def plain_conditions(level: Level, speed: float) -> Conditions:
    """Conditions of a recording whose player and station are unknown.

    The level's own windows, or where it leaves them to the player those that a new player starts with.
    """
    return replace(conditions_for(level, speed, Settings(), Station(), ()), speed=speed)


def filtered(conditions: Conditions, recording: Recording, bounce_ms: float | None = None) -> Conditions:
    """The conditions with the bounce time that a recording is to be read with: what is asked for, else pads'.

    Pads are known by their device's name, or in a MIDI file by the channel of drums.
    """
    if bounce_ms is not None:
        return replace(conditions, bounce_s=bounce_ms / 1000)
    channels = {touch.channel for touch in recording.touches}
    pads = recording.device.called_pads or channels == {DRUM_CHANNEL}
    return replace(conditions, bounce_s=max(conditions.bounce_s, PAD_BOUNCE_S if pads else 0.0))


def recent_timing(store: "Store", profile_id: str) -> list[tuple[float, int]]:
    """SD of asynchrony (ms) and hits of someone's last runs, probes left out: they never adapt."""
    recent = []
    for header in store.runs(profile_id).result()[:RECENT_RUNS]:
        past = summary_of(store, header)
        if past.asynchrony_sd_ms is not None and not past.probe:
            recent.append((past.asynchrony_sd_ms, past.hits))
    return recent


def _windows(level: Level, settings: Settings, recent: "Sequence[tuple[float, int]]") -> HitWindows:
    """A level's own windows, else the player's own, else those of their band."""
    if level.windows_s:
        return HitWindows(*level.windows_s)
    hits = sum(n for _, n in recent)
    sd_ms = sum(sd * n for sd, n in recent) / hits if hits else 0.0
    return HitWindows(*(personal_windows_s(sd_ms, hits) or settings.start.windows_s))


def _least_bounce_s(level: Level) -> float:
    """The bounce time that a level itself calls for (s)."""
    if level.nearest_of:
        return BAND_BOUNCE_S
    return PAD_BOUNCE_S if level.instrument is Instrument.PADS else 0.0
