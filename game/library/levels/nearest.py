"""What somebody meant who misspelt a name."""

from collections.abc import Iterable

from game.errors import Listing, Phrase


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known name that a word comes nearest to, or None where none is near.

    A word is also compared with the start of each name: the end of a long one is what people leave out.
    """
    from difflib import SequenceMatcher

    def likeness(name: str) -> float:
        starts = {name, name[: len(word)]} if len(word) > 3 else {name}
        return max(SequenceMatcher(None, word.lower(), start).ratio() for start in starts)

    best = max(known, key=likeness, default=None)
    return best if best is not None and likeness(best) >= 0.6 else None


def did_you_mean(word: str, known: Iterable[str]) -> Phrase:
    """The cure for a misspelt word: the nearest known one, or all of them."""
    names = tuple(known)
    near = nearest(word[:80], names)
    if near:
        return Phrase('did you mean "{name}"?', name=near)
    return Phrase("write one of {names}", names=Listing(f'"{name}"' for name in names))
