"""Which finger plays what: textbook patterns where the music has them, a model of the hand for the rest.

Comfort comes first: the model counts what stretches, weak fingers and moves cost a hand, and a hand's spans,
its comfort and the fingers that it has are arguments. It knows nothing of phrasing beyond rests, of the other
hand, or of what a piece wants to express; where people disagree it takes one of their ways.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from game.arrange.fingering.costs import ALL_FINGERS, FAR, HandReach
from game.arrange.fingering.events import REST_S, FingeringEvent, events
from game.arrange.fingering.hand import Ergonomics
from game.arrange.fingering.patterns import Pattern, in_position, patterns
from game.arrange.fingering.positions import FingeringSearch
from game.arrange.fingering.sequences import settled
from game.arrange.fingering.tables import Tables
from game.music.note import Hand, Note

PHRASE_IOIS = 1.05
"""A silence ends a phrase when it is as long as a rest and as so many of the usual onset intervals."""
FEWEST_SETTLED = 3
"""With fewer fingers than this every key decides the next, so that no figure is settled beforehand."""
MOST_KEPT, MOST_HANDS = 50_000, 8
"""So many costs of so many hands are remembered from one piece of music to the next."""
ADULT = HandReach()


def fingered(
    notes: Sequence[Note], hand: Hand, reach: HandReach = ADULT, allowed: frozenset[int] = ALL_FINGERS
) -> tuple[int | None, ...]:
    """A finger, 1 thumb to 5 little finger, for each note that one hand plays.

    notes: in song time and in any order; the fingers come in the same order. What notes say of hands and
    fingers is not looked at. reach: the hand's size and how much comfort weighs. allowed: the fingers it has.
    None stands for a note that no finger is left for, where more keys are asked at once than there are
    fingers. ValueError where no finger is allowed, or one that no hand has.
    """
    if not allowed or not allowed <= ALL_FINGERS:
        raise ValueError(f"a hand plays with fingers 1 to 5, at least one of them, not {sorted(allowed)}")
    music = events(notes, hand, len(allowed))
    played = _played(music, hand, Ergonomics(reach, allowed))
    found: dict[int, int] = {}
    for event, fingers in zip(music, played, strict=True):
        found.update(zip(event.places, fingers, strict=True))
        found.update((twin, found[first]) for twin, first in event.doubled if first in found)
    return tuple(found.get(at) for at in range(len(notes)))


def _played(music: Sequence[FingeringEvent], hand: Hand, own: Ergonomics) -> tuple[tuple[int, ...], ...]:
    """The fingers of each event: what is known first, the cheapest way through the rest."""
    known: dict[int, int] = {}
    if own.allowed == ALL_FINGERS:
        known |= _positions(music)
    for pattern in patterns(music, hand):
        if _fits(pattern, music, own, known):
            known |= _placed(pattern, music)
    tables = _tables(own.reach, own.allowed)
    if len(own.allowed) >= FEWEST_SETTLED:
        known |= settled(music, tables, known)
    return FingeringSearch(music, tables, dict(_without_hops(music, known))).fingers()


_kept: dict[tuple[HandReach, frozenset[int]], Tables] = {}


def _tables(reach: HandReach, allowed: frozenset[int]) -> Tables:
    """The costs of a hand, which music has in common; begun anew where many have come together."""
    known = _kept.get((reach, allowed))
    if known is None or known.size > MOST_KEPT:
        if len(_kept) >= MOST_HANDS:
            _kept.clear()
        known = _kept[reach, allowed] = Tables(Ergonomics(reach, allowed))
    return known


def _without_hops(music: Sequence[FingeringEvent], known: Mapping[int, int]) -> Iterator[tuple[int, int]]:
    """What is known, without the second of two keys in a row that one finger should play."""
    kept: dict[int, int] = {}
    for before, event in pairwise([None, *music]):
        assert event is not None
        own = {place: known[place] for place in event.places if place in known}
        if not (before and own and _hops(before, event, kept, own)):
            kept |= own
    yield from kept.items()


def _hops(
    before: FingeringEvent, event: FingeringEvent, known: Mapping[int, int], own: Mapping[int, int]
) -> bool:
    """Whether one finger should play two single keys in a row."""
    alone = len(before.under) == len(event.under) == 1 and before.under != event.under
    return alone and known.get(before.places[0], 0) == own[event.places[0]]


def _placed(pattern: Pattern, music: Sequence[FingeringEvent]) -> dict[int, int]:
    return {music[at].places[0]: finger for at, finger in enumerate(pattern.fingers, pattern.start)}


def _fits(
    pattern: Pattern, music: Sequence[FingeringEvent], own: Ergonomics, known: Mapping[int, int]
) -> bool:
    """Whether a hand has the fingers of a pattern and reaches its steps, and nothing else is known of it."""
    if not own.allowed.issuperset(pattern.fingers):
        return False
    placed = _placed(pattern, music)
    if any(known.get(place, finger) != finger for place, finger in placed.items()):
        return False
    keys = [music[at].pitches[0] for at in range(pattern.start, pattern.end)]
    steps = pairwise(zip(pattern.fingers, keys, strict=True))
    return all(own.step(f, p, g, q) < FAR for (f, p), (g, q) in steps if (g > f) is (q > p))


def _positions(music: Sequence[FingeringEvent]) -> dict[int, int]:
    """The notes of phrases that lie in the five-finger position, with their fingers."""
    known: dict[int, int] = {}
    for phrase in _phrases(music):
        lies = in_position(phrase)
        for event in phrase if lies else ():
            known.update((place, lies[p]) for place, p in zip(event.places, event.pitches, strict=True))
    return known


def _phrases(music: Sequence[FingeringEvent]) -> Iterator[Sequence[FingeringEvent]]:
    """The music between its longer silences."""
    iois = sorted(b.onset_s - a.onset_s for a, b in pairwise(music))
    usual = iois[len(iois) // 2] if iois else 0.0
    longest = max(REST_S, PHRASE_IOIS * usual)
    start = 0
    for at in range(1, len(music) + 1):
        if at == len(music) or music[at].silence_s >= longest:
            yield music[start:at]
            start = at
