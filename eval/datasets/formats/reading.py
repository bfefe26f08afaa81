"""Questions that bring their own paragraph: CLAPnq and QED, one JSON object a line.

CLAPnq (Rosenthal et al., 2024): `output[].selected_sentences` are the evidence, its long answers
are written freely. QED (Lamm et al., 2020): `selected_sentence` is the evidence; the parts of a
Natural Questions answer are each taken as right. Each question's paragraph is an article.
"""

import html
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import Any

from eval.datasets.formats.completion import complete
from eval.datasets.formats.corpus import Corpus
from eval.datasets.formats.marks import Mark, golds
from eval.datasets.formats.records import FirstLines, JsonRecord, read_records
from eval.datasets.questions import Dataset, Question
from eval.errors import Report
from index.documents import Article
from index.text.normalization import normalise

CLAPNQ_KEYS = frozenset(("id", "input", "passages", "output"))
QED_KEYS = frozenset(("example_id", "question_text", "paragraph_text", "annotation"))


def is_reading(path: Path) -> bool:
    """By the keys of its first object."""
    record = next(read_records(path, lambda _: None), None)
    return record is not None and any(record.fields.keys() >= k for k in (CLAPNQ_KEYS, QED_KEYS))


def read(paths: list[Path], name: str, report: Report) -> Dataset:
    corpus, ids, questions = Corpus(Path(name)), FirstLines(), list[Question]()
    for record in chain.from_iterable(read_records(path, report) for path in paths):
        kind = _qed if "example_id" in record.fields else _clapnq
        question = kind(record, corpus)
        if question and ids.admit(question.id, record):
            questions.append(complete(question, record, corpus))
    return Dataset(name, tuple(corpus.articles.values()), tuple(questions))


def _clapnq(record: JsonRecord, corpus: Corpus) -> Question | None:
    passages = [item for item in record.listed("passages") if isinstance(item, Mapping)]
    if len(passages) != 1:
        record.fault(f"'passages' holds {len(passages)} objects, expected one")
        return None
    passage, name = record.inner(passages[0]), record.needed("id")
    text = _add(passage, corpus, name=name, title="title", text="text", url=None)
    outputs = [record.inner(item) for item in record.listed("output") if isinstance(item, Mapping)]
    selected = (output.strings("selected_sentences") for output in outputs)
    sentences = dict.fromkeys(filter(None, chain.from_iterable(selected)))
    answers = [output.string("answer") for output in outputs]
    right = tuple(answer for answer in answers if answer)
    return Question(
        id=name,
        text=record.needed("input"),
        answerable=bool(right or sentences),
        evidence=golds(
            record, "selected_sentences", [_find(s, text, name) for s in sentences], corpus
        ),
        texts=right,
        relevant={name: 1} if right or sentences else {},
    )


def _find(sentence: str, text: str, name: str) -> Mark:
    """Where it stands first; a sentence that stands nowhere is judged with the mark."""
    start = max(text.find(sentence), 0)
    return {"article": name, "start": start, "end": start + len(sentence), "text": sentence}


def _qed(record: JsonRecord, corpus: Corpus) -> Question | None:
    number = record.fields["example_id"]
    if type(number) not in (int, str):
        record.fault(f"'example_id' is {number!r:.60}, expected a number or a string")
        return None
    name = f"qed-{number}"
    _add(record, corpus, name=name, title="title_text", text="paragraph_text", url="url")
    raw = str(record.fields.get("paragraph_text"))
    annotation = record.fields.get("annotation")
    notes = annotation if isinstance(annotation, Mapping) else {}
    sentence = [notes["selected_sentence"]] if "selected_sentence" in notes else []
    answers = _qed_answers(record, notes)
    return Question(
        id=name,
        text=record.needed("question_text"),
        answers=golds(record, "answers", _placed(answers, name, raw), corpus),
        evidence=golds(record, "selected_sentence", _placed(sentence, name, raw), corpus),
        tags=tuple(filter(None, (record.inner(notes).string("explanation_type"),))),
    )


def _qed_answers(record: JsonRecord, notes: Mapping[str, Any]) -> Iterator[Any]:
    for answer in record.inner(notes).listed("answer"):
        yield answer.get("paragraph_reference") if isinstance(answer, Mapping) else answer
    for parts in record.listed("original_nq_answers"):
        yield from parts if isinstance(parts, list) else [parts]


def _placed(references: Iterable[Any], name: str, raw: str) -> Iterator[Any]:
    """QED's `{start, end, string}` as marks, in the text as the archive stores it."""
    for reference in references:
        if isinstance(reference, Mapping):
            ends = {end: _stored(reference.get(end), raw) for end in ("start", "end")}
            yield {"article": name, "text": normalise(str(reference.get("string"))), **ends}
        else:
            yield reference


def _stored(offset: object, raw: str) -> object:
    return len(normalise(raw[:offset])) if type(offset) is int and offset >= 0 else offset


def _add(
    record: JsonRecord, corpus: Corpus, *, name: str, title: str, text: str, url: str | None
) -> str:
    """Makes the paragraph an article; gives back its text."""
    raw = record.fields.get(text)
    record.needed(text)
    address = record.string(url) if url else None
    if isinstance(raw, str) and raw.strip() and name:
        article = Article(
            name,
            record.string(title) or "",
            normalise(raw),
            url=html.unescape(address) if address else None,
        )
        corpus.add(article, article.text)
    return normalise(raw) if isinstance(raw, str) else ""
