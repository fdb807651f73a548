"""Costs of a player's steps through a piece in a reading by order, as logs of likelihoods.

Proposals, settled on made-up performances; `python -m tests.judge.wanderers` shows what they give.
"""

from dataclasses import dataclass
from math import exp, log, log1p

NOTE = 2.8
"""A note that is passed over."""

STRAY = 4.5
"""A press that nothing asks for."""

BOUNCE = 0.5
"""The same where the settings call it a bounce."""

TRILL, TRILL_S, TRILL_KEYS = 2.3, 0.3, 2
"""The same where it is near a press just made, in keys and in time: an ornament."""

APART, APART_ASKED_S, APART_S = 1.8, 0.3, 0.5
"""The same where its key is asked about now and a note was just played: hands that are not together."""

JUMP, JUMP_FAR = 13.1, 0.02
"""Going on somewhere else, and what each group of notes between adds (log of 1 + that many)."""

RESTART, BACK, BACK_GROUPS = 5.0, 2.0, 12
"""What a jump to the very beginning, and one of a few groups back, cost less: that is how people practise."""

LEFT_OUT = 12.0
"""Leaving out a passage costs no more than that, and a little for each note."""

END, END_NOTE = 6.0, 0.02
"""Beginning late or stopping early costs no more than that, and a little for each note left out."""

ASKED, ASKED_NEW, ASKED_SD_S = 0.7, 2.0, 0.06
"""Going by the asked time and not by the player's own tempo; what it costs more at the start of a stretch."""

LEAVING, SURPRISE = 1.5, 0.4
"""Leaving the asked beat and the own tempo at once, by so great a share of an interval. The music goes on
without the player, so that a note left out is likelier."""

NEW_SHARE = 0.2
"""How much less sure the tempo is at the start of a stretch, as a share of an interval."""

MATE = 0.7


@dataclass(frozen=True, slots=True)
class PlayingStyle:
    """A player's style.

    sd_s: of a press about its time. share: of an interval, as a part of it. note: what a note costs that is
    passed over.
    """

    sd_s: float = 0.06
    share: float = 0.12
    note: float = NOTE

    def unplayed(self, notes: int) -> float:
        """Of so many notes before the first that was played, or after the last."""
        return -min(self.note * notes, END + END_NOTE * notes)

    def left_out(self, notes: int) -> float:
        """Of so many notes that were passed over in one go."""
        return -min(self.note * notes, LEFT_OUT + END_NOTE * notes)


def mate(after_s: float) -> float:
    """Of another note of a group, so long after the one before: a chord, or a slow roll."""
    return _either(log(11.0) - after_s / 0.08, log(0.15) - after_s / 0.8) - MATE


def lateness(late_s: float) -> float:
    """Of a player who begins so late: within some tenths of a second, or anywhere."""
    near = log(0.99) - 10.0 * abs(late_s) - 0.5 * (late_s / 0.15) ** 2
    return _either(near, log(0.008) - abs(late_s) / 8.0)


def _either(one: float, other: float) -> float:
    """The log of the sum of two likelihoods that are given as logs, however small they are."""
    return max(one, other) + log1p(exp(-abs(one - other)))
