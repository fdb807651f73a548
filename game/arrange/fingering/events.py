"""The events of one hand: single keys and chords, with the keys held meanwhile.

The left hand is told as a right hand on the keyboard's mirror image around D, where white keys fall on white
ones and black on black; so both hands follow one model and agree by construction.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from game.music.note import Hand, Note

MIRROR = 124
"""Twice D4: a pitch and its mirror image add up to it."""
CHORD_S, CHORD_SHARE = 0.06, 0.25
"""Notes are one chord when they start so close together, in seconds and as a share of the shorter note."""
HELD_SHARE = 0.8
"""A key counts as held when it sounds on through more than so much of what comes next: legato is no hold."""
REST_S = 0.3
"""Silence that frees the hand wholly."""
HASTE_S, LEISURE_S, AT_LEISURE = 0.3, 1.5, 0.6
"""A key bound to the next frees the hand too where it is long: from not at all to so much."""


@dataclass(frozen=True, slots=True)
class FingeringEvent:
    """Keys that go down together.

    pitches: from below, as the right hand sees them. places: their notes' places in the music, in that order.
    under: `pitches` and the keys held from before, from below.
    doubled: places of notes on a key that another note of the event has too, with that note's place.
    silence_s: silence before it, 0 or less where notes are bound.
    freedom: how free the hand is to move before it, from 0 in quick bound notes to 1 after a rest.
    """

    onset_s: float
    pitches: tuple[int, ...]
    places: tuple[int, ...]
    under: tuple[int, ...]
    silence_s: float
    freedom: float
    doubled: tuple[tuple[int, int], ...] = ()


def seen(pitch: int, hand: Hand) -> int:
    """A pitch as the right hand of the model sees it."""
    return pitch if hand is Hand.RIGHT else MIRROR - pitch


def events(notes: Sequence[Note], hand: Hand, fingers: int = 5) -> tuple[FingeringEvent, ...]:
    """The notes of one hand, in any order, as events in order of onset.

    fingers: how many there are. Where more keys are asked at once, held ones are let go first; then the inner
    ones are left out, so that the outer voice of the hand stays.
    """
    notes = _from_its_start(notes)
    order = sorted(range(len(notes)), key=lambda i: (notes[i].onset_s, seen(notes[i].pitch, hand)))
    groups: list[list[int]] = []
    for i in order:
        if groups and _together(notes[groups[-1][0]], notes[i]):
            groups[-1].append(i)
        else:
            groups.append([i])
    return _with_held(notes, groups, hand, fingers)


def _from_its_start(notes: Sequence[Note]) -> list[Note]:
    """The notes in time since the first one, to 0.1 ms: when music begins decides no finger."""
    first_s = min((n.onset_s for n in notes), default=0.0)
    return [
        Note(n.index, round(n.onset_s - first_s, 4), round(n.duration_s, 4), n.pitch, n.hand, n.finger)
        for n in notes
    ]


def _together(first: Note, other: Note) -> bool:
    shorter = min(first.duration_s, other.duration_s)
    return other.onset_s - first.onset_s <= min(CHORD_S, max(0.012, CHORD_SHARE * shorter))


def _with_held(
    notes: Sequence[Note], groups: list[list[int]], hand: Hand, fingers: int
) -> tuple[FingeringEvent, ...]:
    made: list[FingeringEvent] = []
    sounding: list[Note] = []
    end_s = 0.0
    for at, group in enumerate(groups):
        own = [notes[i] for i in group]
        onset_s = own[0].onset_s
        length_s = _until_next(notes, groups, at, onset_s)
        keys, doubled = _keys(notes, group, hand)
        still_s = onset_s + HELD_SHARE * length_s
        sounding = [n for n in sounding if n.end_s > still_s]
        pitches = under = _kept(sorted(keys), fingers)
        if sounding:
            held = {seen(n.pitch, hand) for n in sounding} - keys.keys()
            under = tuple(sorted({*sorted(held)[max(0, len(held) + len(pitches) - fingers) :], *pitches}))
        silence_s = onset_s - end_s
        freedom = _freedom(silence_s, onset_s - made[-1].onset_s) if made else 1.0
        places = tuple(keys[p] for p in pitches)
        made.append(FingeringEvent(onset_s, pitches, places, under, silence_s, freedom, doubled))
        sounding += own
        end_s = max(end_s, own[0].end_s, own[-1].end_s, *(n.end_s for n in own[1:-1]))
    return tuple(made)


def _keys(
    notes: Sequence[Note], group: list[int], hand: Hand
) -> tuple[dict[int, int], tuple[tuple[int, int], ...]]:
    """The keys of a group with the place of the note on each, and the notes on a key that is taken."""
    keys: dict[int, int] = {}
    doubled = []
    for i in group:
        first = keys.setdefault(seen(notes[i].pitch, hand), i)
        if first != i:
            doubled.append((i, first))
    return keys, tuple(doubled)


def _kept(pitches: list[int], fingers: int) -> tuple[int, ...]:
    """As many keys as there are fingers: the highest, which are the outer voice, and the lowest."""
    if len(pitches) <= fingers:
        return tuple(pitches)
    low = [] if fingers == 1 else pitches[:1]
    return tuple(low + pitches[len(low) - fingers :])


def _until_next(notes: Sequence[Note], groups: list[list[int]], at: int, onset_s: float) -> float:
    own = min(notes[i].duration_s for i in groups[at])
    if at + 1 == len(groups):
        return own
    return max(own, notes[groups[at + 1][0]].onset_s - onset_s)


def _freedom(silence_s: float, since_s: float) -> float:
    """Rounded, so that costs can be remembered."""
    rest = silence_s / REST_S
    leisure = AT_LEISURE * (since_s - HASTE_S) / (LEISURE_S - HASTE_S)
    return round(min(1.0, max(0.0, rest, min(AT_LEISURE, leisure))), 1)
