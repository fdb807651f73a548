"""Textbook patterns in the music, in any key and at any tempo: scales, arpeggios, chromatic runs, triads.

A pattern is recognised by its pitches alone: a run of single notes from the tonic up or down to the tonic
over one octave or more, so that jittered or overlapping notes change nothing. Its fingers are those of the
table in `game.music.scales`; of its variants the first is taken.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from game.arrange.fingering.costs import ALL_FINGERS
from game.arrange.fingering.events import FingeringEvent, seen
from game.music.arpeggios import is_chord, octave_fingers, run_fingers
from game.music.note import Hand
from game.music.scales import (
    CHORDS,
    OCTAVE,
    STEPS,
    Row,
    Way,
    arpeggio,
    chromatic_finger,
    scale,
)

MOST_OCTAVES = 7
LEAST_CHROMATIC = 6
"""Semitones in a row from which on a run is a chromatic scale, not a turn of a melody."""


GROUP = 4
"""Notes of a broken chord's group: three tones and the octave of the first."""

FIVE_WITHIN = 8
"""Semitones that five neighbouring keys span at most: a fifth, raised."""
FIFTH, FEWEST = 7, 5
ON_DEGREE = {0: 1, 1: 2, 2: 2, 3: 3, 4: 3, 5: 4, 6: 4, 7: 5}
"""Fingers by semitones above the thumb, in a position over a fifth; and the notes that tell of one."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A stretch of events and the finger of each."""

    start: int
    fingers: tuple[int, ...]

    @property
    def end(self) -> int:
        return self.start + len(self.fingers)


def patterns(music: Sequence[FingeringEvent], hand: Hand) -> tuple[Pattern, ...]:
    """The patterns in one hand's events, in order; where two share a note, both want the same finger."""
    found: list[Pattern] = []
    for start, end in _lines(music):
        pitches = [seen(music[at].pitches[0], hand) for at in range(start, end)]
        groups = dict(_groups(pitches, hand))
        taken = {at + i for at in groups for i in range(GROUP)}
        runs = {
            at: fingers
            for first, last in _slopes(pitches)
            for at, fingers in _on_slope(pitches[first:last], first, hand)
            if not taken & {*range(at, at + len(fingers))}
        }
        found += [Pattern(start + at, fingers) for at, fingers in sorted((groups | runs).items())]
    return tuple(_agreeing(found))


def _groups(pitches: Sequence[int], hand: Hand) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Broken chords in groups of four, each over an octave of the same triad from another of its tones.

    Places of the groups' first notes with their fingers: the hand takes each group in one position.
    """
    at = 0
    while at + 2 * GROUP <= len(pitches):
        end = at
        while _is_group(pitches[end : end + GROUP], pitches[at : at + GROUP]) and not _goes_on(pitches, end):
            end += GROUP
        if end - at >= 2 * GROUP:
            yield from ((i, octave_fingers(pitches[i : i + GROUP], hand)) for i in range(at, end, GROUP))
        at = max(end, at + 1)


def _goes_on(pitches: Sequence[int], at: int) -> bool:
    """Whether a group of four goes on the way that the note before it went."""
    return at > 0 and (pitches[at + 1] - pitches[at]) * (pitches[at] - pitches[at - 1]) > 0


def _is_group(four: Sequence[int], first: Sequence[int]) -> bool:
    """Whether four notes go over an octave of the triad that another four have."""
    steps = [b - a for a, b in pairwise(four)]
    rising = [abs(step) for step in (steps if sum(steps) > 0 else steps[::-1])]
    if len(four) < GROUP or abs(sum(steps)) != OCTAVE or sum(rising) != OCTAVE:
        return False
    return is_chord(rising) and {p % OCTAVE for p in four} == {p % OCTAVE for p in first}


def _agreeing(found: Sequence[Pattern]) -> Iterator[Pattern]:
    """Patterns without those that want another finger on a shared note."""
    end, finger = 0, 0
    for pattern in found:
        if pattern.start < end and pattern.fingers[0] != finger:
            continue
        yield pattern
        end, finger = pattern.end, pattern.fingers[-1]


def _lines(music: Sequence[FingeringEvent]) -> Iterator[tuple[int, int]]:
    """Stretches of single notes."""
    start = None
    for at, event in enumerate(music):
        single = len(event.under) == 1
        if single and start is None:
            start = at
        elif not single and start is not None:
            yield start, at
            start = None
    if start is not None:
        yield start, len(music)


def _slopes(pitches: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Where a line goes one way: first and one past the last, the turning notes in both."""
    first = 0
    for at in range(1, len(pitches) + 1):
        if at == len(pitches):
            yield first, at
        elif at >= 2 and (pitches[at] - pitches[at - 1]) * (pitches[at - 1] - pitches[at - 2]) <= 0:
            yield first, at
            first = at - 1


