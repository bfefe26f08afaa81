"""Answer or refuse. Knows scores and names, not where they came from."""

import re
from collections.abc import Callable, Sequence

from index.documents import Article, Filter
from index.language.numbers import amounts, numbers_in_words
from index.language.terms import analyze
from rag.answering.confidence import confidence
from rag.answering.speaker_check import may_report
from rag.query.names import holds, stands_in
from rag.query.query import NUMBER, Query
from rag.reading.evidence import Evidence
from rag.replies import RefusalReason


def admissible(query: Query, ranked: Sequence[Evidence]) -> list[Evidence]:
    """Evidence whose article holds every name and number asked for, and not another "item 7".

    Where a sum of money is asked for, its sentence tells one; where someone's words are, it can be
    that person's too.
    """
    articles = {evidence.article.id: evidence.article for evidence in ranked}
    lacking = {id for id, article in articles.items() if _missing(query, article)}
    return [
        evidence
        for evidence in ranked
        if evidence.article.id not in lacking
        and may_report(query, evidence)
        and not _is_of_another(query, evidence)
        and (not query.priced or _tells_a_sum(evidence))
    ]


def _tells_a_sum(evidence: Evidence) -> bool:
    return any(amount.measure == "money" for amount in amounts(evidence.sentence))


def _is_of_another(query: Query, evidence: Evidence) -> bool:
    """Whether its sentence tells of item 1 where item 700 is asked for."""
    sentence = evidence.sentence.lower()
    return any(
        (found := _after(word, sentence)) and number not in found for word, number in query.numbered
    )


def _after(word: str, sentence: str) -> set[str]:
    """The numbers that follow the word."""
    found = re.findall(rf"\b{re.escape(word)} ({NUMBER.pattern})", sentence)
    return {number.rstrip(".,") for number in found}


def refuse(
    query: Query,
    ranked: Sequence[Evidence],
    fit: Sequence[Evidence],
    *,
    least: float,
    filter: Filter,
    occurs: Callable[[str], bool],
) -> tuple[RefusalReason, str] | None:
    """Why no evidence may be given as an answer, or None when `fit[0]` may.

    `fit` is what `admissible` left of `ranked`, `least` the confidence that is enough; `occurs`
    tells whether a term stands anywhere in the archive.
    """
    if not query.content:
        return (
            RefusalReason.NOT_A_QUESTION,
            "There is nothing to look for in this: name a person, a place or a subject.",
        )
    if unknown := _unknown_name(query, occurs):
        return RefusalReason.NO_SUCH_NAME, f"Nothing in the archive names {unknown}."
    if not ranked:
        return _nothing(filter)
    if not fit:
        return RefusalReason.NO_EVIDENCE, _unfit(query, ranked[0])
    if confidence(query, fit) < least:
        return (
            RefusalReason.LOW_CONFIDENCE,
            "Nothing in the archive answers this with enough certainty; the nearest is below.",
        )
    return None


def _nothing(filter: Filter) -> tuple[RefusalReason, str]:
    if filter.empty:
        return RefusalReason.NO_EVIDENCE, "Nothing in the archive is about this."
    return (
        RefusalReason.OUTSIDE_FILTERS,
        "Nothing from these dates and outlets is about this: widen the filters to see more.",
    )


def _unknown_name(query: Query, occurs: Callable[[str], bool]) -> str | None:
    """The first name no word of which stands anywhere in the archive."""
    for name in query.must_name:
        if not any(occurs(term) for term in analyze(name)):
            return name
    return None


def _unfit(query: Query, nearest: Evidence) -> str:
    if missing := _missing(query, nearest.article):
        return f"No article found for this question mentions {missing}."
    if query.priced and not _tells_a_sum(nearest):
        return "No sentence found for this tells a sum of money."
    if query.numbered and _is_of_another(query, nearest):
        return f"No sentence found is about {' '.join(query.numbered[0])}."
    if not query.speaker:
        return "No sentence found answers this; the nearest is below."
    about = " about this" if query.subject else ""
    return f"No sentence found reports what {query.speaker} said{about}."


def _missing(query: Query, article: Article) -> str | None:
    """The first name, number or counted thing asked for that the article does not hold."""
    named = (*query.must_name, *filter(None, [query.counted]))
    asked = (*named, *query.numbers)
    text = f"{article.title}\n{article.text}"
    doubtful = [each for each in asked if not stands_in(text, each)]
    if not doubtful:
        return None
    held = set(analyze(text))
    if query.numbers:
        held |= numbers_in_words(text)
    if article.published_at:
        held.add(str(article.published_at.year))
    numbers = (each for each in query.numbers if not held.issuperset(analyze(each)))
    return next((name for name in named if not holds(held, name)), next(numbers, None))
