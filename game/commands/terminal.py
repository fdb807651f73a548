"""The way out: whatever a verb prints passes here, and nothing in it can steer a terminal."""

import codecs
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from typing import Any, TextIO

from game.harmless import MARKS, discreet, escaped, harmless
from game.words import right_to_left

UNWRITABLE = "fingerfall-escape"
"""What a stream does with letters that its encoding lacks: it writes them as JSON escapes."""


class HarmlessStream:
    """A text stream of which every write is made harmless; all else is the stream's own."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        self._stream.write(harmless(discreet(text), MARKS if right_to_left() else ""))
        return len(text)

    def writelines(self, lines: Iterable[str]) -> None:
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


@contextmanager
def harmless_output() -> Iterator[None]:
    """Everything written to stdout and stderr is harmless; after a fault of the program it stays so."""
    before = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = (_made_harmless(stream) for stream in before)
    try:
        yield
    except Exception:  # its traceback, with whatever text it has, is still to be printed
        raise
    except BaseException:
        sys.stdout, sys.stderr = before
        raise
    sys.stdout, sys.stderr = before


def _made_harmless(stream: TextIO) -> Any:
    codecs.register_error(UNWRITABLE, _as_escapes)
    if isinstance(stream, TextIOWrapper):
        stream.reconfigure(errors=UNWRITABLE)
    return HarmlessStream(stream) if stream is not None else stream


def _as_escapes(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeEncodeError)
    return escaped(error.object[error.start : error.end]), error.end
