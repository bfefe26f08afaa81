"""Every measure of a question by name, and the questions it is defined for.

The formulas, with their papers, are in `eval.measures`; this module applies them to a case.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from eval.datasets.questions import Gold
from eval.measures import answers, citations, retrieval, statements
from eval.measures.selective_prediction import crag_score
from eval.runs.predictions import RankedItem
from eval.scoring.cases import Case, first


@dataclass(frozen=True, slots=True)
class Measure:
    """The questions it is defined for, and its value for one of them."""

    name: str
    defined: Callable[[Case], bool]
    value: Callable[[Case], float]


def _answerable(case: Case) -> bool:
    return case.question.answerable


def _unanswerable(case: Case) -> bool:
    return not case.question.answerable


def _findable(case: Case) -> bool:
    return case.question.answerable and bool(case.relevant)


def _marked(case: Case) -> bool:
    return case.question.answerable and bool(case.question.gold)


def _judged(case: Case) -> bool:
    """Whether an answer can be told right from wrong by marks."""
    return _unanswerable(case) or _marked(case)


def _worded(case: Case) -> bool:
    return case.question.answerable and bool(case.question.texts)


def _worded_and_answered(case: Case) -> bool:
    return _worded(case) and _answered(case)


def _texted(case: Case) -> bool:
    return case.has_text


def _cited(case: Case) -> bool:
    return bool(case.prediction.citations)


def _cited_beside_distractors(case: Case) -> bool:
    return _cited(case) and bool(case.question.distractors)


def _from_outlet(case: Case) -> bool:
    return case.question.answerable and any(source.outlet for source in case.sources)


def _dated(case: Case) -> bool:
    return case.question.answerable and any(source.published_at for source in case.sources)


def _answered(case: Case) -> bool:
    return case.prediction.answered


def _cited_under_as_of(case: Case) -> bool:
    return _cited(case) and case.question.as_of is not None


def _who_said(case: Case) -> bool:
    """The speaker is what is asked for, not given."""
    return _of_speaker(case) and "who_said" in case.question.tags


def _what_said(case: Case) -> bool:
    """The speaker is given."""
    return _of_speaker(case) and "what_said" in case.question.tags


def _of_speaker(case: Case) -> bool:
    return case.question.answerable and case.question.speaker is not None


def _who_said_for_certain(case: Case) -> bool:
    return _who_said(case) and case.said is not None and case.said.sure


def _reasoned(case: Case) -> bool:
    """`no_evidence` says nothing that other reasons do not."""
    return not case.question.answerable and case.question.reason not in {None, "no_evidence"}


def _swapped(case: Case) -> bool:
    return not case.question.answerable and not {"swap", "wrong_speaker"}.isdisjoint(
        case.question.tags
    )


def _success(k: int) -> Callable[[Case], float]:
    return lambda case: retrieval.success(case.ranking, case.relevant, k)


def _evidence_hit(k: int) -> Callable[[Case], float]:
    return lambda case: retrieval.evidence_hit(case.prediction.passages, case.question.gold, k)


def _sentence(sentences: Callable[[Case], Sequence[RankedItem]], k: int) -> Callable[[Case], float]:
    """By evidence where it is marked, else by a whole short answer."""

    def value(case: Case) -> float:
        question = case.question
        if question.evidence:
            return answers.evidence_in_sentence(sentences(case), question.evidence, k)
        return answers.answer_in_sentence(sentences(case), question.answers, k)

    return value


def _read(case: Case) -> Sequence[RankedItem]:
    return case.prediction.sentences


def _read_in_gold(case: Case) -> Sequence[RankedItem]:
    return case.prediction.gold_sentences


def _gold_text(case: Case) -> str:
    """The reader's answer in the best sentence; without a reader, the whole sentence."""
    return " ".join(case.read(_short_of(each)) for each in first(case.prediction.gold_sentences))


def _short_of(sentence: RankedItem) -> Gold:
    return Gold(sentence.article, *(sentence.short or (sentence.start, sentence.end)))


def _verbatim(case: Case) -> float:
    """As verified when the run was made and checked again in the data set."""
    cited = case.prediction.citations
    texts = {id: article.text for id, article in case.cited.items()}
    return min(citations.verbatim(cited), citations.reads_so(cited, texts))


def _as_of(case: Case) -> float:
    """The share of citations published by the instant the question was asked from."""
    limit, cited = case.question.as_of, case.prediction.citations
    early = {
        id
        for id, article in case.cited.items()
        if limit and article.published_at and article.published_at <= limit
    }
    return sum(each.article in early for each in cited) / len(cited)


def _speaker(case: Case) -> str | None:
    return case.said.speaker if case.said else None


def _right_speaker(case: Case) -> float:
    return statements.right_speaker(_speaker(case), case.speakers)


def _content_f1(case: Case) -> float:
    cited = case.prediction.citations[0].article if case.said else ""
    said = [Gold(cited, start, end) for start, end in case.said.content] if case.said else []
    return statements.content_f1(said, [[gold] for gold in _short(case)])


