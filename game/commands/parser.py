"""The parser of every verb: what it complains of is one sentence with the cure, which gives nothing away."""

import argparse
import re
from typing import Any, NoReturn

from game.harmless import one_line


class Parser(argparse.ArgumentParser):
    """A parser whose complaint is one sentence with the cure."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.color = False  # from Python 3.14 on help has colours, and they are escape sequences

    def error(self, message: str) -> NoReturn:
        said = one_line(_without_addresses(message))
        self.exit(2, f"{self.prog}: {said}; `{self.prog} --help` shows what is possible\n")


def _without_addresses(message: str) -> str:
    """A complaint without what a database's address may hold, however it was mistyped."""
    return re.sub(r"(://|\bpostgres\w*(?:\+\w+)?:)(?:.*@\S*|[^\s'\"]*)", r"\1…", message, flags=re.DOTALL)
