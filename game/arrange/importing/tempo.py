"""A song's time as a level may have it: a tempo that a level file knows, bars of one metre, no empty bars."""

from collections.abc import Iterator
from dataclasses import replace
from math import ceil

from game.arrange.importing.on_beats import on_beats
from game.arrange.importing.timing import Timing, as_played
from game.music.metre import bar_beats
from game.music.midi_song import MidiSong
from game.music.tempo import TempoMap

SLOWEST_BPM, FASTEST_BPM = 10.0, 400.0
MOST_CHANGES = 1000
"""A level file takes twice as many."""
ROUND_BPM = 2e-6
"""The share by which a tempo may be rounded: a millisecond in ten minutes."""
_COUNTED = (1, 2, 4, 8, 16)


def put_in_time(song: MidiSong, quantise: bool) -> tuple[MidiSong, Timing]:
    """The song with a tempo that a level may have. quantise: whether notes may be moved onto beats."""
    timing = Timing.WRITTEN if song.counted else Timing.PLAYED
    if quantise:
        song, timing = on_beats(song)
    known = _known_tempo(song)
    return (known, timing) if known else (as_played(song), Timing.PLAYED)


def in_bars(song: MidiSong) -> tuple[MidiSong, tuple[int, int]]:
    """The song from the bar of its first note, so that bars of its main metre begin at 0; and that metre."""
    song = song.from_bar_of(song.notes[0].beat)
    since, metre = song.main_metre
    bar = bar_beats(metre)
    return song.moved((bar - since % bar) % bar), level_metre(metre)


def level_metre(metre: tuple[int, int]) -> tuple[int, int]:
    """A metre that a level file knows, of bars as long where there is one."""
    count, value = metre
    while value not in _COUNTED and count % 2 == 0:
        count, value = count // 2, value // 2
    return (count, value) if value in _COUNTED and count <= 32 else (4, 4)


def _known_tempo(song: MidiSong) -> MidiSong | None:
    """The song with few enough changes between the slowest and the fastest tempo; None where there is no way.

    A tempo beyond them may be one of other note values: as many times faster or slower on as many more or
    fewer beats.
    """
    tempo = _fewer(_plain(song.tempo), max((n.end_beat for n in song.notes), default=1.0))
    slowest, fastest = tempo.slowest_bpm, max(bpm for _, bpm in tempo.changes)
    for times in (1.0, 2.0, 0.5, 4.0, 0.25, 8.0, 0.125):
        if slowest * times >= SLOWEST_BPM and fastest * times <= FASTEST_BPM:
            return _in_values(replace(song, tempo=tempo), times)
    return None


def _in_values(song: MidiSong, times: float) -> MidiSong:
    """The same music in note values so many times as long."""
    if times == 1:
        return song
    notes = [
        n._replace(
            beat=n.beat * times, length_beats=n.length_beats * times, pedal_beats=n.pedal_beats * times
        )
        for n in song.notes
    ]
    tempo = TempoMap(tuple((beat * times, bpm * times) for beat, bpm in song.tempo.changes))
    metres = tuple((beat * times, metre) for beat, metre in song.metres)
    return replace(song, tempo=tempo, metres=metres).with_notes(notes)


def _plain(tempo: TempoMap) -> TempoMap:
    """The tempo without changes that change nothing, and round where a file's microseconds made it odd."""
    kept: list[tuple[float, float]] = []
    for beat, exact in tempo.changes:
        near = round(exact, 2)
        bpm = near if abs(near - exact) <= ROUND_BPM * exact else exact
        if not kept or abs(kept[-1][1] - bpm) > 1e-9:
            kept.append((beat, bpm))
    return TempoMap(tuple(kept))


def _fewer(tempo: TempoMap, end_beat: float) -> TempoMap:
    """A tempo with too many changes, changed only on every so many beats, at which it is on time."""
    if len(tempo.changes) <= MOST_CHANGES:
        return tempo
    step = ceil(end_beat / MOST_CHANGES)
    return _plain(TempoMap(tuple(_resampled(tempo, step, end_beat))))


def _resampled(tempo: TempoMap, step: int, end_beat: float) -> Iterator[tuple[float, float]]:
    for beat in range(0, ceil(end_beat) + 1, step):
        seconds = tempo.seconds(beat + step) - tempo.seconds(beat)
        yield float(beat), round(60 * step / seconds, 3)
