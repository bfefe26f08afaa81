"""Patterns of one sentence with a quotation beside a reporting verb: “…,” said X; X said: “…”.

How a quotation continues in other sentences is for `continued_quotes`.
"""

import re
from collections.abc import Sequence

from index.attribution.patterns.matches import CueMatch, cue_match, token_span
from index.attribution.patterns.noun_phrases import (
    Phrase,
    name_before,
    past_listener,
    phrase_after,
    sentence_subject,
)
from index.attribution.patterns.subjects import Subject, agrees, subject_from
from index.attribution.patterns.tokens import Token
from index.documents import Span
from index.language.verbs.forms import BASE_FORMS, VERB_FORMS
from index.language.verbs.reporting import STRONG_VERBS, TWO_WORD_VERBS

BEFORE, INVERTED, AFTER, ANNOUNCED, COLON = 0.95, 0.93, 0.87, 0.78, 0.63
"""Confidence: “…,” he said; “…,” said X; he said, “…”; he said: with the quotation below; X: “…”.

The share of such attributions that were right in the training part of PolNeAR.
"""
ADVERBIAL = 14
"""The most words between a verb and the comma or colon before its quotation."""
_HELPS = frozenset(("also", "then", "later"))
_COMPLETE = re.compile(r"[.,!?…;—–-][\s’']*\Z")


def reporting_lemma(tokens: Sequence[Token], at: int) -> str | None:
    """The lemma of a reporting verb, including "went on" and "shot back"."""
    lower = tokens[at].lower
    if lower in TWO_WORD_VERBS:
        following = tokens[at + 1].lower if at + 1 < len(tokens) else ""
        return "respond" if following == TWO_WORD_VERBS[lower] else None
    return VERB_FORMS.get(lower)


def quote_before_verb(
    tokens: Sequence[Token], verb: int, floor: int, text: str, sentence: int
) -> CueMatch | None:
    """A quotation, then subject and verb in either order."""
    at = _quote_before(tokens, verb, floor)
    if at is None:
        return None
    start = at + 1 + (tokens[at + 1].text == ",")
    inverted = all(token.lower in _HELPS for token in tokens[start:verb])
    subject = _after_verb(tokens, verb, start) if inverted else _up_to_verb(tokens, verb, start)
    if subject is None:
        return None
    until = max(verb + 1, subject.phrase.last)
    if not is_complete(text, tokens[at]) and not _whole(tokens, at, floor, until, text):
        return None
    content, quotes = (_content(tokens, at, floor),), (token_span(tokens, at, at + 1),)
    confidence = INVERTED if inverted else BEFORE
    return cue_match(tokens, verb, subject, sentence, until, content, quotes, confidence)


def quote_after_verb(
    tokens: Sequence[Token], verb: int, subject: Subject, text: str, sentence: int
) -> CueMatch | None:
    """Subject and verb, perhaps a listener and a time, a comma or colon, and a quotation."""
    at = _quote_after(tokens, verb)
    if at is None or (reporting_lemma(tokens, verb) not in STRONG_VERBS and at > verb + 2):
        return None
    if tokens[at - 1].text not in {",", ":"} and not starts_sentence(text, tokens[at]):
        return None
    content = (token_span(tokens, at, at + 1),)
    return cue_match(tokens, verb, subject, sentence, at + 1, content, content, AFTER)


def quote_on_next_line(
    tokens: Sequence[Token], verb: int, subject: Subject, sentence: int
) -> CueMatch | None:
    """Subject, verb and a colon that ends the line: the quotation is on the next one."""
    if tokens[-1].text != ":" or len(tokens) - verb > ADVERBIAL:
        return None
    return cue_match(tokens, verb, subject, sentence, len(tokens), (), (), ANNOUNCED)


def verb_first(tokens: Sequence[Token], sentence: int) -> CueMatch | None:
    """A sentence that starts with the verb: Said X: “…”."""
    at = _next_quote(tokens, 1)
    phrase = phrase_after(tokens, 1, at)
    if at >= len(tokens) or phrase is None or phrase.last < at - 1:
        return None
    content = (token_span(tokens, at, at + 1),)
    return cue_match(tokens, 0, Subject(phrase, 0), sentence, at + 1, content, content, AFTER)


