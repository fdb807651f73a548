"""What the name of a part says of it. What a person called a part counts more than its instrument."""

import re

_SUNG = re.compile(
    r"\b(melod\w*|vocals?|vox|voc|voice|lead\W*vo\w*|sing\w*|sang|tune|theme|canto|voz|chant|voix|stimme|gesang"
    r"|melodie|soprano?)\b",
    re.I,
)
_LEADING = re.compile(r"\b(lead|solo)\b", re.I)
_BEHIND = re.compile(
    r"\b(back(ing|ground|up)?|bgv?|harmon\w*|choirs?|chor(us)?|oohs?|aahs?|2nd|second|low(er)?|alto|tenor|bass)\b",
    re.I,
)
_MADE = re.compile(
    r"(lead ?\d.*|solo vox|voice oohs?|synth ?(voice|vox)|vocal oohs?|choir aahs?"
    r"|.*\((voice|lead|square|sawtooth)\))",
    re.I,
)
"""Names that General MIDI gives to instruments, and that programs write where nobody wrote one."""
_PIANO = re.compile(r"\b(piano\w*|klavier|keys|keyboard|pno|grand)\b", re.I)
_OTHER = re.compile(
    r"\b(gui?ta?rs?\w*|gtrs?|bass\w*|basso|strings?|violins?|violas?|cellos?|contrabass|harps?|flutes?|oboes?"
    r"|clarinets?|bassoons?|sax\w*|trumpets?|trombones?|horns?|tubas?|brass|organs?|accordion|synth\w*|pads?"
    r"|drums?|perc\w*|banjo|ukulele|mandolin|marimba|vibra?\w*|xylo\w*|glock\w*|bells?|choirs?|gitarren?"
    r"|streicher|geigen?|orgel|fl[öo]te|trompete)\b",
    re.I,
)
_HAND = re.compile(
    r"\b(right|left|rh|lh|r\.h|l\.h|rechts?|links?|rechte|linke|droite|gauche|derecha|izquierda|destra|sinistra)\b",
    re.I,
)

SUNG, LEADING, MADE, NOT_TOLD = 3, 2, 1, 0


def tune_told(name: str) -> int:
    """How surely a name says that its part is the tune: `SUNG` as a person says it, `LEADING` of an
    instrument that leads, `MADE` as programs call instruments, `NOT_TOLD`."""
    if _MADE.fullmatch(name.strip()):
        return MADE
    if _BEHIND.search(name):
        return NOT_TOLD
    if _SUNG.search(name):
        return SUNG
    return LEADING if _LEADING.search(name) else NOT_TOLD


def is_hand(name: str) -> bool:
    """Whether a name speaks of a hand, or of a side."""
    return bool(_HAND.search(name))


def without_side(name: str) -> str:
    """The name without the side or hand that it tells."""
    return _HAND.sub("", name).strip().lower()


def piano_told(name: str) -> bool | None:
    """Whether a name says that a piano plays the part; None where it says nothing of an instrument."""
    if _PIANO.search(name):
        return True
    return False if _OTHER.search(name) or tune_told(name) == SUNG else None
