"""Whether citations are verbatim, support the answer, and contain little else.

Each measure is of the citations of one question, from 0 to 1, 1 best except for `distractor`.
Nothing cited counts 0 everywhere: so `verbatim`, `reads_so` and `distractor` are to be averaged
over the questions where something was cited, the others over all that have gold.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from eval.datasets.questions import Gold
from eval.measures.ranges import agree, length, merged, overlap, shared
from eval.runs.predictions import PredictedCitation
from index.documents import Article


def verbatim(citations: Sequence[PredictedCitation]) -> float:
    """The share found verbatim when the run was made: anything under 1 is a bug of ours."""
    return _share([cited.verbatim for cited in citations])


def reads_so(citations: Sequence[PredictedCitation], texts: Mapping[str, str]) -> float:
    """The share whose quote is what the article reads at that range, looked up again."""
    return _share(
        [_slice(texts, cited) == cited.quote and bool(cited.quote) for cited in citations]
    )


def precision(citations: Sequence[PredictedCitation], gold: Sequence[Gold]) -> float:
    """The share of citations that support the answer, as in ALCE (Gao et al. 2023), by place.

    One supports when more than half of the shorter of citation and gold stretch lies in the other:
    the sentence with a short answer does, as does one sentence of long evidence.
    """
    return _share([any(agree(cited, stretch) for stretch in gold) for cited in citations])


def recall(citations: Sequence[PredictedCitation], gold: Sequence[Gold]) -> float:
    """The share of a gold stretch's characters that is cited, of the best: any one is right."""
    cited = merged(citations)
    shares = (shared(cited, [stretch]) / length([stretch]) for stretch in gold)
    return max(shares, default=0.0)


def distractor(
    citations: Sequence[PredictedCitation], gold: Sequence[Gold], distractors: Sequence[Gold]
) -> float:
    """The share of citations with more characters of a distractor than of any gold; 0 best."""
    return _share([_most(cited, distractors) > _most(cited, gold) for cited in citations])


def tightness(citations: Sequence[PredictedCitation], gold: Sequence[Gold]) -> float:
    """Gold characters per cited character, over the citations that touch gold at all.

    1 where nothing is cited around the gold; how much of the gold is cited does not matter here.
    """
    touching = merged(cited for cited in citations if _most(cited, gold))
    return shared(touching, merged(gold)) / length(touching) if touching else 0.0


def right_outlet(citations: Sequence[PredictedCitation], sources: Iterable[Article]) -> float:
    """The share that names the outlet of one of the articles that hold the gold.

    For questions where one of these has an outlet; a citation that names none is wrong.
    """
    outlets = {article.outlet for article in sources} - {None}
    return _share([cited.outlet in outlets for cited in citations])


def right_date(citations: Sequence[PredictedCitation], sources: Iterable[Article]) -> float:
    """The share that gives the instant at which one of the articles with the gold was published.

    For questions where one of these has a date; a citation that gives none is wrong.
    """
    dates = {article.published_at for article in sources} - {None}
    return _share([_instant(cited.published_at) in dates for cited in citations])


def _share(right: Collection[bool]) -> float:
    return sum(right) / len(right) if right else 0.0


def _most(cited: PredictedCitation, stretches: Sequence[Gold]) -> int:
    """Characters in common with the stretch it shares most with."""
    return max((overlap(cited, stretch) for stretch in stretches), default=0)


def _slice(texts: Mapping[str, str], cited: PredictedCitation) -> str | None:
    text = texts.get(cited.article)
    return text[cited.start : cited.end] if text is not None and cited.start >= 0 else None


def _instant(written: str | None) -> datetime | None:
    """What was written as a date, or None: another system's run may say anything here."""
    try:
        return datetime.fromisoformat(written) if written else None
    except ValueError:
        return None
