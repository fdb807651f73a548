"""The notes of a song for each hand, in the keys that there are; and what is not for the hands."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from game.arrange.hands.parts import hands_as_said, part_hands
from game.arrange.hands.split import LINE_MIDDLE, split_hands
from game.arrange.importing.handover import handed_over
from game.arrange.importing.melody import PartChoice, are_sides
from game.arrange.importing.reasons import HandsFoundBy
from game.arrange.reduction.transposing import OCTAVE
from game.music.level import BeatNote, HandChoice
from game.music.midi_song import MidiSong, SongNote, timed_notes
from game.music.note import Hand

OTHERS_LOUD = 0.8
"""Other parts are played more softly, so that the player is heard over them."""
LINE_SHARE = 0.95
"""One note at a time, but for slips and a few double notes."""
LINE_OVERLAP_BEATS = 0.25
PLACE_KEYS = 8
"""Music within so many semitones is one hand's, chords too: it lies under five fingers."""
SIDES = (57, 62)
"""A line that stays above A3 is the right hand's however far it goes, one below D4 the left's."""


@dataclass(frozen=True)
class Hands:
    """A song's notes by hands.

    own: of each hand that has any, as notes that name it. others: what is no hand's; graces: how many of
    them are grace notes of the hands' parts.
    moved: semitones that the music should go to be where the hand is. lowered: semitones by which the left
    hand was put below the tune, downwards negative. handed: notes of other parts that go on with the tune.
    """

    own: dict[Hand, list[BeatNote]]
    others: list[BeatNote]
    found_by: HandsFoundBy
    moved: int = 0
    lowered: int = 0
    handed: int = 0
    graces: int = 0


def by_hands(
    song: MidiSong, choice: PartChoice, wanted: HandChoice | None, led: frozenset[int] = frozenset()
) -> Hands:
    """The notes of each hand. wanted: a single hand is given the music even where it is all the other's, and
    both always have something. led: the places of grace notes, which are nobody's."""
    mine = set(choice.hands) | ({choice.below} if choice.below is not None else set())
    playing = [i for i, n in enumerate(song.notes) if n.part in mine and i not in led]
    singer = choice.below if wanted is HandChoice.LEFT else choice.tune
    singing = [i for i in playing if singer is None or song.notes[i].part == singer]
    handed = handed_over(song, singing, [p for p in choice.others if p not in mine]) - led
    asked = [n for i, n in enumerate(song.notes) if (n.part in mine and i not in led) or i in handed]
    others = [
        _plain(n, None, OTHERS_LOUD)
        for i, n in enumerate(song.notes)
        if i in led or (n.part not in mine and i not in handed)
    ]
    hands, found_by = _hands(song, asked, choice, wanted)
    hands, found_by, moved = _as_wanted(asked, hands, found_by, wanted)
    graces = sum(song.notes[i].part in mine for i in led)
    own = _legato(asked, hands)
    own, lowered = _below_the_tune(own) if found_by is HandsFoundBy.TUNE else (own, 0)
    return Hands(own, others, found_by, moved, lowered, len(handed), graces)


def _hands(
    song: MidiSong, asked: Sequence[SongNote], choice: PartChoice, wanted: HandChoice | None
) -> tuple[list[Hand], HandsFoundBy]:
    """The hand of each note. What is handed over goes to the hand that sings."""
    sings = Hand.LEFT if wanted is HandChoice.LEFT else Hand.RIGHT
    if choice.tune is not None:
        own = {choice.tune: Hand.RIGHT, choice.below: Hand.LEFT}
        return [own.get(n.part, sings) for n in asked], HandsFoundBy.TUNE
    written = [n for n in asked if n.part in choice.hands]
    found, found_by = _of_parts(song, written)
    each = iter(found)
    return [next(each) if n.part in choice.hands else sings for n in asked], found_by


def _of_parts(song: MidiSong, asked: Sequence[SongNote]) -> tuple[list[Hand], HandsFoundBy]:
    notes = timed_notes(tuple(asked), song.tempo)
    parts = [n.part for n in asked]
    names = {p: song.parts[p].name for p in set(parts)}
    if are_sides(song, sorted(names)):
        names = {}
    said = part_hands(notes, parts, names)
    if said is not None:
        return list(hands_as_said(notes, parts, said)), HandsFoundBy.PARTS
    pitches = [n.pitch for n in asked]
    low, high = min(pitches), max(pitches)
    if high - low <= PLACE_KEYS or ((low >= SIDES[0] or high <= SIDES[1]) and _is_line(asked)):
        return [_hand_at(pitches)] * len(asked), HandsFoundBy.MODEL
    return list(split_hands(notes)), HandsFoundBy.MODEL


def _hand_at(pitches: Sequence[int]) -> Hand:
    return Hand.RIGHT if sum(pitches) >= LINE_MIDDLE * len(pitches) else Hand.LEFT


