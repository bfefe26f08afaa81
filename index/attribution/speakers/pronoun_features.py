"""What speaks for and against a candidate being the one a pronoun stands for."""

import math
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from index.attribution.cues import VERB_FORMS, is_speech
from index.documents import Span
from index.language.word_classes import OBJECT_PREPOSITIONS, VERBS_AFTER_SUBJECT
from index.text.paragraphs import paragraphs
from index.text.sentences import sentences_of

OPENING = 25
"""Characters from the start of a sentence to what still opens it."""
FIRST_PARAGRAPHS = 2
CERTAIN = 5.0
"""Log odds beyond which gender is not doubted."""
_WORD_BEFORE = re.compile(r"([^\W\d_]+(?:['’]\w+)?)[ ,]*\Z")
_WORD_AFTER = re.compile(r"[ ,]*([^\W\d_]+)")
_POSSESSIVE = re.compile(r"['’]s?\b")
_APPOSITION = re.compile(r",[^,.;]{2,80},|,? ?\([^)]{1,40}\)")
_BREAK = re.compile(
    r"[,;:—–“”\"]|\b(?:and|but|that|who|which|because|after|before|when|while|if|as|since|said|says"
    r"|until|although|though|where|whether)\b"
)


@dataclass(frozen=True, slots=True)
class PersonMention:
    """One place where somebody is spoken of, and how."""

    span: Span
    kind: str
    """"name", "noun" or "pronoun"."""
    sentence: int
    paragraph: int
    quoted: int
    """The number of the quotation it stands in, from 1; 0 outside."""
    subject: bool
    preposition: bool
    possessive: bool
    speaking: bool
    """Beside a word that reports: likely a speaker."""
    opening: bool
    """Near the start of its sentence."""


@dataclass(slots=True)
class Candidate:
    """Somebody as known so far, from left to right."""

    figure: int | None
    gender: str
    """From titles and nouns."""
    odds: float
    """Log odds of "he" by given name."""
    noun: str = ""
    references: list[PersonMention] = field(default_factory=list)
    names: list[PersonMention] = field(default_factory=list)
    pronouns: list[str] = field(default_factory=list)
    """The gender of each pronoun that joined."""

    @property
    def last(self) -> PersonMention:
        return self.references[-1]

    def add(self, reference: PersonMention) -> None:
        self.references.append(reference)


@dataclass(frozen=True, slots=True)
class Pronoun:
    span: Span
    gender: str
    case: str
    """"subject", "object", "possessive" or "reflexive"."""
    here: PersonMention


@dataclass(frozen=True, slots=True)
class Competition:
    """One candidate among the others."""

    rank: int
    """From 0 for the one mentioned last."""
    most: int
    """Mentions of the one with most."""
    rival: float
    """How well the best of the others fits."""


class DiscourseContext:
    """Where things stand in one article: sentences, paragraphs, quotations; and who was last."""

    def __init__(self, text: str, quoted: Sequence[Span]) -> None:
        self.text = text
        parts = paragraphs(text)
        self._paragraphs = [part.start for part in parts]
        self.sentences = sentences_of(text, parts)
        self._starts = [sentence.start for sentence in self.sentences]
        self._quotes = list(quoted)
        self._opens = [quote.start for quote in quoted]
        self.last_pronoun: dict[str, Candidate] = {}

    def reference(self, span: Span, kind: str) -> PersonMention:
        sentence = max(0, bisect_right(self._starts, span.start) - 1)
        start = self.sentences[sentence].start if self.sentences else 0
        before = self.text[max(start, span.start - 40) : span.start]
        after = self.text[span.end : span.end + 130]
        possessive = kind != "pronoun" and _POSSESSIVE.match(after) is not None
        past = _APPOSITION.match(after) if kind == "name" else None
        left = _WORD_BEFORE.search(before)
        right = _WORD_AFTER.match(after[past.end() :] if past else after)
        previous = left[1].casefold() if left else ""
        following = right[1].casefold() if right else ""
        speaking = not possessive and (reports(previous) or reports(following))
        preposition = previous in OBJECT_PREPOSITIONS
        verb = following in VERBS_AFTER_SUBJECT or following.endswith("ed") or reports(following)
        subject = not possessive and not preposition and (verb or (reports(previous) and not verb))
        opening = span.start - start < OPENING
        return PersonMention(
            span=span,
            kind=kind,
            sentence=sentence,
            paragraph=bisect_right(self._paragraphs, span.start),
            quoted=self._quotation(span.start),
            subject=subject or (opening and not possessive and not preposition),
            preposition=preposition,
            possessive=possessive,
            speaking=speaking,
            opening=opening,
        )

    def _quotation(self, place: int) -> int:
        at = bisect_right(self._opens, place)
        return at if at and place < self._quotes[at - 1].end else 0


def reports(word: str) -> bool:
    """Whether a word alone reports speech."""
    return word in VERB_FORMS and is_speech(VERB_FORMS[word])


def features(
    scene: DiscourseContext, pronoun: Pronoun, entities: Sequence[Candidate]
) -> NDArray[np.float32]:
    """Shape (entities, len(FEATURES)); `entities` come the latest first."""
    most = max((len(each.references) for each in entities), default=1)
    fits = sorted((_fit(pronoun, each) for each in entities), reverse=True)
    rows = []
    for rank, each in enumerate(entities):
        rival = fits[0] if fits[0] != _fit(pronoun, each) or len(fits) == 1 else fits[1]
        among = Competition(rank, most, rival if len(fits) > 1 else 0.0)
        rows.append([value for _, value in _row(scene, pronoun, each, among)])
    return np.array(rows, np.float32).reshape(len(entities), len(FEATURES))


