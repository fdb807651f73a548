"""A run as a table: its notes and presses as arrays, with the values that all measures use."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property
from math import inf
from typing import Any

import numpy as np
from numpy.typing import NDArray

from game.judge.conditions import Conditions
from game.judge.verdicts import Verdicts
from game.metrics.kit.beats import BeatSeries, beats_of
from game.metrics.kit.rows import BOUNCE, HIT, Rows, rows_of
from game.music.device import DeviceKind
from game.music.level import Instrument, Level
from game.music.note import Hand
from game.music.recording import Recording
from game.music.tempo import TempoMap

Values = NDArray[np.float64]

SURE = 0.5
"""Notes whose verdict has less confidence than this are ambiguous: counted, and left out of timing."""


@dataclass(frozen=True)
class RunContext:
    """Facts about a run, besides its verdicts, that decide what can be measured.

    calibrated: whether the station's offsets are known and were taken off.
    cue_until_s: song time from which on nothing paced the player. pauses_s: song times where it stood still.
    affected: the hand that is trained for recovery, where one is named. sure: see `SURE`.
    """

    device: DeviceKind = DeviceKind.MIDI
    instrument: Instrument = Instrument.KEYBOARD
    tempo: TempoMap | None = None
    cue_until_s: float = inf
    pauses_s: tuple[float, ...] = ()
    calibrated: bool = False
    affected: Hand | None = None
    sure: float = SURE

    @classmethod
    def of(
        cls, level: Level, recording: Recording, conditions: Conditions, affected: Hand | None = None
    ) -> "RunContext":
        """The context of a recording of a level."""
        tempo, cue_until = level.tempo_at(conditions.speed), level.cue_until_beat
        return cls(
            device=recording.device.kind,
            instrument=level.instrument,
            tempo=tempo,
            cue_until_s=inf if cue_until is None else tempo.seconds(cue_until),
            pauses_s=tuple(a.song_s for a in recording.timeline.anchors if a.rate == 0),
            calibrated=bool(conditions.calibrated) or conditions.offset_s != 0,
            affected=affected,
        )


@dataclass(frozen=True, eq=False)
class RunTable:
    """A run, or the part of it that one finger, hand or block played.

    notes, presses: rows as in rows.py. whole: the run that a part is of; None for the run itself.
    hand, finger: what a part is limited to; 0 for any.
    """

    notes: Rows
    presses: Rows
    context: RunContext = field(default_factory=RunContext)
    whole: "RunTable | None" = None
    hand: int = 0
    finger: int = 0

    @classmethod
    def of(cls, verdicts: Verdicts, context: RunContext | None = None) -> "RunTable":
        """The arrays of a judged run. ValueError: times that cannot be seconds of one run."""
        context = context or RunContext()
        notes, presses = rows_of(verdicts, context.instrument is Instrument.KEYBOARD)
        return cls(notes, presses, context)

    @property
    def run(self) -> "RunTable":
        """The whole run."""
        return self.whole or self

    def part(self, notes: NDArray[np.bool_], hand: int = 0, finger: int = 0) -> "RunTable":
        """The part of the run with those notes, and the presses on keys of that hand and finger."""
        return replace(self, notes=self.notes[notes], whole=self.run, hand=hand, finger=finger)

    @cached_property
    def cued(self) -> Rows:
        """Notes that something paced; only they have verdicts and asynchronies that mean something."""
        return _chosen(self.notes, self.notes["onset_s"] < self.context.cue_until_s - 1e-6)

    @cached_property
    def surely_hit(self) -> NDArray[np.bool_]:
        """Which cued notes were surely hit, and to the asked beat."""
        return np.asarray(self.surely_played & ~self.cued["lost"])

    @cached_property
    def surely_played(self) -> NDArray[np.bool_]:
        """Which cued notes were hit and are not ambiguous, at whatever tempo."""
        sure = self.cued["confidence"] >= self.context.sure
        return np.asarray((self.cued["verdict"] == HIT) & sure)

    @cached_property
    def hits(self) -> Rows:
        """The rows of those."""
        return _chosen(self.cued, self.surely_hit)

    @cached_property
    def press_s(self) -> Values:
        """When each cued note was pressed; nan where it was not surely hit to the asked beat."""
        press_s = np.full(self.cued.size, np.nan)
        press_s[self.surely_hit] = self.hit_presses["time_s"]
        return press_s

    @cached_property
    def beats(self) -> BeatSeries:
        """The cued beats."""
        return beats_of(_values(self.cued, "onset_s"), self.press_s, self.context.pauses_s, self.cued["leg"])

    @cached_property
    def steady(self) -> tuple[BeatSeries, ...]:
        """The stretches of them that are even."""
        return tuple(self.beats.steady())

    @cached_property
    def hit_presses(self) -> Rows:
        """The presses of the hits, row by row."""
        return _chosen(self.presses, self.hits["press"])

    @cached_property
    def asynchrony_s(self) -> Values:
        """Of the hits, in the order of their notes."""
        return _values(self.hits, "asynchrony_s")

    @cached_property
    def own_beat(self) -> Rows:
        """Notes that were surely played, in a leg of the journey whose own beat is known."""
        return _chosen(self.cued, self.surely_played & ~np.isnan(self.cued["own_s"]))

    @cached_property
    def bias_s(self) -> float:
        """The run's own median asynchrony: this player's beat, and any constant delay of the device."""
        own_s = self.run.asynchrony_s
        return float(np.median(own_s)) if own_s.size else 0.0

    @cached_property
    def pressed(self) -> Rows:
        """Presses of this hand and finger, in order, without bounces."""
        mine = self.presses["use"] != BOUNCE
        if self.hand:
            mine &= self.presses["hand"] == self.hand
        if self.finger:
            mine &= self.presses["finger"] == self.finger
        return _chosen(self.presses, mine)

    @cached_property
    def taps(self) -> Rows:
        """Presses on asked keys after the last cue, in order: what was tapped alone."""
        since_s = self._alone_since_s
        if since_s == inf:
            return self.pressed[:0]
        asked = np.isin(self.pressed["pitch"], np.unique(self.run.notes["pitch"]))
        return _chosen(self.pressed, asked & (self.pressed["time_s"] > since_s))

    @cached_property
    def played(self) -> Rows:
        """Presses that played what was asked: those of the hits, and the taps, in order."""
        return np.concatenate([self.hit_presses, self.taps])

    @property
    def _alone_since_s(self) -> float:
        """Half a beat before the first note without a cue, moved by the bias; -inf where nothing was cued."""
        if self.context.cue_until_s == inf:
            return inf
        onsets_s = np.unique(self.run.notes["onset_s"])
        cued_s = onsets_s[onsets_s < self.context.cue_until_s - 1e-6]
        if not cued_s.size:
            return -inf
        alone_s = onsets_s[onsets_s > cued_s[-1]]
        gap_s = float(alone_s[0] - cued_s[-1]) if alone_s.size else 0.0
        return float(cued_s[-1]) + gap_s / 2 + self.bias_s


def _chosen(rows: Rows, chosen: NDArray[Any]) -> Rows:
    return np.asarray(rows[chosen])


def _values(rows: Rows, name: str) -> Values:
    return np.asarray(rows[name], dtype=np.float64)


def joined(parts: Iterable[Values]) -> Values:
    """One array of several, which may be none."""
    kept = list(parts)
    return np.concatenate(kept) if kept else np.zeros(0)
