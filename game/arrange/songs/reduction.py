"""Which notes of a song are asked of one finger, of three, of five: the hand lies still, the tune goes on.

What is not asked is left to the program at its own pitch: a note moved by an octave would sound like another
tune. Every note that is asked is a note of the tune, when and where the tune has it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, pairwise

from game.arrange.reduction.limits import LIMITS, Limits, Reduction
from game.arrange.reduction.thinning import spaced
from game.music.keyboard import is_black
from game.music.level import BeatNote
from game.music.note import LITTLE_FINGER, THUMB, Hand
from game.music.patterns import FINGERS
from game.music.scales import OCTAVE
from game.music.song import Song

Place = dict[int, int]
"""The keys that a hand plays without moving, from the lowest, and the finger over each."""

WIDEST = 9
"""Semitones from the lowest key of a place to its highest: a sixth."""

_PENTATONIC = 5
"""So many tones make a scale without half steps, on which neighbouring fingers take its own tones."""

_BLACK_COST, _BLACK_OUTER_COST = 0.4, 1.2
"""What a black key takes from the worth of a place, in notes: it is narrower, and far for a short finger."""

_USED, _LINE = 40.0, 4.0
"""What a place gains by each finger that plays, and by each line with a note."""

_WAIT = 1.0
"""What a second of the longest wait costs."""

_APART, _WEAK = 1.0, {4: 1.4, 5: 1.5}
"""What a finger costs that is left out between others, and what the weaker ones cost that are not."""

_NEAR = 1e-6


@dataclass(frozen=True, slots=True)
class _Sung:
    """A note of the tune, how strong its place in the bar is, and its line."""

    note: BeatNote
    strength: int
    line: int


def asked_of(song: Song, reduction: Reduction) -> tuple[BeatNote, ...]:
    """The notes that a reduction asks of the right hand, where most of the tune lies under it.

    The song is ended by the hand wherever its scale has its last note, all keys of the place are played where
    the tune has them, and every line has a note where there is one in the place.
    """
    limits = LIMITS[reduction]
    sung = [_Sung(n, song.strength(n.beat), song.line(n.beat)) for n in song.tune]
    ranked = sorted(sung, key=lambda s: (s.note is not song.tune[-1], -s.strength, s.note.beat))
    ranked = [s for s in ranked if s.strength >= limits.strength or s.note is song.tune[-1]]
    gap_beats = limits.gap_s * song.bpm / 60.0 - _NEAR
    places = list(_places(song, limits))
    ending = [place for place in places if song.tune[-1].pitch in place]
    rows = [(_row(ranked, place, gap_beats), place) for place in ending or places]
    row, place = max(rows, key=lambda found: _worth(song, *found))
    notes = [s.note for s in row]
    return tuple(
        replace(n, length_beats=length, hand=Hand.RIGHT, finger=place[n.pitch])
        for n, length in _let_go(notes)
    )


def _places(song: Song, limits: Limits) -> Iterator[Place]:
    """Every place of the hand that the tune touches, lowest first, and every choice of keys there."""
    low, high = min(n.pitch for n in song.tune), max(n.pitch for n in song.tune)
    scale = _scale(song)
    for i in range(len(scale) - len(FINGERS) + 1):
        place = scale[i : i + len(FINGERS)]
        if place[-1] >= low and place[0] <= high and place[-1] - place[0] <= WIDEST:
            for chosen in combinations(FINGERS, limits.keys):
                yield {place[f - THUMB]: limits.finger or f for f in chosen}


def _scale(song: Song) -> tuple[int, ...]:
    """Where neighbouring fingers lie: on the key's tones, or the tune's own where those are five."""
    own = {n.pitch % OCTAVE for n in song.tune}
    pentatonic = len(own) == _PENTATONIC and not any((tone + 1) % OCTAVE in own for tone in own)
    return tuple(p for p in song.scale_pitches if p % OCTAVE in own or not pentatonic)


def _row(ranked: Sequence[_Sung], place: Place, gap_beats: float) -> list[_Sung]:
    """The notes in a place, what matters most first, as far as the hand has time for them.

    ranked: the song's last note, then the strong ones first. The strongest of each finger and in each line go
    before the others.
    """
    own = [s for s in ranked if s.note.pitch in place]
    fingers = {place[s.note.pitch]: s for s in reversed(own)}
    lines = {s.line: s for s in reversed(own)}
    first = {id(s) for s in (*own[:1], *fingers.values(), *lines.values())}
    own.sort(key=lambda s: id(s) not in first)
    chosen = [own[i] for i in spaced([s.note.beat for s in own], gap_beats)]
    return sorted(chosen, key=lambda s: s.note.beat)


def _worth(song: Song, row: Sequence[_Sung], place: Place) -> float:
    """How much of a tune a row keeps: its fingers, lines and notes, less waits and weak fingers."""
    lines = {s.line for s in row}
    kept = sum(1.0 + 0.1 * s.strength - _black(s.note.pitch, place) for s in row)
    fingers = set(place.values())
    apart = max(fingers) - min(fingers) - len(fingers) + 1
    weak = sum(_WEAK.get(finger, 0.0) for finger in fingers)
    used = len({place[s.note.pitch] for s in row})
    lies = _APART * apart + weak + _WAIT * _longest_wait_s(song, row)
    return _USED * used + _LINE * len(lines) + kept - lies


def _longest_wait_s(song: Song, row: Sequence[_Sung]) -> float:
    """The longest time without a note to play, from the song's first note to its last."""
    beats = [song.tune[0].beat, *(s.note.beat for s in row), song.tune[-1].beat]
    return max(b - a for a, b in pairwise(beats)) * 60.0 / song.bpm


def _black(pitch: int, place: Place) -> float:
    """What a note costs for lying on a black key, in this hand or the other one."""
    if not is_black(pitch):
        return 0.0
    other = min(place.values()) + max(place.values()) - place[pitch]
    outer = {place[pitch], other} & {THUMB, LITTLE_FINGER}
    return _BLACK_OUTER_COST if outer else _BLACK_COST


def _let_go(row: Sequence[BeatNote]) -> Iterator[tuple[BeatNote, float]]:
    """Each note with its length, ended in time for the next one."""
    for n, following in zip(row, [*row[1:], None], strict=True):
        yield n, min(n.length_beats, following.beat - n.beat) if following else n.length_beats
