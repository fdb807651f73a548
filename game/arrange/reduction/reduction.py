"""What a hand takes at once: the strokes of its music, made slim, and let go in time for the next ones."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from game.arrange.difficulty.strokes import TOGETHER_BEATS
from game.arrange.reduction.places import Stroke
from game.arrange.reduction.texture import Texture
from game.music.keyboard import white_index
from game.music.level import BeatNote
from game.music.note import Hand
from game.music.tempo import TempoMap

_NEAR = 1e-6


class UnaskedReason(StrEnum):
    """Why a note of a hand goes to the accompaniment."""

    RANGE = "out_of_range"
    KEYS = "too_many_at_once"
    WIDE = "too_wide"
    PLACE = "away_from_the_place"
    WEAK = "between_the_beats"
    QUICK = "too_quick"
    MOVE = "while_the_hand_moves"
    FINGER = "no_finger"
    ORNAMENT = "ornaments"
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


def strokes(notes: Sequence[BeatNote], hand: Hand) -> list[Stroke]:
    """A hand's notes as strokes; of two on a key the longer one."""
    groups: list[list[BeatNote]] = []
    for note in sorted(notes, key=lambda n: (n.beat, n.pitch)):
        if groups and note.beat - groups[-1][0].beat <= TOGETHER_BEATS:
            beat = groups[-1][0].beat
            groups[-1].append(note if note.beat == beat else replace(note, beat=beat))
        else:
            groups.append([note])
    return [_outer_first(group, hand) for group in groups]


def _outer_first(group: list[BeatNote], hand: Hand) -> Stroke:
    keys: dict[int, BeatNote] = {}
    for note in sorted(group, key=lambda n: n.length_beats):
        keys[note.pitch] = note
    return [keys[p] for p in sorted(keys, reverse=hand is Hand.RIGHT)]


def slim(stroke: Stroke, texture: Texture, result: Reduced) -> Stroke:
    """As much of a stroke as a hand takes: its outer voice, the other edge in reach, then what is between."""
    if len(stroke) == 1:
        return stroke
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
            n = asked[i]
            let_go[i] = BeatNote(n.beat, n.pitch, beat - n.beat, n.hand, n.finger, n.velocity, n.part)
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
