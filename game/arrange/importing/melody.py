"""Which parts of a song are for the hands: the piano's, or the tune and what goes best with it.

The part whose onsets carry the words is the tune; else the one that a person called so. Else a tune is told
by what tunes have in common: one note at a time, in the range of a voice, through most of the song, louder
and higher than what accompanies it (the features of Rizo, Ponce de León, Pérez-Sancho, Pertusa & Iñesta 2006;
the weights are this project's own).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from game.arrange.importing.looks import PartLooks, carries, looks_of
from game.arrange.importing.part_names import (
    LEADING,
    NOT_TOLD,
    is_hand,
    piano_told,
    tune_told,
    without_side,
)
from game.music.midi_song import BASSES, GUITARS, PIANOS, MidiSong, SongNote

MOSTLY = 0.15
"""A piano is the song's own where it has at least so many of its notes."""
SUNG_SHARE = 0.6
"""A part carries the words where so much of both falls together."""
APART_KEYS = 3.0
"""Two hands lie so many semitones apart at least, on average; two sides of one sound do not."""
BELOW_KEYS = 3.0
"""What accompanies a tune lies so many semitones below it; what lies higher is moved."""
PIANO_LIKED = 0.3
"""How much a piano is liked more than others for the left hand."""
FAR_KEYS = 24.0

Members = Mapping[int, Sequence[SongNote]]


@dataclass(frozen=True, slots=True)
class PartChoice:
    """The parts for the hands. tune: the part that sings above all others, where one is told apart: it is the
    right hand's, and `below` the left's. Where it is None, `hands` are played by both hands together.

    others: the parts that may sing where these are silent, the most tuneful first.
    """

    hands: frozenset[int]
    tune: int | None = None
    below: int | None = None
    others: tuple[int, ...] = field(default=())


def chosen_parts(song: MidiSong, asked: frozenset[int] | None = None) -> PartChoice:
    """Which parts are for the hands. asked: those that somebody chose, which are taken as they are."""
    own = _members(song)
    if asked is not None:
        return PartChoice(frozenset(asked & own.keys()))
    looks = {p: looks_of(notes, song) for p, notes in own.items()}
    sung = carries(own, song.words)
    ranked = tuple(_by_tune(song, looks, sung))
    tune_is_told = max(sung.values()) >= SUNG_SHARE or _one_told(song, own)
    if len(own) <= 2 and not tune_is_told:
        return PartChoice(frozenset(own))
    hands = _hands(song, own)
    if hands and (max(sung.values()) < SUNG_SHARE or max(sung, key=lambda p: sung[p]) in hands):
        return PartChoice(hands, others=ranked)
    tune, piano = ranked[0], _pianos(song, own)
    told = sung[tune] >= SUNG_SHARE or tune_told(song.parts[tune].name) >= LEADING
    if piano and not (told and (tune not in piano or len(piano) < len(own))):
        return PartChoice(piano, others=ranked)
    below = _below(song, looks, tune, piano)
    return PartChoice(frozenset({tune}), tune, below, ranked)


def _members(song: MidiSong) -> Members:
    """The notes of each pitched part."""
    own: dict[int, list[SongNote]] = {}
    for note in song.notes:
        if not song.parts[note.part].drums and not song.parts[note.part].effects:
            own.setdefault(note.part, []).append(note)
    return own


def _one_told(song: MidiSong, own: Members) -> bool:
    """Whether one part, and no other, is called a tune."""
    told = sorted((tune_told(song.parts[p].name) for p in own), reverse=True)
    return told[0] > NOT_TOLD and told[0] > (told[1:] or [NOT_TOLD])[0]


def _hands(song: MidiSong, own: Members) -> frozenset[int]:
    """The parts named as hands: of an instrument with keys, one above the other; none where they are the two
    sides of one sound."""
    named = {
        p for p in own if is_hand(song.parts[p].name) and song.parts[p].program not in (*GUITARS, *BASSES)
    }
    if len(named) < 2:
        return frozenset()
    middles = [sum(n.pitch for n in own[p]) / len(own[p]) for p in sorted(named)]
    alike = len({without_side(song.parts[p].name) for p in named}) == 1
    if alike and max(middles) - min(middles) < APART_KEYS:
        return frozenset()
    return frozenset(named)


def are_sides(song: MidiSong, parts: Sequence[int]) -> bool:
    """Whether parts are named as hands and are none."""
    own = {p: [n for n in song.notes if n.part == p] for p in parts}
    return len(own) > 1 and all(is_hand(song.parts[p].name) for p in own) and not _hands(song, own)


def _by_tune(song: MidiSong, looks: Mapping[int, PartLooks], sung: Mapping[int, float]) -> list[int]:
    """The parts, those most like a tune first."""
    most = max(look.notes for look in looks.values())

    def worth(part: int) -> tuple[float, int, float]:
        look = looks[part]
        words = round(sung[part], 1) if sung[part] >= SUNG_SHARE else 0.0
        enough = min(1.0, look.notes / (0.1 * most))
        low = song.parts[part].program in BASSES
        return words, tune_told(song.parts[part].name), look.tunefulness * enough - low

    return sorted(sorted(looks), key=worth, reverse=True)


def _pianos(song: MidiSong, own: Members) -> frozenset[int]:
    """The parts that a piano plays, where they are enough to be the song: named so, or by their instrument
    where their name tells no other.

    Where no part says an instrument, all of them sound like a piano.
    """
    names = {p: piano_told(song.parts[p].name) for p in own}
    by_program = {p for p in own if names[p] is None and song.parts[p].program in PIANOS}
    said = {p for p in own if names[p]} | by_program
    others = {p for p in own if p not in said and (names[p] is False or song.parts[p].program is not None)}
    found = said if said else set() if others else set(own)
    count = sum(len(own[p]) for p in found)
    total = sum(len(notes) for notes in own.values())
    return frozenset(found) if found and count >= MOSTLY * total else frozenset()


def _below(song: MidiSong, looks: Mapping[int, PartLooks], tune: int, piano: frozenset[int]) -> int | None:
    """The part that goes best under a tune: lower than it, and playing through most of the song."""

    def worth(part: int) -> float:
        look = looks[part]
        high = max(0.0, look.pitch - looks[tune].pitch + BELOW_KEYS)
        return look.filled + PIANO_LIKED * (part in piano) - (abs(look.pitch - 48) + 2 * high) / FAR_KEYS

    return max((p for p in sorted(looks) if p != tune), key=worth, default=None)
