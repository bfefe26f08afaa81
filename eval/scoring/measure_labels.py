"""The measures a report shows, in a reader's words and in reading order."""

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
FINDING = (
    *("doc@1", "doc@5", "doc@10", "recall@10", "mrr@10", "ndcg@10", "map"),
    *("ev@1", "ev@5", "ev@10"),
)
"""Measures that the baselines have too."""
HEADLINES = ("doc@10", "ev@10", "sentence@1", "answered_answerable", "refused_unanswerable")
MAIN = ("sentence@1", "ev@1", "doc@1", "sentence@3", "ev@10", "doc@10", "mrr@10", "em", "f1")
"""What slices and comparisons look at, the first a set has."""


@dataclass(frozen=True, slots=True)
class Wording:
    """How one measure is told."""

    label: str
    meaning: str
    falling: bool = False
    """Whether less is better."""


GROUPS: Mapping[str, Mapping[str, Wording]] = {
    "Finding": {
        "doc@1": Wording("Article @1", "a relevant article comes first"),
        "doc@5": Wording("Article @5", "a relevant article is among the first five"),
        "doc@10": Wording("Article @10", "a relevant article is among the first ten"),
        "recall@10": Wording("Recall @10", "share of the relevant articles among the first ten"),
        "mrr@10": Wording("MRR @10", "one over the rank of the first relevant article"),
        "ndcg@10": Wording("nDCG @10", "graded gain of the first ten articles"),
        "map": Wording("MAP", "mean average precision over articles"),
        "ev@1": Wording("Evidence @1", "the first passage holds the whole gold"),
        "ev@5": Wording("Evidence @5", "one of the first five passages holds the whole gold"),
        "ev@10": Wording("Evidence @10", "one of the first ten passages holds the whole gold"),
    },
    "Reading": {
        "sentence@1": Wording("Sentence @1", "the first sentence holds the answer"),
        "sentence@3": Wording("Sentence @3", "one of the first three sentences holds the answer"),
        "gold_sentence@1": Wording(
            "Sentence @1, article given", "as above, reading relevant articles only"
        ),
        "em": Wording("Exact match", "the short answer, else the quote, is the gold, normalised"),
        "f1": Wording("Token F1", "overlap of the short answer, else the quote, with the gold"),
        "span_f1": Wording("Character F1", "overlap of the characters cited with the gold"),
        "gold_em": Wording("Exact match, article given", "reading relevant articles only"),
        "gold_f1": Wording("Token F1, article given", "reading relevant articles only"),
        "gold_span_f1": Wording("Character F1, article given", "reading relevant articles only"),
    },
    "Citing": {
        "verbatim": Wording("Verbatim", "citations that read as the article does: must be 1"),
        "citation_precision": Wording("Citation precision", "citations that support the answer"),
        "citation_recall": Wording("Citation recall", "answers supported by a citation"),
        "distractor": Wording("Distractor", "citations of a marked distractor", falling=True),
        "tightness": Wording("Tightness", "share of what is cited that is gold"),
        "right_outlet": Wording("Right outlet", "citations naming the article’s outlet"),
        "right_date": Wording("Right date", "citations naming the article’s date"),
        "as_of": Wording("In time", "citations published by the instant asked from"),
    },
    "Attributing": {
        "right_speaker": Wording("Right speaker", "asked who said it: named, and rightly"),
        "wrong_speaker": Wording(
            "Wrong speaker", "of the speakers given as certain, someone else", falling=True
        ),
        "speaker_quoted": Wording("Speaker quoted", "the sentence given holds the right name"),
        "asked_speaker": Wording("Asked speaker", "asked what someone said: a statement of theirs"),
        "content_f1": Wording(
            "Content F1", "overlap of the characters given as said with the gold"
        ),
        "true_answered": Wording("Answered, what was said", "such questions answered"),
    },
    "Deciding": {
        "answered": Wording("Answered", "share of all questions answered: the coverage"),
        "answered_accuracy": Wording("Accuracy of answers", "share of those that are right"),
        "answered_answerable": Wording("Answered, answerable", "answerable questions answered"),
        "refused_unanswerable": Wording("Refused, unanswerable", "the others refused"),
        "right_reason": Wording("Right reason", "refused for the reason there is"),
        "swap_refused": Wording("Refused, speakers swapped", "a wrong speaker presumed: refused"),
        "auroc": Wording("AUROC", "confidence ranks answerable above unanswerable"),
        "auroc_withheld": Wording("AUROC, withheld", "against questions whose article is absent"),
        "auroc_other_events": Wording("AUROC, other events", "against questions on other events"),
        "ap": Wording("Average precision", "of confidence, for answerable questions"),
        "aurc": Wording("AURC", "mean risk over all coverages", falling=True),
        "coverage@80": Wording("Coverage at 80 %", "share answered with 80 % of answers right"),
        "coverage@90": Wording("Coverage at 90 %", "share answered with 90 % of answers right"),
        "coverage@95": Wording("Coverage at 95 %", "share answered with 95 % of answers right"),
        "ece": Wording("Calibration error", "mean gap of confidence and accuracy", falling=True),
        "brier": Wording("Brier score", "mean squared error of confidence", falling=True),
        "squad2_em": Wording("SQuAD 2.0 exact match", "refusing counts as right where nothing is"),
        "squad2_f1": Wording("SQuAD 2.0 F1", "refusing counts as right where nothing is"),
        "squad2_best_f1": Wording("SQuAD 2.0 best F1", "at the best threshold in hindsight"),
        "threshold": Wording("Fitted threshold", "confidence cut fitted on one half"),
        "answered_accuracy_fit": Wording("Accuracy, fitted half", "of answers at that threshold"),
        "answered_coverage_fit": Wording("Coverage, fitted half", "answered at that threshold"),
        "answered_accuracy_frozen": Wording("Accuracy, other half", "at the same threshold"),
        "answered_coverage_frozen": Wording("Coverage, other half", "at the same threshold"),
        "errors": Wording("Errors", "questions without a prediction", falling=True),
    },
}
WORDINGS: Mapping[str, Wording] = {
    measure: wording for group in GROUPS.values() for measure, wording in group.items()
}


def worded(measure: str) -> Wording:
    """A measure the report does not know is shown under its own name."""
    return WORDINGS.get(measure, Wording(measure, ""))
