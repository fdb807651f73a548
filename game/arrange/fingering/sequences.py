"""Sequences: a figure that comes again, a step higher or lower, is fingered the same each time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from game.arrange.fingering.costs import ALL_FINGERS
from game.arrange.fingering.events import FingeringEvent
from game.arrange.fingering.positions import FingeringSearch, Forced
from game.arrange.fingering.tables import Tables
from game.music.scales import OCTAVE, STEPS, Mode

SHORTEST, LONGEST = 3, 16
"""Notes in a figure."""
ROUNDS = 3
"""How often a figure comes before it is a sequence."""
MANY = 4
"""How often any figure comes, and never where it was, before it is fingered for itself and not as its
surroundings have it; a figure of five keys is at once."""
TRIED = 4
"""How many rounds of a figure are enough to find its fingers."""
PATIENCE, FIVE_KEYS = 0.1, 1.5
"""How much dearer a round may be for being fingered as the others are, and for having a finger to each of
five keys, which is how exercises are meant."""


@dataclass(frozen=True, slots=True)
class Sequel:
    """A stretch of events in which each one plays the same part as the one a period later."""

    start: int
    end: int
    period: int


def sequences(music: Sequence[FingeringEvent]) -> tuple[Sequel, ...]:
    """The sequences in the lines of single notes, none overlapping another."""
    degrees = _degrees(music)
    steps = [None if a is None or b is None else b - a for a, b in pairwise(degrees)]
    found: list[Sequel] = []
    at = 0
    while at < len(steps):
        sequel = _longest(steps, at)
        if sequel:
            found.append(sequel)
            at = sequel.end
        else:
            at += 1
    return tuple(found)


def _longest(steps: Sequence[int | None], at: int) -> Sequel | None:
    """The sequence that begins at an event, of the shortest figure that makes one."""
    first = steps[at]
    for period in range(SHORTEST, LONGEST + 1):
        if at + period >= len(steps) or steps[at + period] != first:
            continue
        same = 0
        while at + same + period < len(steps) and steps[at + same] is not None:
            if steps[at + same] != steps[at + same + period]:
                break
            same += 1
        if same + 1 < (ROUNDS - 1) * period:
            continue
        figure = {step for step in steps[at : at + period] if step}
        if min(figure, default=0) < 0 < max(figure, default=0):
            return Sequel(at, at + same + period + 1, period)
    return None


def _degrees(music: Sequence[FingeringEvent]) -> list[int | None]:
    """Steps of the scale that the music is mostly in; nothing for chords."""
    classes = [event.pitches[0] % OCTAVE for event in music if len(event.under) == 1]
    scales = [{(tonic + step) % OCTAVE for step in STEPS[Mode.MAJOR]} for tonic in range(OCTAVE)]
    best = sorted(max(scales, key=lambda scale: sum(c in scale for c in classes)))
    return [_degree(event.pitches[0], best) if len(event.under) == 1 else None for event in music]


def _degree(pitch: int, scale: Sequence[int]) -> int:
    octave, step = divmod(pitch, OCTAVE)
    return len(scale) * octave + sum(s <= step for s in scale)


def settled(music: Sequence[FingeringEvent], hand: Tables, forced: Forced) -> dict[int, int]:
    """Fingers for the notes of all sequences in which that is no hardship, by their places in the music."""
    fixed: dict[int, int] = {}
    for sequel in sequences(music):
        stretch = music[sequel.start : sequel.end]
        if any(event.places[0] in forced for event in stretch):
            continue
        figure = _figure(stretch, sequel.period, hand)
        for at, event in enumerate(stretch if figure else ()):
            fixed[event.places[0]] = figure[at % sequel.period]
    return fixed


def _figure(stretch: Sequence[FingeringEvent], period: int, hand: Tables) -> tuple[int, ...]:
    """The fingers of one round that make all rounds cheapest, or none where rounds are better left alone."""
    tried = stretch[: TRIED * period]
    free = FingeringSearch(tried, hand)
    rounds = -(-len(tried) // period)
    ways = [(_ranked(stretch, period, hand), FIVE_KEYS)]
    if len(stretch) >= MANY * period and stretch[0].pitches != stretch[period].pitches:
        ways.append(({*_rounds(free, period), *_closed(tried, period, hand)}, PATIENCE))
    for figures, patience in ways:
        costs = {
            figure: FingeringSearch(tried, hand, _laid(tried, figure)).cost() for figure in sorted(figures)
        }
        best = min(costs, key=lambda figure: (costs[figure], figure), default=())
        if best and costs[best] <= free.cost() + patience * rounds:
            return best
    return ()


def _ranked(stretch: Sequence[FingeringEvent], period: int, hand: Tables) -> set[tuple[int, ...]]:
    """A finger to each key, where a round has five; it begins with the stretch or where it has fewest."""
    if hand.allowed != ALL_FINGERS:
        return set()
    pitches = [event.pitches[0] for event in stretch[: 2 * period]]
    windows = [pitches[start : start + period] for start in range(period)]
    counts = [len(set(window)) for window in windows]
    start = 0 if counts[0] == len(ALL_FINGERS) else counts.index(min(counts))
    keys = sorted(set(windows[start]))
    if len(keys) != len(ALL_FINGERS):
        return set()
    fingers = [keys.index(pitch) + 1 for pitch in windows[start]]
    return {tuple(fingers[period - start :] + fingers[: period - start])}


def _laid(stretch: Sequence[FingeringEvent], figure: tuple[int, ...]) -> dict[int, int]:
    return {event.places[0]: figure[at % len(figure)] for at, event in enumerate(stretch)}


def _rounds(free: FingeringSearch, period: int) -> Iterator[tuple[int, ...]]:
    """The fingers of each round where every round was fingered for itself."""
    fingers = [down[0] for down in free.fingers()]
    for start in range(0, len(fingers) - period + 1, period):
        yield tuple(fingers[start : start + period])


def _closed(stretch: Sequence[FingeringEvent], period: int, hand: Tables) -> Iterator[tuple[int, ...]]:
    """The cheapest round for each finger that begins it and the next one."""
    once = stretch[: period + 1]
    for finger in sorted(hand.allowed):
        ends = {once[0].places[0]: finger, once[-1].places[0]: finger}
        yield tuple(down[0] for down in FingeringSearch(once, hand, ends).fingers()[:period])
