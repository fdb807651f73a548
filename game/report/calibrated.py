"""The calibration line of a report: when the station's delay was measured, or that it never was."""

from game.judge.conditions import Conditions
from game.words import _


def calibrated_data(conditions: Conditions | None) -> str | None:
    """The ISO date on which the offsets that were taken off were measured; None where they never were."""
    return (conditions.calibrated or None) if conditions else None


def calibrated_line(conditions: Conditions | None) -> str:
    """The same as one sentence."""
    day = calibrated_data(conditions)
    if day is None:
        return _(
            "Never calibrated with this instrument: the mean asynchrony holds the delay of this station."
        )
    return _("Calibrated with this instrument on {day}.", day=day)
