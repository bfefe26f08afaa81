"""Whether evidence may be given as an answer, or why not. Knows no archive and no statements."""

import re
from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache
from itertools import chain

from index.documents import Article, Filter
from index.language.numbers import amounts, numbers_in_words, scaled_sums, sums
from index.language.spellings import (
    is_spelled,
    may_stand_in_sum,
    other_spellings,
    with_spellings,
    with_words_spelled,
)
from index.language.synonyms import synonyms
from index.language.terms import STOP_TERMS, analyze
from rag.answering.asked_thing import is_about_another_thing
from rag.answering.candidates import AnswerCandidates
from rag.answering.order.admission import admissible_accounts, on_the_point, otherwise
from rag.answering.roles import (
    has_asked_verb,
    names_another_place,
    speaks_of_something_else,
    swaps_roles,
)
from rag.answering.short_answer import restates
from rag.answering.speaker_check import may_report
from rag.query.names import SHORTEST_STEM, holds, stands_in
from rag.query.query import NUMBER, Query
from rag.reading.evidence import Evidence
from rag.reading.language_id import is_foreign_question
from rag.replies import RefusalReason

FOREMOST = 3
_OF_A_PLACE = ("n", "an", "ian", "i")
"""Endings of names for people of a place: an archive may only have Botswana for "Botswanan"."""


def admissible(query: Query, ranked: Sequence[Evidence]) -> list[Evidence]:
    """Evidence whose article has every name and number asked for, and whose sentence may answer.

    A question for a price needs a sum of money, one for "item 7" no other item, and one for
    someone's words a sentence that may report them. What only restates the question comes last.
    """
    ranked = on_the_point(query, ranked)
    articles = {evidence.article.id: evidence.article for evidence in ranked}
    complete = {id for id, article in articles.items() if not _missing(query, article)}
    found = [
        evidence
        for evidence in ranked
        if evidence.article.id in complete
        and may_report(query, evidence)
        and not _is_about_another_item(query, evidence)
        and not _is_misleading(query, evidence)
        and not _gives_another_sum(query, evidence, ranked)
        and (not query.priced or _has_a_sum_of_money(evidence))
    ]
    if any(_is_the_opposite(query, evidence) for evidence in ranked[:FOREMOST]):
        found = [each for each in found if has_asked_verb(query, each)]
    found = admissible_accounts(query, found)
    return sorted(found, key=lambda evidence: restates(query, evidence))


def _is_misleading(query: Query, evidence: Evidence) -> bool:
    return (
        _is_the_opposite(query, evidence)
        or speaks_of_something_else(query, evidence)
        or names_another_place(query, evidence)
    )


def _is_the_opposite(query: Query, evidence: Evidence) -> bool:
    """Where one of the foremost is, a sentence that lacks the verb answers no better."""
    return is_about_another_thing(query, evidence) or swaps_roles(query, evidence)


def _has_a_sum_of_money(evidence: Evidence) -> bool:
    return any(amount.measure == "money" for amount in amounts(evidence.sentence))


def _is_about_another_item(query: Query, evidence: Evidence) -> bool:
    """Whether its sentence has an item 1 but no item 700, which was asked for."""
    sentence = evidence.sentence.lower()
    numbers = ((_numbers_after(word, sentence), number) for word, number in query.numbered)
    return any(found and number not in found for found, number in numbers)


def _gives_another_sum(query: Query, evidence: Evidence, ranked: Sequence[Evidence]) -> bool:
    """Whether its sentence has a sum, and only another one of its article that which was asked."""
    asked = {value for number in query.numbers for value in scaled_sums(number)}
    given = set(scaled_sums(evidence.sentence)) if asked else set()
    others = (each for each in ranked if each.article.id == evidence.article.id)
    return bool(given) and not asked & given and any(asked & set(sums(o.sentence)) for o in others)


def _numbers_after(word: str, sentence: str) -> set[str]:
    found = re.findall(rf"\b{re.escape(word)} ({NUMBER.pattern})", sentence)
    return {number.rstrip(".,") for number in found}


OTHER_LANGUAGE = (
    "This question does not seem to be in English, the only language that questions are understood "
    "in: ask it in English."
)


def refuse(
    candidates: AnswerCandidates,
    ranked: Sequence[Evidence],
    *,
    min_confidence: float,
    filter: Filter,
    occurs: Callable[[str], bool],
) -> tuple[RefusalReason, str] | None:
    """Why no evidence may be given as an answer; None if the best candidate may.

    `candidates` are the admissible part of `ranked`; `occurs` says whether the archive has a term.
    """
    refused = _refusal(
        candidates, ranked, min_confidence=min_confidence, filter=filter, occurs=occurs
    )
    if refused and is_foreign_question(candidates.query.text):
        return refused[0], OTHER_LANGUAGE
    return refused


