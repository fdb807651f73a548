"""The library that the measures' formulas are compared with."""

from typing import Any

import pytest

with_scipy = pytest.mark.xdist_group("scipy")
"""For tests that ask for it: importing it takes seconds, so one process of several does."""


@pytest.fixture(scope="session")
def stats() -> Any:
    """`scipy.stats`."""
    from scipy import stats

    return stats
