"""What the queries of the development sets say beyond BEIR: marks, speakers, dates and kinds.

`answers`, `evidence` and `distractor_spans` are marks `{doc_id, start, end, text}`; `evidence` may
also name whole articles. `gold_sentence` is `[start, end]` in `gold_doc`. `question_date` is a day.
"""

from collections.abc import Iterator, Mapping

from eval.datasets.formats.completion import as_of, complete
from eval.datasets.formats.corpus import Corpus
from eval.datasets.formats.marks import Mark, golds, marked, whole
from eval.datasets.formats.records import JsonRecord
from eval.datasets.questions import Gold, Question

_KIND_TAGS = {"speaker_swap": "swap", "out_of_corpus": "other_events"}
"""Other kinds are tags as they stand."""


def question(record: JsonRecord, corpus: Corpus, relevant: Mapping[str, int]) -> Question:
    """The query of one record of a BEIR folder; `relevant` is what the qrels say."""
    answerable = record.flag("answerable", default=True)
    draft = Question(
        id=record.needed("_id"),
        text=record.needed("text"),
        answerable=answerable,
        answers=marked(record, "answers", corpus),
        evidence=_evidence(record, corpus),
        distractors=marked(record, "distractor_spans", corpus),
        texts=tuple(_stated_answers(record)) if answerable else (),
        relevant=relevant,
        as_of=as_of(record, "question_date"),
        speaker=record.string("speaker") or record.string("wrong_speaker"),
        tags=tuple(_tags(record, answerable=answerable)),
    )
    return complete(draft, record, corpus)


def _stated_answers(record: JsonRecord) -> Iterator[str]:
    for name in ("reference_answer", "answer"):
        text = record.string(name)
        if text:
            yield text


def _evidence(record: JsonRecord, corpus: Corpus) -> tuple[Gold, ...]:
    if record.fields.get("gold_sentence") is not None:
        return golds(record, "gold_sentence", [_sentence(record)], corpus)
    marks = [_whole_article(mark, corpus) for mark in record.listed("evidence")]
    return golds(record, "evidence", marks, corpus)


def _whole_article(mark: object, corpus: Corpus) -> object:
    """A mark over all of the article, where only its id is given."""
    if not isinstance(mark, str):
        return mark
    return whole(corpus.articles[mark]) if mark in corpus.articles else {"article": mark}


def _sentence(record: JsonRecord) -> Mark:
    """Widened to the answer it was marked for where a sentence splitter cut through that."""
    ends = record.listed("gold_sentence")
    start, end = ends if len(ends) == 2 else (None, None)  # noqa: PLR2004 - start and end
    mark = {"article": record.string("gold_doc"), "start": start, "end": end}
    answer = _primary(record)
    if answer is None or type(start) is not int or type(end) is not int:
        return mark
    if answer["start"] < end and start < answer["end"]:
        mark |= {"start": min(start, answer["start"]), "end": max(end, answer["end"])}
    return mark


def _primary(record: JsonRecord) -> Mark | None:
    """The answer of `gold_doc` the sentence was taken for, if its range can be read."""
    place, answers = record.fields.get("primary"), record.listed("answers")
    answer = answers[place] if isinstance(place, int) and 0 <= place < len(answers) else None
    if not isinstance(answer, Mapping) or answer.get("doc_id") != record.string("gold_doc"):
        return None
    return answer if {type(answer.get(end)) for end in ("start", "end")} == {int} else None


def _tags(record: JsonRecord, *, answerable: bool) -> Iterator[str]:
    qtype, kind = record.string("qtype"), record.string("kind")
    if qtype:
        yield f"qtype={qtype}"
    if record.flag("who_said", default=False):
        yield "who_said"
    if kind:
        yield _KIND_TAGS.get(kind, kind)
    yield from filter(None, (record.string("question_type"),))
    if not answerable and "withheld_answers" in record.fields:
        yield "withheld"
    if any(isinstance(mark, Mapping) and "overlap" in mark for mark in record.listed("evidence")):
        yield "silver"
    yield from record.strings("tags")
