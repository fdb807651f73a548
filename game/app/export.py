"""Every run of a profile as a file of its own."""

from pathlib import Path
from typing import TYPE_CHECKING

from game.errors import UserError
from game.store.records.exported import write_exported

if TYPE_CHECKING:
    from game.store.store import Store


def export_runs(store: "Store", profile_id: str, folder: Path) -> list[Path]:
    """Write them; returns the files. UserError where there is no folder to write to."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = error.strerror
        raise UserError(
            "{folder}: cannot be written to ({reason}); name another folder", folder=folder, reason=reason
        ) from error
    paths = []
    for header in store.runs(profile_id).result():
        paths.append(folder / f"{header.id}.jsonl")
        write_exported(store.run(header.id).result(), paths[-1])
    return paths
