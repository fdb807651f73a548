"""Ways through a run that a search by order finds: their steps, and where each stands."""

from dataclasses import dataclass, field
from typing import NamedTuple


class Step(NamedTuple):
    """A press that was given to a group, and the step before it. jumped: the player came from elsewhere."""

    before: "Step | None"
    press: int
    group: int
    jumped: bool


@dataclass(slots=True)
class State:
    """The best reading so far that ends in one group.

    first_s, last_s: presses of that group. tempo: seconds played a second asked. steps: since its stretch
    began. late_s: behind the asked time. used: notes of the group that have a press, as bits.
    """

    score: float
    first_s: float
    last_s: float
    tempo: float
    steps: int
    late_s: float
    used: int
    step: Step


@dataclass(slots=True)
class OrderPath:
    """The best reading by order. steps: presses with their groups, in order of time.

    scores: for each press, by group, the best reading up to there that gives it to that group.
    """

    score: float
    steps: list[Step]
    scores: list[dict[int, float]] = field(default_factory=list)


@dataclass(slots=True)
class Offers:
    """Readings that one press leads to, by group. given: the best in which the press belongs to that group.

    floor: what is worse than that is forgotten.
    """

    floor: float
    states: dict[int, State] = field(default_factory=dict)
    given: dict[int, float] = field(default_factory=dict)

    def tell(self, group: int, score: float) -> None:
        """Keep the score of a reading in which the press belongs to a group."""
        if score > self.given.get(group, self.floor):
            self.given[group] = score

    def better(self, group: int, score: float) -> bool:
        """The same; and whether it is the best that ends there."""
        if score <= self.floor:
            return False
        if score > self.given.get(group, self.floor):
            self.given[group] = score
        before = self.states.get(group)
        return before is None or score > before.score
