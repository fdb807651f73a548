"""What went wrong, as one sentence: where it is and what cures it."""

from collections.abc import Iterable, Mapping


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
    where it is shown; `str()` gives it in English. Bad use or bad input ends the program with exit status 2,
    a failure of the surroundings (`failed=True`: a full disk, a device that broke) with 1.
    """

    def __init__(self, template: str, *, failed: bool = False, **parts: object) -> None:
        self.template = template
        self.parts = parts
        self.failed = failed
        super().__init__(template.format(**parts))
