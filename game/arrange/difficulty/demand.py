"""A level's demand on a hand in ten dimensions, 0 to 10, computed from its notes and tempo.

Each dimension is a plain formula, said in docs/difficulty.md. The scales are proposals for a clinician to
sign off; they were not measured on patients.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields
from functools import lru_cache
from itertools import pairwise
from math import log2

from game.arrange.difficulty.readings import LONGEST_GAP_BEATS, apart_in, entropy_bits
from game.arrange.difficulty.strokes import HandStroke, MomentKind, Playing, playing, together, with_hands
from game.music.keyboard import is_black, white_index
from game.music.level import BeatNote, Level, timed
from game.music.note import THUMB, Hand, Note
from game.music.tempo import TempoMap

MOST = 10.0
WEAKER = (4, 5)
"""The ring and the little finger."""


@dataclass(frozen=True, slots=True)
class Scales:
    """The scale of each dimension.

    rate: onsets a second of the whole level; finger: presses a second of one finger. Each doubling counts
    alike. Healthy index fingers tap 5 to 7 a second at most. fingers: so many are the most. step_whites: the
    mean step; stretch_whites: the widest hold, both in white keys. keys: so many beyond one at a stroke.
    rhythms: so many different times between onsets beyond one. crossings, blacks, syncopes: shares of
    notes. loudness: from the softest to the loudest asked, of MIDI's 127. pitch_bits: entropy of the keys.
    """

    rate: tuple[float, float] = (0.25, 8.0)
    finger: tuple[float, float] = (0.125, 6.0)
    fingers: int = 5
    step_whites: float = 7.0
    stretch_whites: float = 8.0
    keys: float = 2.0
    rhythms: float = 4.0
    syncopes: float = 0.5
    crossings: float = 0.25
    loudness: float = 60.0
    pitch_bits: float = 5.0
    blacks: float = 0.5


SCALES = Scales()


@dataclass(frozen=True, slots=True)
class Demand:
    """The demand in each dimension, from 0 (none) to 10 (as in music for healthy hands).

    rate: how many onsets a second. finger_speed: how soon one finger must press again.
    independence: how many fingers, how weak, next to each other, some holding while others press.
    reach: how far from key to key, and how wide the hand. chords: how many keys at once in a hand.
    hands: both hands, at once, and each its own way. rhythm: how many different times, and against the beat.
    thumb_under: how often the thumb passes under. dynamics: from soft to loud.
    reading: how many keys to tell apart, and black ones.
    """

    rate: float = 0.0
    finger_speed: float = 0.0
    independence: float = 0.0
    reach: float = 0.0
    chords: float = 0.0
    hands: float = 0.0
    rhythm: float = 0.0
    thumb_under: float = 0.0
    dynamics: float = 0.0
    reading: float = 0.0

    def as_dict(self) -> dict[str, float]:
        """The dimensions by name."""
        return asdict(self)


DIMENSIONS = tuple(field.name for field in fields(Demand))


def demand(level: Level, scales: Scales = SCALES) -> Demand:
    """A level's demand at its written tempo; cached.

    Of most dimensions it is what the hand asks that asks more, or both together, so that a second hand never
    makes a level easier. Where a note names no hand, its hand is found first.
    """
    return _of_notes(level.notes, level.tempo, scales)


@lru_cache(maxsize=2048)
def _of_notes(written: tuple[BeatNote, ...], tempo: TempoMap, scales: Scales) -> Demand:
    notes = with_hands(written)
    if not notes:
        return Demand()
    hands = playing(notes)
    sides: list[Sequence[BeatNote]] = [notes]
    if len(hands) > 1:
        sides += ([n for n in notes if n.hand is hand] for hand in hands)
    whole = timed(notes, tempo)
    timed_sides = [whole]
    if len(hands) > 1:
        timed_sides += (tuple(n for n in whole if n.hand is hand) for hand in hands)
    shares = {
        "rate": max(rate(side, scales) for side in timed_sides),
        "finger_speed": max(finger_speed(side, scales) for side in timed_sides),
        "independence": max(fingers_apart(own, scales) for own in hands.values()),
        "reach": max(reach(own, scales) for own in hands.values()),
        "chords": max(chords(own, scales) for own in hands.values()),
        "hands": coordination(hands),
        "rhythm": max(rhythm(side, scales) for side in sides),
        "thumb_under": max(thumb_under(hand, own, scales) for hand, own in hands.items()),
        "dynamics": dynamics(notes, scales),
        "reading": max(reading(side, scales) for side in sides),
    }
    return Demand(**{name: MOST * share for name, share in shares.items()})


def rate(notes: Sequence[Note], scales: Scales = SCALES) -> float:
    """Onsets a second over the level, each doubling alike."""
    length_s = max(n.end_s for n in notes) - notes[0].onset_s
    return _doublings(len({n.onset_s for n in notes}) / length_s, scales.rate)


def finger_speed(notes: Sequence[Note], scales: Scales = SCALES) -> float:
    """Presses a second of the finger that must press again soonest, one pause in ten being shorter still.

    Where no finger is named, each key counts as one.
    """
    onsets_s: dict[object, list[float]] = defaultdict(list)
    for n in notes:
        onsets_s[_finger(n)].append(n.onset_s)
    soonest = [_tenth([b - a for a, b in pairwise(own) if b > a]) for own in onsets_s.values()]
    again_s = min((s for s in soonest if s is not None), default=None)
    return 0.0 if again_s is None else _doublings(1 / again_s, scales.finger)


def fingers_apart(own: Sequence[HandStroke], scales: Scales = SCALES) -> float:
    """Independence of fingers: their number, then the ring and little finger, neighbours in turn, holding."""
    notes = [n for s in own for n in s.notes]
    number = _within((len({_finger(n) for n in notes}) - 1) / (scales.fingers - 1))
    weaker = _share(n.finger in WEAKER for n in notes)
    turns = [(a.finger, b.finger) for a, b in _steps(own)]
    neighbours = _share(bool(a and b) and abs((a or 0) - (b or 0)) == 1 for a, b in turns)
    holding = _share(bool(s.held) for s in own)
    return 0.62 * number + 0.13 * weaker + 0.11 * neighbours + 0.14 * holding


def reach(own: Sequence[HandStroke], scales: Scales = SCALES) -> float:
    """The mean step of a hand from note to note, and the widest it is held, in white keys."""
    sizes = [abs(white_index(a.pitch) - white_index(b.pitch)) for a, b in _steps(own)]
    step = sum(sizes) / len(sizes) if sizes else 0.0
    widest = max(white_index(max(s.down)) - white_index(min(s.down)) for s in own)
    return 0.7 * _within(step / scales.step_whites) + 0.3 * _within(widest / scales.stretch_whites)


def chords(own: Sequence[HandStroke], scales: Scales = SCALES) -> float:
    """How many keys a hand goes down on at once, beyond one."""
    return _within((sum(len(s.notes) for s in own) / len(own) - 1) / scales.keys)


def coordination(hands: Playing) -> float:
    """Both hands: that both play, how often at once, and how far they go separate ways."""
    if len(hands) < 2:
        return 0.0
    moments = together(hands[Hand.LEFT], hands[Hand.RIGHT])
    at_once = _share(moment.kind is MomentKind.BOTH for moment in moments)
    return 0.4 + 0.4 * at_once + 0.2 * apart_in(moments)


def rhythm(notes: Sequence[BeatNote], scales: Scales = SCALES) -> float:
    """How many different times between onsets, and how often an onset off the beat skips the next one."""
    beats = sorted({round(n.beat, 3) for n in notes})
    gaps = {round(b - a, 2) for a, b in pairwise(beats) if b - a <= LONGEST_GAP_BEATS}
    on_beats = {beat for beat in beats if beat == int(beat)}
    against = _share(beat != int(beat) and int(beat) + 1 not in on_beats for beat in beats[:-1])
    return 0.7 * _within((len(gaps) - 1) / scales.rhythms) + 0.3 * _within(against / scales.syncopes)


def thumb_under(hand: Hand, own: Sequence[HandStroke], scales: Scales = SCALES) -> float:
    """Share of steps at which the thumb passes under, or a finger over it; needs fingers."""
    lines = [(a.notes[0], b.notes[0]) for a, b in pairwise(own) if len(a.notes) == len(b.notes) == 1]
    return _within(_share(_crosses(hand, a, b) for a, b in lines) / scales.crossings)


def dynamics(notes: Sequence[BeatNote], scales: Scales = SCALES) -> float:
    """From the softest to the loudest note, where loudness is asked."""
    asked = [n.velocity for n in notes if n.velocity is not None]
    return _within((max(asked) - min(asked)) / scales.loudness) if asked else 0.0


def reading(notes: Sequence[BeatNote], scales: Scales = SCALES) -> float:
    """How many keys there are to tell apart, by how often each comes, and the share of black ones."""
    keys = _within(entropy_bits(n.pitch for n in notes) / scales.pitch_bits)
    return 0.7 * keys + 0.3 * _within(_share(is_black(n.pitch) for n in notes) / scales.blacks)


def _crosses(hand: Hand, a: BeatNote, b: BeatNote) -> bool:
    """Whether the thumb passes under: onto the thumb on the fingers' side of a note, or from it back."""
    if a.finger is None or b.finger is None or THUMB not in (a.finger, b.finger) or a.finger == b.finger:
        return False
    up = b.pitch - a.pitch if hand is Hand.RIGHT else a.pitch - b.pitch
    return up > 0 if b.finger == THUMB else up < 0


def _steps(own: Sequence[HandStroke]) -> list[tuple[BeatNote, BeatNote]]:
    """Each stroke's lowest note with the next one's: the way a hand goes, whatever it takes with it."""
    return [(a.notes[0], b.notes[0]) for a, b in pairwise(own)]


def _finger(note: BeatNote | Note) -> tuple[Hand | None, int, bool]:
    return (note.hand, note.finger or note.pitch, note.finger is None)


def _tenth(pauses_s: list[float]) -> float | None:
    return sorted(pauses_s)[len(pauses_s) // 10] if pauses_s else None


def _doublings(value: float, scale: tuple[float, float]) -> float:
    low, high = scale
    return _within(log2(value / low) / log2(high / low))


def _share(facts: Iterable[bool]) -> float:
    known = list(facts)
    return sum(known) / len(known) if known else 0.0


def _within(value: float) -> float:
    return min(1.0, max(0.0, value))
