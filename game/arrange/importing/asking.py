"""Chooses what an import asks of the hands: as many notes as the wished difficulty allows.

Every way to ask less is a plan: a texture for the hands, for both or for the tune alone, in the keys of one
keyboard. Of the plans that somebody's wishes allow the one with the most notes is taken. More fingers, more
keys or a higher difficulty allow all that fewer do, and more; so they never ask for fewer notes.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from game.arrange.difficulty.demand import MOST, demand
from game.arrange.difficulty.difficulty import HARDEST, difficulty, difficulty_of
from game.arrange.importing.exercise import Exercise, short_enough, with_fingers, with_notes
from game.arrange.importing.keys import KeyPlan
from game.arrange.importing.options import ImportOptions
from game.arrange.reduction.fitting import DECIMALS, once_a_finger, once_a_key, rounded
from game.arrange.reduction.hand_music import HandMusic
from game.arrange.reduction.reduction import BeatGrid, Reduced, UnaskedReason
from game.arrange.reduction.texture import Texture, textures
from game.errors import UserError
from game.music.level import BeatNote, HandChoice, Level, in_order
from game.music.note import LITTLE_FINGER, Hand

MANY = 40
"""A hand with so many notes uses all its fingers."""
NUMBER = 0.62
"""The share that the number of fingers has in `demand.fingers_apart`."""


@dataclass
class _Attempt:
    """One way to ask: the hands' notes under a texture, before fingers are found for a hand that moves."""

    keys: KeyPlan
    texture: Texture
    parts: dict[Hand, Reduced]
    music: Mapping[Hand, HandMusic]

    @property
    def most(self) -> int:
        """How many notes it asks at most."""
        return sum(len(part.asked) for part in self.parts.values())


@dataclass
class _Trials:
    """What was found on the way through the plans. easiest: the least difficulty, where it was too much."""

    level: Level
    wishes: ImportOptions
    bars: BeatGrid
    best: Exercise | None = None
    plan: KeyPlan | None = None
    easiest: float = float("inf")


def asked_easily(
    keys: Sequence[KeyPlan], level: Level, wishes: ImportOptions, bars: BeatGrid
) -> tuple[Exercise, KeyPlan]:
    """The most that may be asked, and in which keys. UserError where nothing is left.

    keys: the music in the keys of the instrument first; then as it would be in fewer keys.
    """
    search = _Trials(level, wishes, bars)
    if not _asks_all(next(_plans(keys[:1], search), None), search):
        for plan in sorted(_plans(keys, search), key=lambda plan: -plan.most):
            if search.best is not None and plan.most <= len(search.best.notes):
                break
            _try(plan, search)
    if search.best is None or search.plan is None:
        raise _too_hard(search.easiest, wishes)
    return search.best, search.plan


def _asks_all(first: _Attempt | None, search: _Trials) -> bool:
    """Whether the first plan is the richest, all that a hand takes of all the music, and can be asked."""
    if first is None or first.texture.still or first.keys.beyond:
        return False
    _try(first, search)
    return search.best is not None


def _plans(keys: Sequence[KeyPlan], search: _Trials) -> Iterator[_Attempt]:
    """All ways to ask, the richest kinds first."""
    wishes, kinds = search.wishes, textures(search.wishes.fingers, search.wishes.span)
    for plan in keys:
        music = {hand: HandMusic(notes, hand, search.bars) for hand, notes in plan.own.items()}
        alone = [Hand.RIGHT] if wishes.hand is None and Hand.RIGHT in music and len(music) > 1 else []
        for texture in kinds:
            for hands in (list(music), alone):
                parts = {hand: music[hand].reduced(texture) for hand in hands}
                if _is_one(parts, wishes):
                    yield _Attempt(plan, texture, parts, music)


