"""Which parts of a song are for the hands: the piano's, or the tune and what goes best with it.

A tune is told by what tunes have in common: one note at a time, in the range of a voice, through most of the
song, louder and higher than what accompanies it (the features of Rizo, Ponce de León, Pérez-Sancho, Pertusa
& Iñesta 2006; the weights are this project's own). What a part is called counts more than how it looks.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from game.arrange.importing.source import BASSES, PIANOS, Source, SourceNote

_TUNE = re.compile(
    r"\b(melod\w*|vocals?|voice|lead|sing\w*|sang|tune|theme|solo|canto|voz|chant|voix|stimme|gesang|soprano?)\b",
    re.I,
)
_PIANO = re.compile(r"\b(piano\w*|klavier|keys|keyboard|pno|grand)\b", re.I)
_HAND = re.compile(
    r"\b(right|left|rh|lh|r\.h|l\.h|rechts?|links?|rechte|linke|droite|gauche|derecha|izquierda|destra|sinistra)\b",
    re.I,
)

VOICE = (55, 84)
"""The range of tunes, G3 to C6."""
MOSTLY = 0.15
"""A piano is the song's own where it has at least so many of its notes."""


@dataclass(frozen=True, slots=True)
class Looks:
    """A part as it looks. notes: how many. single: share of notes that sound alone. inside: share within the
    range of a voice. filled: share of the song's bars in which it plays. steps: share of small steps.
    loud: mean velocity, 0–1. pitch: mean."""

    notes: int
    single: float
    inside: float
    filled: float
    steps: float
    loud: float
    pitch: float

    @property
    def tunefulness(self) -> float:
        """How much it is like a tune, 0 to 1."""
        return (
            0.3 * self.single + 0.2 * self.inside + 0.25 * self.filled + 0.15 * self.steps + 0.1 * self.loud
        )


@dataclass(frozen=True, slots=True)
class Choice:
    """The parts for the hands. tune: the part that sings above all others, where one is told apart: it is the
    right hand's, and `below` the left's. Where it is None, `hands` are played by both hands together."""

    hands: frozenset[int]
    tune: int | None = None
    below: int | None = None


def chosen_parts(source: Source, asked: frozenset[int] | None = None) -> Choice:
    """Which parts are for the hands. asked: those that somebody chose, which are taken as they are."""
    own = _members(source)
    if asked is not None:
        return Choice(frozenset(asked & own.keys()))
    if len(own) <= 2 and not _told_tune(source, own):
        return Choice(frozenset(own))
    hands = {p for p in own if _HAND.search(source.parts[p].name)}
    if len(hands) >= 2:
        return Choice(frozenset(hands))
    looks = {p: _looks(notes, source) for p, notes in own.items()}
    tune = _tune(source, own, looks)
    piano = _pianos(source, own)
    if _TUNE.search(source.parts[tune].name) and tune not in piano:
        rest = piano or frozenset(p for p in own if p != tune)
        return Choice(frozenset({tune}), tune, _below(source, looks, rest))
    if piano:
        return Choice(piano)
    return Choice(frozenset({tune}), tune, _below(source, looks, frozenset(own) - {tune}))


def _members(source: Source) -> Mapping[int, list[SourceNote]]:
    """The notes of each pitched part."""
    own: dict[int, list[SourceNote]] = defaultdict(list)
    for note in source.notes:
        if not source.parts[note.part].drums and not source.parts[note.part].effects:
            own[note.part].append(note)
    return own


def _told_tune(source: Source, own: Mapping[int, object]) -> bool:
    """Whether one part, and no other, is called a tune."""
    return len([p for p in own if _TUNE.search(source.parts[p].name)]) == 1


def _tune(source: Source, own: Mapping[int, object], looks: Mapping[int, Looks]) -> int:
    """The part that is most like a tune; one that is called so comes first."""
    most = max(look.notes for look in looks.values())

    def worth(part: int) -> tuple[bool, float]:
        look, named = looks[part], bool(_TUNE.search(source.parts[part].name))
        enough = min(1.0, look.notes / (0.1 * most))
        return named, look.tunefulness * enough - (source.parts[part].program in BASSES)

    return max(sorted(own), key=worth)


def _pianos(source: Source, own: Mapping[int, Sequence[SourceNote]]) -> frozenset[int]:
    """The parts that a piano plays, where they are enough to be the song: named so, or by their instrument.

    Where no part says another instrument, all of them sound like a piano.
    """
    said = {p for p in own if source.parts[p].program in PIANOS or _PIANO.search(source.parts[p].name)}
    others = {p for p in own if p not in said and source.parts[p].program is not None}
    found = said if said else set() if others else set(own)
    count = sum(len(own[p]) for p in found)
    total = sum(len(notes) for notes in own.values())
    return frozenset(found) if found and count >= MOSTLY * total else frozenset()


def _below(source: Source, looks: Mapping[int, Looks], rest: frozenset[int]) -> int | None:
    """The part that goes best under a tune: low, and playing through most of the song."""
    if not rest:
        return None
    return max(sorted(rest), key=lambda p: looks[p].filled - abs(looks[p].pitch - 48) / 24)


def _looks(notes: Sequence[SourceNote], source: Source) -> Looks:
    bars = {int(n.beat // 4) for n in source.notes}
    alone = [b.beat >= a.end_beat - 0.1 * a.length_beats or b.beat == a.beat for a, b in pairwise(notes)]
    together = sum(b.beat == a.beat for a, b in pairwise(notes))
    steps = [abs(a.pitch - b.pitch) <= 4 for a, b in pairwise(notes)]
    return Looks(
        notes=len(notes),
        single=(sum(alone) - together) / max(1, len(alone)),
        inside=sum(VOICE[0] <= n.pitch <= VOICE[1] for n in notes) / len(notes),
        filled=len({int(n.beat // 4) for n in notes}) / max(1, len(bars)),
        steps=sum(steps) / max(1, len(steps)),
        loud=sum(n.velocity for n in notes) / len(notes) / 127,
        pitch=sum(n.pitch for n in notes) / len(notes),
    )
