"""A BEIR folder: corpus.jsonl, queries.jsonl, and qrels.tsv or qrels/test.tsv; any may be `.gz`.

Thakur et al., BEIR: A Heterogeneous Benchmark for Zero-shot Evaluation, 2021. Its queries may
also have marks (`eval.datasets.formats.beir_extras`); then `queries_*.jsonl` hold more queries, and
no qrels are needed.
"""

from collections.abc import Iterable
from pathlib import Path

from eval.datasets.formats.beir_extras import question
from eval.datasets.formats.corpus import Corpus, read_corpus
from eval.datasets.formats.qrels import Judgments, beir_row, read_qrels
from eval.datasets.formats.records import FirstLines, JsonRecord, read_records
from eval.datasets.questions import Dataset, Question
from eval.errors import Fault, Report

_CORPORA = ("corpus.jsonl", "corpus.jsonl.gz")
_QUERIES = ("queries.jsonl", "queries.jsonl.gz")
_QRELS = ("qrels.tsv", "qrels/test.tsv", "qrels/dev.tsv", "qrels/train.tsv")


def is_beir(folder: Path) -> bool:
    return any((folder / name).is_file() for name in _QUERIES)


def read(folder: Path, report: Report) -> Dataset:
    """Of a plain BEIR folder, only the questions its qrels judge, as its authors score it."""
    corpora = existing(folder, _CORPORA)
    if not corpora:
        report(Fault(folder, None, f"no articles here; expected {' or '.join(_CORPORA)}"))
        return Dataset(folder.name, (), ())
    corpus = read_corpus(corpora[0], report)
    records = _records(folder, report)
    judgments = _judgments(folder, report, corpus, records)
    questions = tuple(_questions(records, corpus, judgments))
    return Dataset(folder.name, tuple(corpus.articles.values()), questions, corpus.groups())


def existing(folder: Path, names: Iterable[str]) -> list[Path]:
    return [folder / name for name in names if (folder / name).is_file()]


def _records(folder: Path, report: Report) -> dict[str, JsonRecord]:
    paths = [*existing(folder, _QUERIES)[:1], *sorted(folder.glob("queries_*.jsonl*"))]
    records, ids = dict[str, JsonRecord](), FirstLines()
    for path in paths:
        for record in read_records(path, report):
            name = record.needed("_id")
            if name and ids.admit(name, record):
                records[name] = record
    return records


def _judgments(
    folder: Path, report: Report, corpus: Corpus, records: dict[str, JsonRecord]
) -> Judgments:
    paths = existing(folder, _QRELS)
    if paths:
        return read_qrels(paths[0], report, row=beir_row, corpus=corpus, questions=records)
    if not any("answerable" in record.fields for record in records.values()):
        report(Fault(folder, None, f"no judgments here; expected one of {', '.join(_QRELS)}"))
    return Judgments()


def _questions(
    records: dict[str, JsonRecord], corpus: Corpus, judgments: Judgments
) -> Iterable[Question]:
    for name, record in records.items():
        relevant = judgments.of(name)
        if relevant or "answerable" in record.fields:
            yield question(record, corpus, relevant)
