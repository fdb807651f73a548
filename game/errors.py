"""What went wrong, as one sentence: where it is and what cures it."""


class UserError(Exception):
    """Something a person can mend.

    The template is English with named places, `"{file}: {fault}"`, so that the sentence can be translated
    where it is shown; `str()` gives it in English. Bad use or bad input ends the program with exit status 2,
    a failure of the surroundings (`failed=True`: a full disk, a device that broke) with 1.
    """

    def __init__(self, template: str, *, failed: bool = False, **parts: object) -> None:
        self.template = template
        self.parts = parts
        self.failed = failed
        super().__init__(template.format(**parts))