def _is_one(parts: Mapping[Hand, Reduced], wishes: ImportOptions) -> bool:
    """Whether something is asked; where both hands are wished, of both."""
    counts = [len(part.asked) for part in parts.values()]
    enough = min(counts, default=0) if wishes.hand is HandChoice.BOTH else sum(counts)
    return enough > 0 and sum(counts) <= wishes.bounds.asked


def _try(plan: _Attempt, search: _Trials) -> None:
    """Take a plan where it asks more than what was found, and is easy enough."""
    level, wishes = search.level, search.wishes
    found = [n for part in plan.parts.values() for n in part.asked]
    if not plan.texture.still and _harder(level, found, wishes):
        return
    parts = plan.parts
    if not plan.texture.still:
        parts = {
            hand: Reduced(
                with_fingers(part.asked, hand, level.tempo, plan.texture.fingers, wishes.span), part.why
            )
            for hand, part in parts.items()
        }
    asked = _settled(parts, plan.music, level, wishes)
    if asked is None or (search.best is not None and len(asked.notes) <= len(search.best.notes)):
        return
    if wishes.hand is HandChoice.BOTH and len({n.hand for n in asked.notes}) < len(Hand):
        return
    hard = difficulty(asked.level) if wishes.max_difficulty is not None else 0.0
    if hard <= (wishes.max_difficulty or HARDEST):
        search.best, search.plan = asked, plan.keys
    else:
        search.easiest = min(search.easiest, hard)


def _too_hard(easiest: float, wishes: ImportOptions) -> UserError:
    """Nothing is left. easiest: the least difficulty that was found, infinite where there was nothing."""
    if easiest == float("inf"):
        template = "{file}: no part fits these limits; allow more fingers, keys or difficulty"
        return UserError(template, file=wishes.file)
    template = "{file}: no part is as easy as {most:g}; allow {easiest:.1f}, its easiest"
    return UserError(template, file=wishes.file, most=wishes.max_difficulty, easiest=_up(easiest))


def _settled(
    parts: Mapping[Hand, Reduced], music: Mapping[Hand, HandMusic], level: Level, wishes: ImportOptions
) -> Exercise | None:
    """Two hands' notes together as a level has them, and what is left of the music."""
    why: dict[UnaskedReason, int] = {}
    fingered = [n for part in parts.values() for n in part.asked if n.finger is not None]
    single = once_a_key(short_enough(rounded(n), level.tempo, wishes) for n in fingered)
    sure, twice = once_a_finger(single)
    if not sure:
        return None
    for part in parts.values():
        for reason, count in part.why.items():
            why[reason] = why.get(reason, 0) + count
    nobody = sum(n.finger is None for part in parts.values() for n in part.asked)
    why[UnaskedReason.FINGER] = nobody + len(twice)
    known = {(n.hand, n.pitch, n.beat) for n in sure}
    both = [n for own in music.values() for n in own.notes]
    rest = [n for n in both if (n.hand, n.pitch, round(n.beat, DECIMALS)) not in known]
    why[UnaskedReason.HAND] = sum(own.count for hand, own in music.items() if hand not in parts)
    return Exercise(with_notes(level, sure), list(in_order(sure)), rest, why)


def _harder(level: Level, found: list[BeatNote], wishes: ImportOptions) -> bool:
    """Whether notes are too hard whatever fingers they get, so that none need be found.

    What rests on fingers counts nothing here, but that a hand with many notes uses them all.
    """
    if wishes.max_difficulty is None:
        return False
    used = min(len(wishes.fingers), len({n.pitch for n in found})) if len(found) >= MANY else 1
    alone = MOST * NUMBER * max(0, used - 1) / (LITTLE_FINGER - 1)
    least = replace(demand(with_notes(level, found)), independence=alone, thumb_under=0.0, finger_speed=0.0)
    return difficulty_of(least) > wishes.max_difficulty


def _up(value: float) -> float:
    """A figure with one decimal that is not below it."""
    return -(-value * 10 // 1) / 10
