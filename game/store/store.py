"""Access to the stored data from any thread: each call returns a future and does not block."""

import json
from collections.abc import Mapping
from concurrent.futures import Future
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from game.errors import UserError
from game.settings import Plan, Settings
from game.store.glance import Glanced, glance
from game.store.lock import FolderLock
from game.store.records.ids import new_profile_id, new_run_id
from game.store.records.kept import (
    THERAPIST,
    ErasedCounts,
    Findings,
    NewRun,
    PinAttempt,
    Profile,
    RunHeader,
    StoredRun,
)
from game.store.records.rescue import Rescue
from game.store.records.run_recorder import RunRecorder
from game.store.worker import Worker

if TYPE_CHECKING:
    from game.store.sql.contents import Contents


class Store:
    """Profiles, runs, PINs and a station's settings in one database.

    It can be used at once: while the database is still being opened, calls queue behind the opening. Where
    it does not open, every future fails with the `UserError` that says why, and the next call tries again.
    folder: for the database's file (unless there is a url) and for what must lie on this machine. held: the
    database is opened when the first thing is asked for, not before; by then `glance` tells who plays here.
    """

    def __init__(self, folder: Path, url: str | None = None, *, held: bool = False) -> None:
        rescue = Rescue(folder, url or str(folder.absolute()))
        self._worker = Worker(lambda: _open(folder, url), FolderLock(folder), rescue)
        self._folder, self._url = folder, url
        if not held:
            self.begin()

    def begin(self) -> None:
        """Begin to open the database, where that was held back; returns at once."""
        self._worker.begin()

    @property
    def held(self) -> bool:
        """Whether the database is not being opened yet."""
        return not self._worker.begun

    @property
    def opened(self) -> Future[None]:
        """Done when the database is open."""
        self.begin()
        return self._worker.opened

    def glance(self) -> tuple[Glanced, ...] | None:
        """Who plays here, without opening the database; None where only that can tell."""
        return None if self._url else glance(self._folder)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def error(self) -> UserError | None:
        """Current storage error, or None.

        After `close`: where data that could not be written was saved.
        """
        return self._worker.error

    @property
    def notices(self) -> tuple[UserError, ...]:
        """Messages to show once."""
        return self._worker.notices

    def viewing_only(self) -> Future[bool]:
        """Whether the database can be read and not written."""
        return self._worker.ask(lambda contents: contents.database.viewing_only)

    def close(self) -> None:
        """Finish all pending calls and close; blocks."""
        self._worker.close()

    def begin_run(self, run: NewRun, run_id: str = "") -> RunRecorder:
        """Start recording a run; does not block. A cut-off run of the same person is sealed first.

        run_id: one that `new_run_id` gave for it; "" for a new one.
        """
        keeper = RunRecorder(run_id or new_run_id(run.started_at), run, self._worker.wake)
        self._worker.keep(keeper)
        return keeper

    def runs(self, profile_id: str) -> Future[list[RunHeader]]:
        """Someone's runs, the newest first."""
        return self._worker.ask(lambda contents: contents.runs.of(profile_id))

    def run(self, run_id: str) -> Future[StoredRun]:
        """A run by its id, or the beginning of it where no other run begins so."""
        return self._worker.ask(lambda contents: contents.runs.one(run_id))

    def keep_summary(self, run_id: str, summary: Mapping[str, object]) -> Future[None]:
        """Cache numbers derived from a run."""
        text = json.dumps(dict(summary))
        return self._worker.ask(lambda contents: contents.runs.keep_summary(run_id, text))

    def profiles(self) -> Future[list[Profile]]:
        """Everybody, the guest first and then by name; the archived ones too."""
        return self._worker.ask(lambda contents: contents.people.all())

    def profile(self, name_or_id: str) -> Future[Profile]:
        """The one with this name (in any case of letters) or id."""
        return self._worker.ask(lambda contents: contents.people.find(name_or_id))

    def add_profile(self, name: str, created_at: datetime) -> Future[Profile]:
        """A new profile. created_at: with its offset from UTC."""
        profile_id = new_profile_id()
        return self._worker.ask(lambda contents: contents.people.add(profile_id, name, created_at))

    def rename_profile(self, profile_id: str, name: str) -> Future[None]:
        """Rename a profile."""
        return self._worker.ask(lambda contents: contents.people.rename(profile_id, name))

    def archive_profile(self, profile_id: str, archived: bool = True) -> Future[None]:
        """Archive a profile, or restore it."""
        return self._worker.ask(lambda contents: contents.people.archive(profile_id, archived))

    def erase_profile(self, profile_id: str) -> Future[ErasedCounts]:
        """Delete a profile with all its runs, for good; of the guest, everything but the profile itself."""
        return self._worker.ask(lambda contents: contents.people.erase(profile_id))

    def save_settings(self, profile_id: str, settings: Settings) -> Future[None]:
        """Keep someone's settings."""
        text = json.dumps(settings.to_dict())
        return self._worker.ask(lambda contents: contents.people.save(profile_id, "settings", text))

    def save_plan(self, profile_id: str, plan: Plan) -> Future[None]:
        """Keep someone's plan."""
        text = json.dumps(plan.to_dict())
        return self._worker.ask(lambda contents: contents.people.save(profile_id, "plan", text))

    def station(self, key: str) -> Future[dict[str, Any] | None]:
        """The station's value of a key, or None. On a server each station sees its own."""
        return self._worker.ask(lambda contents: contents.people.station(key))

    def save_station(self, key: str, value: Mapping[str, Any]) -> Future[None]:
        """Keep something of this station."""
        text = json.dumps(dict(value))
        return self._worker.ask(lambda contents: contents.people.save_station(key, text))

    def has_pin(self, owner: str = THERAPIST) -> Future[bool]:
        """Whether a PIN has been set."""
        return self._worker.ask(lambda contents: contents.pins.has(owner))

    def set_pin(self, pin: str, owner: str = THERAPIST) -> Future[None]:
        """Set a PIN of four characters or more; six or more are advisable."""
        return self._worker.ask(lambda contents: contents.pins.set(owner, pin))

    def clear_pin(self, owner: str = THERAPIST) -> Future[None]:
        """Do without a PIN."""
        return self._worker.ask(lambda contents: contents.pins.clear(owner))

    def check_pin(self, pin: str, now: datetime, owner: str = THERAPIST) -> Future[PinAttempt]:
        """Try a PIN. Five wrong tries lock it for five minutes. now: with its offset from UTC."""
        return self._worker.ask(lambda contents: contents.pins.check(owner, pin, now))

    def check(self, thorough: bool = False) -> Future[Findings]:
        """Check all stored data for damage; thorough: also compare the database's indexes."""
        return self._worker.ask(lambda contents: contents.integrity.check(thorough, self._worker.pause))


def open_store(folder: Path, url: str | None = None) -> Store:
    """An open store; blocks until it is open. Raises `UserError` on failure."""
    store = Store(folder, url)
    try:
        store.opened.result()
    except BaseException:
        store.close()
        raise
    return store


def _open(folder: Path, url: str | None) -> "Contents":
    from game.store.sql.contents import open_contents

    return open_contents(folder, url)
