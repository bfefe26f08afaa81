"""The keys of a data folder, in an SQLite file that only its owner may read: `keys.sqlite`.

It holds hashes. Whoever reads it cannot use the keys, but whoever writes it could add one.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from api.keys.key import ApiKey, KeyScope, hash_of, id_of, new_token
from index.stores.archive.database import Database, Row
from index.stores.durable_files import keep_private

FILE = "keys.sqlite"

_SCHEMA = """
create table if not exists keys (
  hash text primary key,
  name text not null,
  scope text not null,
  created_at text not null,
  expires_at text,
  revoked_at text,
  used_at text
) strict
"""


class KeyStore:
    """Safe from many threads and processes. The file is made with the first key."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / FILE
        self._reading = Database(self.path, read_only=True)
        self._writing = Database(self.path, read_only=False)

    def create(
        self, scope: KeyScope, *, name: str, now: datetime, expires_at: datetime | None = None
    ) -> tuple[ApiKey, str]:
        """The key, and the token that is shown this once."""
        token = new_token()
        key = ApiKey(id_of(hash_of(token)), name, scope, now, expires_at)
        self._make()
        with self._writing.write() as connection:
            connection.execute(
                "insert into keys (hash, name, scope, created_at, expires_at) values (?,?,?,?,?)",
                (hash_of(token), name, scope.value, _text(now), _text(expires_at)),
            )
        return key, token

    def by_hash(self) -> Mapping[str, ApiKey]:
        """Every key, also those revoked and expired, oldest first."""
        if not self.path.exists():
            return {}
        with self._reading.read() as connection:
            rows = connection.execute("select * from keys order by created_at, hash").fetchall()
        return {row["hash"]: _key(row) for row in rows}

    def revoke(self, key_id: str, *, now: datetime) -> ApiKey | None:
        """None if no key has this id; a key revoked earlier keeps its instant."""
        found = {key.id: (token, key) for token, key in self.by_hash().items()}
        if key_id not in found:
            return None
        token_hash, key = found[key_id]
        if key.revoked_at is not None:
            return key
        with self._writing.write() as connection:
            connection.execute(
                "update keys set revoked_at = ? where hash = ?", (_text(now), token_hash)
            )
        return replace(key, revoked_at=now)

    def note_use(self, key: ApiKey, *, now: datetime) -> None:
        with self._writing.write() as connection:
            connection.execute(
                "update keys set used_at = ? where substr(hash, 1, ?) = ?",
                (_text(now), len(key.id), key.id),
            )

    def close(self) -> None:
        self._reading.close()
        self._writing.close()

    def _make(self) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        keep_private(self.path)
        with self._writing.plain() as connection:
            connection.execute("pragma journal_mode=wal")  # whoever reads never waits
            connection.execute(_SCHEMA)


def _key(row: Row) -> ApiKey:
    return ApiKey(
        id_of(row["hash"]),
        row["name"],
        KeyScope(row["scope"]),
        datetime.fromisoformat(row["created_at"]),
        _instant(row["expires_at"]),
        _instant(row["revoked_at"]),
        _instant(row["used_at"]),
    )


def _text(instant: datetime | None) -> str | None:
    return None if instant is None else instant.astimezone(UTC).isoformat(timespec="seconds")


def _instant(written: str | None) -> datetime | None:
    return None if written is None else datetime.fromisoformat(written)
