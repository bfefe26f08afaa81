"""The articles of a data set, and how far offsets into their original text are valid."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from eval.datasets.formats.records import FirstLines, JsonRecord, read_records
from eval.errors import Report
from index.documents import Article, RejectReason
from index.sources.article_record import RecordError, article_from
from index.text.normalization import normalise

_STAND_IN = "A text long enough to be an article, put back at once."
_SHORT = (RejectReason.EMPTY, RejectReason.TOO_SHORT)


@dataclass(frozen=True, slots=True)
class Corpus:
    """Articles by id; `true_until` has those whose text `normalise` altered, and where first."""

    path: Path
    articles: dict[str, Article] = field(default_factory=dict)
    true_until: dict[str, int] = field(default_factory=dict)

    def add(self, article: Article, raw: str) -> None:
        """`raw` is the text as its authors counted it."""
        self.articles[article.id] = article
        if article.text != raw:
            self.true_until[article.id] = _shared_length(article.text, raw)

    def groups(self) -> dict[str, str]:
        """Near-duplicates, where the articles' metadata name a `group`."""
        named = {name: article.metadata.get("group") for name, article in self.articles.items()}
        return {name: group for name, group in named.items() if isinstance(group, str)}


def read_corpus(path: Path, report: Report) -> Corpus:
    """One article a line, in BEIR's keys or ours."""
    corpus, ids = Corpus(path), FirstLines()
    for record in read_records(path, report):
        article = _article(record)
        if article and ids.admit(article.id, record):
            _check_hash(article, record)
            corpus.add(article, record.fields.get("text") or article.text)
    return corpus


def _article(record: JsonRecord) -> Article | None:
    try:
        return _lenient(record.fields)
    except RecordError as error:
        record.fault(str(error))
        return None


def _lenient(fields: Mapping[str, Any]) -> Article:
    """Retrieval corpora hold stubs and bare titles, which no archive would take."""
    try:
        return article_from(fields)
    except RecordError as error:
        text = normalise(str(fields.get("text") or fields.get("title") or ""))
        if error.reason not in _SHORT or not text.strip():
            raise
        return replace(article_from({**fields, "text": _STAND_IN}), text=text)


def _check_hash(article: Article, record: JsonRecord) -> None:
    stated = article.metadata.get("sha256")
    if stated is not None and stated != article.revision:
        record.fault(
            f"the text of article {article.id!r} has changed: its sha256 is {article.revision}, "
            f"{stated} is stated; restore the text, or mark its questions again"
        )


def _shared_length(one: str, other: str) -> int:
    pairs = enumerate(zip(one, other, strict=False))
    return next((n for n, (a, b) in pairs if a != b), min(len(one), len(other)))
