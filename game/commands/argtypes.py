"""Types of command-line arguments: bounded numbers, names, bars."""

import re
from argparse import ArgumentTypeError
from pathlib import Path

from game.settings import SPEED_RANGE


def decimal(text: str) -> float:
    """The number in a text, with a decimal point or comma: `1.5` or `1,5`. ValueError: not a number."""
    return float(re.sub(r"^\s*([-+]?\d+),(\d+)\s*$", r"\1.\2", text))


def between(text: str, least: float, most: float) -> float:
    """The number in a text. ArgumentTypeError if it is not a number, or out of bounds."""
    try:
        number = decimal(text)
    except ValueError:
        number = float("nan")
    if not least <= number <= most:
        raise ArgumentTypeError(f"{text!r} does not fit; give a number from {least:g} to {most:g}")
    return number


def bar_range(text: str) -> tuple[int, int]:
    """First and last bar of `5-8` or `5`. ArgumentTypeError for other texts."""
    found = re.fullmatch(r"(\d{1,6})(?:[-–](\d{1,6}))?", text, re.ASCII)
    if not found:
        raise ArgumentTypeError(f"{text!r} names no bars; give the first and the last, as in 5-8")
    return int(found[1]), int(found[2] or found[1])


def speed(text: str) -> float:
    """Times the written tempo, within the range that a run may have."""
    least, most = SPEED_RANGE
    try:
        speed = decimal(text)
    except ValueError:
        speed = -1.0
    if not least <= speed <= most:
        raise ArgumentTypeError(f"{text!r} is not a speed; give a number from {least} to {most}")
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
    """A name or path as it was typed; undecodable bytes would cause an error elsewhere."""
    if not text or any("\ud800" <= letter <= "\udfff" for letter in text):
        raise ArgumentTypeError("this is not a name; write it in letters")
    return text


def folder(text: str) -> Path:
    """A folder, which may not exist yet."""
    if "://" in text:
        raise ArgumentTypeError("this is an address, not a folder; give a database's address with --database")
    return Path(typed(text))


def share(text: str) -> float:
    """A share from 0 to 1."""
    try:
        share = decimal(text)
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        raise ArgumentTypeError(f"{text!r} is not a share; give a number from 0 to 1")
    return share
