"""SQuAD 1.1 and 2.0: each paragraph is an article; impossible questions are unanswerable.

Rajpurkar et al., SQuAD, 2016, and Know What You Don't Know, 2018. A question that is impossible for
its paragraph may, over all of them, have an answer elsewhere: good for reading, weak for search.
"""

import gzip
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO, cast

from eval.datasets.formats.completion import complete
from eval.datasets.formats.corpus import Corpus
from eval.datasets.formats.marks import golds
from eval.datasets.formats.records import FirstLines, JsonRecord
from eval.datasets.questions import Dataset, Gold, Question
from eval.errors import Fault, Report
from index.documents import Article, Reject
from index.sources.bounded_lines import read_whole
from index.sources.encodings import decode
from index.text.normalization import normalise

_LONGEST_FILE = 500_000_000
_LONGEST_TITLE = 400
_HEAD_BYTES = 300
_FARTHEST = 1_000_000
"""From one id to the next, in characters; an id escaped in some other way is not looked for on."""


@dataclass(frozen=True, slots=True)
class SquadParagraph:
    """What is read, and what is asked of it; nothing in it answers what is impossible."""

    article: Article
    questions: tuple[Question, ...]

    @property
    def title(self) -> str:
        """As the file has it."""
        return self.article.id.rpartition("#")[0]


def read(paths: Sequence[Path], name: str, report: Report) -> Dataset:
    """Several files become one set, each question tagged `part=` its file."""
    reading = _SquadReader(Corpus(Path(name)))
    for path in paths:
        tags = (f"part={path.name.split('.')[0]}",) if len(paths) > 1 else ()
        reading.file(_File(path, _text(path, report), report), tags)
    asked = tuple(chain.from_iterable(each.questions for each in reading.paragraphs))
    return Dataset(name, tuple(reading.corpus.articles.values()), asked)


def paragraphs(path: Path, report: Report) -> list[SquadParagraph]:
    """Each with its own questions, where no search stands between them."""
    reading = _SquadReader(Corpus(path))
    reading.file(_File(path, _text(path, report), report), ())
    return reading.paragraphs


def is_squad(path: Path) -> bool:
    """By how the file begins."""
    opener = gzip.open if path.suffix == ".gz" else open
    try:
        with cast("BinaryIO", opener(path, "rb")) as stream:
            return b'"data"' in stream.read(_HEAD_BYTES)
    except (OSError, EOFError):
        return False


@dataclass(slots=True)
class _File:
    """A whole JSON document; an object in it is placed by searching for its id, onwards only."""

    path: Path
    text: str
    report: Report
    _found: int = 0
    _line: int = 1

    def record(self, fields: Any) -> JsonRecord:
        """One without an id is placed where the id before it was."""
        name = fields.get("id") if isinstance(fields, dict) else None
        end = self._found + _FARTHEST
        place = self.text.find(json.dumps(name), self._found, end) if isinstance(name, str) else -1
        if place >= 0:
            self._line += self.text.count("\n", self._found, place)
            self._found = place
        record = JsonRecord(
            fields if isinstance(fields, dict) else {}, self.path, self._line, self.report
        )
        if not isinstance(fields, dict):
            record.fault(f"expected an object, not {fields!r:.60}")
        return record

    def entries(self) -> list[Any]:
        try:
            document = json.loads(self.text or "{}")
        except (ValueError, RecursionError) as error:
            line = getattr(error, "lineno", None)
            self.report(Fault(self.path, line, f"it is not JSON ({error}); expected SQuAD JSON"))
            return []
        if not isinstance(document, dict) or not isinstance(document.get("data"), list):
            self.report(Fault(self.path, 1, 'expected {"data": [articles]}, as SQuAD has it'))
            return []
        return list(document["data"])


@dataclass(slots=True)
class _SquadReader:
    """What has been read so far."""

    corpus: Corpus
    paragraphs: list[SquadParagraph] = field(default_factory=list)
    _ids: FirstLines = field(default_factory=FirstLines)
    _numbers: Counter[str] = field(default_factory=Counter)

    def file(self, file: _File, tags: tuple[str, ...]) -> None:
        for fields in file.entries():
            entry = file.record(fields)
            title = " ".join((entry.string("title") or "untitled").split())
            for paragraph in entry.listed("paragraphs"):
                self._paragraph(file.record(paragraph), title, file, tags)

    def _paragraph(
        self, record: JsonRecord, title: str, file: _File, tags: tuple[str, ...]
    ) -> None:
        if not record.needed("context"):
            return
        self._numbers[title] += 1
        name = f"{title[:_LONGEST_TITLE]}#{self._numbers[title]}"
        context = record.fields["context"]
        article = Article(name, title.replace("_", " "), normalise(context))
        self.corpus.add(article, context)
        asked = (self._asked(file.record(each), article, tags) for each in record.listed("qas"))
        self.paragraphs.append(SquadParagraph(article, tuple(filter(None, asked))))

    def _asked(
        self, record: JsonRecord, article: Article, tags: tuple[str, ...]
    ) -> Question | None:
        name = record.needed("id")
        if not name or not self._ids.admit(name, record):
            return None
        draft = Question(
            id=name,
            text=record.needed("question"),
            answerable=not record.flag("is_impossible", default=False),
            answers=self._golds(record, "answers", article),
            distractors=self._golds(record, "plausible_answers", article),
            tags=tags,
        )
        return complete(draft, record, self.corpus)

    def _golds(self, record: JsonRecord, name: str, article: Article) -> tuple[Gold, ...]:
        marks = [_mark(answer, article) for answer in record.listed(name)]
        return golds(record, name, marks, self.corpus)


def _mark(answer: Any, article: Article) -> Any:
    """SQuAD gives a start and the text; a missing one is judged with the mark."""
    if not isinstance(answer, Mapping):
        return answer
    start, text = answer.get("answer_start"), answer.get("text")
    end = start + len(text) if isinstance(start, int) and isinstance(text, str) else None
    return {"article": article.id, "start": start, "end": end, "text": text}


def _text(path: Path, report: Report) -> str:
    """The document; "" when it cannot be read, which is reported."""
    data = read_whole(path, limit=_LONGEST_FILE)
    text = data if isinstance(data, Reject) else decode(data, path, None)
    if isinstance(text, Reject):
        report(Fault(text.path, text.line, text.detail))
        return '{"data": []}'
    return text
