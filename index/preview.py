"""What adding articles, or a rebuild, would change in an archive, without writing anything."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import islice

from index.documents import Article, Reject
from index.progress import IndexPart
from index.recipes import story_recipe
from index.stores.archive.archive import Archive
from index.stores.archive.articles import Change

COMPARED_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Preview:
    """Ids by what would become of the articles, each in the order given; and what is refused."""

    added: tuple[str, ...]
    revised: tuple[str, ...]
    """Their text would change."""
    updated: tuple[str, ...]
    """Their title or other facts would change."""
    unchanged: tuple[str, ...]
    rejects: tuple[Reject, ...]


@dataclass(frozen=True, slots=True)
class RebuildPreview:
    """How many articles would pass each stage, of all that would be in the new index."""

    articles: int
    split: int
    """Their passages would be made again: by other rules, or because they have none."""
    grouped: int
    attributed: int
    embedded: int
    """Passages, as they are now: those of articles that are split may be others."""


def preview(archive: Archive | None, items: Iterable[Article | Reject]) -> Preview:
    """Without an archive all is new."""
    ids: dict[Change, list[str]] = {change: [] for change in Change}
    rejects: list[Reject] = []
    iterator = iter(items)
    while batch := list(islice(iterator, COMPARED_AT_ONCE)):
        rejects += [item for item in batch if isinstance(item, Reject)]
        articles = [item for item in batch if isinstance(item, Article)]
        changes = archive.changes(articles) if archive else [Change.ADDED] * len(articles)
        for article, change in zip(articles, changes, strict=True):
            ids[change].append(article.id)
    return Preview(
        added=tuple(ids[Change.ADDED]),
        revised=tuple(ids[Change.REVISED]),
        updated=tuple(ids[Change.UPDATED]),
        unchanged=tuple(ids[Change.UNCHANGED]),
        rejects=tuple(rejects),
    )


def preview_rebuild(
    archive: Archive, only: Collection[IndexPart], *, passages: str, statements: str
) -> RebuildPreview:
    """`passages` and `statements` are the recipes that it would follow."""
    articles = archive.count()
    regrouped = IndexPart.GROUPS in only
    reread = IndexPart.STATEMENTS in only
    reembedded = IndexPart.VECTORS in only
    return RebuildPreview(
        articles=articles,
        split=archive.count_stale(passages),
        grouped=articles if regrouped else archive.count_ungrouped(story_recipe()),
        attributed=articles if reread else archive.count_unattributed(statements),
        embedded=archive.count_passages() if reembedded else archive.missing_vectors(),
    )