def quote_after_colon(tokens: Sequence[Token], at: int, sentence: int) -> CueMatch | None:
    """A colon and a quotation, without a verb: by the name before it, or by the subject."""
    if at + 1 >= len(tokens) or tokens[at + 1].quote is None or len(tokens) > at + 3:
        return None
    phrase = name_before(tokens, at) or _doing_something(tokens, at)
    if phrase is None:
        return None
    content = (token_span(tokens, at + 1, at + 2),)
    last = at if phrase.last == at else at - 1
    subject = Subject(phrase, phrase.last)
    return cue_match(tokens, last, subject, sentence, at + 2, content, content, COLON)


def _doing_something(tokens: Sequence[Token], last: int) -> Phrase | None:
    phrase = sentence_subject(tokens, last)
    followed = phrase is not None and phrase.last < last and tokens[phrase.last].word
    return phrase if followed else None


def _after_verb(tokens: Sequence[Token], verb: int, cue: int) -> Subject | None:
    phrase = phrase_after(tokens, verb + 1, _next_quote(tokens, verb + 1))
    return Subject(phrase, cue) if phrase else None


def _up_to_verb(tokens: Sequence[Token], verb: int, start: int) -> Subject | None:
    subject = subject_from(tokens, verb, start)
    fits = subject and (tokens[verb].lower not in BASE_FORMS or agrees(tokens, subject))
    return subject if fits else None


def leads_in(tokens: Sequence[Token], verb: int) -> bool:
    """Whether nothing but a comma or a colon stands between a verb and a quotation."""
    at = verb + 1
    at += at < len(tokens) and tokens[at].text in {",", ":"}
    return at < len(tokens) and tokens[at].quote is not None


def is_complete(text: str, token: Token) -> bool:
    """Whether the quotation ends as a sentence does, or with the comma that stands for it."""
    if token.quote is None:
        return False
    inner = token.quote.inner
    return _COMPLETE.search(text, max(inner.start, inner.end - 4), inner.end) is not None


def starts_sentence(text: str, token: Token) -> bool:
    return token.quote is not None and text[token.quote.inner.start].isupper()


def _whole(tokens: Sequence[Token], at: int, floor: int, until: int, text: str) -> bool:
    """Whether a quotation without an end mark is still a whole statement."""
    follows = any(token.quote is not None for token in tokens[until : until + 2])
    return not follows and (at > floor or starts_sentence(text, tokens[at]))


def _quote_before(tokens: Sequence[Token], verb: int, floor: int) -> int | None:
    for at in range(verb - 1, max(floor, verb - 40) - 1, -1):
        if tokens[at].quote is not None:
            return at
    return None


def _next_quote(tokens: Sequence[Token], first: int) -> int:
    return next((at for at in range(first, len(tokens)) if tokens[at].quote), len(tokens))


def _content(tokens: Sequence[Token], at: int, floor: int) -> Span:
    """The quotation with the words before it that belong to the same statement."""
    if floor > 0:
        return token_span(tokens, at, at + 1)
    first = at
    while first > floor and tokens[first - 1].text not in {":", ";"}:
        first -= 1
    while (
        first < at
        and tokens[first].lower in {",", ".", "and", "but", ""}
        and not tokens[first].quote
    ):
        first += 1
    return token_span(tokens, first, at + 1)


def _quote_after(tokens: Sequence[Token], verb: int) -> int | None:
    for at in range(verb + 1, min(len(tokens), verb + ADVERBIAL)):
        token = tokens[at]
        if token.quote is not None:
            return at if _leads(tokens, verb, at) else None
        if token.text in {".", ";", "?"} or token.lower in {"that", "and", "but"}:
            return None
    return None


def _leads(tokens: Sequence[Token], verb: int, at: int) -> bool:
    """Whether only a listener, a time or a place is between the verb and the quotation."""
    first = past_listener(tokens, verb + 1, at)
    between = tokens[first : at - 1] if tokens[at - 1].text in {",", ":"} else tokens[first:at]
    if not between:
        return True
    marked = tokens[at - 1].text in {",", ":"}
    return marked and not any(token.lower in VERB_FORMS for token in between[1:])
