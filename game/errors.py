"""What went wrong, as one sentence: where it is and what cures it."""

from collections.abc import Iterable, Mapping

from game.harmless import discreet, one_line


class Phrase(str):
    """A part of a sentence that has words of its own, such as a cure: translated together with the sentence.

    It reads as its English text wherever nobody translates it.
    """

    template: str
    parts: Mapping[str, object]

    def __new__(cls, template: str, **parts: object) -> "Phrase":
        made = super().__new__(cls, template.format(**parts))
        made.template, made.parts = template, parts
        return made


class Listing(str):
    """Names or phrases in a row, each comma as the reader's language has it."""

    items: tuple[str, ...]

    def __new__(cls, items: Iterable[str]) -> "Listing":
        every = tuple(items)
        made = super().__new__(cls, ", ".join(every))
        made.items = every
        return made


class UserError(Exception):
    """Something a person can correct.

    The template is English with named places, `"{file}: {fault}"`, so that the sentence can be translated
    where it is shown; `str()` gives it in English. Its parts are harmless wherever they came from: a text is
    one line in which nothing steers a terminal, a tuple has a line for each of its parts. Bad use or bad
    input ends the program with exit status 2, a failure of the surroundings (`failed=True`: a full disk, a
    device that broke) with 1.
    """

    def __init__(self, template: str, *, failed: bool = False, **parts: object) -> None:
        self.template = template
        self.parts = {name: _part(part) for name, part in parts.items()}
        self.failed = failed
        super().__init__(template.format(**self.parts))


def _part(part: object) -> object:
    if isinstance(part, int | float):
        return part
    if isinstance(part, Phrase):
        return Phrase(part.template, **{name: _part(own) for name, own in part.parts.items()})
    if isinstance(part, Listing):
        return Listing(str(_part(item)) if type(item) is str else item for item in part.items)
    if isinstance(part, tuple):
        return "\n".join(str(_part(line)) for line in part)
    text = " ".join(str(part).split()) if isinstance(part, Exception) else str(part)
    return one_line(discreet(text))
