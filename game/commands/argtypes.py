"""Types of what stands on the command line: numbers within their bounds, names, bars."""

import re
from argparse import ArgumentTypeError
from pathlib import Path

from game.settings import SPEED_RANGE


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


def speed(text: str) -> float:
    """Times the written tempo, within the range that a run may have."""
    least, most = SPEED_RANGE
    try:
        speed = float(text)
    except ValueError:
        speed = -1.0
    if not least <= speed <= most:
        raise ArgumentTypeError(f"{text!r} is no speed; give a number from {least} to {most}")
    return speed


def milliseconds(text: str) -> float:
    """A time in milliseconds; negative is early."""
    return between(text, -10_000, 10_000)


def bounce(text: str) -> float:
    """A bounce time in milliseconds, 0 for none."""
    return between(text, 0, 250)


def spread(text: str) -> float:
    """A standard deviation in milliseconds."""
    return between(text, 0, 10_000)


def seconds(text: str) -> float:
    """A time in seconds, up to a day either way."""
    return between(text, -86_400, 86_400)


def typed(text: str) -> str:
    """A name or path as it was typed; bytes that are no text would end in a fault far from here."""
    if not text or any("\ud800" <= letter <= "\udfff" for letter in text):
        raise ArgumentTypeError("this is no name; write it in letters")
    return text


def folder(text: str) -> Path:
    """A folder, which need not be there."""
    if "://" in text:
        raise ArgumentTypeError("this is an address and no folder; a database's is for --database")
    return Path(typed(text))


def share(text: str) -> float:
    """A share from 0 to 1."""
    try:
        share = float(text)
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        raise ArgumentTypeError(f"{text!r} is no share; give a number from 0 to 1")
    return share
