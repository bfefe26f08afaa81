"""Where a source ends: before the predicate or the quotation that was read as part of it.

A noun that looks like a reporting verb has no subject, and a place is no agent: such attributions
are dropped or lose their source. Knows the words of one attribution, but no speakers.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from index.attribution.annotations import Attribution
from index.attribution.cues import is_passive, lemma_of
from index.attribution.speakers.source_phrases import means_text
from index.documents import Span
from index.language.calendar import CALENDAR_WORDS
from index.language.gazetteers import GROUP_NOUNS, ORGANISATION_WORDS, OUTLETS, PERSON_NOUNS
from index.language.verbs.reporting import NOUN_LIKE_VERBS, SPEECH_VERBS
from index.language.word_classes import (
    DETERMINERS,
    PREPOSITIONS,
    SUBJECT_PRONOUNS,
    VERBS_AFTER_SUBJECT,
    word_set,
)
from index.statements import Origin

_WORD = re.compile(r"[^\W_]+(?:['’&.-]+[^\W_]+)*")
_QUOTED_END = re.compile(r"(?P<mark>,\s+)(?P<quote>[“\"][^”\"]*[”\"])\s*\Z")
QUOTED_WORDS = 3
"""A shorter quotation at the end of a source may be a name: “Biscuit”."""
_JOINT = re.compile(
    r"(?:,?\s+(?:in|on|at|for|from|to|after|during|last|this|earlier)\b[^.;]*?)?,?\s+"
    r"(?:and|but|then|yet)\s+(?:\w+ly\s+|also\s+|later\s+)?"
)
"""Between the predicate and a further verb of its subject: "in a letter, but"."""
_CLAUSE = re.compile(r",|\b(?:who|which|that|whose|when|where)\b")
_GOING_ON = re.compile(r"[a-z]+ing\b")
_MODIFIERS = word_set("""
    led backed owned run based controlled appointed elected sponsored funded trained born held
    called named dubbed titled entitled known armed related affiliated allied retired registered
    convicted wanted accused suspected injured
""")
"""Before a noun these describe it: "the army backed government", "a group called Action"."""
_IRREGULAR = {"withheld", "wrote", "hid"} | VERBS_AFTER_SUBJECT & word_set("""
    took gave lost met ran held kept began knew saw found stood sat spoke grew fell led paid sent
    spent brought bought built caught chose drew drove flew taught wore
""")
_PAST = re.compile(r"[a-z]{3,}ed(?:-[a-z]+)?\Z")
"""Also as in "blacked-out"."""
_NO_NOUNS = PREPOSITIONS | word_set("and or but as to after before when while by than")
_PLACED = re.compile(
    r"\b(?:in|at|from|near|across|around|outside|inside|throughout|over|off|to|on)"
    r"(?:\s+(?:the|a|an|several|two|three|many|other|parts of|much of|all of))*\s+\Z",
    re.IGNORECASE,
)
_BEARERS = PERSON_NOUNS | GROUP_NOUNS | ORGANISATION_WORDS


def bounded_sources(attributions: Sequence[Attribution], text: str) -> list[Attribution]:
    """In the same order, without those whose cue is a noun."""
    bounded = (_bounded(_in_words(each, text), text) for each in attributions)
    return [each for each in bounded if each is not None]


def _in_words(attribution: Attribution, text: str) -> Attribution:
    """Without the parts of the source that are only spaces or marks: nobody is called that."""
    kept = tuple(span for span in attribution.source if _WORD.search(text, span.start, span.end))
    return attribution if kept == attribution.source else replace(attribution, source=kept)


def _bounded(attribution: Attribution, text: str) -> Attribution | None:
    if not attribution.source or not attribution.cue:
        return attribution
    attribution = _without_quotation(_without_places(attribution, text), text)
    source, cue = attribution.source[:1], attribution.cue[0]
    if not source or source[0].end > cue.start:
        return attribution
    return _before_predicate(attribution, source[0], cue, text)


def _without_places(attribution: Attribution, text: str) -> Attribution:
    """As in "waits were reported at several schools"; a paper or an outlet reports itself."""
    cue = attribution.cue[0]
    words = cue.of(text)
    if not is_passive(words) or lemma_of(words) not in SPEECH_VERBS:
        return attribution
    kept = tuple(span for span in attribution.source if not _is_place(span, text))
    return replace(attribution, source=kept)


def _is_place(source: Span, text: str) -> bool:
    if _PLACED.search(text, max(0, source.start - 40), source.start) is None:
        return False
    words = [word.group().casefold() for word in _WORD.finditer(text, source.start, source.end)]
    return not any(means_text(word) or word in OUTLETS for word in words)


def _without_quotation(attribution: Attribution, text: str) -> Attribution:
    """As in “It could,” said X, “be the last”: the end of the source is content."""
    source, cue = attribution.source, attribution.cue[0]
    if not source or source[-1].start < cue.end:
        return attribution
    quoted = _QUOTED_END.search(text, source[-1].start, source[-1].end)
    if quoted is None or len(quoted["quote"].split()) < QUOTED_WORDS:
        return attribution
    ends = (*source[:-1], Span(source[-1].start, quoted.start()))
    rest = Span(*quoted.span("quote"))
    if rest.start <= source[-1].start or any(rest.touches(each) for each in attribution.content):
        return attribution
    content = tuple(sorted([*attribution.content, rest]))
    return replace(attribution, source=ends, content=content)


def _before_predicate(
    attribution: Attribution, source: Span, cue: Span, text: str
) -> Attribution | None:
    """None if the cue is a noun at the end of that predicate."""
    words = list(_WORD.finditer(text, source.start, source.end))
    verb = next((at for at in range(1, len(words)) if _is_finite(words, at)), None)
    if verb and _CLAUSE.search(text, source.start, words[verb].start()):
        verb = None
    spoken = cue.of(text).casefold()
    noun = spoken in NOUN_LIKE_VERBS and attribution.origin is Origin.PATTERN
    opens = text[source.start : source.end]
    if _GOING_ON.match(opens) and noun:
        return None
    if verb is None:
        return attribution
    if _JOINT.fullmatch(text, source.end, cue.start):
        return replace(attribution, source=(Span(source.start, words[verb - 1].end()),))
    if noun:
        return None
    if _GOING_ON.match(spoken) and verb + 1 < len(words):
        return replace(attribution, source=(Span(words[verb + 1].start(), source.end),))
    return attribution


def _is_finite(words: Sequence[re.Match[str]], at: int) -> bool:
    """Whether the word is the verb of the noun before it, with an object after it."""
    word, before = words[at].group(), words[at - 1].group()
    if not word[0].islower() or at + 1 >= len(words):
        return False
    past = _PAST.match(word) or word in _IRREGULAR
    after = words[at + 1].group().casefold()
    if not past or word in _MODIFIERS or after in _NO_NOUNS | CALENDAR_WORDS:
        return False
    return _is_head(before, at - 1)


def _is_head(word: str, at: int) -> bool:
    """Whether a subject may end with the word."""
    plain = word.casefold()
    nouns = _BEARERS
    known = plain in nouns or plain.removesuffix("s") in nouns or plain in SUBJECT_PRONOUNS
    named = word[0].isupper() and (at > 0 or word.isupper()) and plain not in DETERMINERS
    return known or named or means_text(plain)
