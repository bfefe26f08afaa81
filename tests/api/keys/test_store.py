"""Keys on the disk: hashes only, for the owner only."""

import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from api.keys.key import KeyScope, hash_of
from api.keys.store import KeyStore
from index.errors import ArchiveError

NOW = datetime(2026, 11, 30, 8, tzinfo=UTC)


def test_a_key_is_found_by_its_hash_and_its_token_is_nowhere(tmp_path: Path) -> None:
    store = KeyStore(tmp_path)
    key, token = store.create(KeyScope.WRITE, name="feeder", now=NOW, expires_at=NOW)

    assert store.by_hash() == {hash_of(token): key}
    store.close()
    assert all(token.encode() not in each.read_bytes() for each in tmp_path.iterdir())


def test_only_the_owner_may_read_any_file_of_it(tmp_path: Path) -> None:
    store = KeyStore(tmp_path / "new folder")
    store.create(KeyScope.ASK, name="", now=NOW)

    modes = {each.name: stat.S_IMODE(each.stat().st_mode) for each in store.path.parent.iterdir()}
    store.close()
    assert modes["keys.sqlite"] == 0o600
    assert set(modes.values()) == {0o600}


def test_a_file_that_others_may_read_is_closed_to_them_with_the_next_key(tmp_path: Path) -> None:
    store = KeyStore(tmp_path)
    store.create(KeyScope.ASK, name="", now=NOW)
    store.path.chmod(0o644)
    store.create(KeyScope.ASK, name="", now=NOW)
    store.close()

    assert stat.S_IMODE(store.path.stat().st_mode) == 0o600


def test_without_a_key_there_is_no_file(tmp_path: Path) -> None:
    store = KeyStore(tmp_path)

    assert store.by_hash() == {}
    assert store.revoke("ffffffffffff", now=NOW) is None
    store.close()
    assert list(tmp_path.iterdir()) == []


def test_a_key_stays_revoked_since_the_first_time(tmp_path: Path) -> None:
    store = KeyStore(tmp_path)
    key, token = store.create(KeyScope.ASK, name="", now=NOW)

    store.revoke(key.id, now=NOW + timedelta(hours=1))
    again = store.revoke(key.id, now=NOW + timedelta(hours=2))

    assert again is not None
    assert again.revoked_at == NOW + timedelta(hours=1)
    assert store.by_hash()[hash_of(token)] == again
    store.close()


def test_the_last_use_is_kept(tmp_path: Path) -> None:
    store = KeyStore(tmp_path)
    key, token = store.create(KeyScope.ASK, name="", now=NOW)
    store.note_use(key, now=NOW + timedelta(days=3))

    assert store.by_hash()[hash_of(token)].used_at == NOW + timedelta(days=3)
    store.close()


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "keys.sqlite").write_bytes(b"no database" * 100)
    store = KeyStore(tmp_path)

    with pytest.raises(ArchiveError, match=r"keys\.sqlite is damaged.*create keys again"):
        store.by_hash()
    store.close()