def _as_wanted(
    asked: Sequence[SongNote], hands: list[Hand], found_by: HandsFoundBy, wanted: HandChoice | None
) -> tuple[list[Hand], HandsFoundBy, int]:
    """The hands as somebody wants them; found how, and by how many semitones the music should move."""
    if wanted is HandChoice.BOTH and len(set(hands)) == 1:
        return shared([n.pitch for n in asked]), HandsFoundBy.CHOICE, 0
    if wanted not in (HandChoice.LEFT, HandChoice.RIGHT) or not asked:
        return hands, found_by, 0
    hand, has = Hand(wanted), Counter(hands)
    if has[hand] and (found_by is HandsFoundBy.TUNE or not _is_line(asked)):
        return hands, found_by, 0
    written_for = next(iter(has)) if len(has) == 1 else _hand_at([n.pitch for n in asked])
    found_by = found_by if has[hand] == len(asked) else HandsFoundBy.CHOICE
    steps = 0 if written_for is hand else OCTAVE if hand is Hand.RIGHT else -OCTAVE
    return [hand] * len(asked), found_by, steps


def _is_line(asked: Sequence[SongNote]) -> bool:
    """Whether it is one line, note after note."""
    line = sorted(asked)
    alone = sum(b.beat > a.beat and b.beat >= a.end_beat - LINE_OVERLAP_BEATS for a, b in pairwise(line))
    return alone >= LINE_SHARE * (len(line) - 1)


def shared(pitches: Sequence[int]) -> list[Hand]:
    """The notes of one hand shared between two: what lies lower is the left's, as where the hands lie side by
    side; a single key is theirs in turn."""
    lowest, middle = min(pitches), sorted(pitches)[len(pitches) // 2]
    if lowest == max(pitches):
        return [Hand.LEFT if i % 2 else Hand.RIGHT for i in range(len(pitches))]
    middle = middle if middle > lowest else min(p for p in pitches if p > lowest)
    return [Hand.LEFT if pitch < middle else Hand.RIGHT for pitch in pitches]


def _legato(asked: Sequence[SongNote], hands: Sequence[Hand]) -> dict[Hand, list[BeatNote]]:
    """Each hand's notes. Where the pedal lets a note sound on, its key is held until it falls silent or the
    hand plays again."""
    own: dict[Hand, list[SongNote]] = {}
    for note, hand in zip(asked, hands, strict=True):
        own.setdefault(hand, []).append(note)
    made: dict[Hand, list[BeatNote]] = {}
    for hand in (hand for hand in Hand if hand in own):
        following = float("inf")
        notes: list[BeatNote] = []
        beat = float("inf")
        for note in reversed(own[hand]):
            if note.beat < beat:
                following, beat = beat, note.beat
            most = max(note.length_beats, following - note.beat)
            length = min(note.length_beats + note.pedal_beats, most)
            notes.append(BeatNote(note.beat, note.pitch, length, hand, None, note.velocity))
        made[hand] = notes[::-1]
    return made


def _below_the_tune(own: Mapping[Hand, list[BeatNote]]) -> tuple[dict[Hand, list[BeatNote]], int]:
    """The left hand below what the right hand plays: all of it by as many octaves as most of it needs, single
    notes by more; and the octaves of all, in semitones."""
    right, left = own.get(Hand.RIGHT, []), own.get(Hand.LEFT, [])
    if not right or not left:
        return dict(own), 0
    over = sorted(note.pitch - tune for note, tune in zip(left, _tune_at(left, right), strict=True))
    most = over[int(0.9 * (len(over) - 1))]
    octaves = 0 if most < 0 else -(most // OCTAVE + 1)
    lowered = [
        replace(note, pitch=_under(note.pitch + octaves * OCTAVE, tune))
        for note, tune in zip(left, _tune_at(left, right), strict=True)
    ]
    return {**own, Hand.LEFT: lowered}, octaves * OCTAVE


def _under(pitch: int, tune: int) -> int:
    while pitch >= tune and pitch >= OCTAVE:
        pitch -= OCTAVE
    return pitch


def _tune_at(left: Sequence[BeatNote], right: Sequence[BeatNote]) -> list[int]:
    """The lowest key of the tune while each note of the left hand sounds, or the last before it."""
    found: list[int] = []
    at = 0
    for note in left:
        while at + 1 < len(right) and right[at + 1].beat <= note.beat:
            at += 1
        sounding = [right[at].pitch]
        for back in range(at, max(-1, at - 5), -1):
            if right[back].beat + right[back].length_beats > note.beat:
                sounding.append(right[back].pitch)
        ahead = at
        while ahead < len(right) and right[ahead].beat < note.beat + note.length_beats:
            if right[ahead].beat >= note.beat:
                sounding.append(right[ahead].pitch)
            ahead += 1
        found.append(min(sounding))
    return found


def _plain(note: SongNote, hand: Hand | None, loud: float = 1.0) -> BeatNote:
    """A note that the program plays, as long as it sounds."""
    velocity = max(1, round(note.velocity * loud))
    return BeatNote(note.beat, note.pitch, note.length_beats + note.pedal_beats, hand, None, velocity)
