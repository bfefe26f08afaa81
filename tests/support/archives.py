"""Articles and passages small enough to check by eye, for whoever tests an archive."""

from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

from index.documents import Article, Boilerplate, Span
from index.stores.archive.archive import Archive
from index.text.chunking import Chunks

TEXT = "The harbour opens on Monday. The mayor said so."
MAYOR = Article(
    id="m/1",
    title="Harbour to open",
    text=TEXT,
    url="https://example.org/m/1",
    outlet="The Gazette",
    authors=("Ana Ruiz", "Bo Lind"),
    published_at=datetime(2024, 5, 1, 8, 30, tzinfo=UTC),
    published_original="1 May 2024, 10:30 CEST",
    language="en",
    metadata={"section": "ciudad ñ", "tags": ["⚓", None, 1.5], "nested": {"ü": True}},
)


def article(article_id: str, text: str = TEXT, **facts: object) -> Article:
    return replace(MAYOR, id=article_id, text=text, **facts)  # type: ignore[arg-type]  # facts are the caller's


def key(letter: str) -> bytes:
    return letter.encode() * 32


def split(
    archive: Archive,
    item: Article,
    keys: str,
    *,
    recipe: str = "r",
    boilerplate: tuple[Boilerplate, ...] = (),
) -> None:
    """One passage a key: of the text, the first character, then the second, ..."""
    spans = [Span(at, at + 1) for at in range(len(keys))]
    chunks = Chunks(boilerplate, spans, [key(each) for each in keys])
    archive.put_passages([(item, chunks)], recipe)


def embed(archive: Archive, keys: str) -> None:
    """The vector of key `c` is (ord(c), 1)."""
    archive.put_embeddings([key(each) for each in keys], axes(keys), "fake")


def axes(keys: str) -> NDArray[np.float32]:
    return np.array([[ord(each), 1] for each in keys], np.float32).reshape(-1, 2)


def indexed(archive: Archive) -> list[str]:
    columns = archive.passage_table()
    return [columns.passage_at(row).article_id for row in range(len(columns))]
