"""Labels of the measures in a report, in reading order, and whether less is better."""

from collections.abc import Mapping
from dataclasses import dataclass

BASELINES = {
    "bm25": "BM25 alone",
    "vectors": "Vectors alone",
    "rrf": "Reciprocal ranks",
    "hybrid": "BM25 .7, vectors .3",
}
"""Prefix of a baseline's measures -> its name."""
SYSTEMS = {"": "On the Record", **{f"{prefix}:": name for prefix, name in BASELINES.items()}}
RETRIEVAL = (
    *("doc@1", "doc@5", "doc@10", "recall@10", "mrr@10", "ndcg@10", "map"),
    *("ev@1", "ev@5", "ev@10"),
)
"""Measures that the baselines have too."""
HEADLINES = (
    *("doc@10", "ev@10", "sentence@1", "answered_answerable", "refused_unanswerable"),
    *("crag", "crag_always"),
)
MAIN = ("sentence@1", "ev@1", "doc@1", "sentence@3", "ev@10", "doc@10", "mrr@10", "em", "f1")
"""What slices and comparisons use: the first that a set has."""
LESS_IS_BETTER = ("p50_ms/", "p95_ms/", "errors")
"""Prefixes of measures without a label of which less is better."""


@dataclass(frozen=True, slots=True)
class MeasureLabel:
    """Its name and meaning in a report."""

    label: str
    meaning: str
    less_is_better: bool = False
    """Whether less is better."""
    least: float = 0.0
    """The lowest value it can have; the highest is 1."""