def _on_slope(slope: Sequence[int], first: int, hand: Hand) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Patterns on a slope, with the place of their first note in the line."""
    at = 0
    while at < len(slope) - 3:
        fingers = _chromatic(slope[at:], hand) or _scale_or_arpeggio(slope[at:], hand)
        if fingers:
            yield first + at, fingers
            at += len(fingers) - 1
        else:
            at += 1


def in_position(phrase: Sequence[FingeringEvent]) -> dict[int, int]:
    """Pitches with their fingers, where a phrase lies in the five-finger position, in any key of the music.

    It does where it has five neighbouring keys of a scale and no others, or a fifth with some keys between.
    """
    keys = sorted({pitch for event in phrase for pitch in event.under})
    steps = [b - a for a, b in pairwise(keys)]
    if len(keys) == len(ALL_FINGERS) and max(steps) <= 3 and sum(steps) <= FIVE_WITHIN:
        return dict(zip(keys, sorted(ALL_FINGERS), strict=True))
    fingers = [ON_DEGREE.get(key - keys[0], 0) for key in keys]
    fits = len(phrase) >= FEWEST and sum(steps) == FIFTH and len(set(fingers)) == len(keys) > 2
    return dict(zip(keys, fingers, strict=True)) if fits else {}


def _chromatic(slope: Sequence[int], hand: Hand) -> tuple[int, ...]:
    count = 1
    while count < len(slope) and abs(slope[count] - slope[count - 1]) == 1:
        count += 1
    if count < LEAST_CHROMATIC:
        return ()
    return tuple(chromatic_finger(pitch, hand) for pitch in slope[:count])


def _scale_or_arpeggio(slope: Sequence[int], hand: Hand) -> tuple[int, ...]:
    """The longest scale or arpeggio that begins here and goes from tonic to tonic."""
    up = slope[1] > slope[0]
    steps = tuple(abs(b - a) for a, b in pairwise(slope))
    best: tuple[int, ...] = ()
    for size in (7, 3, 4):
        octaves = _octaves(slope, steps, size, up, hand)
        if octaves and octaves * size + 1 > len(best):
            best = _fingers(slope[0], steps[:size], octaves, up, hand)
    for size in (3, 4):
        count = _tones(steps, size, up)
        if count > len(best):
            best = run_fingers(slope[:count], size, hand)
    return best


def _tones(steps: Sequence[int], size: int, up: bool) -> int:
    """How many notes from the start on go over the tones of one chord, an octave at least; 0 for none."""
    once = steps[:size]
    if len(once) < size or not is_chord(once if up else once[::-1]):
        return 0
    count = size
    while count < len(steps) and steps[count] == steps[count - size]:
        count += 1
    return count + 1


def _octaves(slope: Sequence[int], steps: Sequence[int], size: int, up: bool, hand: Hand) -> int:
    """Over how many octaves the same steps repeat from the start on."""
    if (
        len(steps) < size
        or sum(steps[:size]) != OCTAVE
        or not _row(slope[0] % OCTAVE, steps[:size], up, hand)
    ):
        return 0
    octaves = 1
    while steps[octaves * size : (octaves + 1) * size] == steps[:size] and octaves < MOST_OCTAVES:
        octaves += 1
    return octaves


def _fingers(start: int, steps: tuple[int, ...], octaves: int, up: bool, hand: Hand) -> tuple[int, ...]:
    row = _row(start % OCTAVE, steps, up, hand, octaves)
    return tuple(finger for _, finger in row)


@cache
def _row(tonic: int, steps: tuple[int, ...], up: bool, hand: Hand, octaves: int = 1) -> Row:
    """The textbook's row with these steps from a tonic, or nothing where it has none."""
    way = Way.UP if up else Way.DOWN
    rising = steps if up else steps[::-1]
    degrees = tuple(sum(rising[:i]) for i in range(len(steps)))
    if len(steps) == 7:
        for mode, row in STEPS.items():
            if row == degrees:
                return scale(tonic, mode, hand, octaves, way)
        return ()
    for chord, tones in CHORDS.items():
        if tones == degrees:
            return arpeggio(tonic, chord, hand, octaves, way)
    return ()
