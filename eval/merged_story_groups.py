"""Copies put together as a build puts them: by an archive of their own, thrown away after."""

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from index.dedup.near_duplicates import sketch
from index.documents import Article
from index.stores.archive.archive import Archive
from index.text.boilerplate import find_boilerplate

RECIPE = "eval"


def near_duplicates(articles: Sequence[Article]) -> dict[str, str]:
    """Article id -> id of the article that names its group."""
    with TemporaryDirectory() as folder:
        archive = Archive.open(Path(folder) / "archive.sqlite")
        try:
            archive.put(articles)
            sketched = [
                (article, sketch(article, find_boilerplate(article.text))) for article in articles
            ]
            archive.put_sketches(sketched, RECIPE)
            return archive.stories()
        finally:
            archive.close()
