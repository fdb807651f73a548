"""The context of all verbs: shared options and output."""

import json
import sys
from argparse import Namespace
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from game.clock import Clock, SystemClock
from game.errors import UserError
from game.harmless import one_line
from game.words import _

if TYPE_CHECKING:
    from game.music.level import Level
    from game.store.store import Store


@dataclass(frozen=True)
class Context:
    """Options that all verbs share.

    data: folder of this user's data, None for the usual one. database: URL of a shared database, or None.
    midi_api: which of the system's MIDI interfaces. as_json: one JSON document on stdout and nothing else.
    """

    data: Path | None = None
    database: str | None = None
    midi_api: str = "auto"
    as_json: bool = False
    clock: Clock = field(default_factory=SystemClock)

    @classmethod
    def of(cls, options: Namespace) -> "Context":
        """From parsed options."""
        return cls(
            data=getattr(options, "data", None),
            database=getattr(options, "database", None),
            midi_api=getattr(options, "midi_api", "auto"),
            as_json=getattr(options, "json", False),
        )

    @property
    def folder(self) -> Path:
        """Where this user's data is."""
        from game.library.places import user_folder

        return user_folder(self.data)

    def level_folders(self) -> tuple[Path, ...]:
        """Where levels are: the user's own first, then those that came with the program."""
        from game.library.places import data_folder

        return self.folder / "levels", data_folder("levels")

    @property
    def level_index(self) -> Path:
        """Where an index of all levels is kept, so that they need not all be read at each start."""
        return self.folder / "cache" / "levels.json"

    def level(self, name: str) -> "Level":
        """A level by id or file; a MIDI file is taken as it is. UserError names the nearest id."""
        if name.lower().endswith((".mid", ".midi")):
            from game.midi.smf import read_level

            return read_level(Path(name))
        from game.library.files import find_level

        try:
            return find_level(name, self.level_folders())
        except OSError as error:
            shown = name if len(name) <= 60 else f"{name[:60]}…"
            raise UserError(
                "{level}: no such level ({reason})", level=shown, reason=error.strerror
            ) from error

    def store(self) -> "Store":
        """The open store; blocks. The caller closes it."""
        from game.store.store import open_store

        return open_store(self.folder, self.database)


def say(text: str) -> None:
    """A line for the person on stdout."""
    print(one_line(text))


def say_json(data: Mapping[str, Any] | list[Any]) -> None:
    """One JSON document on stdout."""
    print(json.dumps(data, ensure_ascii=False))


def warn(text: str) -> None:
    """A line for the person on stderr, where JSON has stdout."""
    print(one_line(text), file=sys.stderr)


def complain(error: UserError) -> None:
    """What went wrong, on stderr: one sentence, or a line for each fault of a file."""
    print(_(error.template, **error.parts), file=sys.stderr)
