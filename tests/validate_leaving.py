"""What the measures are worth of players who leave the beat: part of `python -m tests.validate`.

They begin late, pause, begin again, repeat or leave out a bar, stop early, go at a tempo of their own, drift
or step; each plays tunes of the library. What they did is known: the same strokes were first played in time.
Held against it are the notes played, the spread about the player's own beat, and the longest leg's tempo.
"""

from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from math import nan
from random import Random
from statistics import fmean, median

import numpy as np

from game.judge.clinical.record import clinical_verdicts
from game.metrics.catalogue import BY_NAME
from game.metrics.kit.table import RunContext, RunTable
from game.music.device import Device, DeviceKind
from game.music.recording import Recording
from game.music.timeline import Timeline
from tests.judge.patients import Performance
from tests.judge.wanderers import KINDS, Piece, song
from tests.players import CONDITIONS

BENT = frozenset({"drifts"})
"""A tempo that bends inside a leg is part of the spread about its straight beat, and has no one ratio."""

LEAST_NOTES = 24
"""Of a tune: of fewer a cut leaves too little for a measure."""

ASTRAY_PCT = 25.0
MOST_HITS_OFF_PCT, MOST_SD_BIAS_PCT, MOST_TEMPO_OFF_PCT = 2.0, 10.0, 1.0


@dataclass(frozen=True, slots=True)
class Left:
    """One run. hits_off_pct: notes told as played less those that were, in percent of the notes. sd_ms,
    sd_true_ms: about the player's own beat, None without enough notes. tempo_off_pct: of the longest leg.
    """

    hits_off_pct: float | None
    sd_ms: float | None
    sd_true_ms: float
    tempo_off_pct: float | None

    @property
    def sd_off_pct(self) -> float | None:
        """How far the spread is off, in percent of the truth."""
        return None if self.sd_ms is None else 100 * (self.sd_ms / self.sd_true_ms - 1)


def left(job: tuple[str, int]) -> Left:
    """One run of one kind, by the kind's name and the run's number."""
    name, run = job
    rng = Random(f"leaving {name} {run}")
    piece = next(one for one in iter(lambda: song(rng), None) if len(one.played.notes) >= LEAST_NOTES)
    played = KINDS[name](piece, rng)
    slower = _slower(piece, played) if name == "own tempo" else 1.0
    recording = Recording(
        played.presses, Timeline.identity(), Device(DeviceKind.SCRIPTED, "a simulated player")
    )
    verdicts = clinical_verdicts(played.notes, recording, CONDITIONS)
    table = RunTable.of(verdicts, RunContext(calibrated=True))
    hits = BY_NAME["hit_rate_pct"].measure(table, "").value
    longest = max(verdicts.journey, key=lambda leg: leg.beats, default=None)
    tempo = longest.tempo if longest else None
    return Left(
        None if hits is None else hits - 100 * len(_on_their_keys(played)) / len(played.notes),
        BY_NAME["own_beat_sd_ms"].measure(table, "").value,
        slower * _spread_ms(piece.played, _on_their_keys(played)),
        None if tempo is None else 100 * (tempo * slower - 1),
    )


def _on_their_keys(played: Performance) -> dict[int, float]:
    """When each note was played on its own key, by index."""
    return {
        meant: press.time_s
        for press, meant in zip(played.presses, played.meant, strict=True)
        if meant is not None and press.pitch == played.notes[meant].pitch
    }


def _slower(piece: Piece, played: Performance) -> float:
    """How much longer the whole took than in time."""
    before, after = piece.played.presses, played.presses
    return (after[-1].time_s - after[0].time_s) / (before[-1].time_s - before[0].time_s)


def _spread_ms(in_time: Performance, counted: dict[int, float]) -> float:
    """SD (n − 1) about a straight line through the strokes as they were played in time."""
    times = {index: at_s for index, at_s in _on_their_keys(in_time).items() if index in counted}
    onset_s = np.array([in_time.notes[index].onset_s for index in times])
    press_s = np.array(list(times.values()))
    line = np.polynomial.Polynomial.fit(onset_s, press_s, 1)
    return 1000 * float(np.std(press_s - line(onset_s), ddof=1))


@dataclass(frozen=True, slots=True)
class Following:
    """One kind over its runs: mean error of the notes played; median error of the spread, and how many of the
    `told` runs with a spread are off by over a quarter; median distance of the tempo. All in percent.
    """

    runs: int
    told: int
    hits_off_pct: float
    sd_off_pct: float
    astray: int
    tempo_off_pct: float

    @classmethod
    def of(cls, runs: Sequence[Left]) -> "Following":
        """From the runs of a kind; nan where none of them has a value."""
        spreads = [one.sd_off_pct for one in runs if one.sd_off_pct is not None]
        hits = [one.hits_off_pct for one in runs if one.hits_off_pct is not None]
        tempi = [abs(one.tempo_off_pct) for one in runs if one.tempo_off_pct is not None]
        return cls(
            len(runs),
            len(spreads),
            fmean(hits) if hits else nan,
            median(spreads) if spreads else nan,
            sum(abs(pct) > ASTRAY_PCT for pct in spreads),
            median(tempi) if tempi else nan,
        )


def leaving(runs: int, workers: int) -> dict[str, Following]:
    """Every kind, that many runs each."""
    jobs = [(name, run) for name in KINDS for run in range(runs)]
    with ProcessPoolExecutor(workers) as pool:
        done = list(pool.map(left, jobs, chunksize=4))
    return {name: Following.of(done[i * runs : (i + 1) * runs]) for i, name in enumerate(KINDS)}


def leaving_rows(found: dict[str, Following]) -> list[tuple[str, ...]]:
    """The cells of the table: one row a kind."""
    return [
        (
            kind,
            f"{one.told} of {one.runs}",
            f"{one.hits_off_pct:+.1f}",
            f"{one.sd_off_pct:+.1f}",
            str(one.astray),
            f"{one.tempo_off_pct:.2f}",
        )
        for kind, one in found.items()
    ]


def leaving_shortfalls(found: dict[str, Following]) -> list[str]:
    """Every bar that is not reached, in words; a value that is missing reaches none."""
    said = []
    for kind, one in found.items():
        if not abs(one.hits_off_pct) < MOST_HITS_OFF_PCT:
            said.append(f"{kind}: notes played are off by {one.hits_off_pct:+.1f} %")
        if kind in BENT:
            continue
        if not abs(one.sd_off_pct) < MOST_SD_BIAS_PCT:
            said.append(f"{kind}: the spread about the own beat is off by {one.sd_off_pct:+.1f} %")
        if not one.tempo_off_pct < MOST_TEMPO_OFF_PCT:
            said.append(f"{kind}: the tempo is off by {one.tempo_off_pct:.1f} %")
    return said
