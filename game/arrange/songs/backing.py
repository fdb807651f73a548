"""The accompaniment of a song: bass and chords according to its metre, and the rest of the tune."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from game.music.chords import BASS_LOWEST, REST, chord_classes
from game.music.level import BeatNote, in_order
from game.music.note import Hand
from game.music.song import AccompanimentStyle, ChordSpan, Song

CHORD_VELOCITY, BASS_VELOCITY, TUNE_VELOCITY = 58, 70, 108
"""The tune sings over its chords, and the player over both."""

CHORD_LOWEST = 48
"""Chords lie in the octave from C3, under every tune and over the bass."""

SLOW_BPM = 100.0
"""Up to this tempo a broken chord has two tones a quarter note, above it one."""

_UP_AND_DOWN = (0, 1, 2, 1)
_NEAR = 1e-6


def backing(
    song: Song, asked: Iterable[BeatNote], chords: Sequence[BeatNote] | None = None
) -> tuple[BeatNote, ...]:
    """All that sounds beside the notes that are asked.

    The tune's own notes carry the right hand, whose part they are. A key that the player holds is left alone.
    chords: what `chord_notes` gives, where it is known already.
    """
    keys: dict[int, list[BeatNote]] = {}
    for n in asked:
        keys.setdefault(n.pitch, []).append(n)
    known = {(n.beat, n.pitch) for notes in keys.values() for n in notes}
    rest = [
        replace(n, hand=Hand.RIGHT, velocity=TUNE_VELOCITY)
        for n in song.tune
        if (n.beat, n.pitch) not in known
    ]
    chords = chord_notes(song) if chords is None else chords
    free = [n for n in chords if not any(_at_once(n, other) for other in keys.get(n.pitch, ()))]
    return in_order([*rest, *free])


def chord_notes(song: Song) -> list[BeatNote]:
    """Bass and chords of a song."""
    return [n for span in song.chords for n in _figure(song, span)]


def _at_once(note: BeatNote, other: BeatNote) -> bool:
    """Whether two notes sound at one time."""
    ends, other_ends = note.beat + note.length_beats, other.beat + other.length_beats
    return note.beat < other_ends - _NEAR and other.beat < ends - _NEAR


@dataclass(frozen=True, slots=True)
class _Voices:
    """A chord as it is laid out: its bass, the fifth over it, and its tones from the lowest."""

    bass: int
    fifth: int
    tones: tuple[int, ...]

    @classmethod
    def of(cls, name: str) -> "_Voices":
        classes = chord_classes(name)
        tones = tuple(sorted(CHORD_LOWEST + tone % 12 for tone in classes))
        bass = BASS_LOWEST + classes[0]
        fifth = BASS_LOWEST + classes[2]
        return cls(bass, fifth, tones)


def _figure(song: Song, span: ChordSpan) -> Iterator[BeatNote]:
    if span.name == REST:
        return
    voices = _Voices.of(span.name)
    if song.figure is AccompanimentStyle.PULSE:
        yield from _pulse(song, span, voices)
        return
    yield BeatNote(span.beat, voices.bass, span.length_beats, velocity=BASS_VELOCITY)
    if song.figure is AccompanimentStyle.HELD:
        for pitch in voices.tones:
            yield BeatNote(span.beat, pitch, span.length_beats, velocity=CHORD_VELOCITY)
        return
    each = 0.5 if song.bpm <= SLOW_BPM or song.metre[1] == 8 else 1.0
    for i in range(round(span.length_beats / each)):
        pitch = voices.tones[_UP_AND_DOWN[i % 4] % len(voices.tones)]
        yield BeatNote(span.beat + i * each, pitch, each, velocity=CHORD_VELOCITY)


def _pulse(song: Song, span: ChordSpan, voices: _Voices) -> Iterator[BeatNote]:
    """Bass, chord, bass, chord; in three, bass and two chords; in eighths, bass and a chord behind it."""
    bar = span.beat - span.beat % song.bar_beats
    for at, is_bass, length in _pulses(song.metre):
        beat = bar + at
        if not span.beat - _NEAR <= beat < span.beat + span.length_beats - _NEAR:
            continue
        if is_bass:
            pitch = voices.bass if abs(beat - span.beat) < _NEAR else voices.fifth
            yield BeatNote(beat, pitch, length, velocity=BASS_VELOCITY)
        else:
            for pitch in voices.tones:
                yield BeatNote(beat, pitch, length, velocity=CHORD_VELOCITY)


def _pulses(metre: tuple[int, int]) -> list[tuple[float, bool, float]]:
    """Places in a bar, whether the bass or the chord is there, and its length."""
    counts, value = metre
    if value == 8 and counts % 3 == 0:
        bars = [1.5 * i for i in range(counts // 3)]
        return [p for at in bars for p in ((at, True, 1.0), (at + 1.0, False, 0.5))]
    each = 4.0 / value
    every = 2 if counts % 2 == 0 else counts
    return [(i * each, i % every == 0, each) for i in range(counts)]
