"""Text in, attributions found by patterns out. Knows no names and no network.

Each sentence is read once from its start. What is reported inside reported words is skipped: it
belongs to the outermost speaker.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from index.attribution.annotations import Attribution
from index.attribution.patterns import direct_speech, passives, reported_speech
from index.attribution.patterns.continued_quotes import unintroduced_quotes, with_continuations
from index.attribution.patterns.matches import CueMatch
from index.attribution.patterns.noun_phrases import sentence_subject
from index.attribution.patterns.phrasal import phrasal_report, phrase_at
from index.attribution.patterns.subjects import Subject, agrees, subject_before, verb_group_start
from index.attribution.patterns.tokens import Token, TokenizedSentence, tokenize_sentences
from index.attribution.patterns.transcripts import labelled_turns, signed_quotes
from index.attribution.quotations import Quote
from index.documents import Span
from index.language.gazetteers import NOT_PLURAL
from index.language.verbs.forms import BASE_FORMS, VERB_FORMS
from index.language.verbs.phrasal import FIRST_WORDS
from index.language.verbs.reporting import (
    NOUN_LIKE_VERBS,
    SPEECH_VERBS,
    STRONG_VERBS,
    TWO_WORD_VERBS,
)
from index.language.word_classes import PLURAL_HEADS, SUBJECT_PRONOUNS

_PARTICIPLES = frozenset(
    form
    for form, lemma in VERB_FORMS.items()
    if form.endswith("ing") and lemma in {*STRONG_VERBS, "tell", "call"}
)
_HEARING = frozenset(("heard", "hears", "learned", "learnt"))
_OTHERS = frozenset((":", "according", *TWO_WORD_VERBS, *FIRST_WORDS)) | _HEARING
REACH = range(2, 80)
"""Tokens before a verb whose subject opens the sentence: at least a noun and a comma."""
_JOINS = frozenset((",", "and", "but", "then"))
_STATING = PLURAL_HEADS | {"he", "she", "it"}
_SINGULAR = SUBJECT_PRONOUNS | NOT_PLURAL


def extract_attributions(text: str, quotes: Sequence[Quote]) -> list[Attribution]:
    """In the order of their sentences, then cues; `quotes` are all quotations of the text."""
    parts = tokenize_sentences(text, quotes)
    labelled = [*labelled_turns(parts), *signed_quotes(parts)]
    taken = _taken(labelled, parts)
    read = [
        match
        for number, sentence in enumerate(parts)
        if number not in taken
        for match in _matches(text, sentence, number)
    ]
    matches = with_continuations(sorted([*labelled, *read], key=_place), parts, text)
    found = sorted([*matches, *unintroduced_quotes(matches, parts)], key=_place)
    return [match.attribution for match in found]


def _place(match: CueMatch) -> tuple[int, Span]:
    """By cue; without one, by content."""
    return match.sentence, match.cue or match.content[0]


def _taken(labelled: Sequence[CueMatch], parts: Sequence[TokenizedSentence]) -> set[int]:
    """Sentences that are reported as a whole: what they report themselves is nested."""
    spans = sorted(span for match in labelled for span in match.content)
    own = {parts[match.sentence].paragraph for match in labelled}
    starts = [part.tokens[0].start for part in parts]
    inside = {
        number
        for span in spans
        for number in range(bisect_left(starts, span.start), bisect_left(starts, span.end))
    }
    return inside | {number for number, part in enumerate(parts) if part.paragraph in own}


def _matches(text: str, sentence: TokenizedSentence, number: int) -> Iterator[CueMatch]:
    tokens, floor = sentence.tokens, 0
    previous: CueMatch | None = None
    for at, token in enumerate(tokens):
        if at < floor or not (token.lower in VERB_FORMS or token.lower in _OTHERS):
            continue
        match = _match_at(text, tokens, at, floor, previous, number)
        if match is not None:
            yield match
            previous, floor = match, match.until


def _match_at(
    text: str,
    tokens: Sequence[Token],
    at: int,
    floor: int,
    previous: CueMatch | None,
    number: int,
) -> CueMatch | None:
    lower = tokens[at].lower
    if lower == "according" and at + 2 < len(tokens) and tokens[at + 1].lower == "to":
        return reported_speech.according_to(tokens, at, floor, number)
    heard = passives.heard_from(tokens, at, number) if lower in _HEARING else None
    if heard is not None or passives.is_passive(tokens, at, floor):
        return heard or passives.passive_report(tokens, at, floor, number)
    return _active(text, tokens, at, floor, previous, number)


def _active(
    text: str,
    tokens: Sequence[Token],
    at: int,
    floor: int,
    previous: CueMatch | None,
    number: int,
) -> CueMatch | None:
    lemma = direct_speech.reporting_lemma(tokens, at)
    if at == 0 and lemma in STRONG_VERBS:
        return direct_speech.verb_first(tokens, number)
    phrasal = phrase_at(tokens, at) is not None
    if not (lemma or phrasal) or (tokens[at].capital and not _shouted(tokens, at)):
        return (
            direct_speech.quote_after_colon(tokens, at, number)
            if tokens[at].text == ":" and previous is None
            else None
        )
    speech = lemma in SPEECH_VERBS
    match = direct_speech.quote_before_verb(tokens, at, floor, text, number) if speech else None
    if match:
        return match
    subject = _subject(tokens, at, floor, previous)
    if subject is None:
        return None
    found = direct_speech.quote_after_verb(tokens, at, subject, text, number) if speech else None
    return (
        found
        or (direct_speech.quote_on_next_line(tokens, at, subject, number) if speech else None)
        or phrasal_report(tokens, at, subject, number)
        or reported_speech.clause_before_verb(tokens, at, subject, floor, number)
        or reported_speech.clause_after_verb(tokens, at, subject, number)
    )


def _shouted(tokens: Sequence[Token], at: int) -> bool:
    """Whether a capitalized verb may still report: in a headline, or where all is in capitals."""
    headline = tokens[at].lower in {"says", "said", "tells", "told"}
    return headline or (
        tokens[at].text.isupper() and all(t.text.isupper() for t in tokens[:at] if t.word)
    )


def _subject(
    tokens: Sequence[Token], verb: int, floor: int, previous: CueMatch | None
) -> Subject | None:
    """The subject of the verb; for "…, saying" and "… and said" the subject of the verb before."""
    lower = tokens[verb].lower
    if lower.endswith("ing"):
        speaking = lower in _PARTICIPLES or phrase_at(tokens, verb) is not None
        return _going_on(tokens, verb, verb, previous) if speaking else None
    subject = subject_before(tokens, verb, floor)
    if subject is None and previous is not None and _described(tokens, previous):
        subject = subject_before(tokens, verb, 0)
    if subject is None:
        cue = verb_group_start(tokens, verb, floor)
        joined = cue > 0 and tokens[cue - 1].lower in {"and", "but", "then"}
        return (
            _going_on(tokens, verb, cue, previous) if joined and lower not in BASE_FORMS else None
        )
    fits = lower not in BASE_FORMS or agrees(tokens, subject)
    return subject if fits and _may_report(tokens, subject, lower) else None


def _described(tokens: Sequence[Token], previous: CueMatch) -> bool:
    """Whether the match before is in a relative clause: "Low, who said so, added"."""
    return previous.subject is not None and tokens[previous.subject.phrase.first].lower == "who"


def _may_report(tokens: Sequence[Token], subject: Subject, verb: str) -> bool:
    """Not "I think", which only introduces the writer's own words, and not "the states"."""
    who = tokens[subject.phrase.last - 1]
    if _reads_as_noun(tokens, subject, verb):
        return False
    if who.lower in {"i", "we", "you", "it"}:
        return VERB_FORMS.get(verb) in SPEECH_VERBS and verb not in BASE_FORMS
    return verb != "states" or who.capital or who.lower in _STATING


def _reads_as_noun(tokens: Sequence[Token], subject: Subject, verb: str) -> bool:
    """As in "past sales figures that": no verb in -s agrees with a plural."""
    head = tokens[subject.phrase.last - 1]
    plural = head.lower.endswith("s") and not head.lower.endswith("ss")
    mass = head.capital or head.lower in _SINGULAR
    return verb in NOUN_LIKE_VERBS and plural and not mass


def _going_on(
    tokens: Sequence[Token], verb: int, cue: int, previous: CueMatch | None
) -> Subject | None:
    if previous is not None and previous.subject is not None:
        return Subject(previous.subject.phrase, cue)
    if cue not in REACH or not (
        tokens[cue - 1].lower in _JOINS or direct_speech.leads_in(tokens, verb)
    ):
        return None
    phrase = sentence_subject(tokens, cue)
    return Subject(phrase, cue) if phrase else None
