"""A performance that was recorded: from a MIDI file or an exported run, with what it is judged under."""

from dataclasses import dataclass
from pathlib import Path

from game.app.conditions import plain_conditions
from game.app.practice import as_played
from game.errors import UserError
from game.judge.conditions import Conditions
from game.judge.sense import nonsense
from game.music.level import Level
from game.music.recording import Recording

MIDI_SUFFIXES = (".mid", ".midi")


@dataclass(frozen=True)
class PlayedLevel:
    """What was played of a level. played_on: id of the level of an exported run; "" for a MIDI file."""

    level: Level
    recording: Recording
    conditions: Conditions
    played_on: str = ""


def read_played(
    path: Path, level: Level, start_s: float | None = None, speed: float | None = None
) -> PlayedLevel:
    """A recording of a level. UserError where it cannot be read or judged, or has its own times and speed.

    start_s, speed: of a MIDI file: seconds added to its times, and times the written tempo it was played at.
    """
    played = _read(path, level, start_s, speed)
    fault = nonsense(played.level, played.recording, played.conditions)
    if fault:
        template = "{file}: cannot be judged: {fault}; export the run again, or give another recording"
        raise UserError(template, file=path, fault=fault)
    return played


def _read(path: Path, level: Level, start_s: float | None, speed: float | None) -> PlayedLevel:
    if path.suffix.lower() in MIDI_SUFFIXES:
        from game.midi.smf import read_recording

        recording = read_recording(path, start_s or 0.0)
        return PlayedLevel(level, recording, plain_conditions(level, speed or 1.0))
    from game.app.derived import run_level
    from game.store.records.exported import read_exported

    if start_s is not None or speed is not None:
        raise UserError("{file}: a run that was exported has its own times and speed", file=path)
    run = read_exported(path)
    level = as_played(level, run_level(run).bars)
    return PlayedLevel(level, run.recording, run.conditions, run.header.level_id)