def _squad2(score: Callable[[str, Sequence[str]], float]) -> Callable[[Case], float]:
    """As published: an empty text is right for unanswerable questions; a missing one never is."""
    return lambda case: 0.0 if case.missing else score(case.prediction.text, case.right_texts)


def _crag(case: Case) -> float:
    return crag_score(answered=case.prediction.answered, right=case.right)


def _crag_always(case: Case) -> float:
    """As if the nearest sentence were given instead of a refusal; 0 where there is none."""
    return crag_score(answered=bool(case.best), right=case.right)


def _short(case: Case) -> Sequence[Gold]:
    return case.question.answers or case.question.evidence


RETRIEVAL = (
    *(Measure(f"doc@{k}", _findable, _success(k)) for k in (1, 5, 10)),
    Measure("recall@10", _findable, lambda c: retrieval.recall(c.ranking, c.relevant, 10)),
    Measure("mrr@10", _findable, lambda c: retrieval.mrr(c.ranking, c.relevant, 10)),
    Measure("ndcg@10", _findable, lambda c: retrieval.ndcg(c.ranking, c.relevant, 10)),
    Measure("map", _findable, lambda c: retrieval.average_precision(c.ranking, c.relevant)),
)
EVIDENCE = tuple(Measure(f"ev@{k}", _marked, _evidence_hit(k)) for k in (1, 5, 10))
READING = (
    Measure("sentence@1", _marked, _sentence(_read, 1)),
    Measure("sentence@3", _marked, _sentence(_read, 3)),
    Measure("gold_sentence@1", _marked, _sentence(_read_in_gold, 1)),
    Measure("em", _worded, lambda c: answers.exact_match(c.prediction.text, c.question.texts)),
    Measure("f1", _worded, lambda c: answers.token_f1(c.prediction.text, c.question.texts)),
    Measure(
        "answered_f1",
        _worded_and_answered,
        lambda c: answers.token_f1(c.prediction.text, c.question.texts),
    ),
    Measure("span_f1", _marked, lambda c: answers.span_f1(c.prediction.citations, _short(c))),
    Measure("gold_em", _worded, lambda c: answers.exact_match(_gold_text(c), c.question.texts)),
    Measure("gold_f1", _worded, lambda c: answers.token_f1(_gold_text(c), c.question.texts)),
    Measure(
        "gold_span_f1",
        _marked,
        lambda c: answers.span_f1(first(c.prediction.gold_sentences), _short(c)),
    ),
)
CITATIONS = (
    Measure("verbatim", _cited, _verbatim),
    Measure(
        "citation_precision",
        _marked,
        lambda c: citations.precision(c.prediction.citations, c.question.gold),
    ),
    Measure(
        "citation_recall",
        _marked,
        lambda c: citations.recall(c.prediction.citations, c.question.gold),
    ),
    Measure(
        "distractor",
        _cited_beside_distractors,
        lambda c: citations.distractor(
            c.prediction.citations, c.question.gold, c.question.distractors
        ),
    ),
    Measure(
        "tightness",
        _marked,
        lambda c: citations.tightness(c.prediction.citations, c.question.gold),
    ),
    Measure(
        "right_outlet",
        _from_outlet,
        lambda c: citations.right_outlet(c.prediction.citations, c.sources),
    ),
    Measure(
        "right_date", _dated, lambda c: citations.right_date(c.prediction.citations, c.sources)
    ),
    Measure("as_of", _cited_under_as_of, _as_of),
)
ABSTENTION = (
    Measure("squad2_em", _texted, _squad2(answers.exact_match)),
    Measure("squad2_f1", _texted, _squad2(answers.token_f1)),
    Measure("crag", _judged, _crag),
    Measure("crag_always", _judged, _crag_always),
    Measure("answered", lambda _: True, lambda c: float(c.prediction.answered)),
    Measure("answered_accuracy", _answered, lambda c: float(c.right)),
    Measure("answered_answerable", _answerable, lambda c: float(c.prediction.answered)),
    Measure("refused_unanswerable", _unanswerable, lambda c: float(c.refused)),
    Measure("swap_refused", _swapped, lambda c: float(c.refused)),
    Measure("right_reason", _reasoned, lambda c: float(c.prediction.reason == c.question.reason)),
)
ATTRIBUTION = (
    Measure("right_speaker", _who_said, _right_speaker),
    Measure(
        "wrong_speaker",
        _who_said_for_certain,
        lambda c: statements.wrong_speaker(_speaker(c), c.speakers),
    ),
    Measure(
        "speaker_quoted",
        _who_said,
        lambda c: statements.names_speaker(c.quote, [c.question.speaker or ""]),
    ),
    Measure("asked_speaker", _what_said, _right_speaker),
    Measure("content_f1", _what_said, _content_f1),
    Measure("true_answered", _what_said, lambda c: float(c.prediction.answered)),
)
ALL = (*RETRIEVAL, *EVIDENCE, *READING, *CITATIONS, *ABSTENTION, *ATTRIBUTION)
OF_PASSAGES = (*RETRIEVAL, *EVIDENCE)
"""Measures of a baseline."""
