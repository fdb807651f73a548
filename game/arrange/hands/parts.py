"""Which hand plays a note, where the music comes in parts: two parts that look like two hands are the hands.

A part is a track, a channel or a staff. It is evidence, not proof: files hold voices, instruments and staves
too, and printed music puts notes of the right hand on the lower staff.
"""

import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from game.arrange.hands.costs import COSTS, FINGERS, HandCosts
from game.arrange.hands.split import groups, split_hands
from game.music.note import Hand, Note

Part = TypeVar("Part", bound=Hashable)

REACH_KEYS = 16
"""Semitones that a hand may be asked to take at once: a tenth, broken if need be."""

_NAMES = {
    Hand.RIGHT: re.compile(r"\b(right|rh|r\.h|upper|up|treble|rechts?|rechte|droite|derecha|destra)\b", re.I),
    Hand.LEFT: re.compile(r"\b(left|lh|l\.h|lower|down|bass|links?|linke|gauche|izquierda|sinistra)\b", re.I),
}


@dataclass(frozen=True, slots=True)
class Likeness:
    """When two parts pass for two hands.

    fewest: notes that each must have. playable: share of a part's chords that one hand can take. apart:
    semitones between the parts' middles where both play. above: share of the time that one lies higher.
    window_s: how long a stretch is compared at a time.
    """

    fewest: int = 3
    playable: float = 0.9
    apart: float = 2.0
    above: float = 0.7
    window_s: float = 2.0


LIKENESS = Likeness()


def hands_of(
    notes: Sequence[Note],
    parts: Sequence[Part],
    names: Mapping[Part, str] | None = None,
    costs: HandCosts = COSTS,
) -> tuple[Hand, ...]:
    """The hand of each note of a piano part, in the order of the notes.

    parts: the track, channel or staff of each note. names: what the file calls them. Parts that are named as
    hands, and two that look like hands, are taken at their word, but where one hand could not take what its
    part asks at once; any other music is split by the cost model.
    """
    said = part_hands(notes, parts, names or {})
    return split_hands(notes, costs) if said is None else hands_as_said(notes, parts, said, costs)


def hands_as_said(
    notes: Sequence[Note],
    parts: Sequence[Part],
    said: Mapping[Part, Hand],
    costs: HandCosts = COSTS,
) -> tuple[Hand, ...]:
    """The hand of each note where parts are hands, but where one hand could not take what its part asks."""
    hands = [said[part] for part in parts]
    hard = [group for group in groups(notes, costs.together_s) if not _can(group, notes, hands)]
    found = split_hands(notes, costs) if hard else ()
    for group in hard:
        if _can(group, notes, found):
            for i in group:
                hands[i] = found[i]
    return tuple(hands)


def part_hands(
    notes: Sequence[Note],
    parts: Sequence[Part],
    names: Mapping[Part, str],
    like: Likeness = LIKENESS,
) -> dict[Part, Hand] | None:
    """The hand of each part, by their names or, of two, by their looks; None where they do not tell."""
    members: dict[Part, list[Note]] = defaultdict(list)
    for note, part in zip(notes, parts, strict=True):
        members[part].append(note)
    named = {part: hand for part in members if (hand := _named(names.get(part, "")))}
    if len(named) == len(members):
        return named
    if len(members) != 2:
        return None
    if any(len(own) < like.fewest or not _for_one_hand(own, like) for own in members.values()):
        return None
    return _by_height(members, like)


def _named(name: str) -> Hand | None:
    """The hand that a part's name tells, or None where it tells none or both."""
    told = [hand for hand, words in _NAMES.items() if words.search(name)]
    return told[0] if len(told) == 1 else None


def _for_one_hand(own: Sequence[Note], like: Likeness) -> bool:
    """Whether one hand can play a part, now and then a chord too wide."""
    every = groups(own, COSTS.together_s)
    can = [_fits([own[i].pitch for i in group]) for group in every]
    return sum(can) >= like.playable * len(can)


def _by_height(members: Mapping[Part, Sequence[Note]], like: Likeness) -> dict[Part, Hand] | None:
    """The higher part is the right hand, where one is the higher one most of the time."""
    one, other = members
    heights = [_heights(own, like.window_s) for own in members.values()]
    both = sorted(heights[0].keys() & heights[1].keys())
    if both:
        differences = [heights[0][w] - heights[1][w] for w in both]
    else:
        differences = [_mean(heights[0].values()) - _mean(heights[1].values())]
    apart = _mean(differences)
    above = sum(d * apart > 0 for d in differences) / len(differences)
    if abs(apart) < like.apart or above < like.above:
        return None
    high, low = (one, other) if apart > 0 else (other, one)
    return {high: Hand.RIGHT, low: Hand.LEFT}


def _heights(own: Sequence[Note], window_s: float) -> dict[int, float]:
    """The mean pitch in each stretch of time."""
    stretches: dict[int, list[int]] = defaultdict(list)
    for note in own:
        stretches[int(note.onset_s // window_s)].append(note.pitch)
    return {stretch: _mean(pitches) for stretch, pitches in stretches.items()}


def _can(group: Sequence[int], notes: Sequence[Note], hands: Sequence[Hand]) -> bool:
    """Whether each hand can take its share of a group at once."""
    return all(_fits([notes[i].pitch for i in group if hands[i] is hand]) for hand in Hand)


def _fits(pitches: Sequence[int]) -> bool:
    return not pitches or (max(pitches) - min(pitches) <= REACH_KEYS and len(set(pitches)) <= FINGERS)


def _mean(values: Iterable[float]) -> float:
    known = list(values)
    return sum(known) / len(known)
