"""Checks all stored data: the database's own check, then every seal of every person."""

from collections.abc import Callable, Iterator

from sqlalchemy import Connection, Select, func, select

from game.errors import UserError
from game.store.records.kept import Findings
from game.store.sql.chain import run_hash
from game.store.sql.database import Database
from game.store.sql.schema import profiles, runs, touches


class Integrity:
    """Detects silent damage."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def check(self, thorough: bool, pause: Callable[[], None]) -> Findings:
        """All faults. `pause` is called every few milliseconds, so that pending writes can be done."""
        faults = list(self._of_database(thorough))
        try:
            for profile_id in self._everybody():
                faults += self._of_chain(profile_id, pause)
            return self._counted(faults)
        except UserError as fault:
            return Findings(0, 0, 0, 0, (*faults, fault))

    def _everybody(self) -> list[str]:
        with self._database.reading() as connection:
            return list(connection.execute(select(profiles.c.id)).scalars())

    def _of_database(self, thorough: bool) -> Iterator[UserError]:
        place = self._database.place
        try:
            with self._database.reading() as connection:
                for fault in place.faults(connection, thorough):
                    yield UserError(
                        "{file}: damaged ({fault}); put a copy of your own in its place",
                        failed=True,
                        file=place.name,
                        fault=fault,
                    )
        except UserError as fault:
            yield fault

    def _of_chain(self, profile_id: str, pause: Callable[[], None]) -> list[UserError]:
        """Runs whose seal does not match their data or the previous seal."""
        sealed = select(runs.c.id, runs.c.previous_hash, runs.c.hash).order_by(runs.c.id)
        theirs = (runs.c.profile_id == profile_id) & runs.c.hash.is_not(None)
        last = select(profiles.c.last_hash).where(profiles.c.id == profile_id)
        with self._database.reading() as connection:
            last_hash = connection.execute(last).scalar()
            links = [
                (row.id, row.previous_hash, row.hash) for row in connection.execute(sealed.where(theirs))
            ]
        faults: list[UserError] = []
        for run_id, _, stored in links:
            faults += self._of_run(run_id, stored)
            pause()
        if not _hang_together([(before, own) for _, before, own in links], last_hash):
            template = "profile {id}: a run is missing or out of place; put a copy of your own in its place"
            faults.append(UserError(template, failed=True, id=profile_id))
        return faults

    def _of_run(self, run_id: str, stored: str) -> Iterator[UserError]:
        try:
            with self._database.reading() as connection:
                sound = run_hash(connection, run_id) == stored
        except UserError as fault:
            yield fault
        else:
            if not sound:
                template = "run {run}: differs from what was played; put a copy of your own in its place"
                yield UserError(template, failed=True, run=run_id)

    def _counted(self, faults: list[UserError]) -> Findings:
        with self._database.reading() as connection:
            return Findings(
                profiles=_count(connection, select(func.count()).select_from(profiles)),
                runs=_count(connection, select(func.count()).select_from(runs)),
                open_runs=_count(
                    connection, select(func.count()).select_from(runs).where(runs.c.ended.is_(None))
                ),
                touches=_count(connection, select(func.count()).select_from(touches)),
                faults=tuple(faults),
            )


def _hang_together(links: list[tuple[str, str]], last_hash: str | None) -> bool:
    """Whether the seals form one chain from the first to the last."""
    after = dict(links)
    reached, steps = "", 0
    while reached in after and steps < len(links):
        reached, steps = after[reached], steps + 1
    return steps == len(links) and reached == last_hash


def _count(connection: Connection, query: Select[int]) -> int:
    return connection.execute(query).scalar_one()