GROUPS: Mapping[str, Mapping[str, MeasureLabel]] = {
    "Retrieval": {
        "doc@1": MeasureLabel("Article @1", "a relevant article comes first"),
        "doc@5": MeasureLabel("Article @5", "a relevant article is among the first five"),
        "doc@10": MeasureLabel("Article @10", "a relevant article is among the first ten"),
        "recall@10": MeasureLabel(
            "Recall @10", "share of the relevant articles among the first ten"
        ),
        "mrr@10": MeasureLabel("MRR @10", "one over the rank of the first relevant article"),
        "ndcg@10": MeasureLabel("nDCG @10", "graded gain of the first ten articles"),
        "map": MeasureLabel("MAP", "mean average precision over articles"),
        "ev@1": MeasureLabel("Evidence @1", "the first passage holds the whole gold"),
        "ev@5": MeasureLabel("Evidence @5", "one of the first five passages holds the whole gold"),
        "ev@10": MeasureLabel("Evidence @10", "one of the first ten passages holds the whole gold"),
    },
    "Reading": {
        "sentence@1": MeasureLabel("Sentence @1", "the first sentence holds the answer"),
        "sentence@3": MeasureLabel(
            "Sentence @3", "one of the first three sentences holds the answer"
        ),
        "gold_sentence@1": MeasureLabel(
            "Sentence @1, article given", "as above, reading relevant articles only"
        ),
        "em": MeasureLabel(
            "Exact match", "the short answer, else the quote, is the gold, normalised"
        ),
        "f1": MeasureLabel(
            "Token F1", "overlap of the short answer, else the quote, with the gold"
        ),
        "answered_f1": MeasureLabel("Token F1, answered", "as above, without what was refused"),
        "span_f1": MeasureLabel("Character F1", "overlap of the characters cited with the gold"),
        "gold_em": MeasureLabel("Exact match, article given", "reading relevant articles only"),
        "gold_f1": MeasureLabel("Token F1, article given", "reading relevant articles only"),
        "gold_span_f1": MeasureLabel(
            "Character F1, article given", "reading relevant articles only"
        ),
    },
    "Citations": {
        "verbatim": MeasureLabel("Verbatim", "citations that read as the article does: must be 1"),
        "citation_precision": MeasureLabel(
            "Citation precision", "citations that support the answer"
        ),
        "citation_recall": MeasureLabel("Citation recall", "answers supported by a citation"),
        "distractor": MeasureLabel(
            "Distractor", "citations of a marked distractor", less_is_better=True
        ),
        "tightness": MeasureLabel("Tightness", "share of what is cited that is gold"),
        "right_outlet": MeasureLabel("Right outlet", "citations naming the article’s outlet"),
        "right_date": MeasureLabel("Right date", "citations naming the article’s date"),
        "as_of": MeasureLabel("In time", "citations published by the instant asked from"),
    },
    "Attribution": {
        "right_speaker": MeasureLabel("Right speaker", "asked who said it: named, and rightly"),
        "wrong_speaker": MeasureLabel(
            "Wrong speaker", "of the speakers given as certain, someone else", less_is_better=True
        ),
        "speaker_quoted": MeasureLabel("Speaker quoted", "the sentence given holds the right name"),
        "asked_speaker": MeasureLabel(
            "Asked speaker", "asked what someone said: a statement of theirs"
        ),
        "content_f1": MeasureLabel(
            "Content F1", "overlap of the characters given as said with the gold"
        ),
        "true_answered": MeasureLabel("Answered, what was said", "such questions answered"),
    },
    "Abstention": {
        "crag": MeasureLabel(
            "CRAG score", "right answers less wrong ones, refusals 0; over all", least=-1.0
        ),
        "crag_always": MeasureLabel(
            "CRAG score, always answering", "with the nearest sentence for a refusal", least=-1.0
        ),
        "answered": MeasureLabel("Answered", "share of all questions answered: the coverage"),
        "answered_accuracy": MeasureLabel("Accuracy of answers", "share of those that are right"),
        "answered_answerable": MeasureLabel(
            "Answered, answerable", "answerable questions answered"
        ),
        "refused_unanswerable": MeasureLabel("Refused, unanswerable", "the others refused"),
        "right_reason": MeasureLabel("Right reason", "refused for the reason there is"),
        "swap_refused": MeasureLabel(
            "Refused, speakers swapped", "a wrong speaker presumed: refused"
        ),
        "auroc": MeasureLabel("AUROC", "confidence ranks answerable above unanswerable"),
        "auroc_withheld": MeasureLabel(
            "AUROC, withheld", "against questions whose article is absent"
        ),
        "auroc_other_events": MeasureLabel(
            "AUROC, other events", "against questions on other events"
        ),
        "ap": MeasureLabel("Average precision", "of confidence, for answerable questions"),
        "aurc": MeasureLabel("AURC", "mean risk over all coverages", less_is_better=True),
        "coverage@80": MeasureLabel(
            "Coverage at 80 %", "share answered with 80 % of answers right"
        ),
        "coverage@90": MeasureLabel(
            "Coverage at 90 %", "share answered with 90 % of answers right"
        ),
        "coverage@95": MeasureLabel(
            "Coverage at 95 %", "share answered with 95 % of answers right"
        ),
        "ece": MeasureLabel(
            "Calibration error", "mean gap of confidence and accuracy", less_is_better=True
        ),
        "brier": MeasureLabel(
            "Brier score", "mean squared error of confidence", less_is_better=True
        ),
        "squad2_em": MeasureLabel(
            "SQuAD 2.0 exact match", "refusing counts as right where nothing is"
        ),
        "squad2_f1": MeasureLabel("SQuAD 2.0 F1", "refusing counts as right where nothing is"),
        "squad2_best_f1": MeasureLabel("SQuAD 2.0 best F1", "at the best threshold in hindsight"),
        "threshold": MeasureLabel("Fitted threshold", "confidence cut fitted on one half"),
        "answered_accuracy_fit": MeasureLabel(
            "Accuracy, fitted half", "of answers at that threshold"
        ),
        "answered_coverage_fit": MeasureLabel(
            "Coverage, fitted half", "answered at that threshold"
        ),
        "answered_accuracy_frozen": MeasureLabel("Accuracy, other half", "at the same threshold"),
        "answered_coverage_frozen": MeasureLabel("Coverage, other half", "at the same threshold"),
        "errors": MeasureLabel("Errors", "questions without a prediction", less_is_better=True),
    },
}
LABELS: Mapping[str, MeasureLabel] = {
    measure: wording for group in GROUPS.values() for measure, wording in group.items()
}


def label_of(measure: str) -> MeasureLabel:
    """An unknown measure keeps its own name."""
    return LABELS.get(measure, MeasureLabel(measure, ""))


def less_is_better(measure: str) -> bool:
    """Whether less is better, of a measure of one set with a baseline's prefix or without."""
    plain = measure.rpartition(":")[2]
    return plain.startswith(LESS_IS_BETTER) or label_of(plain).less_is_better
