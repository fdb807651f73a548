"""Whether a song's notes lie on its beats, and where they go when they don't.

A file written from a score has its notes on the beats it counts. One that was played has them beside, if the
player heard a click, or anywhere at all, if not. The first is kept as it is; the second is put on the nearest
places of its own beats; of the third the beats are looked for, and where none are found its times are kept.
"""

from collections.abc import Sequence
from dataclasses import replace

from game.arrange.importing.beats import Timing
from game.arrange.importing.source import Source, SourceNote
from game.music.tempo import TempoMap

FINEST = 24
"""Written music lies on 24ths of a beat: eighths of it, and thirds."""
EXACT_BEATS, WRITTEN_SHARE = 0.008, 0.75
"""Notes lie on the written grid within so much; of notes anywhere two in five would."""
FEWEST = 8
"""Of fewer notes nothing is found out."""
STEADY_BPM = 120.0


def on_beats(source: Source) -> tuple[Source, Timing]:
    """The song with its notes on beats, as far as they have any, and where the beats come from."""
    if source.counted and (len(source.notes) < FEWEST or _written(source.notes)):
        return source, Timing.WRITTEN
    if len(source.notes) >= FEWEST:
        from game.arrange.importing.quantising import (
            quantised,  # numpy loads slowly, and written music needs none
        )

        found = quantised(source)
        if found is not None:
            return found
    return as_played(source), Timing.PLAYED


def as_played(source: Source, bpm: float = STEADY_BPM) -> Source:
    """The same times to the millisecond, on beats of a steady tempo that mean nothing."""
    starts = [source.tempo.seconds(n.beat) * bpm / 60 for n in source.notes]
    ends = [source.tempo.seconds(n.end_beat) * bpm / 60 for n in source.notes]
    each = zip(source.notes, starts, ends, strict=True)
    notes = [n._replace(beat=start, length_beats=end - start) for n, start, end in each]
    steady = replace(source, tempo=TempoMap.steady(bpm), metres=((0.0, (4, 4)),))
    return steady.with_notes(notes)


def _written(notes: Sequence[SourceNote]) -> bool:
    """Whether onsets lie on the grid of written music."""
    places = [n.beat * FINEST for n in notes]
    near = sum(abs(place - round(place)) <= EXACT_BEATS * FINEST for place in places)
    return near >= WRITTEN_SHARE * len(places)
