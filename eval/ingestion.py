"""Quality of ingestion: saved pages against their gold, near duplicates against labels.

Reads the layouts `html/` and `neardup/`; the pages are read as `onrecord index` reads them.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import combinations
from pathlib import Path
from statistics import fmean
from tempfile import TemporaryDirectory
from typing import Any

from eval.datasets.formats.records import JsonRecord, read_records
from eval.errors import DataError, Fault, stop
from eval.measures import ingestion as measure
from eval.measures.neardup import DuplicatePairCounts, Grouping, Pair, count_pairs
from index.dedup.near_duplicates import sketch
from index.documents import Article
from index.errors import SourceError
from index.sources.article_record import RecordError, article_from
from index.sources.html import read_html
from index.stores.archive.archive import Archive
from index.text.boilerplate import find_boilerplate

Page = Mapping[str, Any]

_RECIPE = "eval"
_LABELS = {"duplicate": True, "near": True, "distinct": False}
"""Label -> whether the pair is the same story; pairs with other labels are ignored."""


def near_duplicates(articles: Sequence[Article]) -> dict[str, str]:
    """As a build groups them, in a temporary archive: article id -> id that names its group."""
    with TemporaryDirectory() as folder:
        archive = Archive.open(Path(folder) / "archive.sqlite")
        try:
            archive.put(articles)
            kept = (article for article, _ in archive.ungrouped(_RECIPE, len(articles)))
            sketched = [(each, sketch(each, find_boilerplate(each.text))) for each in kept]
            archive.put_sketches(sketched, _RECIPE)
            return archive.stories()
        finally:
            archive.close()


def ingestion(data: Path, *, grouping: Grouping = near_duplicates) -> dict[str, float]:
    """Each `set/measure` whose gold `data` holds: the mean over pages, the rate over pairs.

    `grouping` groups near duplicates, by default as a build does; it sees labelled articles only.
    """
    html, pairs = data / "html", data / "neardup" / "real" / "pairs.jsonl"
    edits = data / "neardup" / "synthetic" / "docs.jsonl.gz"
    corpus = data / "qa" / "realtimeqa" / "corpus.jsonl.gz"
    parts: tuple[tuple[Path, Callable[[], dict[str, float]]], ...] = (
        (html / "gold.json", lambda: pages(html)),
        (pairs, lambda: mined_pairs(pairs, corpus, grouping)),
        (edits, lambda: edited_copies(edits, grouping)),
    )
    tables = [part() for gold, part in parts if gold.is_file()]
    if not tables:
        raise SourceError(
            f"{data} holds neither html/gold.json nor neardup/; give the folder that holds them"
        )
    return {name: value for table in tables for name, value in table.items()}


def pages(folder: Path) -> dict[str, float]:
    """Each measure over the pages whose gold states it; a rejected page counts 0."""
    values: dict[str, list[float]] = {}
    for page in _gold(folder / "gold.json"):
        taken = _extracted(folder / "html" / page["file"])
        for name, value in _page_values(taken, page):
            values.setdefault(name, []).append(value)
    return {f"html/{name}": fmean(each) for name, each in sorted(values.items())}


def mined_pairs(pairs: Path, corpus: Path, grouping: Grouping) -> dict[str, float]:
    """Labelled pairs of near duplicates from a crawl of news."""
    same: list[Pair] = []
    distinct: list[Pair] = []
    for record in read_records(pairs, stop):
        label = _LABELS.get(record.needed("label"))
        if label is not None:
            (same if label else distinct).append((record.needed("a"), record.needed("b")))
    expected = {name for pair in (*same, *distinct) for name in pair}
    records = read_records(corpus, stop)
    articles = [_article(each) for each in records if each.fields.get("_id") in expected]
    _check_articles(expected, articles, pairs, corpus)
    return _rates("neardup_real", count_pairs(grouping(articles), same, distinct))


def edited_copies(documents: Path, grouping: Grouping) -> dict[str, float]:
    """Originals and edited copies of them; articles of different groups are distinct."""
    records = list(read_records(documents, stop))
    group = {record.needed("_id"): record.needed("group") for record in records}
    pairs = list(combinations(sorted(group), 2))
    same = [pair for pair in pairs if group[pair[0]] == group[pair[1]]]
    distinct = [pair for pair in pairs if group[pair[0]] != group[pair[1]]]
    groups = grouping([_article(record) for record in records])
    return _rates("neardup_synthetic", count_pairs(groups, same, distinct))


def _gold(path: Path) -> list[Page]:
    try:
        gold = json.loads(path.read_text("utf-8"))
    except ValueError as error:
        raise DataError(str(Fault(path, 1, f"it is not JSON ({error})"))) from error
    if not isinstance(gold, list) or not all(isinstance(page, dict) for page in gold):
        raise DataError(str(Fault(path, 1, "a list of objects is expected, one for each page")))
    for number, page in enumerate(gold, 1):
        if not isinstance(page.get("file"), str):
            raise DataError(str(Fault(path, None, f"page {number} of the list names no 'file'")))
    return gold


def _extracted(path: Path) -> Article | None:
    if not path.is_file():
        raise DataError(str(Fault(path, None, "the gold names this page, but the file is missing")))
    first = next(read_html(path), None)
    return first if isinstance(first, Article) else None


def _page_values(taken: Article | None, page: Page) -> Iterator[tuple[str, float]]:
    """Only what the gold of this page states."""
    text = taken.text if taken else ""
    yield "accepted", float(taken is not None)
    if body := page.get("articleBody"):
        overlap = measure.shingle_overlap(text, body)
        yield "shingle_precision", overlap.precision
        yield "shingle_recall", overlap.recall
        yield "shingle_f1", overlap.f1
    if inside := page.get("with"):
        yield "segments_kept", measure.segments(text, inside)
    if outside := page.get("without"):
        yield "segments_leaked", measure.segments(text, outside)
    yield from _facts(taken, page)


def _facts(taken: Article | None, page: Page) -> Iterator[tuple[str, float]]:
    if title := page.get("title"):
        yield "title", measure.title(taken.title if taken else "", title)
    if authors := page.get("author"):
        names = [authors] if isinstance(authors, str) else authors
        yield "author", measure.authors(taken.authors if taken else (), names)
    if day := page.get("date"):
        yield from _dates(taken, date.fromisoformat(day))


def _dates(taken: Article | None, gold: date) -> Iterator[tuple[str, float]]:
    """A wrong date is worse than none, so those that are dated are counted apart as well."""
    stated = measure.stated_day(taken)
    exact = float(stated == gold)
    yield "date", exact
    yield "date_wrong", float(stated is not None and stated != gold)
    if stated is not None:
        yield "date_of_dated", exact


def _article(record: JsonRecord) -> Article:
    try:
        return article_from(record.fields)
    except RecordError as error:
        raise DataError(str(Fault(record.path, record.line, str(error)))) from error


def _check_articles(
    expected: set[str], articles: Iterable[Article], pairs: Path, corpus: Path
) -> None:
    missing = expected - {article.id for article in articles}
    if missing:
        detail = f"{len(missing)} articles of its pairs are not in {corpus}: {min(missing)}, ..."
        raise DataError(str(Fault(pairs, None, detail)))


def _rates(name: str, joined: DuplicatePairCounts) -> dict[str, float]:
    return {
        f"{name}/precision": joined.precision,
        f"{name}/recall": joined.recall,
        f"{name}/false_merges": joined.false_merges,
    }
