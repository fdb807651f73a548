"""The state of a calibration: the next run of taps, and the results so far."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import pairwise
from typing import Any

from game.judge.presses import told_once
from game.metrics.station.delay import Delay, TapRun, Unknown, delay, run_delay
from game.music.note import Press
from game.music.recording import Recording
from game.music.steady_beat import FAST_BPM, SLOW_BPM, WARM_UP_BEATS

BPMS = (FAST_BPM, SLOW_BPM, FAST_BPM, SLOW_BPM)
"""Tempi of the runs; each is used twice for each cue."""

BOUNCE_S = 0.08
"""Two presses of one key within this time are a bounce of the instrument."""


class CueKind(StrEnum):
    """The kind of cue."""

    SOUND = "sound"
    PICTURE = "picture"


@dataclass(frozen=True, slots=True)
class Calibrating:
    """The runs so far. heard: whether there is sound; without it, only the picture is tapped to."""

    heard: bool = True
    runs: Mapping[CueKind, tuple[TapRun, ...]] = field(default_factory=dict)

    @property
    def cues(self) -> tuple[CueKind, ...]:
        """What is tapped to here, in order."""
        return (CueKind.SOUND, CueKind.PICTURE) if self.heard else (CueKind.PICTURE,)

    def of(self, cue: CueKind) -> tuple[TapRun, ...]:
        """The runs to one cue."""
        return self.runs.get(cue, ())

    @property
    def following(self) -> tuple[CueKind, float] | None:
        """The cue and the tempo of the run that is next; None when all are done."""
        open_cue = next((cue for cue in self.cues if len(self.of(cue)) < len(BPMS)), None)
        return None if open_cue is None else (open_cue, BPMS[len(self.of(open_cue))])

    def with_run(self, cue: CueKind, run: TapRun) -> "Calibrating":
        """With one more run. Raises `Unknown` for one that says nothing by itself."""
        run_delay(run)
        return replace(self, runs={**self.runs, cue: (*self.of(cue), run)})

    def again(self, cue: CueKind) -> "Calibrating":
        """Without the runs to one cue."""
        return replace(self, runs={**self.runs, cue: ()})

    def found(self, cue: CueKind) -> Delay | Unknown | None:
        """What the runs to a cue say together, or why nothing; None while runs are missing."""
        if len(self.of(cue)) < len(BPMS):
            return None
        try:
            return delay(self.of(cue))
        except Unknown as unknown:
            return unknown

    def delays(self) -> dict[CueKind, Delay] | None:
        """What is known of all cues; None until all of it is."""
        found = {cue: self.found(cue) for cue in self.cues}
        known = {cue: one for cue, one in found.items() if isinstance(one, Delay)}
        return known if len(known) == len(found) else None

    def data(self) -> dict[str, list[dict[str, Any]]]:
        """The taps as plain data, times in seconds from the cue."""
        return {cue.value: [_plain(run) for run in self.of(cue)] for cue in self.cues}


def taps_of(recording: Recording, bpm: float) -> TapRun:
    """The taps of a recorded run of the steady beat, without the first ones and without bounces."""
    period_s = 60.0 / bpm
    cue_s = recording.timeline.clock_s(WARM_UP_BEATS * period_s)
    touches = told_once(recording.touches)
    presses = [t for t in touches if isinstance(t, Press) and t.time_s > cue_s - period_s / 2]
    bounced = {
        id(after)
        for pitch in {p.pitch for p in presses}
        for before, after in pairwise(p for p in presses if p.pitch == pitch)
        if after.time_s - before.time_s < BOUNCE_S
    }
    return TapRun(tuple(p.time_s for p in presses if id(p) not in bounced), cue_s, period_s)


def _plain(run: TapRun) -> dict[str, Any]:
    return {"bpm": run.bpm, "taps_s": [round(time_s - run.cue_s, 6) for time_s in run.times_s]}
