"""The two hands, and the two sides.

Conventions: hands meet at onsets that ask for both; each is pressed at the mean time of its sure hits
there. Differences are left − right, seconds: positive is the left hand after the right. Asymmetry compares
the affected hand with the other in one run: 100·(other − affected)/(other + affected). Sides are halves of
the asked pitches, as they lie on the screen.

Measures
    inter_hand_gap_median_ms: median distance of the two hands where they meet
    inter_hand_lead_mean_ms: mean of left − right
    asymmetry_hit_rate_pct: asymmetry of the hit rate
    asymmetry_velocity_pct: asymmetry of the mean velocity
    asymmetry_sd_pct: asymmetry of the SD of asynchrony; negative where the affected hand is less steady
    omission_side_difference_pct: omission rate of the right side less that of the left, in points
    omission_laterality: (right − left)/(right + left) of the omission rates

Sources: inter-hand interval, Bonzano et al. (2008); Newcombe (1998) for the difference of proportions; the
other formulas are the project's own. A small gap may mean that one hand waited: read each hand's own error
beside it.
"""

from math import atanh, sqrt, tanh
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from game.metrics.decrement import ratio_of_means, ratio_of_rates, ratio_of_sds
from game.metrics.kit.confidence import newcombe
from game.metrics.kit.kind import N_, Kind, Scope, Sense
from game.metrics.kit.measure import Estimate
from game.metrics.kit.rows import HANDS, HIT, OMISSION
from game.metrics.kit.table import RunTable
from game.metrics.release import median_ms
from game.metrics.tapping import mean_ms
from game.music.note import Hand

Values = NDArray[np.float64]
LEFT, RIGHT = HANDS[Hand.LEFT], HANDS[Hand.RIGHT]

MIN_MEETINGS = 12
MIN_EACH = 12


class Pair(NamedTuple):
    """Samples of two sides. For an asymmetry: the affected hand, then the other."""

    first: NDArray[Any]
    second: NDArray[Any]


def fewer(pair: Pair) -> int:
    """Number of samples of the side with fewer."""
    return min(pair.first.size, pair.second.size)


def of_hand(table: RunTable, hand: int) -> RunTable:
    """The part of one hand."""
    return table.part(table.notes["hand"] == hand, hand)


def gaps_s(table: RunTable) -> Values:
    """Left − right at each onset where both hands were hit."""
    left, right = _times(table, LEFT), _times(table, RIGHT)
    meet = sorted(left.keys() & right.keys())
    return np.array([left[onset] - right[onset] for onset in meet])


def _times(table: RunTable, hand: int) -> dict[int, float]:
    of = of_hand(table, hand).beats
    hit = of.hit
    onset_ms = np.round(of.onset_s[hit] * 1000).astype(int)
    return dict(zip(onset_ms.tolist(), of.press_s[hit].tolist(), strict=True))


def asymmetry(ratio: Estimate) -> Estimate:
    """100·(other − affected)/(other + affected), from the ratio of other to affected."""
    if ratio.value is None or ratio.interval is None:
        return ratio
    low, high = ratio.interval
    return Estimate(_turned(ratio.value), (_turned(low), _turned(high)))


def _turned(ratio: float) -> float:
    return 100 * (ratio - 1) / (ratio + 1)


def side_difference(pair: Pair) -> Estimate:
    """Rate of the right side less that of the left, points."""
    (left_k, left_n), (right_k, right_n) = (
        (int(np.count_nonzero(side)), side.size) for side in (pair.first, pair.second)
    )
    low, high = newcombe(right_k, right_n, left_k, left_n)
    return Estimate(100 * (right_k / right_n - left_k / left_n), (100 * low, 100 * high))


def laterality(pair: Pair) -> Estimate:
    """(right − left)/(right + left) of the rates, −1 to 1."""
    left, right = (float(np.mean(side)) for side in (pair.first, pair.second))
    if left + right == 0:
        return Estimate(None, None, "no note was left out on either side")
    counts = [(np.count_nonzero(side) + 0.5, side.size + 0.5) for side in (pair.first, pair.second)]
    (k, n), (other_k, other_n) = counts
    error = sqrt(1 / k - 1 / n + 1 / other_k - 1 / other_n)
    # Half the logarithm of the ratio of the rates; with a half added, as one side may have none.
    smoothed = (other_k / other_n - k / n) / (other_k / other_n + k / n)
    half, value = 1.96 * error / 2, (right - left) / (right + left)
    low, high = tanh(atanh(smoothed) - half), tanh(atanh(smoothed) + half)
    return Estimate(value, (min(low, value), max(high, value)))


