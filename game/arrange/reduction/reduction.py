"""What is asked of a hand: the outer voice first, then as much as its fingers, reach and time allow.

Nothing moves: what is not asked stays where it was, for the program to play, and it is said why.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from game.arrange.difficulty.strokes import TOGETHER_BEATS
from game.arrange.reduction.texture import Texture
from game.arrange.reduction.thinning import spaced
from game.music.keyboard import is_black, white_index
from game.music.level import BeatNote
from game.music.note import Hand
from game.music.tempo import TempoMap

BLACK_COST = 0.4
"""What a black key takes from the worth of a place, in notes."""
PADS = 2
_NEAR = 1e-6


class UnaskedReason(StrEnum):
    """Why a note of a hand goes to the accompaniment."""

    RANGE = "out_of_range"
    KEYS = "too_many_at_once"
    WIDE = "too_wide"
    PLACE = "away_from_the_place"
    WEAK = "between_the_beats"
    QUICK = "too_quick"
    FINGER = "no_finger"
    HAND = "other_hand"
    PART = "other_part"


@dataclass(slots=True)
class Reduced:
    """What is asked of a hand, in order, and why the rest is not."""

    asked: list[BeatNote] = field(default_factory=list)
    why: dict[UnaskedReason, int] = field(default_factory=dict)

    def leave(self, why: UnaskedReason, count: int = 1) -> None:
        """Count notes that are not asked."""
        if count:
            self.why[why] = self.why.get(why, 0) + count


@dataclass(frozen=True, slots=True)
class BeatGrid:
    """The time of a piece: its tempo, and how strong each beat is (3 first of a bar, 0 between counts)."""

    tempo: TempoMap
    strength: Callable[[float], int]


Stroke = list[BeatNote]
"""What a hand begins at once, the outer voice first."""


def reduced(notes: Sequence[BeatNote], hand: Hand, texture: Texture, bars: BeatGrid) -> Reduced:
    """What a texture asks of a hand's notes. They keep pitch and beat (a chord that is spread a little begins
    with its first note); a length ends where the hand must let go. Fingers are given where the hand lies
    still."""
    result = Reduced()
    every = strokes(notes, hand)
    if texture.still:
        every = _in_place(every, hand, texture, result)
    timely = _in_time(every, texture, bars, result)
    slim = [_slim(stroke, texture, result) for stroke in timely]
    result.asked = held([n for stroke in slim for n in stroke], texture.keys, texture.widest)
    return result


def strokes(notes: Sequence[BeatNote], hand: Hand) -> list[Stroke]:
    """A hand's notes as strokes; of two on a key the longer one."""
    groups: list[list[BeatNote]] = []
    for note in sorted(notes, key=lambda n: (n.beat, n.pitch)):
        if groups and note.beat - groups[-1][0].beat <= TOGETHER_BEATS:
            groups[-1].append(replace(note, beat=groups[-1][0].beat))
        else:
            groups.append([note])
    return [_outer_first(group, hand) for group in groups]


def _outer_first(group: list[BeatNote], hand: Hand) -> Stroke:
    keys: dict[int, BeatNote] = {}
    for note in sorted(group, key=lambda n: n.length_beats):
        keys[note.pitch] = note
    return [keys[p] for p in sorted(keys, reverse=hand is Hand.RIGHT)]


def _in_place(every: list[Stroke], hand: Hand, texture: Texture, result: Reduced) -> list[Stroke]:
    """What lies under the hand in the place where most of its outer voice does, with fingers."""
    offsets = texture.offsets(hand)
    places = list(_places([n for stroke in every for n in stroke], offsets))
    outer: dict[int, int] = {}
    for stroke in every:
        outer[stroke[0].pitch] = outer.get(stroke[0].pitch, 0) + 1
    best = max(places, key=lambda place: _worth(place, outer), default={})
    kept = [[replace(n, finger=best[n.pitch]) for n in stroke if n.pitch in best] for stroke in every]
    result.leave(UnaskedReason.PLACE, sum(map(len, every)) - sum(map(len, kept)))
    return [stroke for stroke in kept if stroke]


def _worth(place: dict[int, int], outer: dict[int, int]) -> float:
    """How much of the outer voice a place has, white keys and all its keys in use being better."""
    notes = sum(outer.get(p, 0) * (1 - BLACK_COST * is_black(p)) for p in place)
    return notes + 0.2 * sum(p in outer for p in place)


def _places(notes: Sequence[BeatNote], offsets: dict[int, int]) -> Iterable[dict[int, int]]:
    """Where a hand may lie on the keys of the scale: its keys, each with its finger."""
    scale = scale_of(notes)
    pitches = [p for p in range(21, 109) if p % 12 in scale]
    low, high = min(n.pitch for n in notes), max(n.pitch for n in notes)
    for i in range(len(pitches) - max(offsets)):
        place = {pitches[i + at]: finger for at, finger in offsets.items()}
        if max(place) >= low and min(place) <= high:
            yield place


