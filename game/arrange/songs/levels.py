"""The levels of a song: for one finger, for three, for five, in either hand, and for two hands."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from game.arrange.difficulty.difficulty import difficulty
from game.arrange.other_hand import for_hand
from game.arrange.reduction.limits import LIMITS, Reduction
from game.arrange.song_names import level_id, level_title
from game.arrange.songs.backing import backing, chord_notes
from game.arrange.songs.fingers import phrase_fingers
from game.arrange.songs.reduction import asked_of
from game.music.chords import REST, chord_classes
from game.music.level import SONG, BeatNote, HandChoice, Instrument, Level, SongName, in_order
from game.music.note import Hand
from game.music.song import ChordSpan, Song
from game.music.tempo import TempoMap

PHRASES = {
    Reduction.ONE_FINGER: ("one finger", "One finger plays the strong notes of a tune."),
    Reduction.THREE_FINGERS: ("three fingers", "Three fingers play along with a tune."),
    Reduction.FIVE_FINGERS: ("five fingers", "Five fingers play a tune in one position."),
    Reduction.TWO_HANDS: ("two hands", "One hand plays the tune, the other accompanies."),
}
"""How a level of a song is named behind the song's own title, and what it is for."""

CAUTIONS = {
    Reduction.ONE_FINGER: "Rest if the hand tires or hurts.",
    Reduction.THREE_FINGERS: "Rest if the hand tires or hurts.",
    Reduction.FIVE_FINGERS: "Ring and little finger tire first. Rest often.",
    Reduction.TWO_HANDS: "Ring and little finger tire first. Rest often.",
}
"""What to watch for, as in exercises that ask as much of a hand."""

FIRST_STEP = {
    Reduction.ONE_FINGER: 100,
    Reduction.THREE_FINGERS: 200,
    Reduction.FIVE_FINGERS: 300,
    Reduction.TWO_HANDS: 400,
}
"""Where in the ramp the songs of a reduction begin: after the exercises, each kind in order of difficulty."""

_LEFT_LOWEST = 48
"""The left hand of two plays from C3 to B3, under every tune."""

LONG_BAR_BEATS = 2.5
"""A chord that lasts longer than this is played twice by the left hand: root, and fifth in the middle."""


def song_levels(song: Song) -> tuple[Level, ...]:
    """Every level of a song, easiest first."""
    chords = chord_notes(song)
    one_hand = [level for reduction in LIMITS for level in _one_hand(song, reduction, chords)]
    return (*one_hand, _two_hands(song, chords))


def _one_hand(song: Song, reduction: Reduction, chords: list[BeatNote]) -> Iterator[Level]:
    """A reduction for the right hand, and the same an octave lower for the left."""
    asked = asked_of(song, reduction)
    right = _level(song, reduction, asked, backing(song, asked, chords))
    yield right
    yield replace(for_hand(right, HandChoice.LEFT), id=level_id(song.id, reduction, HandChoice.LEFT))


def _two_hands(song: Song, chords: list[BeatNote]) -> Level:
    """The whole tune in the right hand, roots and fifths in the left."""
    right = _with_fingers(song, song.tune, Hand.RIGHT)
    left = _with_fingers(song, [n for span in song.chords for n in _left(span)], Hand.LEFT)
    asked = (*right, *left)
    return _level(song, Reduction.TWO_HANDS, asked, backing(song, asked, chords))


def _left(span: ChordSpan) -> Iterator[BeatNote]:
    if span.name == REST:
        return
    classes = chord_classes(span.name)
    parts = [classes[0], classes[2]] if span.length_beats > LONG_BAR_BEATS else [classes[0]]
    if span.length_beats % 2:  # a bar of three has no middle
        parts = parts[:1]
    each = span.length_beats / len(parts)
    for i, tone in enumerate(parts):
        yield BeatNote(span.beat + i * each, _LEFT_LOWEST + tone % 12, each)


def _with_fingers(song: Song, notes: Sequence[BeatNote], hand: Hand) -> tuple[BeatNote, ...]:
    phrases = (tuple(phrase) for _, phrase in groupby(notes, key=lambda n: song.line(n.beat)))
    fingers = phrase_fingers(phrases, hand)
    return tuple(replace(n, hand=hand, finger=f) for n, f in zip(notes, fingers, strict=True))


def _level(
    song: Song, reduction: Reduction, asked: tuple[BeatNote, ...], around: tuple[BeatNote, ...]
) -> Level:
    phrase, aim = PHRASES[reduction]
    hand = HandChoice.BOTH if reduction is Reduction.TWO_HANDS else HandChoice.RIGHT
    level = Level(
        id=level_id(song.id, reduction, hand),
        title=level_title(song.title, phrase),
        aim=aim,
        caution=CAUTIONS[reduction],
        family=SONG,
        step=FIRST_STEP[reduction],
        instrument=Instrument.KEYBOARD,
        hand=hand,
        tempo=TempoMap.steady(song.bpm),
        metre=song.metre,
        notes=in_order(asked),
        accompaniment=around,
        origin=song.origin,
        lyrics=song.lyrics,
        song=SongName(song.id, song.title),
        arrangement=phrase,
    )
    return replace(level, step=level.step + round(10 * difficulty(level)) - 10)
