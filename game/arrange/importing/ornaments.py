"""Grace notes and rolled chords: how a note is decorated, which is no rhythm of its own."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from game.arrange.importing.written import on_grid
from game.music.midi_song import MidiSong

QUICKEST_S, GRACE_BEATS = 0.11, 0.1
"""A grace begins so shortly before its note, and on no written place, or within so little of a beat."""
OVERLAP_S = 0.05
"""It is let go by so much after its note has begun."""
LONGER = 2.0
"""Its note is held so many times as long at least, and what came before lies so many times as far away."""
MOST_GRACES, WIDEST_KEYS = 3, 12
"""So many lead to one note, each within so many semitones of it."""
ROLL_STEP_S, ROLL_S = 0.065, 0.3
"""The keys of a rolled chord go down one by one within so much, and all within so much."""
FEWEST_ROLLED, ROLL_HELD = 3, 2.0
"""So many keys make one, each held so many times as long as they all take to go down."""


class Grace(NamedTuple):
    """Which note of a song a grace leads to, by its place in the notes, and how many beats before it."""

    principal: int
    gap_beats: float


def graces(song: MidiSong) -> dict[int, Grace]:
    """The grace notes of a song by their places in its notes."""
    found: dict[int, Grace] = {}
    for own in _by_part(song).values():
        strokes = _strokes(song, own)
        at_s = [song.tempo.seconds(song.notes[stroke[0]].beat) for stroke in strokes]
        first = 0
        for i in range(1, len(strokes)):
            if _leads(song, strokes[i - 1], strokes[i], at_s[i] - at_s[i - 1]):
                continue
            found |= _led(song, strokes, at_s, (first, i - 1))
            first = i
        found |= _led(song, strokes, at_s, (first, len(strokes) - 1))
    return found


def _by_part(song: MidiSong) -> dict[int, list[int]]:
    own: dict[int, list[int]] = defaultdict(list)
    for i, note in enumerate(song.notes):
        own[note.part].append(i)
    return own


def _strokes(song: MidiSong, own: Sequence[int]) -> list[list[int]]:
    """The notes of a part that begin at one instant, instant by instant."""
    return [list(group) for _beat, group in groupby(own, key=lambda i: song.notes[i].beat)]


def _leads(song: MidiSong, stroke: Sequence[int], following: Sequence[int], gap_s: float) -> bool:
    """Whether a stroke is quick enough for a grace before the next one."""
    note, after = song.notes[stroke[0]], song.notes[following[0]]
    if gap_s > QUICKEST_S or len(stroke) > 1:
        return False
    if after.beat - note.beat > GRACE_BEATS and on_grid(note.beat):
        return False
    held_s = song.tempo.seconds(note.end_beat) - song.tempo.seconds(note.beat)
    return held_s <= gap_s + OVERLAP_S


def _led(
    song: MidiSong, strokes: Sequence[Sequence[int]], at_s: Sequence[float], run: tuple[int, int]
) -> dict[int, Grace]:
    """The graces of a run of quick strokes, from its first one to the one that they lead to."""
    first, last = run
    if not 1 <= last - first <= MOST_GRACES:
        return {}
    if first and at_s[first] - at_s[first - 1] < LONGER * (at_s[first + 1] - at_s[first]):
        return {}
    quick = [strokes[i][0] for i in range(first, last)]
    longest = LONGER * max(song.notes[i].length_beats for i in quick)
    for principal in strokes[last]:
        note = song.notes[principal]
        near = all(abs(song.notes[i].pitch - note.pitch) <= WIDEST_KEYS for i in quick)
        if near and note.length_beats >= longest:
            return {i: Grace(principal, note.beat - song.notes[i].beat) for i in quick}
    return {}


def without_rolls(song: MidiSong) -> MidiSong:
    """The song with the keys of each rolled chord going down at once, where it begins or where it arrives:
    on the one of the two that is a written place. Each is let go where it was."""
    notes = list(song.notes)
    rolled = False
    for own in _by_part(song).values():
        for roll in _rolls(song, own):
            first, last = notes[roll[0]].beat, notes[roll[-1]].beat
            beat = last if on_grid(last) and not on_grid(first) else first
            for i in roll:
                notes[i] = notes[i]._replace(beat=beat, length_beats=notes[i].end_beat - beat)
            rolled = True
    return song.with_notes(notes) if rolled else song


def _rolls(song: MidiSong, own: Sequence[int]) -> Iterator[list[int]]:
    """The rolled chords of a part: keys that go down one by one, upwards or downwards, and stay down."""
    run: list[int] = []
    for i in own:
        if run and not _rolls_on(song, run, i):
            yield from _held_together(song, run)
            run = []
        run.append(i)
    yield from _held_together(song, run)


def _rolls_on(song: MidiSong, run: Sequence[int], i: int) -> bool:
    """Whether a note is the next of a roll."""
    note, before = song.notes[i], song.notes[run[-1]]
    step_s, all_s = (
        song.tempo.seconds(note.beat) - song.tempo.seconds(song.notes[j].beat) for j in (run[-1], run[0])
    )
    way = note.pitch - before.pitch
    if len(run) > 1:
        way *= before.pitch - song.notes[run[-2]].pitch
    return 0 < step_s <= ROLL_STEP_S and all_s <= ROLL_S and (way > 0 if len(run) > 1 else way != 0)


def _held_together(song: MidiSong, run: list[int]) -> Iterator[list[int]]:
    if len(run) < FEWEST_ROLLED:
        return
    took = song.notes[run[-1]].beat - song.notes[run[0]].beat
    if all(song.notes[i].length_beats >= ROLL_HELD * took for i in run):
        yield run
