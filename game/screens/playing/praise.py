"""Feedback beside the field: at most three words, at most once every few seconds, and only if true."""

from collections import deque
from statistics import mean, pstdev

from game.judge.verdicts import Judgement, Verdict
from game.words import N_

EVERY_S = 6.0
LOOKS_AT = 6
"""Number of recent notes considered. All limits here are proposals for a clinician to sign off."""

STEADY_SHARE = 0.5
"""Steady: the SD of the recent asynchronies is below half this share of the widest window's half-width."""

STEADY = N_("nice and even")
GOING_WELL = N_("going well")
AHEAD = N_("before the beat")
BEHIND = N_("after the beat")
BREATHE = N_("join in anytime")


class Praise:
    """Chooses the words from the latest judgements."""

    def __init__(self, good_s: float) -> None:
        self._good_s = good_s
        self._last: deque[Judgement] = deque(maxlen=LOOKS_AT)
        self._next_s = 0.0
        self.words = ""

    def heard(self, judgement: Judgement, now_s: float) -> None:
        """Add a judgement at a song time; the words change at most once every few seconds."""
        self._last.append(judgement)
        if len(self._last) < LOOKS_AT or now_s < self._next_s:
            return
        words = self._true_words()
        if words != self.words:
            self._next_s = now_s + EVERY_S
        self.words = words

    def _true_words(self) -> str:
        hits = [j for j in self._last if j.verdict is Verdict.HIT]
        late_s = [j.asynchrony_s for j in hits if j.asynchrony_s is not None]
        if len(late_s) <= LOOKS_AT // 2:
            return BREATHE if not late_s else ""
        if len(late_s) < LOOKS_AT:
            return GOING_WELL
        if pstdev(late_s) <= STEADY_SHARE * self._good_s / 2:
            lean_s = mean(late_s)
            if abs(lean_s) > STEADY_SHARE * self._good_s:
                return AHEAD if lean_s < 0 else BEHIND
            return STEADY
        return GOING_WELL
