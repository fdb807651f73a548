"""What a part's name says about it. A name given by a person counts more than an instrument's.

Names are looked at word by word, in any letters; a word counts by itself or by how it begins.
"""

import re
from collections.abc import Iterable

_WORD = re.compile(r"[^\W_]+")


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


SUNG_WORDS = _set("vox voc voice voices tune theme canto voz chant voix stimme gesang soprano sopran")
SUNG_BEGINS = ("melod", "vocal", "sing", "sang", "мелод", "вокал", "голос", "メロディ", "主旋律", "لحن")
LEADING_WORDS = _set("lead solo")
BEHIND_WORDS = _set(
    "back backing background backup bg bgv choir choirs chor chorus ooh oohs aah aahs 2nd second"
)
BEHIND_WORDS |= _set("low lower alto tenor bass")
BEHIND_BEGINS = ("harmon",)
PIANO_WORDS = _set("klavier keys keyboard pno grand")
PIANO_BEGINS = ("piano",)
OTHER_WORDS = _set(
    "gtr gtrs basso strings string violin violins viola violas cello cellos harp harps flute flutes flöte"
    " oboe clarinet bassoon trumpet trumpets trombone trombones horn horns tuba brass organ organs orgel"
    " accordion pad pads drum drums banjo ukulele mandolin marimba bell bells choir choirs streicher geige"
    " geigen trompete"
)
OTHER_BEGINS = ("guit", "gitar", "bass", "sax", "synth", "perc", "vib", "xylo", "glock", "contrab")
HAND_WORDS = _set(
    "right left rh lh rechts links rechte linke droite gauche derecha izquierda destra sinistra"
)
MADE_NAMES = _set("solovox voiceooh voiceoohs vocaloohs synthvoice synthvox choiraahs")
MADE_BEGINS = ("lead1", "lead2", "lead3", "lead4", "lead5", "lead6", "lead7", "lead8")
"""Names that General MIDI gives to instruments, and that programs write where nobody wrote one."""

SUNG, LEADING, MADE, NOT_TOLD = 3, 2, 1, 0


def tune_told(name: str) -> int:
    """How surely a name says that its part is the tune: `SUNG` as a person says it, `LEADING` of an
    instrument that leads, `MADE` as programs call instruments, `NOT_TOLD`."""
    words = _words(name)
    whole = "".join(words)
    if whole in MADE_NAMES or whole.startswith(MADE_BEGINS):
        return MADE
    if _tells(words, BEHIND_WORDS, BEHIND_BEGINS):
        return NOT_TOLD
    if _tells(words, SUNG_WORDS, SUNG_BEGINS):
        return SUNG
    return LEADING if _tells(words, LEADING_WORDS) else NOT_TOLD


def is_hand(name: str) -> bool:
    """Whether a name speaks of a hand, or of a side."""
    return _tells(_words(name), HAND_WORDS)


def without_side(name: str) -> tuple[str, ...]:
    """The words of a name without the side or hand that it tells."""
    return tuple(word for word in _words(name) if word not in HAND_WORDS)


def piano_told(name: str) -> bool | None:
    """Whether a name says that a piano plays the part; None where it says nothing of an instrument."""
    words = _words(name)
    if _tells(words, PIANO_WORDS, PIANO_BEGINS):
        return True
    return False if _tells(words, OTHER_WORDS, OTHER_BEGINS) or tune_told(name) == SUNG else None


def _words(name: str) -> list[str]:
    """The words of a name in small letters; "R.H." is one."""
    return _WORD.findall(name.replace(".", "").lower())


def _tells(words: Iterable[str], known: frozenset[str], begins: tuple[str, ...] = ()) -> bool:
    return any(word in known or (bool(begins) and word.startswith(begins)) for word in words)
