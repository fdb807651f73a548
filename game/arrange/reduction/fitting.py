"""Notes with fingers, made so that no key and no finger has two things to do at once."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from game.music.level import BeatNote
from game.music.note import Hand

DECIMALS = 4
"""Beats are written to a ten-thousandth: a twentieth of a millisecond at 120 beats a minute."""
LEAST = 1e-3
_NEAR = 1e-6


def rounded(note: BeatNote) -> BeatNote:
    """A note as it is written in a file, its end rounded rather than its length."""
    beat = round(note.beat, DECIMALS)
    end = round(note.beat + note.length_beats, DECIMALS)
    length = max(LEAST, round(end - beat, DECIMALS))
    if beat == note.beat and length == note.length_beats:
        return note
    return BeatNote(beat, note.pitch, length, note.hand, note.finger, note.velocity, note.part)


def with_finger(note: BeatNote, finger: int | None) -> BeatNote:
    """The note for a finger. Made anew: `replace` takes several times as long, and songs have many notes."""
    return BeatNote(note.beat, note.pitch, note.length_beats, note.hand, finger, note.velocity, note.part)


def unvoiced(note: BeatNote) -> BeatNote:
    """The note as it is asked: at any loudness."""
    return BeatNote(note.beat, note.pitch, note.length_beats, note.hand, note.finger, None, note.part)


def once_a_key(notes: Iterable[BeatNote]) -> list[BeatNote]:
    """The notes in order; of several on a key at one beat the longest, and each let go before the next."""
    kept: list[BeatNote] = []
    last: dict[int, int] = {}
    for note in sorted(notes, key=lambda n: (n.beat, n.pitch, -n.length_beats)):
        at = last.get(note.pitch)
        if at is not None:
            if note.beat - kept[at].beat < LEAST:
                continue
            kept[at] = _ending(kept[at], note.beat)
        last[note.pitch] = len(kept)
        kept.append(note)
    return kept


def once_a_finger(notes: Sequence[BeatNote]) -> tuple[list[BeatNote], list[BeatNote]]:
    """Notes in order, each finger let go before its next key; and those whose finger has a key already."""
    kept: list[BeatNote] = []
    twice: list[BeatNote] = []
    last: dict[tuple[Hand, int], int] = {}
    for note in notes:
        if note.hand is None or note.finger is None:
            kept.append(note)
            continue
        at = last.get((note.hand, note.finger))
        if at is not None and note.beat - kept[at].beat < LEAST:
            twice.append(note)
            continue
        if at is not None:
            kept[at] = _ending(kept[at], note.beat)
        last[note.hand, note.finger] = len(kept)
        kept.append(note)
    return kept, twice


def _ending(note: BeatNote, by_beat: float) -> BeatNote:
    """A note that ends by a beat."""
    if note.beat + note.length_beats <= by_beat + _NEAR / 10:
        return note
    return replace(note, length_beats=round(by_beat - note.beat, DECIMALS))
