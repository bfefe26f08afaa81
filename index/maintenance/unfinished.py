"""Whether an index lacks anything that its archive has, or is to have; and how much."""

from index.progress import Pending
from index.recipes import passage_recipe, statement_recipe
from index.settings import IndexSettings
from index.stores.archive.archive import Archive
from index.stores.generation.manifest import Manifest


def is_unfinished(archive: Archive, manifest: Manifest) -> bool:
    """A killed writer may have left it so. An index that was rolled back lacks what it should."""
    unwritten = archive.has_unpublished() or archive.is_erasing()
    if manifest.name == archive.rolled_back_to():
        return unwritten
    recipe = passage_recipe(IndexSettings(**manifest.settings), manifest.embedder)  # type: ignore[arg-type]  # JSON's own types
    older = manifest.name != archive.latest_generation()
    return bool(manifest.pending or archive.stale(recipe, 1) or unwritten or older)


def pending_of(archive: Archive, manifest: Manifest) -> Pending:
    """What the index lacks and what the archive does: an article that is not split lacks all."""
    statements = archive.count_unattributed(statement_recipe(manifest.attributor))
    return Pending(
        max(manifest.pending.statements, statements),
        max(manifest.pending.vectors, archive.missing_vectors()),
    )
