"""What a running server knows of the keys, and when."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from api.keys.key import KeyScope
from api.keys.ring import KeyRing
from api.keys.store import KeyStore

NOW = datetime(2026, 11, 30, 8, tzinfo=UTC)


class Clock:
    def __init__(self) -> None:
        self.seconds = 0.0

    def monotonic(self) -> float:
        return self.seconds

    def now(self) -> datetime:
        return NOW + timedelta(seconds=self.seconds)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[KeyStore]:
    store = KeyStore(tmp_path)
    yield store
    store.close()


@pytest.fixture
def ring(store: KeyStore, clock: Clock) -> KeyRing:
    return KeyRing(store, clock=clock.now, seconds=clock.monotonic)


def test_no_key_is_needed_before_the_first_is_made_and_within_a_second_after_it(
    ring: KeyRing, store: KeyStore, clock: Clock
) -> None:
    before = ring.needed()
    key, token = store.create(KeyScope.ASK, name="", now=NOW)
    clock.seconds += 1

    assert not before
    assert ring.needed()
    assert ring.find(token) == key


def test_a_revoked_key_is_refused_within_a_second(
    ring: KeyRing, store: KeyStore, clock: Clock
) -> None:
    key, token = store.create(KeyScope.ASK, name="", now=NOW)
    before = ring.find(token)
    store.revoke(key.id, now=NOW)
    clock.seconds += 1

    assert before is not None
    assert ring.find(token) is None


def test_an_expired_key_is_refused_at_once(ring: KeyRing, store: KeyStore, clock: Clock) -> None:
    _, token = store.create(KeyScope.ASK, name="", now=NOW, expires_at=NOW + timedelta(seconds=3))
    before = ring.find(token)
    clock.seconds += 3

    assert before is not None
    assert ring.find(token) is None


@pytest.mark.parametrize("how", ["revoked", "file deleted"])
def test_a_server_that_saw_a_key_never_opens_to_everybody(
    ring: KeyRing, store: KeyStore, clock: Clock, how: str
) -> None:
    key, _ = store.create(KeyScope.ADMIN, name="", now=NOW)
    assert ring.needed()
    if how == "revoked":
        store.revoke(key.id, now=NOW)
    else:
        for each in store.path.parent.iterdir():
            each.unlink()
    clock.seconds += 60

    assert ring.needed()


@pytest.mark.parametrize("token", ["", "onr_", "x" * 100_000, "\udcff", "é"])
def test_no_guess_is_a_key(ring: KeyRing, store: KeyStore, token: str) -> None:
    store.create(KeyScope.ASK, name="", now=NOW)

    assert ring.find(token) is None


def test_a_use_is_noted_seldom(ring: KeyRing, store: KeyStore, clock: Clock) -> None:
    key, token = store.create(KeyScope.ASK, name="", now=NOW)
    noted = []
    for _ in range(100):
        clock.seconds += 10
        if ring.should_note(key):
            noted.append(clock.seconds)
            ring.note_use(key)

    assert noted == [10, 310, 610, 910]
    found = ring.find(token)
    assert found is not None
    assert found.used_at == NOW + timedelta(seconds=910)


def test_a_folder_that_cannot_be_written_only_keeps_no_last_use(
    ring: KeyRing, store: KeyStore
) -> None:
    key, token = store.create(KeyScope.ASK, name="", now=NOW)
    known = ring.find(token)
    for each in store.path.parent.iterdir():
        each.unlink()
    store.path.mkdir()

    ring.note_use(key)

    assert ring.find(token) == known == key
