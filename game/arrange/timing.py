"""Whether a song's notes lie on its beats, and where they go when they don't.

A file written from a score has its notes on the beats it counts. One that was played has them beside, if the
player heard a click, or anywhere at all, if not. The first is kept as it is; the second is put on the nearest
places of its own beats; of the third the beats are looked for, and where none are found its times are kept.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from game.arrange.beat_tracking import tracked
from game.arrange.source import Source, SourceNote
from game.music.tempo import TempoMap

Floats = NDArray[np.float64]

FINEST = 24
"""Written music lies on 24ths of a beat: eighths of it, and thirds."""
EXACT_BEATS, WRITTEN_SHARE = 0.008, 0.75
"""Notes lie on the written grid within so much; of notes anywhere two in five would."""
FEWEST = 8
"""Of fewer notes nothing is found out."""
GRIDS = (4, 3)
"""Places in a beat onto which played notes go: quarters of it, or thirds."""
CLICK_R, TRACKED_R = 0.5, 0.55
"""How well played notes must agree with a grid, from 0 (anywhere) to 1 (exactly): the mean resultant length
of their places on it."""
STEADY_BPM = 120.0
SHORTEST_BEATS = 0.125


class Timing(StrEnum):
    """Where the beats of an import come from.

    WRITTEN: the file's. CLICK: the file's, onto which the played notes were moved. TRACKED: found in the
    playing, which was made even. PLAYED: none were found; times are as played, at a steady tempo.
    """

    WRITTEN = "written"
    CLICK = "click"
    TRACKED = "tracked"
    PLAYED = "played"

    @property
    def quantised(self) -> bool:
        return self in (Timing.CLICK, Timing.TRACKED)


@dataclass(frozen=True, slots=True)
class Grid:
    """How notes agree with a division of the beat: r from 0 to 1, and how far all of them lie behind it."""

    r: float
    late_beats: float


def on_beats(source: Source) -> tuple[Source, Timing]:
    """The song with its notes on beats, as far as they have any, and where the beats come from."""
    beats = np.array([n.beat for n in source.notes])
    if source.counted and (len(beats) < FEWEST or _written(beats)):
        return source, Timing.WRITTEN
    if len(beats) >= FEWEST:
        grid = agreement(beats)
        if source.counted and grid.r >= CLICK_R:
            return _moved(source, _snapped(beats - grid.late_beats)), Timing.CLICK
        found = _tracked(source, beats)
        if found is not None:
            return found, Timing.TRACKED
    return as_played(source), Timing.PLAYED


def as_played(source: Source, bpm: float = STEADY_BPM) -> Source:
    """The same times to the millisecond, on beats of a steady tempo that mean nothing."""
    starts = [source.tempo.seconds(n.beat) * bpm / 60 for n in source.notes]
    ends = [source.tempo.seconds(n.end_beat) * bpm / 60 for n in source.notes]
    each = zip(source.notes, starts, ends, strict=True)
    notes = [n._replace(beat=start, length_beats=end - start) for n, start, end in each]
    steady = replace(source, tempo=TempoMap.steady(bpm), metres=((0.0, (4, 4)),))
    return steady.with_notes(notes)


def agreement(beats: Floats) -> Grid:
    """How well onsets agree with the best of the grids."""
    found = []
    for places in GRIDS:
        turn = np.exp(2j * np.pi * beats * places).mean()
        late = float(np.angle(turn)) / (2 * np.pi * places)
        found.append(Grid(float(abs(turn)), late))
    return max(found, key=lambda grid: grid.r)


def _written(beats: Floats) -> bool:
    """Whether onsets lie on the grid of written music."""
    off = np.abs(beats * FINEST - np.round(beats * FINEST)) / FINEST
    return float((off <= EXACT_BEATS).mean()) >= WRITTEN_SHARE


def _tracked(source: Source, beats: Floats) -> Source | None:
    """The song at a steady tempo on the beats that its playing tells; None where it tells none."""
    onsets_s = np.array([source.tempo.seconds(float(beat)) for beat in beats])
    weights = np.array([n.velocity for n in source.notes], dtype=float)
    beat_s = tracked(onsets_s, weights)
    if beat_s is None:
        return None
    counts = np.arange(len(beat_s), dtype=float)
    found = np.interp(onsets_s, beat_s, counts)
    if agreement(found).r < TRACKED_R:
        return None
    bpm = float(round(60 / np.median(np.diff(beat_s))))
    ends_s = np.array([source.tempo.seconds(n.end_beat) for n in source.notes])
    lengths = (ends_s - onsets_s) * bpm / 60
    places = _snapped(found)
    even = replace(source, tempo=TempoMap.steady(bpm), metres=((0.0, (4, 4)),), counted=True)
    return _moved(even, places, lengths)


def _snapped(beats: Floats) -> Floats:
    """Each onset on the nearest place, of quarters or thirds as suits its own beat better."""
    quarters, thirds = (np.round(beats * places) / places for places in GRIDS)
    beat = np.floor(beats + 1 / 8).astype(int)
    beat -= beat.min()
    off_quarters = np.bincount(beat, np.abs(beats - quarters))
    off_thirds = np.bincount(beat, np.abs(beats - thirds))
    # Thirds must suit clearly better: a beat has as good as always a place of a quarter near.
    in_thirds = (off_thirds < 0.6 * off_quarters)[beat]
    return np.where(in_thirds, thirds, quarters)


def _moved(source: Source, beats: Floats, lengths: Floats | None = None) -> Source:
    """The notes at other beats, not before 0, their lengths on the same grid."""
    early = -min(0.0, float(np.floor(beats.min())))
    notes: list[SourceNote] = []
    own = [n.length_beats for n in source.notes] if lengths is None else lengths
    for note, beat, length in zip(source.notes, beats, own, strict=True):
        even = max(SHORTEST_BEATS, round(length * 4) / 4 or 0.25)
        notes.append(note._replace(beat=float(beat) + early, length_beats=even))
    return source.with_notes(notes)