def scale_of(notes: Iterable[BeatNote]) -> frozenset[int]:
    """The seven tones, as semitones above C, of the major scale that holds most of the notes' time."""
    time = [0.0] * 12
    for note in notes:
        time[note.pitch % 12] += note.length_beats
    major = (0, 2, 4, 5, 7, 9, 11)
    scales = [
        frozenset((tonic + step) % 12 for step in major) for tonic in (0, 7, 5, 2, 10, 9, 3, 4, 8, 11, 1, 6)
    ]
    return max(scales, key=lambda scale: sum(time[tone] for tone in scale))


def _in_time(every: list[Stroke], texture: Texture, bars: BeatGrid, result: Reduced) -> list[Stroke]:
    """The strokes that a hand has time for, the strong ones first."""
    strong = [(bars.strength(stroke[0].beat), stroke) for stroke in every]
    enough = [one for one in strong if one[0] >= texture.strength]
    result.leave(UnaskedReason.WEAK, sum(len(s) for _, s in strong) - sum(len(s) for _, s in enough))
    enough.sort(key=lambda one: (-one[0], one[1][0].beat))
    at_s = [bars.tempo.seconds(stroke[0].beat) for _, stroke in enough]
    chosen = [enough[i][1] for i in spaced(at_s, texture.gap_s - _NEAR)]
    result.leave(UnaskedReason.QUICK, sum(len(s) for _, s in enough) - sum(map(len, chosen)))
    return sorted(chosen, key=lambda stroke: stroke[0].beat)


def _slim(stroke: Stroke, texture: Texture, result: Reduced) -> Stroke:
    """As much of a stroke as a hand takes: its outer voice, the other edge in reach, then what is between."""
    near = [n for n in stroke if _whites(n.pitch, stroke[0].pitch) <= texture.widest]
    result.leave(UnaskedReason.WIDE, len(stroke) - len(near))
    if len(near) <= texture.keys:
        return near
    result.leave(UnaskedReason.KEYS, len(near) - texture.keys)
    if texture.keys == 1:
        return near[:1]
    return [near[0], *near[1 : texture.keys - 1], near[-1]]


def held(asked: list[BeatNote], keys: int, widest: int) -> list[BeatNote]:
    """One hand's notes, in order of beats, let go in time for what the hand plays next: at most so many keys
    down, and no wider than so many white keys."""
    ends = [n.beat + n.length_beats for n in asked]
    let_go: dict[int, BeatNote] = {}
    down: list[int] = []
    start = 0
    while start < len(asked):
        beat = asked[start].beat
        stop = start
        while stop < len(asked) and asked[stop].beat - beat < _NEAR:
            stop += 1
        new = list(range(start, stop))
        down = [i for i in down if ends[i] > beat + _NEAR]
        for i in _to_let_go(asked, down, new, (keys, widest)):
            let_go[i] = replace(asked[i], length_beats=beat - asked[i].beat)
            down.remove(i)
        down += new
        start = stop
    return [let_go.get(i, note) for i, note in enumerate(asked)]


def _to_let_go(asked: list[BeatNote], down: list[int], new: list[int], limits: tuple[int, int]) -> list[int]:
    """Which keys that are down a hand lets go for new ones, the longest held first."""
    keys, widest = limits
    fresh = [asked[i].pitch for i in new]
    low, high = min(fresh), max(fresh)
    gone = []
    staying = list(down)
    for i in down:
        pitch = asked[i].pitch
        too_many = len(staying) + len(new) > keys
        if too_many or pitch in fresh or _whites(min(low, pitch), max(high, pitch)) > widest:
            gone.append(i)
            staying.remove(i)
    edges = [*fresh, *(asked[i].pitch for i in staying)]
    if _whites(min(edges), max(edges)) > widest:
        gone += staying
    return gone


def _whites(a: int, b: int) -> int:
    """White keys from one key to another, both included."""
    return abs(white_index(a) - white_index(b)) + 1


def on_pads(notes: Sequence[BeatNote], gap_s: float, bars: BeatGrid) -> Reduced:
    """What is asked on pads, which have no hands: two at once at most."""
    result = Reduced()
    timely = _in_time(strokes(notes, Hand.LEFT), Texture(gap_s=gap_s), bars, result)
    result.leave(UnaskedReason.KEYS, sum(max(0, len(stroke) - PADS) for stroke in timely))
    result.asked = [n for stroke in timely for n in stroke[:PADS]]
    return result