def both(table: RunTable) -> bool:
    """Whether the run asks for both hands."""
    return bool({LEFT, RIGHT} <= set(np.unique(table.cued["hand"]).tolist()))


def compared(table: RunTable) -> bool:
    """Whether the run asks for both hands and one of them is named as affected."""
    return table.context.affected is not None and both(table)


def _sides(table: RunTable) -> Pair:
    """Whether each note was left out, left half and right half of the pitches."""
    notes = table.cued
    if not notes.size:
        return Pair(np.zeros(0, bool), np.zeros(0, bool))
    middle = (int(notes["pitch"].min()) + int(notes["pitch"].max())) / 2
    out = notes["verdict"] == OMISSION
    return Pair(out[notes["pitch"] < middle], out[notes["pitch"] > middle])


def _hands(table: RunTable) -> tuple[RunTable, RunTable]:
    """The affected hand's part and the other's."""
    affected = HANDS[table.context.affected]
    return of_hand(table, affected), of_hand(table, LEFT + RIGHT - affected)


def _hit_rates(table: RunTable) -> Pair:
    return Pair(*(part.cued["verdict"] == HIT for part in _hands(table)))


def _velocities(table: RunTable) -> Pair:
    return Pair(*(part.hit_presses["velocity"] for part in _hands(table)))


def _asynchronies(table: RunTable) -> Pair:
    return Pair(*(part.asynchrony_s for part in _hands(table)))


_BONZANO = "Bonzano et al. 2008"

KINDS = (
    Kind(
        name="inter_hand_gap_median_ms", unit="ms",
        meaning=N_("How far apart the hands are where they should meet."),
        source=_BONZANO, of="onsets of both hands", minimum=MIN_MEETINGS,
        samples=lambda t: np.abs(gaps_s(t)), formula=median_ms,
        asked=both,
    ),
    Kind(
        name="inter_hand_lead_mean_ms", unit="ms",
        meaning=N_("Which hand leads: positive where the left hand comes after the right."),
        source=_BONZANO, of="onsets of both hands", minimum=MIN_MEETINGS,
        samples=gaps_s, formula=mean_ms,
        asked=both,
    ),
    Kind(
        name="asymmetry_hit_rate_pct", unit="%",
        meaning=N_("How many fewer notes the affected hand hits: 0 is alike."),
        source="project; Zou & Donner 2008", of="notes of each hand", minimum=MIN_EACH,
        samples=_hit_rates, formula=lambda p: asymmetry(ratio_of_rates(*p)), count=fewer,
        asked=compared,
        senses=Sense.NOTHING,
    ),
    Kind(
        name="asymmetry_velocity_pct", unit="%",
        meaning=N_("How much softer the affected hand strikes: 0 is alike."),
        source="project", of="hits of each hand", minimum=MIN_EACH,
        samples=_velocities, formula=lambda p: asymmetry(ratio_of_means(*p)), count=fewer,
        asked=compared,
        senses=Sense.VELOCITY,
    ),
    Kind(
        name="asymmetry_sd_pct", unit="%",
        meaning=N_("How steady the hands are: 0 is alike, negative: the affected one is less."),
        source="project", of="hits of each hand", minimum=MIN_EACH,
        samples=_asynchronies, formula=lambda p: asymmetry(ratio_of_sds(*p)), count=fewer,
        asked=compared,
    ),
    Kind(
        name="omission_side_difference_pct", unit="points",
        meaning=N_("How many more notes were left out on the right than the left."),
        source="project; Newcombe 1998", of="notes of each side", minimum=MIN_EACH,
        samples=_sides, formula=side_difference, count=fewer,
        asked=lambda t: fewer(_sides(t)) > 0,
        senses=Sense.NOTHING, scopes=Scope.RUN | Scope.HAND,
    ),
    Kind(
        name="omission_laterality", unit="",
        meaning=N_("On which side notes were left out: −1 all left, 1 all right."),
        source="project", of="notes of each side", minimum=MIN_EACH,
        samples=_sides, formula=laterality, count=fewer,
        asked=lambda t: fewer(_sides(t)) > 0,
        senses=Sense.NOTHING, scopes=Scope.RUN | Scope.HAND,
    ),
)  # fmt: skip
"""The measures of hands and sides."""
