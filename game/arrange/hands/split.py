"""Which hand plays a note where the music does not say: the cheapest way through, by a model of two hands.

Notes that begin together are a group; in each group the lowest few go to the left hand and the others to the
right. What that costs the hands (reach, movement, crossing, register) is added up over the whole piece, and a
beam search keeps the cheapest beginnings, so that later notes settle what earlier ones leave open.
"""

from collections.abc import Sequence
from itertools import pairwise
from math import inf

from game.arrange.hands.costs import COSTS, HandCosts
from game.arrange.hands.search import HandSearch
from game.music.note import Hand, Note

LINE_KEYS = 12
"""A single line within so many semitones is played by one hand, as most children's songs are."""

LINE_MIDDLE = 57.0
"""Mean pitch from which on such a line is the right hand's."""

_LEGATO_S = 0.1


def split_hands(notes: Sequence[Note], costs: HandCosts = COSTS) -> tuple[Hand, ...]:
    """The hand of each note of a piano part, in the order of the notes.

    Needs onsets, lengths and pitches only; chords may be spread and time bent as people play them.
    """
    if _one_line(notes):
        return (_hand_of_line(notes),) * len(notes)
    every = groups(notes, costs.together_s)
    search = HandSearch(costs)
    for group, middle in zip(every, _middles(notes, every, costs), strict=True):
        search.take([notes[i] for i in group], middle)
    hands = [Hand.RIGHT] * len(notes)
    for group, left in zip(every, search.best(), strict=True):
        for i in group[:left]:
            hands[i] = Hand.LEFT
    return tuple(hands)


def groups(notes: Sequence[Note], together_s: float) -> list[list[int]]:
    """The indices of notes that begin together, each group by pitch.

    A spread chord may take twice `together_s` in all.
    """
    order = sorted(range(len(notes)), key=lambda i: (notes[i].onset_s, notes[i].pitch))
    made: list[list[int]] = []
    first_s = last_s = -inf
    for i in order:
        onset_s = notes[i].onset_s
        if onset_s - last_s > together_s or onset_s - first_s > 2 * together_s:
            made.append([])
            first_s = onset_s
        made[-1].append(i)
        last_s = onset_s
    return [sorted(group, key=lambda i: (notes[i].pitch, notes[i].onset_s)) for group in made]


def _middles(notes: Sequence[Note], every: Sequence[Sequence[int]], costs: HandCosts) -> list[float]:
    """Where the hands' registers meet at each group: between the piano's middle and that of what is near."""
    at = [int(notes[group[0]].onset_s // costs.around_s) for group in every]
    low: dict[int, int] = {}
    high: dict[int, int] = {}
    for stretch, group in zip(at, every, strict=True):
        low[stretch] = min(low.get(stretch, 127), notes[group[0]].pitch)
        high[stretch] = max(high.get(stretch, 0), notes[group[-1]].pitch)
    middles = {}
    for stretch in low:
        near = [s for s in (stretch - 1, stretch, stretch + 1) if s in low]
        around = (min(low[s] for s in near) + max(high[s] for s in near)) / 2
        middles[stretch] = costs.middle + costs.local * (around - costs.middle)
    return [middles[stretch] for stretch in at]


def _one_line(notes: Sequence[Note]) -> bool:
    """Whether it is a single line that a hand plays without moving far; no notes are one too."""
    line = sorted(notes, key=lambda n: n.onset_s)
    single = all(b.onset_s > a.onset_s and b.onset_s >= a.end_s - _LEGATO_S for a, b in pairwise(line))
    pitches = [n.pitch for n in line]
    return single and max(pitches, default=0) - min(pitches, default=0) <= LINE_KEYS


def _hand_of_line(notes: Sequence[Note]) -> Hand:
    return Hand.RIGHT if sum(n.pitch for n in notes) >= LINE_MIDDLE * len(notes) else Hand.LEFT
