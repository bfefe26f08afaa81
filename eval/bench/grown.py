"""One archive of a given size, made from stored articles: build, add, ask, memory, disk.

A program for a process of its own, so that its memory is its own: its argument is the JSON of a
`GrowthRequest`. It prints the JSON of a `Grown`.
"""

import json
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from eval.bench.load import percentile
from eval.bench.programs import protocol
from eval.bench.speed import WARM_UP, bytes_under
from eval.bench.variants import NoisyEmbedder, Stock, StoredAttributor, Variants
from eval.runs.environment import resident_mb
from index.attribution.attributor import Attributor, load_attributor
from index.build_report import BuildReport
from index.documents import Article
from index.neural.embedder import Embedder, load_embedder
from index.stores.archive.archive import Archive
from rag.reading.reader import Reader, load_reader
from rag.service import Service
from rag.settings import ServiceSettings, read_settings

FIFTY = 50


@dataclass(frozen=True, slots=True)
class GrowthRequest:
    """How many articles to make of the stock, and what to ask."""

    stock: str
    """A data folder with the stored articles, embedded and attributed."""
    size: int
    questions: list[str]


@dataclass(frozen=True, slots=True)
class Grown:
    """One size. Encoder and tagger work only on what is added."""

    size: int
    passages: int
    statements: int
    build_seconds: float
    """Split, group, store and publish: vectors and statements are taken from the stock."""
    add_one_seconds: float
    """One article more, encoder and tagger included."""
    add_fifty_seconds: float
    ask_p50_ms: float
    ask_p95_ms: float
    search_p50_ms: float
    resident_mb: float
    """While answering, in the process that has built."""
    disk_mb: float


def grown(
    request: GrowthRequest,
    *,
    embedder: Embedder,
    attributor: Attributor,
    reader: Callable[[str], Reader | None] = load_reader,
) -> Grown:
    """Built in a temporary folder."""
    stock = read_stock(Path(request.stock))
    variants, size = Variants(stock.articles), request.size
    stored = NoisyEmbedder(embedder, stock)
    with TemporaryDirectory(prefix="onrecord-growth-") as aside:
        settings = read_settings(Path(aside)).model_copy(update={"answers_kept": 0})
        taken = StoredAttributor(attributor.identity, stock)
        with closing(_service(settings, stored, taken, reader)) as service:
            articles = map(stored.expect, variants.between(0, size))
            build_seconds, _ = _added(service, articles)
        with closing(_service(settings, embedder, attributor, reader)) as service:
            add_one, _ = _added(service, variants.between(size, size + 1))
            add_fifty, report = _added(service, variants.between(size + 1, size + 1 + FIFTY))
            asked = _milliseconds(service.ask, request.questions)
            return Grown(
                size=size,
                passages=report.passages,
                statements=report.statements,
                build_seconds=build_seconds,
                add_one_seconds=add_one,
                add_fifty_seconds=add_fifty,
                ask_p50_ms=percentile(asked, 50),
                ask_p95_ms=percentile(asked, 95),
                search_p50_ms=percentile(_milliseconds(service.search, request.questions), 50),
                resident_mb=round(resident_mb(), 1),
                disk_mb=round(bytes_under(Path(aside)) / 2**20, 1),
            )


def read_stock(folder: Path) -> Stock:
    """The articles of a data folder that have passages."""
    with closing(Archive.open(folder / "archive.sqlite", read_only=True)) as archive:
        table = archive.passage_table()
        vectors = {
            article: archive.vectors(table.passage[table.article == row])
            for row, article in enumerate(table.article_ids)
            if (table.article == row).any()
        }
        articles = [each for each in archive.page(limit=archive.count()) if each.id in vectors]
        statements = {each.id: archive.statements(each.id, each.revision) for each in articles}
    return Stock(articles, vectors, statements)


def _service(
    settings: ServiceSettings,
    embedder: Embedder,
    attributor: Attributor,
    reader: Callable[[str], Reader | None],
) -> Service:
    return Service(
        settings, embedder=lambda _: embedder, attributor=lambda: attributor, reader=reader
    )


def _added(service: Service, articles: Iterable[Article]) -> tuple[float, BuildReport]:
    began = time.perf_counter()
    report = service.add(articles, progress=lambda *_: None)
    return round(time.perf_counter() - began, 3), report


def _milliseconds(ask: Callable[[str], object], questions: Sequence[str]) -> list[float]:
    for question in questions[:WARM_UP]:
        ask(question)
    return [_timed(ask, question) for question in questions]


def _timed(ask: Callable[[str], object], question: str) -> float:
    began = time.perf_counter()
    ask(question)
    return (time.perf_counter() - began) * 1000


def main() -> None:
    request = GrowthRequest(**json.loads(sys.argv[1]))
    embedder, attributor = load_embedder(read_settings().embedder), load_attributor()
    embedder.embed_passages(["ready"])
    protocol.answer(**asdict(grown(request, embedder=embedder, attributor=attributor)))


if __name__ == "__main__":
    main()
