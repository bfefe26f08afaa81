"""Patterns of one sentence of indirect speech: X said that …; …, X said; according to X, …."""

from collections.abc import Sequence

from index.attribution.patterns.clauses import (
    LEAST_WORDS,
    clause_end,
    first_comma,
    is_clause,
    leaves_clause,
    starts_clause,
    starts_noun_phrase,
)
from index.attribution.patterns.matches import CueMatch, cue_match, token_span
from index.attribution.patterns.noun_phrases import LONGEST, past_listener
from index.attribution.patterns.subjects import Subject, is_speaker
from index.attribution.patterns.tokens import Token
from index.language.calendar import DAYS
from index.language.gazetteers import GROUP_NOUNS, PERSON_NOUNS
from index.language.verbs.forms import VERB_FORMS
from index.language.verbs.reporting import (
    CLAUSE_VERBS,
    INFINITIVE_VERBS,
    LISTENER_VERBS,
    OBJECT_VERBS,
    STRONG_VERBS,
    SURE_OBJECT_VERBS,
    THAT_VERBS,
    WHETHER_VERBS,
)
from index.language.word_classes import PREPOSITIONS, SUBORDINATORS

THAT, BARE, WHETHER, TO, OBJECT, TAIL, ACCORDING = 0.85, 0.77, 0.82, 0.5, 0.57, 0.76, 0.81
SURE_OBJECT = 0.82
"""Confidence by what follows the verb; TAIL for "…, she said", ACCORDING for "according to".

The share of such attributions that were right in the training part of PolNeAR.
"""
ADVERBIAL = 9
"""The most words between a verb and its "that"."""
DEPENDENT = 12
"""The most words between a subject and the "when" that its clause begins with."""
_CLAUSE = CLAUSE_VERBS | LISTENER_VERBS
_BARE = _CLAUSE - THAT_VERBS
_TAIL = STRONG_VERBS & _CLAUSE
_QUESTIONS = frozenset("if whether what how why who when where which".split())
_HOURS = DAYS | {"night", "morning", "evening", "afternoon"}
_OUTSIDE_NAMES = frozenset((",", ".", ";", ":", "—", "–", "--", "-", "("))


def clause_after_verb(
    tokens: Sequence[Token], verb: int, subject: Subject, sentence: int
) -> CueMatch | None:
    """Subject, verb, and a clause, an infinitive or a noun phrase as content."""
    lemma = VERB_FORMS.get(tokens[verb].lower, "")
    first = verb + 1
    opens = first < len(tokens) and tokens[first].lower == "that"
    if not opens and (lemma in LISTENER_VERBS or lemma in {"ask", "urge"}):
        first = past_listener(tokens, first, len(tokens))
    start, confidence = _frame(tokens, first, lemma)
    if confidence == SURE_OBJECT and not is_speaker(tokens, subject):
        confidence = OBJECT
    end = clause_end(tokens, start)
    if _is_dependent(tokens, subject):
        end = first_comma(tokens, start, end)
    if not confidence or end <= start:
        return None
    content = (token_span(tokens, start, end),)
    return cue_match(tokens, verb, subject, sentence, end, content, (), confidence)


def clause_before_verb(
    tokens: Sequence[Token], verb: int, subject: Subject, floor: int, sentence: int
) -> CueMatch | None:
    """A clause, a comma, subject and verb; the clause may continue after another comma."""
    comma = subject.phrase.first - 1
    if VERB_FORMS.get(tokens[verb].lower) not in _TAIL or comma - floor < LEAST_WORDS:
        return None
    enclosed = tokens[comma].text == "," and _ends_phrase(tokens, verb + 1)
    if not enclosed or not is_clause(tokens[floor:comma]):
        return None
    content, until = [token_span(tokens, floor, comma)], verb + 1
    end = _continuation_end(tokens, until)
    if end is not None:
        content.append(token_span(tokens, until + 1, end))
        until = end
    return cue_match(tokens, verb, subject, sentence, until, tuple(content), (), TAIL)


