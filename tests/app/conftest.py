"""The store's own fixtures."""

from tests.store.conftest import empty_database, store

__all__ = ["empty_database", "store"]
