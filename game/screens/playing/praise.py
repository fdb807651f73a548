"""Words beside the field: at most three, at most one every few seconds, and only when they are true."""

from collections import deque
from statistics import mean, pstdev

from game.judge.verdicts import Judgement, Verdict
from game.words import N_

EVERY_S = 6.0
LOOKS_AT = 6
"""Notes looked back on. All limits here are proposals for a clinician to sign off."""

STEADY_SHARE = 0.5
"""Steady: the SD of the last asynchronies is under this share of the widest window's half-width, over two."""

STEADY = N_("nice and even")
GOING_WELL = N_("going well")
AHEAD = N_("before the beat")
BEHIND = N_("after the beat")
BREATHE = N_("join in anytime")


class Praise:
    """Chooses the words from what was just judged."""

    def __init__(self, good_s: float) -> None:
        self._good_s = good_s
        self._last: deque[Judgement] = deque(maxlen=LOOKS_AT)
        self._next_s = 0.0
        self.words = ""

    def heard(self, judgement: Judgement, now_s: float) -> None:
        """Take one judgement at a time of the run; the words change when they are due."""
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