def according_to(tokens: Sequence[Token], at: int, floor: int, sentence: int) -> CueMatch | None:
    """The source after "according to", and the clause before it or after it."""
    last = _source_end(tokens, at + 2)
    if floor > 0 or last == at + 2:
        return None
    leading = at <= 1 and last + 1 < len(tokens) and tokens[last].text == ","
    first, end = (last + 1, clause_end(tokens, last + 1)) if leading else (0, at)
    while end > first and tokens[end - 1].text == ",":
        end -= 1
    first += not leading and tokens[0].lower in {"and", "but"}
    words = tokens[first:end]
    if not words or (len(words) == 1 and words[0].quote is None):
        return None
    source, cue = token_span(tokens, at + 2, last), token_span(tokens, at, at + 2)
    content = (token_span(tokens, first, end),)
    return CueMatch(sentence, end if leading else last, None, source, cue, content, (), ACCORDING)


def _continuation_end(tokens: Sequence[Token], comma: int) -> int | None:
    """Where the clause ends that continues after "she said,"; None if it does not continue."""
    if comma + 1 >= len(tokens) or tokens[comma].text != "," or leaves_clause(tokens, comma):
        return None
    end = clause_end(tokens, comma + 1)
    quoted = any(token.quote is not None for token in tokens[comma + 1 : end])
    return end if end - comma >= LEAST_WORDS and not quoted else None


def _source_end(tokens: Sequence[Token], first: int) -> int:
    last = first
    while last < min(len(tokens), first + LONGEST):
        if tokens[last].quote is not None or tokens[last].text in _OUTSIDE_NAMES:
            break
        last += 1
    return last


def _is_dependent(tokens: Sequence[Token], subject: Subject) -> bool:
    """Whether the verb is in a dependent clause: "When she said X, …", ", who said X, …"."""
    first = subject.phrase.first
    if tokens[first].lower in {"who", "which"}:
        return first > 0 and tokens[first - 1].text == ","
    for at in range(first - 1, max(-1, first - DEPENDENT), -1):
        if tokens[at].text in {",", ";", ":"} or tokens[at].quote is not None:
            return False
        if tokens[at].lower in SUBORDINATORS:
            return at == 0 or tokens[at - 1].lower in {",", "and", "but"}
    return False


def _frame(tokens: Sequence[Token], first: int, lemma: str) -> tuple[int, float]:
    """Where the content starts, and the confidence; 0 if the verb has no content."""
    if first >= len(tokens):
        return first, 0
    that, day = _that(tokens, first), _past_day(tokens, first)
    lower = tokens[first].lower
    frames = (
        (that or first, THAT, that is not None and lemma in _CLAUSE),
        (first, WHETHER, lower in _QUESTIONS and lemma in WHETHER_VERBS),
        (first, TO, lower == "to" and lemma in INFINITIVE_VERBS),
        (day, BARE, lemma in _BARE and starts_clause(tokens, day)),
        (first, SURE_OBJECT, lemma in SURE_OBJECT_VERBS and _is_thing(tokens, first, lemma)),
        (first, OBJECT, lemma in OBJECT_VERBS and starts_noun_phrase(tokens[first])),
    )
    return next(((start, sure) for start, sure, holds in frames if holds), (first, 0))


def _is_thing(tokens: Sequence[Token], first: int, lemma: str) -> bool:
    """A thing spoken of; a guest who is welcomed is none."""
    people = (token.lower in PERSON_NOUNS | GROUP_NOUNS for token in tokens[first : first + 4])
    alone = tokens[first].lower in {"him", "her", "them", "me", "us", "it", "you"}
    met = lemma == "welcome" and (alone or tokens[first].capital or any(people))
    return starts_noun_phrase(tokens[first]) and not met


def _that(tokens: Sequence[Token], first: int) -> int | None:
    """The "that" after the verb, with "on Monday" or "in a statement" before it."""
    lower = tokens[first].lower
    if lower == "that":
        return first
    if lower not in PREPOSITIONS and lower not in DAYS and not lower.endswith("ly"):
        return None
    for at in range(first, min(len(tokens), first + ADVERBIAL)):
        if tokens[at].lower == "that" or not tokens[at].word:
            return at if tokens[at].word else None
    return None


def _past_day(tokens: Sequence[Token], first: int) -> int:
    """The position after "on Monday night"."""
    start = first + (tokens[first].lower == "on")
    at = start
    while at < len(tokens) and tokens[at].lower in _HOURS:
        at += 1
    return at if at > start else first


def _ends_phrase(tokens: Sequence[Token], at: int) -> bool:
    if at >= len(tokens) or tokens[at].text in {".", ","}:
        return True
    return tokens[at].lower in DAYS or tokens[at].lower in {"in", "on", "during"}
