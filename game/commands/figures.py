"""Numbers on the command line, within their bounds."""

from argparse import ArgumentTypeError


def between(text: str, least: float, most: float) -> float:
    """The number that a text is. ArgumentTypeError where it is none, or outside the bounds."""
    try:
        number = float(text)
    except ValueError:
        number = float("nan")
    if not least <= number <= most:
        raise ArgumentTypeError(f"{text!r} does not fit; give a number from {least:g} to {most:g}")
    return number
