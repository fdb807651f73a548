"""What a result rests on: when the station's delay was measured, and what counts as a bounce."""

from typing import Any

from game.judge.conditions import Conditions
from game.words import _


def rests_on_data(conditions: Conditions) -> dict[str, Any]:
    """calibrated: ISO date on which the offsets taken off were measured; None where they never were.

    bounce_ms: a press of a key that soon after the last one counts as a bounce; 0 for none.
    """
    return {"calibrated": conditions.calibrated or None, "bounce_ms": round(conditions.bounce_s * 1000, 1)}


def rests_on_lines(conditions: Conditions) -> list[str]:
    """The same in sentences."""
    return [_calibrated_line(conditions.calibrated), *_bounce_lines(conditions.bounce_s)]


def _bounce_lines(bounce_s: float) -> list[str]:
    if bounce_s == 0:
        return []
    said = _(
        "A press within {ms:.0f} ms of the last one on the same key is a bounce and continues that press.",
        ms=bounce_s * 1000,
    )
    return [said]


def _calibrated_line(day: str) -> str:
    if not day:
        return _(
            "Never calibrated with this instrument: the mean asynchrony holds the delay of this station."
        )
    return _("Calibrated with this instrument on {day}.", day=day)
