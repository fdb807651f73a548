"""Notes that were played, put on beats: the file's where the player heard them, else those of the playing."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from game.arrange.importing.beat_tracking import tracked
from game.arrange.importing.ornaments import Grace
from game.arrange.importing.timing import Timing, even, put_at
from game.music.midi_song import MidiSong
from game.music.tempo import TempoMap

Floats = NDArray[np.float64]

GRIDS = (4, 3)
"""Places in a beat onto which played notes go: quarters of it, or thirds."""
FINER, STROKE_BEATS = (6, 8, 5, 7, 12), 0.03
"""Finer ones, for beats in which more strokes begin, at least so far apart."""
CLICK_R, TRACKED_R = 0.5, 0.55
"""How well played notes must agree with a grid, from 0 (anywhere) to 1 (exactly): the mean resultant length
of their places on it."""


@dataclass(frozen=True, slots=True)
class Grid:
    """How notes agree with a division of the beat: r from 0 to 1, and how far all of them lie behind it."""

    r: float
    late_beats: float


def quantised(song: MidiSong, led: Mapping[int, Grace]) -> tuple[MidiSong, Timing] | None:
    """The song with its notes on beats, and where these come from; None where there are none.

    led: its grace notes, which go where their notes go.
    """
    beats = np.array([n.beat for n in song.notes])
    plain = _plain(len(beats), led)
    grid = agreement(beats[plain])
    if song.counted and grid.r >= CLICK_R:
        return _moved(song, _places(beats - grid.late_beats, led), led), Timing.CLICK
    found = _tracked(song, beats, led)
    return (found, Timing.TRACKED) if found is not None else None


def played_places(beats: Sequence[float]) -> list[float]:
    """Where the onsets of a played part go, without what it lies behind the file's beats as a whole."""
    grid = agreement(np.array(beats))
    late = grid.late_beats if grid.r >= CLICK_R else 0.0
    return [max(0.0, float(place)) for place in _snapped(np.array(beats) - late)]


def _plain(count: int, led: Mapping[int, Grace]) -> NDArray[np.bool_]:
    """Which notes are no graces."""
    plain = np.ones(count, dtype=bool)
    plain[list(led)] = False
    return plain


def _places(beats: Floats, led: Mapping[int, Grace], per_beat: float = 1.0) -> Floats:
    """Each onset where it goes. per_beat: of these beats to one of those that graces count."""
    plain = _plain(len(beats), led)
    places = beats.copy()
    places[plain] = _snapped(beats[plain])
    places -= min(0.0, float(np.floor(places[plain].min())))
    for i, grace in led.items():
        places[i] = max(0.0, places[grace.principal] - grace.gap_beats * per_beat)
    return places


def agreement(beats: Floats) -> Grid:
    """How well onsets agree with the best of the grids."""
    found = []
    for places in GRIDS:
        turn = np.exp(2j * np.pi * beats * places).mean()
        late = float(np.angle(turn)) / (2 * np.pi * places)
        found.append(Grid(float(abs(turn)), late))
    return max(found, key=lambda grid: grid.r)


def _tracked(song: MidiSong, beats: Floats, led: Mapping[int, Grace]) -> MidiSong | None:
    """The song at a steady tempo on the beats that its playing tells; None where it tells none."""
    onsets_s = np.array([song.tempo.seconds(float(beat)) for beat in beats])
    weights = np.array([n.velocity for n in song.notes], dtype=float)
    plain = _plain(len(beats), led)
    beat_s = tracked(onsets_s[plain], weights[plain])
    if beat_s is None:
        return None
    found = np.interp(onsets_s, beat_s, np.arange(len(beat_s), dtype=float))
    if agreement(found[plain]).r < TRACKED_R:
        return None
    bpm = float(round(60 / np.median(np.diff(beat_s))))
    even = replace(_in_steady_beats(song, bpm), metres=((0.0, (4, 4)),), counted=True)
    per_beat = bpm / song.tempo.bpm(float(beats[0]))
    return _moved(even, _places(found, led, per_beat), led)


def _in_steady_beats(song: MidiSong, bpm: float) -> MidiSong:
    """Its lengths in beats of another, steady tempo; onsets as they were."""
    notes = []
    for n in song.notes:
        start, end, silent = (
            song.tempo.seconds(beat) * bpm / 60 for beat in (n.beat, n.end_beat, n.end_beat + n.pedal_beats)
        )
        notes.append(n._replace(length_beats=end - start, pedal_beats=silent - end))
    return replace(song, notes=tuple(notes), tempo=TempoMap.steady(bpm))


def _snapped(beats: Floats) -> Floats:
    """Each onset on the nearest place, of quarters or thirds as suits its own beat better."""
    quarters, thirds = (np.round(beats * places) / places for places in GRIDS)
    beat = np.floor(beats + 1 / 8).astype(int)
    beat -= beat.min()
    off_quarters = np.bincount(beat, np.abs(beats - quarters))
    off_thirds = np.bincount(beat, np.abs(beats - thirds))
    # Thirds must suit clearly better: a beat has as good as always a place of a quarter near.
    in_thirds = (off_thirds < 0.6 * off_quarters)[beat]
    return _crowded(beats, np.where(in_thirds, thirds, quarters), beat)


def _crowded(beats: Floats, places: Floats, beat: NDArray[np.int64]) -> Floats:
    """The places, finer ones in beats with more strokes than quarters."""
    for full in np.flatnonzero(np.bincount(beat) > max(GRIDS)):
        here = np.flatnonzero(beat == full)
        own = np.sort(beats[here])
        strokes = own[np.append(True, np.diff(own) > STROKE_BEATS)]
        if len(strokes) <= max(GRIDS):
            continue
        fine = [n for n in FINER if len(np.unique(np.round(strokes * n))) == len(strokes)] or FINER[-1:]
        best = min(fine, key=lambda n: float(np.abs(strokes - np.round(strokes * n) / n).mean() * n))
        places[here] = np.round(beats[here] * best) / best
    return places


def _moved(song: MidiSong, beats: Floats, led: Container[int]) -> MidiSong:
    """The notes at other beats, their lengths on the same grid, but those of graces."""
    each = enumerate(zip(song.notes, beats, strict=True))
    return song.with_notes(
        [put_at(n, float(beat), None if i in led else even(n.length_beats)) for i, (n, beat) in each]
    )
