"""TREC: a folder of topics, qrels and articles; and runs, which rank articles by question.

Topics are `<top>` blocks with `<num>` and `<title>`, XML `<topic number>` with `<question>`,
`<query>` or `<title>`, or lines of `number <tab> question`. The articles are in JSONL beside them.
"""

import html
import math
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from eval.datasets.formats.completion import complete
from eval.datasets.formats.corpus import Corpus, read_corpus
from eval.datasets.formats.onrecord import articles_beside
from eval.datasets.formats.qrels import Judgments, read_qrels, trec_row
from eval.datasets.formats.records import FirstLines, JsonRecord, text_lines
from eval.datasets.questions import Dataset, Question
from eval.errors import Fault, Report, stop

_TOPIC = re.compile(r"<top>(.*?)</top>|<topic\s[^>]*?number=[\"'](.*?)[\"'].*?</topic>", re.DOTALL)
_NUMBER = re.compile(r"<num>\s*(?:Number:)?\s*([^\s<]+)")
_ASKED = tuple(
    re.compile(rf"<{tag}>\s*(?:Topic:)?\s*([^<]*)") for tag in ("question", "query", "title")
)


def topics_in(folder: Path) -> Path | None:
    return next(iter(sorted(path for path in folder.glob("topics*") if path.is_file())), None)


def read(folder: Path, report: Report) -> Dataset:
    """Only the topics the qrels judge to have a relevant article, as TREC scores them."""
    topics, qrels = topics_in(folder), next(iter(sorted(folder.glob("qrels*"))), None)
    articles = articles_beside(folder / "topics")
    if not (topics and qrels and articles):
        expected = "topics*, qrels* and articles.jsonl (or corpus.jsonl)"
        report(Fault(folder, None, f"an incomplete TREC set; expected {expected}"))
        return Dataset(folder.name, (), ())
    corpus, records = read_corpus(articles, report), dict(_topics(topics, report))
    judgments = read_qrels(qrels, report, row=trec_row, corpus=corpus, questions=records)
    questions = tuple(_questions(records, corpus, judgments))
    return Dataset(folder.name, tuple(corpus.articles.values()), questions, corpus.groups())


def read_run(path: Path) -> Mapping[str, list[tuple[str, float]]]:
    """{question: [(article, score), best first]}, equal scores by id; the ranks are not trusted."""
    scores: dict[str, dict[str, float]] = {}
    for number, line in text_lines(path, stop):
        row = _run_row(line)
        if row is None:
            expected = "question Q0 article rank score name"
            stop(Fault(path, number, f"{line.strip()!r:.80} is not a line of a run: {expected}"))
        question, article, score = row
        if article in scores.setdefault(question, {}):
            stop(Fault(path, number, f"{article!r} is ranked twice for question {question!r}"))
        scores[question][article] = score
    return {question: _best_first(given) for question, given in scores.items()}


def _run_row(line: str) -> tuple[str, str, float] | None:
    try:
        question, _, article, _, score, _ = line.split()
        return (question, article, float(score)) if math.isfinite(float(score)) else None
    except ValueError:
        return None


def _best_first(scores: Mapping[str, float]) -> list[tuple[str, float]]:
    return sorted(scores.items(), key=lambda item: (-item[1], item[0]))


def _topics(path: Path, report: Report) -> Iterator[tuple[str, JsonRecord]]:
    ids = FirstLines()
    lines = list(text_lines(path, report))
    tagged = any("<top" in line for _, line in lines)
    for record in _tagged(path, lines, report) if tagged else _tabbed(path, lines, report):
        name = record.needed("id")
        if name and record.needed("question") and ids.admit(name, record):
            yield name, record


def _tabbed(path: Path, lines: list[tuple[int, str]], report: Report) -> Iterator[JsonRecord]:
    for number, line in lines:
        name, _, text = line.partition("\t")
        yield JsonRecord({"id": name, "question": text}, path, number, report)


def _tagged(path: Path, lines: list[tuple[int, str]], report: Report) -> Iterator[JsonRecord]:
    numbers = [number for number, line in lines]
    text = "\n".join(line.rstrip("\n") for _, line in lines)
    for match in _TOPIC.finditer(text):
        number = numbers[text.count("\n", 0, match.start())]
        classic = _NUMBER.search(match[0])
        name = classic[1] if classic else match[2] or ""
        yield JsonRecord({"id": name, "question": _asked(match[0])}, path, number, report)


def _asked(block: str) -> str:
    found = (pattern.search(block) for pattern in _ASKED)
    return next((html.unescape(match[1]).strip() for match in found if match), "")


def _questions(
    records: Mapping[str, JsonRecord], corpus: Corpus, judgments: Judgments
) -> Iterator[Question]:
    for name, record in records.items():
        relevant = judgments.of(name)
        if relevant:
            draft = Question(name, record.needed("question"), relevant=relevant)
            yield complete(draft, record, corpus)
