"""The manifest of a generation: how it was built, and the checksum of every file.

It is written last and carries a checksum of itself, so a manifest that can be read is complete.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from index.errors import DamagedIndexError, IndexMismatchError
from index.neural.embedder import EmbedderIdentity
from index.neural.processor import usable_cores
from index.progress import Pending
from index.stores.generation.folders import MANIFEST
from index.stores.vectors.store import VectorReport

FORMAT_VERSION = 4
COLUMNS = "columns.bin"
VECTORS = "vectors"
TERMS = "terms"
STATEMENTS = "statements"
SPEAKERS = "speakers"
REBUILD = "Run `onrecord index rebuild`."
SEAL = "seal"

Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Count = Annotated[int, Field(ge=0)]


class FileRecord(BaseModel):
    """Size and checksum of a file, compared whenever a generation is opened."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    sha256: Sha256
    bytes: Count

    @classmethod
    def of(cls, path: Path) -> Self:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256")
        return cls(sha256=digest.hexdigest(), bytes=path.stat().st_size)


class Manifest(BaseModel):
    """Of one generation; `files` lists all its other files, by path within its folder."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    format_version: int
    name: str
    archive: str
    """The identity of the archive it was built from."""
    analyser: str
    attributor: str
    """The identity of the attributor that found the statements."""
    built_at: AwareDatetime
    articles: Count
    passages: Count
    statements: Count
    newest_article: datetime | None
    pending: Pending
    settings: dict[str, str | int]
    embedder: EmbedderIdentity
    engines: tuple[str, ...] = ()
    """Those that made vectors of the archive; none in generations from before this was recorded."""
    vectors: VectorReport
    files: dict[str, FileRecord]

    def write(self, folder: Path) -> None:
        (folder / MANIFEST).write_bytes(_sealed(self.model_dump(mode="json")))

    @classmethod
    def read(cls, folder: Path) -> Self:
        """DamagedIndexError, or IndexMismatchError if another version wrote it."""
        path = folder / MANIFEST
        try:
            facts = _unsealed(path.read_bytes())
        except (OSError, ValueError) as error:
            raise DamagedIndexError(
                f"{path} is missing or was altered ({error}). {REBUILD}"
            ) from error
        _check_version(path, facts.get("format_version"))
        try:
            return cls.model_validate(facts)
        except ValidationError as error:
            raise DamagedIndexError(f"{path} is not a manifest ({error}). {REBUILD}") from error

    def verify_sizes(self, folder: Path) -> None:
        """Raise DamagedIndexError unless the files are there and as long as they were written."""
        for name, record in self.files.items():
            _verify_size(folder / name, record)

    def verify(self, folder: Path, names: Iterable[str] | None = None) -> None:
        """Raise DamagedIndexError unless the files are, byte for byte, as they were written."""
        wanted = list(self.files if names is None else names)
        paths, records = [folder / name for name in wanted], [self.files[name] for name in wanted]
        with ThreadPoolExecutor(usable_cores()) as pool:  # hashing holds no lock of the interpreter
            list(pool.map(_verify, paths, records))


def files_of(folder: Path) -> list[Path]:
    """Those of a generation, in order of their names.

    Dot-files are none: an engine keeps its locks in them, and writes them when it likes.
    """
    inside = folder.rglob("[!.]*")
    return sorted(path for path in inside if path.is_file())


def _verify_size(path: Path, expected: FileRecord) -> None:
    try:
        size = path.stat().st_size
    except OSError as error:
        raise DamagedIndexError(f"{path} is missing or unreadable ({error}). {REBUILD}") from error
    if size != expected.bytes:
        raise DamagedIndexError(
            f"{path} has {size} bytes, but {expected.bytes} were written. {REBUILD}"
        )


def _verify(path: Path, expected: FileRecord) -> None:
    _verify_size(path, expected)
    try:
        found = FileRecord.of(path)
    except OSError as error:
        raise DamagedIndexError(f"{path} is missing or unreadable ({error}). {REBUILD}") from error
    if found != expected:
        raise DamagedIndexError(
            f"{path} was altered since it was written: its checksum differs. {REBUILD}"
        )


def _check_version(path: Path, version: object) -> None:
    if version == FORMAT_VERSION:
        return
    newer = isinstance(version, int) and version > FORMAT_VERSION
    raise IndexMismatchError(
        f"{path} has format {version}; this onrecord reads format {FORMAT_VERSION}. "
        + ("It was written by a newer onrecord: upgrade." if newer else REBUILD)
    )


def _sealed(facts: Mapping[str, Any]) -> bytes:
    return _rendered({**facts, SEAL: hashlib.sha256(_rendered(facts)).hexdigest()})


def _unsealed(raw: bytes) -> dict[str, Any]:
    """ValueError unless `raw` is exactly what `_sealed` gives; the same for all format versions."""
    facts = json.loads(raw)
    if not isinstance(facts, dict):
        raise ValueError("it is not a JSON object")  # noqa: TRY004 - one kind of damage
    facts.pop(SEAL, None)
    if _sealed(facts) != raw:
        raise ValueError("its checksum of itself is wrong")
    return facts


def _rendered(facts: Mapping[str, Any]) -> bytes:
    return (json.dumps(facts, indent=2, sort_keys=True) + "\n").encode()
