"""Makes a kept generation current again, until the next write.

The archive is not changed: the next addition or removal publishes all that it holds, written whole.
"""

from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from index.errors import GenerationError, UnknownGenerationError
from index.maintenance.erasing import ARCHIVE
from index.neural.embedder import EmbedderIdentity
from index.settings import IndexSettings
from index.stores.archive.archive import Archive
from index.stores.durable_files import replace_text
from index.stores.generation.folders import check_archive, current_name, generation_names, path_of
from index.stores.generation.generation import check_fit, check_kept
from index.stores.generation.manifest import Manifest
from index.stores.write_lock import writing


@dataclass(frozen=True, slots=True)
class Rollback:
    """Which generation answers now, and which did before."""

    generation: str
    before: str


@dataclass(frozen=True, slots=True)
class KeptGeneration:
    """A generation that a question can name."""

    name: str
    current: bool
    built_at: datetime
    articles: int
    passages: int
    statements: int


def kept_generations(folder: Path) -> list[KeptGeneration]:
    """Newest first; those whose manifest cannot be read are left out."""
    current, found = current_name(folder), []
    for name in generation_names(folder):
        with suppress(GenerationError):
            facts = Manifest.read(path_of(folder, name))
            counts = (facts.articles, facts.passages, facts.statements)
            found.append(KeptGeneration(name, name == current, facts.built_at, *counts))
    return found


def roll_back(
    folder: Path,
    name: str | None,
    *,
    settings: IndexSettings,
    embedder: EmbedderIdentity,
) -> Rollback:
    """To the generation of this name, or to the newest older one; every file is checked first.

    UnknownGenerationError if it is not kept, another GenerationError if it cannot be used.
    """
    check_archive(folder)
    with (
        writing(folder, "rollback"),
        closing(Archive.open(folder / ARCHIVE, read_only=False)) as archive,
    ):
        before = current_name(folder)
        chosen = name or _one_before(folder, before)
        check_kept(folder, chosen)
        path = path_of(folder, chosen)
        manifest = Manifest.read(path)
        check_fit(manifest, settings, embedder)
        manifest.verify(path)
        archive.note_rollback(chosen)
        replace_text(folder / "CURRENT", f"{chosen}\n")
    return Rollback(chosen, before)


def _one_before(folder: Path, current: str) -> str:
    older = [name for name in generation_names(folder) if name < current]
    if not older:
        raise UnknownGenerationError(
            f"No generation older than {current} is kept, so there is none to go back to."
        )
    return older[0]
