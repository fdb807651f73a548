"""One reading of a run: which press is whose, in rounds in which pairs teach habits and habits find pairs."""

from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from game.judge.clinical.habits import REACH_S, Habits
from game.judge.clinical.lanes import Pairs, heaviest, mutual
from game.judge.clinical.line import Surroundings, middle
from game.judge.clinical.slips import slips
from game.judge.clinical.table import AlignmentTable

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

SURE = 30.0
"""The margin of a note that no press could belong to."""

_BEND_COST_S = 50.0
"""What it costs (a log of likelihoods) for each second by which the line of lateness goes up and down."""

_TURN_COST = 1.5
"""What each step of the trend costs: it was fitted to the very presses that then seem to confirm it."""

_LATE_COST_S, _LATE_SD_S = 10.0, 0.15
"""What a lateness of the whole run costs (a log of likelihoods): so much a second, and as a normal error of
that SD; no more than a few notes can outvote."""

_FIRST = 5
_PLAIN_SDS = 3.0
"""Pairs within so many SDs stand; those further off first compete with wrong keys for the same press."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading so far; notes and presses are rows of the table.

    asked: the key that each note is taken to ask for, another than its own where the hand lies to the side.
    trend_s: where each note's lateness is looked for at first. line_s: where it is expected. away_s: what of
    both comes of being somewhere else in the music. around: what lines are told from, None for a level one.
    press: of each note, or −1. weight: of each note, how much better its pair is than none, 0 without one.
    likelihood: log of the whole reading's. margin: of each note, over the next best; only once settled.
    """

    run: AlignmentTable
    asked: Ints
    trend_s: Floats
    line_s: Floats
    away_s: Floats
    around: Surroundings | None
    habits: Habits = field(default_factory=Habits)
    press: Ints = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    weight: Floats = field(default_factory=lambda: np.empty(0))
    margin: Floats = field(default_factory=lambda: np.empty(0))
    likelihood: float = -np.inf

    @property
    def in_lane(self) -> Flags:
        """Notes whose press is of the key that they are taken to ask for."""
        matching: Flags = (self.press >= 0) & (self.run.key[self.press] == self.asked)
        return matching

    @property
    def score(self) -> float:
        """Its likelihood (log) with that of so late a player: the smaller a lateness the likelier."""
        late_s = self.run.taken_s + middle(self.line_s - self.away_s)
        return self.likelihood - _LATE_COST_S * abs(late_s) - 0.5 * (late_s / _LATE_SD_S) ** 2

    @property
    def begins_s(self) -> float:
        """How late the player is at the beginning."""
        return self.run.taken_s + middle(self.line_s[:_FIRST])

    def rough(self) -> "Reading":
        """Pairs that prefer each other: quick, and nearly right."""
        return self._read(exact=False)

    def exact(self) -> "Reading":
        """The best pairs in order on each key."""
        return self._read(exact=True)

    def weighed(self) -> "Reading":
        """The same with how much better each note's reading is than the next best one."""
        return self._read(exact=True, weigh=True)

    def learned(self) -> "Reading":
        """The same with line and habits estimated from its pairs."""
        run, own = self.run, self.in_lane
        late_s = np.where(own, run.press_s[self.press] - run.onset_s, np.nan)
        line_s = self.trend_s + self._line(late_s - self.trend_s)
        free = self._unpaired(self.press)
        wrong = int(np.count_nonzero((self.press >= 0) & ~own))
        habits = self.habits.timed((late_s - line_s)[own]) if own.any() else self.habits
        habits = habits.counted(len(own), int(np.count_nonzero(self.press < 0)), wrong)
        habits = habits.strayed(run.since_s[free], len(run.key), run.keys * run.length_s)
        return replace(self, line_s=line_s, habits=habits)

    def _line(self, late_s: Floats) -> Floats:
        if self.around is not None:
            return self.around.line(late_s)
        known = late_s[~np.isnan(late_s)]
        return np.full(len(late_s), middle(known) if len(known) else 0.0)

    def _read(self, exact: bool, weigh: bool = False) -> "Reading":
        stray = self.habits.stray(self.run.since_s, self.run.bounced)
        press, margin = self._in_lanes(stray, exact, weigh)
        off_s = np.where(press >= 0, self.run.press_s[press] - self.run.onset_s - self.line_s, np.inf)
        own = np.where(np.abs(off_s) <= _PLAIN_SDS * self.habits.sd_s, press, -1)
        kept = own >= 0
        weight = np.zeros(len(press))
        weight[kept] = self.habits.near(off_s[kept]) + self.habits.played_odds - stray[own[kept]]
        left = np.flatnonzero(~kept)
        for slip in slips(self.run, self.asked, self.habits, self.line_s, press, left, self._unpaired(own)):
            own[slip.note], weight[slip.note] = slip.press, slip.weight
            margin[slip.note] = min(margin[slip.note], slip.margin)
        likelihood = (
            float(weight.sum() + stray.sum())
            + self.habits.nothing(len(own), self.run.keys * self.run.length_s)
            - _BEND_COST_S * float(np.abs(np.diff(self.line_s - self.away_s)).sum())
            - _TURN_COST * np.count_nonzero(np.diff(self.trend_s - self.away_s).round(6))
        )
        return replace(self, press=own, weight=weight, margin=margin, likelihood=likelihood)

    def _in_lanes(self, stray: Floats, exact: bool, weigh: bool) -> tuple[Ints, Floats]:
        """For each note the press of the key it asks for, or −1, and how sure that is where it is weighed."""
        lane = self.run.note_lane
        if self.asked is not self.run.pitch:
            lane = np.argsort(self.run.places(self.asked, self.run.onset_s), kind="stable")
        pairs = self._pairs(lane, stray)
        press, margin = np.empty(len(lane), dtype=np.int64), np.empty(len(lane))
        sure = np.full(len(lane), SURE)
        found = heaviest(pairs, len(lane), sure if weigh else None) if exact else mutual(pairs, len(lane))
        press[lane], margin[lane] = np.where(found >= 0, self.run.lane[found], -1), sure
        return press, margin

    def _unpaired(self, press: Ints) -> Ints:
        """Presses that no note has."""
        free = np.ones(len(self.run.key), dtype=np.bool_)
        free[press[press >= 0]] = False
        return np.flatnonzero(free)

    def _pairs(self, lane: Ints, stray: Floats) -> Pairs:
        """Pairs that are better than none, notes as places in `lane`, presses as places in the table's."""
        run, expected_s = self.run, (self.run.onset_s + self.line_s)[lane]
        note, place = run.near(self.asked[lane], expected_s, REACH_S)
        press = run.lane[place]
        off_s = run.press_s[press] - expected_s[note]
        weight = self.habits.near(off_s) + self.habits.played_odds - stray[press]
        better = weight > 0
        return Pairs(note[better], place[better], weight[better])


def first_reading(run: AlignmentTable, trend_s: Floats, around: Surroundings | None) -> Reading:
    """A reading before the first round; without surroundings the line stays as the trend is."""
    return Reading(run, run.pitch, trend_s, trend_s, np.zeros(len(trend_s)), around)
