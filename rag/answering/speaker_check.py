"""Whether a sentence can report the words of the speaker asked for. Knows no grammar.

A wrong speaker is the worst error there is, so a doubtful sentence is left out.
"""

import re
from collections.abc import Set as AbstractSet

from index.documents import Article
from index.language.names import QUALIFIERS, SPEAKER_TITLES
from index.language.terms import analyze
from index.language.verbs.forms import VERB_FORMS
from index.language.verbs.reporting import REPORTING_WORDS, SPEECH_VERBS
from index.language.word_classes import (
    FUNCTION_WORDS,
    QUESTION_WORDS,
    SENTENCE_LEADERS,
    SUBJECT_PRONOUNS,
)
from index.statements import Polarity
from rag.query.names import names
from rag.query.query import Query
from rag.reading.evidence import Evidence
from rag.reading.sentence_features import QUOTES

_NAME_OR_PRONOUN = re.compile(
    r"\b(?:[Hh]e|[Ss]he|[Tt]hey)\b|(?<![\w’'])[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)*"
)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_QUOTED = re.compile(r"[“\"][^”\"]*[”\"]")
_BETWEEN = frozenset("have been also yet even ever really publicly".split())
_NOT_SAID = frozenset(
    "not never nobody didn't didn’t hasn't hasn’t could would might may will should must "
    "without nor".split()
)
_UNSAID = frozenset(
    """
    refused refuses refusing declined declines declining denied denies denying pretended pretends
    plans planned planning hopes hoped expected wants wanted intends intended due set failed of
    """.split()
)
_CONDITIONS = frozenset("if unless neither nobody none had should contrary unlike".split())
_NEAR, _NEAR_CONDITION = 5, 7
"""Words before the verb, and from the start of the sentence, that may take it back."""
REPORTING = frozenset(analyze(REPORTING_WORDS))
LABEL = re.compile(r"[^\W\d_][^:.!?]{0,60}:\s")
"""In minutes and interviews: GARETH PENHALE: That was not my question."""


def may_report(query: Query, evidence: Evidence) -> bool:
    """True if nobody's words are asked for.

    Else the sentence does not say that they were never said. If a speaker is asked for, it names
    the speaker and reports speech; and the sentence, its article's title or its year has a word of
    the subject.
    """
    intent = query.intent
    asked = intent and intent.certain and intent.polarity is Polarity.POSITIVE
    if asked and not was_said(evidence.sentence):
        return False
    speaker = set(analyze(query.speaker)) & set(query.content)
    if not speaker:
        return True
    article, span = evidence.article, evidence.span
    text = span.of(article.text)
    sentence = set(analyze(text))
    return (
        bool(speaker & sentence)
        and _reports(text, sentence)
        and _on_subject(query.subject, sentence, article)
        and not _may_be_a_namesake(query.speaker, sentence, article)
        and not _is_another_office(query.speaker, text)
    )


def was_said(sentence: str) -> bool:
    """False for "if she says", "plans to tell", "denied calling", "did not say", "could have said".

    By the first verb of speech outside quotation marks, and the words right before it.
    """
    words = [word.lower() for word in _WORD.findall(_QUOTED.sub(" ", sentence))]
    at = next((at for at, word in enumerate(words) if _is_speech(word)), None)
    if at is None:
        return True
    before = words[:at]
    while before and before[-1] in _BETWEEN:
        before.pop()
    conditional = words[0] in _CONDITIONS and at < _NEAR_CONDITION
    infinitive = bool(before) and before[-1] == "to" and _UNSAID & set(before[-_NEAR:])
    denied = bool(before) and before[-1] in _UNSAID | _NOT_SAID
    return not (conditional or infinitive or denied)


def _is_speech(word: str) -> bool:
    return VERB_FORMS.get(word) in SPEECH_VERBS and word not in _UNSAID


def has_for_subject(query: Query, evidence: Evidence) -> bool:
    """Whether the sentence is about what the speaker asked for did or said on the subject.

    The speaker, or a pronoun that can only be theirs, opens it or stands beside a verb of saying.
    """
    if not query.speaker or not query.subject:
        return False
    text = evidence.sentence
    on_subject = len(query.subject & set(analyze(text))) * 2 >= len(query.subject)
    return on_subject and any(
        _may_be_subject(text, match) and _is_speaker(match.group(), query.speaker, evidence)
        for match in _NAME_OR_PRONOUN.finditer(text)
    )


def _may_be_subject(text: str, match: re.Match[str]) -> bool:
    """At the start, after a phrase that ends in a comma, or beside a verb of saying."""
    before, after = text[: match.start()], text[match.end() :]
    words = re.findall(r"\w+", before)
    first = (words or [""])[0].lower()
    opens = not words or (before.rstrip().endswith(",") and first in SENTENCE_LEADERS)
    beside = [*words[-1:], *re.findall(r"\A,? ?(\w+)", after)]
    return opens or any(word.lower() in VERB_FORMS for word in beside)


def _is_speaker(mention: str, speaker: str, evidence: Evidence) -> bool:
    """Whether it is a part of the name; a pronoun, whether that is the last name before it."""
    asked = set(analyze(speaker))
    if mention.lower() not in SUBJECT_PRONOUNS:
        return bool(set(analyze(mention)) & asked)
    never = QUESTION_WORDS | FUNCTION_WORDS | SPEAKER_TITLES
    before = names(evidence.article.text[: evidence.span.start], never=never)
    return bool(before) and bool(set(analyze(before[-1])) & asked)


def _reports(text: str, sentence: AbstractSet[str]) -> bool:
    quoted = any(mark in text for mark in QUOTES)
    return quoted or bool(REPORTING & sentence) or bool(LABEL.match(text))


def _on_subject(subject: AbstractSet[str], sentence: AbstractSet[str], article: Article) -> bool:
    year = {str(article.published_at.year)} if article.published_at else set()
    return not subject or bool(subject & (sentence | set(analyze(article.title)) | year))


def _may_be_a_namesake(speaker: str, sentence: AbstractSet[str], article: Article) -> bool:
    """Whether the sentence has part of the name, and the article another person with that part."""
    asked = set(analyze(" ".join(word for word in speaker.split() if not _title(word))))
    if asked <= sentence:
        return False
    never = QUESTION_WORDS | FUNCTION_WORDS | SPEAKER_TITLES
    others = (set(analyze(name)) for name in names(article.text, never=never))
    return any(len(other) > 1 and other & asked & sentence and asked - other for other in others)


def _is_another_office(speaker: str, text: str) -> bool:
    """Whether the mayor is asked for, and the sentence is about the deputy mayor."""
    noun = re.split(r" (?:of|for|at|in) ", speaker)[0].split()[-1:]
    other = re.compile(
        rf"\b(?:{'|'.join(sorted(QUALIFIERS))})[ -]{re.escape(''.join(noun))}\b", re.IGNORECASE
    )
    return bool(other.search(text)) and not other.search(speaker)


def _title(word: str) -> bool:
    return word.lower().rstrip(".") in SPEAKER_TITLES | FUNCTION_WORDS
