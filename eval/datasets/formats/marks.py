"""Marked stretches of articles, each checked against the article it points into."""

from collections.abc import Iterable, Mapping
from typing import Any

from eval.datasets.formats.corpus import Corpus
from eval.datasets.formats.records import JsonRecord
from eval.datasets.questions import Gold
from index.documents import Article

Mark = Mapping[str, Any]
"""`{article | doc_id, start, end}`; with `text` or `sha256`, those are checked too."""

_SHOWN = 80


def marked(record: JsonRecord, name: str, corpus: Corpus) -> tuple[Gold, ...]:
    """What the record's list `name` marks; faulty marks are reported and left out."""
    return golds(record, name, record.listed(name), corpus)


def golds(record: JsonRecord, name: str, marks: Iterable[Any], corpus: Corpus) -> tuple[Gold, ...]:
    """Each once, in their order; `name` is what a fault calls them."""
    found = (_gold(record, name, mark, corpus) for mark in marks)
    return tuple(dict.fromkeys(gold for gold in found if gold))


def whole(article: Article) -> Mark:
    return {"article": article.id, "start": 0, "end": len(article.text)}


def quoted(gold: Gold, corpus: Corpus) -> str:
    return corpus.articles[gold.article].text[gold.start : gold.end]


def _gold(record: JsonRecord, name: str, mark: Any, corpus: Corpus) -> Gold | None:
    if not isinstance(mark, Mapping):
        record.fault(f"{name!r} holds {mark!r:.60}, expected an object with article, start and end")
        return None
    article_id = mark.get("article", mark.get("doc_id"))
    article = corpus.articles.get(article_id) if isinstance(article_id, str) else None
    if article is None:
        record.fault(
            f"{name!r} is in the article {article_id!r}, which {corpus.path} does not have"
        )
        return None
    problem = _problem(mark, article, corpus)
    if problem:
        record.fault(f"{name!r} in article {article.id!r}: {problem}")
        return None
    return _trimmed(article, mark["start"], mark["end"])


def _problem(mark: Mark, article: Article, corpus: Corpus) -> str | None:
    start, end = mark.get("start"), mark.get("end")
    if type(start) is not int or type(end) is not int:
        return f"the range {start!r} to {end!r} is not two whole numbers"
    if not 0 <= start < end <= len(article.text):
        return f"the range {start} to {end} is not within its {len(article.text)} characters"
    if "sha256" in mark and mark["sha256"] != article.revision:
        return f"its text has changed: its sha256 is {article.revision}, {mark['sha256']} is stated"
    if end > corpus.true_until.get(article.id, end):
        true = corpus.true_until[article.id]
        return f"the archive stores another text from character {true} on; take out \\r, NUL, BOM"
    found = article.text[start:end]
    if mark.get("text", found) != found:
        return f"{start} to {end} reads {found!r:.{_SHOWN}}, {mark['text']!r:.{_SHOWN}} is stated"
    return None if found.strip() else f"the range {start} to {end} holds nothing but space"


def _trimmed(article: Article, start: int, end: int) -> Gold:
    """Without outer space, which no sentence or passage would include."""
    found = article.text[start:end]
    return Gold(article.id, end - len(found.lstrip()), start + len(found.rstrip()))
