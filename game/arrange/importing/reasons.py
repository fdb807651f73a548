"""Why a note of a song is left out of its level, and how the hands were found."""

from enum import StrEnum


class LeftOutReason(StrEnum):
    """Why a note is neither asked nor played by the program."""

    DRUMS = "drums"
    EFFECTS = "effects"
    LATE = "beyond_ten_minutes"
    DOUBLED = "doubled"
    TOO_MANY = "too_many"


class HandsFoundBy(StrEnum):
    """How each note got its hand.

    PARTS: as in the file's parts. MODEL: by a model of two hands. TUNE: the tune on the right, what goes
    below it on the left. CHOICE: all for the hand asked for. NONE: there are no hands, only pads.
    """

    PARTS = "parts"
    MODEL = "model"
    TUNE = "tune"
    CHOICE = "choice"
    NONE = "none"
