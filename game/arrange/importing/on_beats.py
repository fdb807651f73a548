"""Where a song's notes go in time: each part stays as it is written, or goes onto the beats it was played to.

A part written from a score lies on the beats that the file counts. One that was played has its notes beside
them: it is put on the nearest places of the beats where other parts show that the file's beats are the
music's, or where its notes agree with them by themselves. Of a song that was played freely the beats are
looked for, and where none are found its times are kept.
"""

from collections import defaultdict
from collections.abc import Container, Mapping

from game.arrange.importing.ornaments import Grace, graces, without_rolls
from game.arrange.importing.timing import Timing, as_played, even, put_at
from game.arrange.importing.written import are_written, evened
from game.music.midi_song import MidiSong

FEWEST = 8
"""Of fewer notes nothing is found out."""
ANCHORED = 0.15
"""Written parts show where the beats are where they have at least so many of the song's notes."""


def on_beats(song: MidiSong) -> tuple[MidiSong, Timing]:
    """The song with its notes on beats, as far as they have any, and where the beats come from."""
    song = without_rolls(song)
    places, led = [n.beat for n in song.notes], graces(song)
    if song.counted and len(places) - len(led) < FEWEST:
        return song, Timing.WRITTEN
    parts: dict[int, list[int]] = defaultdict(list)
    for i, note in enumerate(song.notes):
        if i not in led:
            parts[note.part].append(i)
    written = _written_parts(parts, places) if song.counted else set()
    if sum(len(parts[p]) for p in written) >= ANCHORED * len(places) and written:
        timing = Timing.WRITTEN if len(written) == len(parts) else Timing.CLICK
        return _put(song, parts, written, led), timing
    if len(places) >= FEWEST:
        # numpy loads slowly, and written music needs none
        from game.arrange.importing.quantising import quantised

        found = quantised(song, led)
        if found is not None:
            return found
    return as_played(song), Timing.PLAYED


def _put(
    song: MidiSong, parts: Mapping[int, list[int]], written: Container[int], led: Mapping[int, Grace]
) -> MidiSong:
    """The song with its written parts where they are meant, and the played ones on the nearest places."""
    beats = [n.beat for n in song.notes]
    for part, own in parts.items():
        some = [beats[i] for i in own]
        for i, beat in zip(own, evened(some) if part in written else _played(some), strict=True):
            beats[i] = beat
    for i, grace in led.items():
        beats[i] = max(0.0, beats[grace.principal] - grace.gap_beats)
    played = {i for part, own in parts.items() if part not in written for i in own}
    return song.with_notes(
        [
            put_at(note, beat, even(note.length_beats) if i in played else None)
            for i, (note, beat) in enumerate(zip(song.notes, beats, strict=True))
        ]
    )


def _played(beats: list[float]) -> list[float]:
    from game.arrange.importing.quantising import played_places  # numpy loads slowly

    return played_places(beats)


def _written_parts(parts: dict[int, list[int]], places: list[float]) -> set[int]:
    """The parts that are written; those of few notes with the rest, where all of that is."""
    told = {p: own for p, own in parts.items() if len(own) >= FEWEST}
    if not told:
        return set(parts) if are_written(places) else set()
    written = {p for p, own in told.items() if are_written([places[i] for i in own])}
    few = {p for p, own in parts.items() if len(own) < FEWEST and are_written([places[i] for i in own])}
    return written | few if written else written
