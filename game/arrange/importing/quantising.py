"""Notes that were played, put on beats: the file's where the player heard them, else those of the playing."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from game.arrange.importing.beat_tracking import tracked
from game.arrange.importing.beats import SHORTEST_BEATS, Timing
from game.arrange.importing.source import Source, SourceNote
from game.music.tempo import TempoMap

Floats = NDArray[np.float64]

GRIDS = (4, 3)
"""Places in a beat onto which played notes go: quarters of it, or thirds."""
CLICK_R, TRACKED_R = 0.5, 0.55
"""How well played notes must agree with a grid, from 0 (anywhere) to 1 (exactly): the mean resultant length
of their places on it."""


@dataclass(frozen=True, slots=True)
class Grid:
    """How notes agree with a division of the beat: r from 0 to 1, and how far all of them lie behind it."""

    r: float
    late_beats: float


def quantised(source: Source) -> tuple[Source, Timing] | None:
    """The song with its notes on beats, and where these come from; None where there are none."""
    beats = np.array([n.beat for n in source.notes])
    grid = agreement(beats)
    if source.counted and grid.r >= CLICK_R:
        return _moved(source, _snapped(beats - grid.late_beats)), Timing.CLICK
    found = _tracked(source, beats)
    return (found, Timing.TRACKED) if found is not None else None


def agreement(beats: Floats) -> Grid:
    """How well onsets agree with the best of the grids."""
    found = []
    for places in GRIDS:
        turn = np.exp(2j * np.pi * beats * places).mean()
        late = float(np.angle(turn)) / (2 * np.pi * places)
        found.append(Grid(float(abs(turn)), late))
    return max(found, key=lambda grid: grid.r)


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
