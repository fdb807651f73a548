"""Which tests one process runs one after another: those that share a server, or what takes long to make.

pytest-xdist's own mark for this, `xdist_group`, does nothing under pytest 9.2.
"""

from xdist.scheduler import LoadScopeScheduling  # type: ignore[import-untyped]

GROUPS = {
    "test_jack_": "jack",
    "test_real_midi": "jack",
    "_scipy": "scipy",
    "test_postgres": "postgres",
    "_wheel": "wheel",
    "test_day_to_day": "day to day",
}
"""The group of every test in whose name something stands."""


class Together(LoadScopeScheduling):  # type: ignore[misc]
    """Hands out groups first, the greatest before the others, and then test by test."""

    def _split_scope(self, nodeid: str) -> str:
        return next((group for part, group in GROUPS.items() if part in nodeid), nodeid)
