"""The melody handed over: where the part that sings is silent for long, another one that plays goes on.

A stretch with nothing to play is a wait. What the tune leaves silent goes to the part that has music there,
the most tuneful first, so that the person plays on; what nobody plays stays a wait.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from game.music.midi_song import MidiSong
from game.music.tempo import TempoMap

LONGEST_WAIT_S = 12.0
"""Longest wait in seconds while there is music to play. A proposal for a clinician to sign off."""
HANDED_S = 8.0
"""Silence of so long is handed over, so that what is thinned later leaves no longer waits."""
BREATH_S = 1.5
"""From the last note of one part to the first of another, so that the hand finds its place."""
FEWEST = 3


class Wait(NamedTuple):
    """A stretch with nothing to play, in seconds of the song."""

    from_s: float
    to_s: float

    @property
    def length_s(self) -> float:
        return self.to_s - self.from_s


def waits(beats: Iterable[float], tempo: TempoMap, end_beat: float, longest_s: float) -> list[Wait]:
    """Stretches longer than `longest_s` with nothing to be played, from the begin of a song to its end.

    beats: where notes to play begin, in any order.
    """
    at_s = [0.0, *sorted(tempo.seconds(beat) for beat in beats), tempo.seconds(end_beat)]
    return [Wait(a, b) for a, b in pairwise(at_s) if b - a > longest_s]


def handed_over(song: MidiSong, playing: Sequence[int], others: Sequence[int]) -> set[int]:
    """The notes, by their places, that other parts have where the hands are silent.

    playing: places of the notes that the hands have. others: parts, the most tuneful first.
    """
    if not others or not playing:
        return set()
    seconds = song.tempo.seconds
    end_beat = max(n.end_beat for n in song.notes)
    own: dict[int, list[int]] = {part: [] for part in others}
    for i, note in enumerate(song.notes):
        if note.part in own:
            own[note.part].append(i)
    at_s = {part: [seconds(song.notes[i].beat) for i in places] for part, places in own.items()}
    handed: set[int] = set()
    for part in others:
        beats = [song.notes[i].beat for i in (*playing, *handed)]
        for wait in waits(beats, song.tempo, end_beat, HANDED_S):
            first = bisect_left(at_s[part], wait.from_s + BREATH_S * (wait.from_s > 0))
            last = bisect_left(at_s[part], wait.to_s - BREATH_S)
            if last - first >= FEWEST:
                handed.update(own[part][first:last])
    return handed