def _fit(pronoun: Pronoun, entity: Candidate) -> float:
    """How far title, given name and earlier pronouns speak for this pronoun's gender."""
    sign = 1.0 if pronoun.gender == "m" else -1.0
    agreed = sum(1 if each == pronoun.gender else -1 for each in entity.pronouns)
    titled = 3.0 if entity.gender == pronoun.gender else 0.0
    return max(-CERTAIN, min(CERTAIN, sign * entity.odds + agreed + titled))


def _row(
    scene: DiscourseContext, pronoun: Pronoun, entity: Candidate, among: Competition
) -> Iterator[tuple[str, float]]:
    last, here = entity.last, pronoun.here
    yield from _distance(last, here, among.rank)
    yield from _place(scene, last, here, pronoun)
    yield from _gender(pronoun, entity)
    fit = _fit(pronoun, entity)
    yield "fit", fit
    yield "rival", among.rival
    yield "fits_better", fit - among.rival
    yield from _weight(scene, pronoun, entity, among.most)


def _distance(last: PersonMention, here: PersonMention, rank: int) -> Iterator[tuple[str, float]]:
    apart = here.sentence - last.sentence
    for steps in range(4):
        yield f"sentences_{steps}", float(apart == steps)
    yield "sentences_far", math.log1p(max(0, apart - 3))
    for place in range(3):
        yield f"rank_{place}", float(rank == place)
    yield "rank", math.log1p(rank)
    yield "same_paragraph", float(last.paragraph == here.paragraph)
    yield "paragraphs_apart", math.log1p(here.paragraph - last.paragraph)
    yield "characters", math.log1p(max(0, here.span.start - last.span.end)) / 4


def _place(
    scene: DiscourseContext, last: PersonMention, here: PersonMention, pronoun: Pronoun
) -> Iterator[tuple[str, float]]:
    same = last.sentence == here.sentence
    between = scene.text[last.span.end : here.span.start] if same else ""
    yield "subject", float(last.subject)
    yield "subject_same", float(last.subject and same)
    yield "subject_before", float(last.subject and here.sentence - last.sentence == 1)
    yield "opening", float(last.opening)
    yield "preposition", float(last.preposition)
    yield "possessive", float(last.possessive)
    yield "speaking", float(last.speaking)
    yield "speaking_same", float(last.speaking and same)
    yield "pronoun", float(last.kind == "pronoun")
    yield "noun", float(last.kind == "noun")
    yield "clause", float(same and not _BREAK.search(between))
    yield "clause_object", float(same and pronoun.case == "object" and not _BREAK.search(between))
    yield "case_subject", float(pronoun.case == "subject" and last.subject)
    yield "case_object", float(pronoun.case == "object" and last.subject)
    yield "case_possessive", float(pronoun.case == "possessive" and last.subject)
    yield "possessive_same", float(pronoun.case == "possessive" and same)
    yield "reflexive_same", float(pronoun.case == "reflexive" and same)
    yield "speaks", float(here.speaking and last.speaking)
    yield "opens", float(here.opening and last.opening)
    yield "quoted_last", float(bool(last.quoted) and not here.quoted)
    yield "quoted_here", float(bool(here.quoted) and not last.quoted)
    yield "quoted_both", float(bool(here.quoted) and here.quoted == last.quoted)
    yield "speaker_of_it", float(bool(here.quoted) and not last.quoted and last.speaking and same)
    yield (
        "near_quote",
        float(
            bool(here.quoted)
            and not last.quoted
            and last.speaking
            and last.paragraph == here.paragraph
        ),
    )


def _gender(pronoun: Pronoun, entity: Candidate) -> Iterator[tuple[str, float]]:
    sign = 1.0 if pronoun.gender == "m" else -1.0
    agreed = sum(each == pronoun.gender for each in entity.pronouns)
    yield "titled", float(entity.gender == pronoun.gender)
    yield "given_for", max(0.0, min(3.0, sign * entity.odds))
    yield "given_against", max(0.0, min(3.0, -sign * entity.odds))
    yield "agreed", float(agreed > 0)
    yield "agreed_often", math.log1p(agreed)
    yield "disagreed", float(len(entity.pronouns) > agreed)
    yield "disagreed_most", float(len(entity.pronouns) > 2 * agreed)


def _weight(
    scene: DiscourseContext, pronoun: Pronoun, entity: Candidate, most: int
) -> Iterator[tuple[str, float]]:
    first = entity.references[0]
    yield "unnamed", float(entity.figure is None)
    yield (
        "named_here",
        float(any(each.paragraph == pronoun.here.paragraph for each in entity.names[-2:])),
    )
    yield "count", math.log1p(len(entity.references))
    yield "share", len(entity.references) / most
    yield "most", float(len(entity.references) == most)
    yield "first_paragraphs", float(first.paragraph <= FIRST_PARAGRAPHS)
    yield "chain", float(scene.last_pronoun.get(pronoun.gender) is entity)
    yield (
        "chain_near",
        float(
            scene.last_pronoun.get(pronoun.gender) is entity
            and entity.last.kind == "pronoun"
            and pronoun.here.sentence - entity.last.sentence <= 1
        ),
    )


def _names() -> tuple[str, ...]:
    span = Span(0, 1)
    reference = PersonMention(span, "name", 0, 0, 0, False, False, False, False, False)
    scene = DiscourseContext("", ())
    entity = Candidate(0, "", 0.0, references=[reference])
    row = _row(scene, Pronoun(span, "m", "subject", reference), entity, Competition(0, 1, 0.0))
    return tuple(name for name, _ in row)


FEATURES = _names()
"""In the order of the columns."""
