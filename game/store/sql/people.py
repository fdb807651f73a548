"""Profiles, and what belongs to the station."""

import json
from datetime import datetime
from typing import Any
from unicodedata import category, normalize

from sqlalchemy import Connection, delete, func, insert, select, update

from game.errors import UserError
from game.settings import Plan, Settings
from game.store.records import plain
from game.store.records.kept import GUEST_ID, ErasedCounts, Profile
from game.store.sql.database import Database
from game.store.sql.schema import PARTS, profiles, runs, station, touches


class People:
    """Profiles by name and id, and the station's own settings by key."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> list[Profile]:
        """All profiles, the guest first, then by name."""
        with self._database.reading() as connection:
            everybody = [_profile(row._mapping) for row in connection.execute(select(profiles)).all()]
        return sorted(everybody, key=lambda p: (p.id != GUEST_ID, _alike(p.name), p.id))

    def find(self, name_or_id: str) -> Profile:
        """The profile with this name or id."""
        everybody, wanted = self.all(), _alike(name_or_id)
        for profile in everybody:
            if profile.id == name_or_id or _alike(profile.name) == wanted:
                return profile
        raise UserError("no profile is named `{name}`; `fingerfall profiles` lists them", name=name_or_id)

    def add(self, profile_id: str, name: str, created_at: datetime) -> Profile:
        """A new profile, with everything at its defaults."""
        profile = Profile(profile_id, _proper(name), created_at, Settings(), Plan())
        with self._database.writing() as connection:
            _refuse_taken(connection, profile.name, profile_id)
            row = {
                "id": profile_id,
                "name": profile.name,
                "created_at": created_at.isoformat(),
                "settings": json.dumps(profile.settings.to_dict()),
                "plan": json.dumps(profile.plan.to_dict()),
                "archived": False,
                "last_hash": "",
            }
            connection.execute(insert(profiles).values(row))
        return profile

    def rename(self, profile_id: str, name: str) -> None:
        """Rename a profile."""
        new = _proper(name)
        with self._database.writing() as connection:
            _refuse_taken(connection, new, profile_id)
            _change(connection, _no_guest(profile_id), {"name": new})

    def archive(self, profile_id: str, archived: bool) -> None:
        """Archive a profile, or restore it."""
        with self._database.writing() as connection:
            _change(connection, _no_guest(profile_id), {"archived": archived})

    def save(self, profile_id: str, column: str, choices: str) -> None:
        """Save a profile's `settings` or `plan` as JSON."""
        with self._database.writing() as connection:
            _change(connection, profile_id, {column: choices})

    def erase(self, profile_id: str) -> ErasedCounts:
        """Delete a person with all their runs, for good; of the guest, everything but the profile itself."""
        with self._database.writing() as connection:
            theirs = select(runs.c.id).where(runs.c.profile_id == profile_id)
            counts = ErasedCounts(
                connection.execute(select(func.count()).select_from(theirs.subquery())).scalar_one(),
                connection.execute(select(func.count()).where(touches.c.run_id.in_(theirs))).scalar_one(),
            )
            for part in PARTS:
                connection.execute(delete(part).where(part.c.run_id.in_(theirs)))
            connection.execute(delete(runs).where(runs.c.profile_id == profile_id))
            _remove(connection, profile_id)
        self._database.place.forget()
        return counts

    def station(self, key: str) -> dict[str, Any] | None:
        """The station's value of a key, or None."""
        mine = (station.c.station == self._database.station) & (station.c.key == key)
        with self._database.reading() as connection:
            value = connection.execute(select(station.c.value).where(mine)).scalar()
            return None if value is None else dict(json.loads(value))

    def save_station(self, key: str, value: str) -> None:
        """Save a value of this station as JSON."""
        row = {"station": self._database.station, "key": key}
        mine = (station.c.station == row["station"]) & (station.c.key == key)
        with self._database.writing() as connection:
            connection.execute(delete(station).where(mine))
            connection.execute(insert(station).values({**row, "value": value}))


def _profile(row: plain.Data) -> Profile:
    return Profile(
        id=plain.words(row, "id"),
        name=plain.words(row, "name"),
        created_at=plain.moment(row, "created_at") if row["created_at"] else None,
        settings=Settings.from_dict(dict(json.loads(row["settings"]))),
        plan=Plan.from_dict(dict(json.loads(row["plan"]))),
        archived=plain.yes_or_no(row, "archived"),
    )


LONGEST_NAME = 60
UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co"})
"""Unicode categories that could control a terminal or reverse a line."""


def _alike(name: str) -> str:
    """A name normalised for comparison: case and accent encoding removed."""
    return normalize("NFKC", name).casefold().strip()


def _proper(name: str) -> str:
    proper = " ".join(plain.writable(normalize("NFC", name)).split())
    if not proper:
        raise UserError("a profile needs a name; give a code or a first name")
    if len(proper) > LONGEST_NAME or any(category(letter) in UNSEEN for letter in proper):
        raise UserError(
            "a name has at most {n} letters, all of them visible; give a shorter one", n=LONGEST_NAME
        )
    return proper


def _refuse_taken(connection: Connection, name: str, profile_id: str) -> None:
    for other_id, other in connection.execute(select(profiles.c.id, profiles.c.name)):
        if other_id != profile_id and _alike(other) == _alike(name):
            raise UserError("a profile named `{name}` exists already; choose another name", name=other)


def _no_guest(profile_id: str) -> str:
    if profile_id == GUEST_ID:
        raise UserError("the guest cannot be changed; add a profile of your own")
    return profile_id


def _change(connection: Connection, profile_id: str, values: dict[str, Any]) -> None:
    if connection.execute(update(profiles).where(profiles.c.id == profile_id).values(values)).rowcount != 1:
        raise _no_profile(profile_id)


def _remove(connection: Connection, profile_id: str) -> None:
    mine = profiles.c.id == profile_id
    if profile_id == GUEST_ID:
        connection.execute(update(profiles).where(mine).values(settings="{}", plan="{}", last_hash=""))
    elif connection.execute(delete(profiles).where(mine)).rowcount != 1:
        raise _no_profile(profile_id)


def _no_profile(profile_id: str) -> UserError:
    return UserError("no profile has the id `{id}`; `fingerfall profiles` lists them", id=profile_id)
