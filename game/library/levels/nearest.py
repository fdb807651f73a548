"""Suggestions for misspelt names."""

from collections.abc import Iterable

from game.errors import Listing, Phrase


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known name closest to a word, or None if none is close.

    A word is also compared with the start of each name: since people often leave out the end of a long one.
    """
    from difflib import SequenceMatcher

    def likeness(name: str) -> float:
        starts = {name, name[: len(word)]} if len(word) > 3 else {name}
        return max(SequenceMatcher(None, word.lower(), start).ratio() for start in starts)

    best = max(known, key=likeness, default=None)
    return best if best is not None and likeness(best) >= 0.6 else None


def did_you_mean(word: str, known: Iterable[str]) -> Phrase:
    """The suggestion for a misspelt word: the closest known one, or all of them."""
    names = tuple(known)
    near = nearest(word[:80], names)
    if near:
        return Phrase('did you mean "{name}"?', name=near)
    return Phrase("write one of {names}", names=Listing(f'"{name}"' for name in names))
