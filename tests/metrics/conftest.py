"""The library that the measures' formulas are compared with."""

from typing import Any

import pytest


@pytest.fixture(scope="session")
def stats() -> Any:
    """`scipy.stats`. To import it takes seconds: tests that ask for it are together, by their name."""
    from scipy import stats

    return stats
