"""Numbers on the command line, within their bounds."""

import re
from argparse import ArgumentTypeError

BOUNCE_HELP = "a press of a key that soon after the last is a bounce and continues it (pads: 50)"


def between(text: str, least: float, most: float) -> float:
    """The number that a text is. ArgumentTypeError where it is none, or outside the bounds."""
    try:
        number = float(text)
    except ValueError:
        number = float("nan")
    if not least <= number <= most:
        raise ArgumentTypeError(f"{text!r} does not fit; give a number from {least:g} to {most:g}")
    return number


def bar_range(text: str) -> tuple[int, int]:
    """First and last of the bars that `5-8` or `5` names. ArgumentTypeError where it names none."""
    found = re.fullmatch(r"(\d{1,6})(?:[-–](\d{1,6}))?", text, re.ASCII)
    if not found:
        raise ArgumentTypeError(f"{text!r} are no bars; give the first and the last, as in 5-8")
    return int(found[1]), int(found[2] or found[1])


def bounce_ms(text: str) -> float:
    """A bounce time (ms) from a text."""
    return between(text, 0, 250)
