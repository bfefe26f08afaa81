"""The keys as a running server looks at them: in memory, read again each second."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from time import monotonic
from typing import Protocol

from api.keys.key import ApiKey, hash_of
from index.errors import OnRecordError

READ_AGAIN_SECONDS = 1.0
"""A key that is made, revoked or expired counts within this time."""
NOTED_AGAIN = timedelta(minutes=5)
"""How old the noted use of a key is before another is noted."""


class StoredKeys(Protocol):
    def by_hash(self) -> Mapping[str, ApiKey]: ...

    def note_use(self, key: ApiKey, *, now: datetime) -> None: ...

    def close(self) -> None: ...


class KeyRing:
    """Once a key was seen, keys are needed until the server ends, even if their file is deleted."""

    def __init__(
        self,
        store: StoredKeys,
        *,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        seconds: Callable[[], float] = monotonic,
    ) -> None:
        self._store = store
        self._clock = clock
        self._seconds = seconds
        self._keys: Mapping[str, ApiKey] = {}
        self._read_at: float | None = None
        self._needed = False
        self._noted: dict[str, datetime] = {}

    def needed(self) -> bool:
        """Whether this folder ever had a key."""
        self._refresh()
        return self._needed

    def trouble(self) -> str | None:
        """Why nobody can be let in; None if keys can be read, or none are needed."""
        try:
            self._refresh()
        except OnRecordError as error:
            return str(error)
        return None

    def find(self, token: str) -> ApiKey | None:
        """The key, if it is valid now.

        Looking up a hash tells nothing by its time: nobody can choose the hash of a guess.
        """
        self._refresh()
        key = self._keys.get(hash_of(token))
        return key if key is not None and key.state(self._clock()) == "valid" else None

    def should_note(self, key: ApiKey) -> bool:
        """Whether its last noted use is old; asks so once only."""
        now = self._clock()
        last = max(filter(None, (key.used_at, self._noted.get(key.id))), default=None)
        if last is not None and now - last < NOTED_AGAIN:
            return False
        self._noted[key.id] = now
        return True

    def note_use(self, key: ApiKey) -> None:
        """Waits for the disk: call it in a thread. A folder that is read-only keeps no uses."""
        with suppress(OnRecordError):
            self._store.note_use(key, now=self._clock())

    def close(self) -> None:
        self._store.close()

    def _refresh(self) -> None:
        now = self._seconds()
        if self._read_at is not None and now - self._read_at < READ_AGAIN_SECONDS:
            return
        self._keys = self._store.by_hash()
        self._read_at = now
        self._needed = self._needed or bool(self._keys)
