"""Why something is played next."""

from enum import StrEnum


class StepReason(StrEnum):
    """The reason for a next step.

    FIRST: nothing was played yet. ON: the next exercise or another song. MORE_FINGERS, BOTH_HANDS: more of
    the same song. SONG: a first one. FASTER, AGAIN, CALMER: the same level quicker, as it was, or slower.
    WHOLE: the level of a part that was practised. PART: a part to practise.
    """

    FIRST = "first"
    ON = "on"
    MORE_FINGERS = "more fingers"
    BOTH_HANDS = "both hands"
    SONG = "song"
    FASTER = "faster"
    AGAIN = "again"
    CALMER = "calmer"
    WHOLE = "whole"
    PART = "part"
