"""The cheapest way through the music: where the hand lies still, and where it moves.

The music is cut into stretches in which the hand lies in one position: every key has its finger there, and
fingers lie in the order of the keys. A stretch costs its posture and the steps within it, a cut costs the
move. Dynamic programming over the cuts finds the cheapest; the state at a cut is what the fingers hold then.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from game.arrange.fingering_costs import FAR
from game.arrange.fingering_events import Event
from game.arrange.fingering_hand import Ergonomics, Fingers, Pitches, choices, widened

LONGEST = 16
"""Events in one stretch; a position that lasts longer is cut, and staying there is all but free."""

Forced = Mapping[int, int]
"""Fingers that are settled, by the place of the note in the music."""


@dataclass(slots=True)
class _Position:
    """A stretch so far: keys from below with their fingers, what was down before, the cost until now."""

    keys: Pitches
    fingers: Fingers
    before: Fingers | None
    cost: float
    posture: float

    def on(self, pitches: Pitches) -> Fingers:
        return picked(self.fingers, _slots(self.keys, pitches))


def _slots(keys: Pitches, pitches: Pitches) -> tuple[int, ...]:
    """Where pitches lie among keys."""
    return tuple([keys.index(p) for p in pitches])


def picked(fingers: Fingers, slots: tuple[int, ...]) -> Fingers:
    """The fingers at some slots."""
    if len(slots) == 1:
        return (fingers[slots[0]],)
    return tuple([fingers[slot] for slot in slots])


@dataclass(frozen=True, slots=True)
class _Cut:
    """The cheapest way to end a stretch with some fingers down: its cost, first event and position."""

    cost: float
    start: int
    position: _Position


class Search:
    """The cheapest fingering of one hand's events. No event may have more keys under it than fingers."""

    def __init__(self, music: Sequence[Event], hand: Ergonomics, forced: Forced | None = None) -> None:
        self._music, self._hand, self._forced = music, hand, forced or {}
        self._cuts: list[dict[Fingers, _Cut]] = [{} for _ in music]
        for start in range(len(music)):
            self._grow(start)

    def cost(self) -> float:
        return min(cut.cost for cut in self._cuts[-1].values()) if self._music else 0.0

    def fingers(self) -> tuple[Fingers, ...]:
        """The fingers of each event's pitches, from below."""
        if not self._music:
            return ()
        last = self._cuts[-1]
        down: Fingers | None = min(last, key=lambda fingers: (last[fingers].cost, fingers))
        played: list[Fingers] = []
        end = len(self._music) - 1
        while end >= 0 and down is not None:
            cut = self._cuts[end][down]
            played += [cut.position.on(self._music[at].pitches) for at in range(end, cut.start - 1, -1)]
            end, down = cut.start - 1, cut.position.before
        return tuple(reversed(played))

    def _grow(self, start: int) -> None:
        """Lay the hand down at an event in every way, and stay as long as one position will do."""
        music = self._music
        lying = self._laid(start)
        self._note(start, start, lying)
        for at in range(start + 1, min(len(music), start + LONGEST)):
            lying = self._further(lying, music[at - 1], music[at])
            if not lying:
                return
            self._note(at, start, lying)

    def _laid(self, start: int) -> list[_Position]:
        first, hand = self._music[start], self._hand
        played = _slots(first.under, first.pitches)
        lying = []
        for fingers in choices(len(first.under), hand.allowed):
            down = picked(fingers, played)
            if self._forced and not self._agrees(first, down):
                continue
            before, cost = self._came(start, fingers)
            posture = hand.posture(first.under, fingers)
            cost += posture + hand.on_keys(down, first.pitches)
            lying.append(_Position(first.under, fingers, before, cost, posture))
        return lying

    def _came(self, start: int, fingers: Fingers) -> tuple[Fingers | None, float]:
        """The cheapest way to come to an event with some fingers: what was down before, the cost so far."""
        if start == 0:
            return None, 0.0
        last, now = self._music[start - 1], self._music[start]
        move = self._hand.move_chord
        return min(
            (
                (down, cut.cost + move(last.under, down, now.under, fingers, now.freedom))
                for down, cut in self._cuts[start - 1].items()
            ),
            key=lambda way: way[1],
        )

    def _further(self, lying: list[_Position], last: Event, now: Event) -> list[_Position]:
        """The ways to play one event more without moving."""
        keys = lying[0].keys
        if any(p not in keys for p in now.under):
            keys = tuple(sorted({*keys, *now.under}))
            lying = self._widened(lying, keys)
        played, left = _slots(keys, now.pitches), _slots(keys, last.pitches)
        if len(played) == len(left) == 1:
            return self._further_alone(lying, (left[0], last.pitches[0]), (played[0], now.pitches[0]), now)
        made = []
        for wide in lying:
            fingers = picked(wide.fingers, played)
            if self._forced and not self._agrees(now, fingers):
                continue
            came = picked(wide.fingers, left)
            wide.cost += self._hand.on_keys(fingers, now.pitches) + self._stepped(last, came, now, fingers)
            made.append(wide)
        return made

    def _further_alone(
        self, lying: list[_Position], last: tuple[int, int], now: tuple[int, int], event: Event
    ) -> list[_Position]:
        """The same from one key to one key, which most of music is; each as its slot and pitch."""
        (left, before), (slot, pitch), hand = last, now, self._hand
        settled = self._forced.get(event.places[0]) if self._forced else None
        cost: dict[tuple[int, int], float] = {}
        made = []
        for wide in lying:
            way = came, finger = wide.fingers[left], wide.fingers[slot]
            if settled is not None and finger != settled:
                continue
            if way not in cost:
                cost[way] = hand.on_key(finger, pitch) + hand.step(came, before, finger, pitch)
            wide.cost += cost[way]
            made.append(wide)
        return made

    def _widened(self, lying: list[_Position], keys: Pitches) -> list[_Position]:
        hand, count = self._hand, len(keys)
        if count > len(hand.allowed):
            return []
        slots = tuple(keys.index(p) for p in lying[0].keys)
        made = []
        for old in lying:
            for fingers in widened(old.fingers, slots, count, hand.allowed):
                posture = hand.posture(keys, fingers)
                if posture < FAR:
                    made.append(
                        _Position(keys, fingers, old.before, old.cost + posture - old.posture, posture)
                    )
        return made

    def _stepped(self, last: Event, came: Fingers, now: Event, fingers: Fingers) -> float:
        """The steps between the outer keys of two events, which carry the lines."""
        step = self._hand.step
        cost = step(came[-1], last.pitches[-1], fingers[-1], now.pitches[-1])
        if len(came) == len(fingers) == 1:
            return cost
        return (cost + step(came[0], last.pitches[0], fingers[0], now.pitches[0])) / 2

    def _agrees(self, event: Event, fingers: Fingers) -> bool:
        """Whether the fingers on an event's keys are those that are settled."""
        forced = self._forced
        return all([forced.get(at, f) == f for at, f in zip(event.places, fingers, strict=True)])

    def _note(self, at: int, start: int, lying: list[_Position]) -> None:
        """Remember the cheapest way for each set of fingers down at an event."""
        cuts, under = self._cuts[at], self._music[at].under
        slots = _slots(lying[0].keys, under) if lying else ()
        for position in lying:
            down = picked(position.fingers, slots)
            known = cuts.get(down)
            if known is None or position.cost < known.cost - 1e-9:
                cuts[down] = _Cut(position.cost, start, position)
