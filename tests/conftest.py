"""How properties are tested, and the fixtures of more than one module: a browser, the sample."""

import os
from pathlib import Path
from tempfile import gettempdir
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

# One thread for each process: on a busy machine, threads that wait for each other take fifty times
# as long. It is set before faiss and torch are loaded.
os.environ.setdefault("OMP_NUM_THREADS", "1")

# The tests remember the fastest engine from run to run, but not where the user's own runs do.
os.environ.setdefault("ONRECORD_ENGINE_CACHE", str(Path(gettempdir()) / "onrecord-tests"))

# The settings of whoever runs the tests are none of theirs.
os.environ["ONRECORD_CONFIG"] = os.devnull

# No time limit for a single example: on a busy machine it would fail tests that are right.
settings.register_profile(
    "suite", max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("suite")


@pytest.fixture(scope="module")
def browser() -> "Iterator[Browser]":
    from tests.support.browsing import chromium

    with chromium() as browser:
        yield browser


@pytest.fixture
def page(browser: "Browser") -> "Iterator[Page]":
    from tests.support.browsing import reader

    with reader(browser) as page:
        yield page


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> "Path":
    """The data folder of the indexed sample archive; copy it before changing it."""
    from tests.support.sample import indexed_sample

    base = tmp_path_factory.getbasetemp()
    return indexed_sample(base.parent if "PYTEST_XDIST_WORKER" in os.environ else base)
