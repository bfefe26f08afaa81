"""What is outdated among accounts of one event: a first report, an earlier toll, a former holder.

Each function gives one value in [0, 1] for each account, in their order.
"""

import re
from collections.abc import Sequence

from index.language.synonyms import groups_of
from index.language.terms import analyze
from index.language.verbs.tense import CHANGE, HAPPENED, HEDGE, NEW, NOT_YET, NOW, PROJECTED
from rag.answering.order.account import Account, is_later, same_event
from rag.answering.order.named import nameless
from rag.answering.order.tolls import Toll, asks_for_a_toll, is_increase, toll
from rag.query.answer_type import AnswerType
from rag.query.query import Query

CURRENT_DAYS, RESULT_DAYS = 30, 7
"""Age beside the newest account at which what holds now, and a result, count half."""
WITH_CHANGE = 0.5
"""Share of that where the sentence about the change answers: the former one is named for long."""
SECONDS_A_DAY = 86_400
SUBJECT = re.compile(r"(?:\w+ )?\w+\s*\Z")
"""The last words before a hedge: "a win" will help."""
_OUTCOMES = groups_of(term for word in ("win", "lose", "choose") for term in analyze(word))


def hedged(query: Query, accounts: Sequence[Account]) -> list[float]:
    """1 where it tells as possible what a later account of the same event tells as a fact."""
    open_question = query.wants_explanation or query.about_speech or NOT_YET.search(query.text)
    unsure = [not open_question and _is_unsure(each) for each in accounts]
    sure = [
        other
        for other, is_unsure in zip(accounts, unsure, strict=True)
        if any(unsure) and not is_unsure and other.answers and not other.tells_of_others
    ]
    return [
        float(is_unsure and any(is_later(o, each) and same_event(o, each) for o in sure))
        for each, is_unsure in zip(accounts, unsure, strict=True)
    ]


def may_yet_happen(query: Query, account: Account) -> bool:
    """Whether it only tells as possible what the question takes as settled."""
    return bool(HAPPENED.search(query.text)) and _hedges(account, account.evidence.sentence)


def latest_toll(query: Query, accounts: Sequence[Account]) -> list[float]:
    """1 for the latest toll of the first one's event that is not smaller than that.

    A later but smaller number counts a part: the dead of one county.
    """
    tolls = [toll(each) if asks_for_a_toll(query) else None for each in accounts]
    pairs = [(each, found) for each, found in zip(accounts, tolls, strict=True) if found]
    if not pairs:
        return [0.0] * len(accounts)
    first, _ = pairs[0]
    grown = [
        (each, found)
        for each, found in pairs
        if found.value >= pairs[0][1].value
        and (is_later(each, first) or _is_larger_in(each, found, pairs[0]))
        and same_event(each, first)
    ]
    if not grown and is_increase(accounts[0]) and same_event(first, accounts[0]):
        grown = pairs[:1]
    newest = max((each.told_at for each, _ in grown if each.told_at), default=None)
    latest = [(each, found) for each, found in grown if each.told_at == newest]
    largest = max((found.value for _, found in latest), default=0.0)
    chosen = {id(each) for each, found in latest if found.value == largest}
    return [float(id(each) in chosen) for each in accounts]


def _is_larger_in(account: Account, found: Toll, than: tuple[Account, Toll]) -> bool:
    """Whether its article raises its own toll, as a text that was updated under its headline."""
    other, toll = than
    return account.evidence.article.id == other.evidence.article.id and found.value > toll.value


def without_toll(query: Query, accounts: Sequence[Account]) -> list[float]:
    """1 where it gives no toll, if one is asked for and another account gives it."""
    if not asks_for_a_toll(query):
        return [0.0] * len(accounts)
    none = [toll(each) is None for each in accounts]
    return [float(each and not all(none)) for each in none]


def latest_result(query: Query, accounts: Sequence[Account]) -> list[float]:
    """How late it tells who won or was chosen: the final comes after the semifinal."""
    asked = groups_of(query.content) & _OUTCOMES
    if query.answer_type is not AnswerType.PERSON or not asked or NOT_YET.search(query.text):
        return [0.0] * len(accounts)
    telling = [
        each
        for each in accounts
        if groups_of(analyze(each.evidence.sentence)) & asked
        and not _is_unsure(each)
        and nameless(each) < 1
    ]
    same = [each for each in telling if same_event(each, telling[0])]
    return _recency(accounts, same, half_life_days=RESULT_DAYS)


def current(query: Query, accounts: Sequence[Account]) -> list[float]:
    """How new it is beside the oldest account, where the question asks what holds now."""
    if query.wants_explanation or not NOW.search(query.text):
        return [0.0] * len(accounts)
    near = [each for each in accounts if each.held >= accounts[0].held]
    share = WITH_CHANGE if NEW.search(query.text) else 1.0
    return [share * value for value in _recency(accounts, near, half_life_days=CURRENT_DAYS)]


def change(query: Query, accounts: Sequence[Account]) -> list[float]:
    """1 where it tells that somebody comes into an office, if a new one is asked for."""
    if query.answer_type is not AnswerType.PERSON or not NEW.search(query.text):
        return [0.0] * len(accounts)
    return [
        float(each.held >= accounts[0].held - 1 and bool(CHANGE.search(each.evidence.sentence)))
        for each in accounts
    ]


def _recency(
    accounts: Sequence[Account], among: Sequence[Account], *, half_life_days: float
) -> list[float]:
    """From 0 for the oldest and the undated up to nearly 1 for the newest of those `among`."""
    ages = {id(each): each.told_at.timestamp() for each in among if each.told_at}
    newest, half = max(ages.values(), default=0.0), half_life_days * SECONDS_A_DAY
    values = {each: 0.5 ** ((newest - time) / half) for each, time in ages.items()}
    least = min(values.values(), default=0.0)
    return [values.get(id(each), least) - least for each in accounts]


def _is_unsure(account: Account) -> bool:
    """Whether it hedges something that the question asks about."""
    sure = not HEDGE.search(account.evidence.sentence)
    return not sure and _hedges(account, account.piece)


def _hedges(account: Account, piece: str) -> bool:
    match = HEDGE.search(piece)
    if match is None or PROJECTED.search(account.evidence.sentence):
        return False
    names = {term for name in account.query.names for term in analyze(name)}
    asked = set(account.query.content) - names
    subject = SUBJECT.search(piece, 0, match.start())
    told = set(analyze(f"{subject[0] if subject else ''} {piece[match.end() :]}"))
    return bool(told & asked or groups_of(told) & groups_of(asked))
