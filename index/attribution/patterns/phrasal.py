"""Patterns of verbs of several words: X pointed out that …, X warned of …, X ruled out …."""

from collections.abc import Sequence
from dataclasses import replace

from index.attribution.patterns.clauses import clause_end, starts_noun_phrase
from index.attribution.patterns.matches import CueMatch, cue_match, token_span
from index.attribution.patterns.subjects import Subject, is_speaker
from index.attribution.patterns.tokens import Token
from index.language.verbs.phrasal import PhrasalVerb, phrasal_verb
from index.language.word_classes import INTERROGATIVES, SUBJECT_PRONOUNS

CLAUSE, THING, UNSURE = 0.85, 0.82, 0.6
"""Confidence with "that"; with a thing; for a phrase that is as often a deed: "set out"."""
LONGEST_PHRASE = 5
_CALLED = frozenset("taxi cab help ambulance doctor waiter backup lift lunch tea".split())
"""To call for these is to fetch them."""


def phrase_at(tokens: Sequence[Token], at: int) -> PhrasalVerb | None:
    return phrasal_verb([token.lower for token in tokens[at : at + LONGEST_PHRASE]], 0)


def phrasal_report(
    tokens: Sequence[Token], verb: int, subject: Subject, sentence: int
) -> CueMatch | None:
    """Subject, verb with its words, and a clause or a thing as content."""
    phrase = phrase_at(tokens, verb)
    if phrase is None or phrase.alone:
        return None
    first = verb + 1 + len(phrase.rest)
    end = clause_end(tokens, first)
    if end <= first or not _opens(tokens, first, end, phrase):
        return None
    content = (token_span(tokens, first, end),)
    clause = tokens[first].lower == "that"
    certain = phrase.certain and is_speaker(tokens, subject)
    confidence = CLAUSE if clause else THING if certain else UNSURE
    match = cue_match(tokens, verb, subject, sentence, end, content, (), confidence)
    return replace(match, cue=token_span(tokens, subject.cue, first))


def _opens(tokens: Sequence[Token], first: int, end: int, phrase: PhrasalVerb) -> bool:
    """Whether what is reported may start at `first`."""
    lower = tokens[first].lower
    if lower == "that" or lower in INTERROGATIVES:
        return phrase.clausal or lower != "that"
    fetched = phrase.lemma == "call for" and tokens[min(end, first + 2) - 1].lower in _CALLED
    pronoun = end == first + 1 and (lower in SUBJECT_PRONOUNS or lower in {"him", "her", "them"})
    return starts_noun_phrase(tokens[first]) and not fetched and not pronoun
