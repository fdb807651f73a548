"""Where the beats of an import come from."""

from enum import StrEnum

SHORTEST_BEATS = 0.125
"""No note of an import is shorter."""


class Timing(StrEnum):
    """Where the beats of an import come from.

    WRITTEN: the file's. CLICK: the file's, onto which the played notes were moved. TRACKED: found in the
    playing, which was made even. PLAYED: none were found; times are as played, at a steady tempo.
    """

    WRITTEN = "written"
    CLICK = "click"
    TRACKED = "tracked"
    PLAYED = "played"

    @property
    def quantised(self) -> bool:
        return self in (Timing.CLICK, Timing.TRACKED)