def _refusal(
    candidates: AnswerCandidates,
    ranked: Sequence[Evidence],
    *,
    min_confidence: float,
    filter: Filter,
    occurs: Callable[[str], bool],
) -> tuple[RefusalReason, str] | None:
    query = candidates.query
    if nothing_asked := _asks_nothing(query, ranked):
        return RefusalReason.NOT_A_QUESTION, nothing_asked
    if unknown := _unknown_name(query, occurs):
        return RefusalReason.NO_SUCH_NAME, f"Nothing in the archive names {unknown}."
    if not ranked:
        return _nothing(filter)
    if not candidates.evidence:
        reason = None if _missing(query, ranked[0].article) else otherwise(query, ranked)
        return reason or (RefusalReason.NO_EVIDENCE, _inadmissible(query, ranked[0]))
    if candidates.confidence < min_confidence:
        return (
            RefusalReason.LOW_CONFIDENCE,
            "Nothing in the archive answers this with enough certainty; the nearest is below.",
        )
    return None


def _asks_nothing(query: Query, ranked: Sequence[Evidence]) -> str | None:
    if not query.content:
        return "There is nothing to look for in this: name a person, a place or a subject."
    if query.is_bare and ranked:
        return f"“{query.text}” is a search, not a question; the nearest passages are below."
    return None


def _nothing(filter: Filter) -> tuple[RefusalReason, str]:
    if filter.empty:
        return RefusalReason.NO_EVIDENCE, "Nothing in the archive is about this."
    return (
        RefusalReason.OUTSIDE_FILTERS,
        "Nothing from these dates and outlets is about this: widen the filters to see more.",
    )


def _unknown_name(query: Query, occurs: Callable[[str], bool]) -> str | None:
    """The first name of which the archive has no word, in any spelling."""
    return next((name for name in query.must_name if not _is_known(query, name, occurs)), None)


def _is_known(query: Query, name: str, occurs: Callable[[str], bool]) -> bool:
    """A spelling that is a common word, as that of the WHO, may stand anywhere."""
    own = analyze(name)
    with_number = (each for each in query.spellings if own and each[0].startswith(own[-1]))
    terms = {term for each in chain(other_spellings(name), with_number) for term in each}
    homes = {
        term.removesuffix(ending)
        for term in own
        for ending in _OF_A_PLACE
        if term.endswith(ending) and len(term) - len(ending) >= SHORTEST_STEM
    }
    return any(
        term in STOP_TERMS or occurs(term)
        for term in {*own, *homes, *(each for each in terms if not each.isdigit())}
    )


def _inadmissible(query: Query, nearest: Evidence) -> str:
    if missing := _missing(query, nearest.article):
        return f"No article found for this question mentions {missing}."
    if query.priced and not _has_a_sum_of_money(nearest):
        return "No sentence found for this gives a sum of money."
    if query.numbered and _is_about_another_item(query, nearest):
        return f"No sentence found is about {' '.join(query.numbered[0])}."
    if not query.speaker:
        return "No sentence found answers this; the nearest is below."
    about = " about this" if query.subject else ""
    return f"No sentence found reports what {query.speaker} said{about}."


def _missing(query: Query, article: Article) -> str | None:
    """The first name, counted thing or number asked for that the article does not have."""
    named = (*query.must_name, *filter(None, [query.counted_noun]))
    text = f"{article.title}\n{article.text}"
    if all(stands_in(text, each) for each in (*named, *query.numbers)):
        return None  # without analysing the article
    for name in named:
        if _is_of_words(name):
            if not _has(_words_spelled(text), name):
                return name
        elif not _has(_with_numbers(query, article, text), name):
            return name
    if not query.numbers:
        return None
    terms = _with_numbers(query, article, text)
    return next((number for number in query.numbers if not is_spelled(number, terms)), None)


def _with_numbers(query: Query, article: Article, text: str) -> AbstractSet[str]:
    """All spellings in the text, its numbers in digits if the question has some, and its year."""
    terms = _spelled(text)
    if query.numbers:
        terms |= numbers_in_words(text)
    if article.published_at:
        terms |= {str(article.published_at.year)}
    return terms


def _is_of_words(named: str) -> bool:
    """Whether no spelling of a sum decides if a text has it, or another word for it."""
    own = analyze(named)
    others = chain.from_iterable(synonyms(term) for term in own if named.islower())
    return not any(map(may_stand_in_sum, chain(own, chain.from_iterable(others))))


@lru_cache(maxsize=64)
def _words_spelled(text: str) -> frozenset[str]:
    """Kept, because each scope of a question's dates looks at the same articles."""
    return frozenset(with_words_spelled(text))


@lru_cache(maxsize=64)
def _spelled(text: str) -> frozenset[str]:
    return frozenset(with_spellings(text))


def _has(terms: AbstractSet[str], named: str) -> bool:
    """Whether the article has the name or the noun, or another word for the noun."""
    return holds(terms, named) or any(
        terms >= set(other)
        for term in analyze(named)
        if named.islower()
        for other in synonyms(term)
    )
