"""A pronoun and its candidates in, a row of numbers for each candidate out. Knows no weights."""

import math
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from index.attribution.cues import is_speech
from index.documents import Span
from index.language.verbs.forms import VERB_FORMS
from index.language.word_classes import OBJECT_PREPOSITIONS, VERBS_AFTER_SUBJECT
from index.text.paragraphs import paragraphs
from index.text.sentences import sentences_of

OPENING = 25
"""Characters from the start of a sentence within which a mention opens it."""
FIRST_PARAGRAPHS = 2
CERTAIN = 5.0
"""Log odds at which gender counts as certain."""
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
    """A name, a noun or a pronoun that means a person, with its grammar and position.

    `annotations.Mention` is only a name, before anything is known of its context.
    """

    span: Span
    kind: str
    """"name", "noun" or "pronoun"."""
    sentence: int
    paragraph: int
    quoted: int
    """The number of the quotation it is in, from 1; 0 outside."""
    subject: bool
    preposition: bool
    possessive: bool
    speaking: bool
    """Beside a reporting verb: probably a speaker."""
    opening: bool
    """Near the start of its sentence."""


@dataclass(slots=True)
class Candidate:
    """A person as known from the text so far; it grows while the text is read.

    An `Entity` has only names; a candidate also has descriptions and pronouns, and may be unnamed.
    """

    entity: int | None
    """Its number in `Entities.all`; None for a person without a name."""
    gender: str
    """From titles and nouns."""
    odds: float
    """Log odds of "he" by given name."""
    noun: str = ""
    mentions: list[PersonMention] = field(default_factory=list)
    names: list[PersonMention] = field(default_factory=list)
    pronouns: Counter[str] = field(default_factory=Counter)
    """How many pronouns of each gender mean this person."""

    def add_name(self, mention: PersonMention) -> None:
        """Once, though it may be known ahead."""
        if self.names and self.names[-1] == mention:
            self.mentions.remove(mention)
            self.names.pop()
        self.mentions.append(mention)
        self.names.append(mention)

    @property
    def last(self) -> PersonMention:
        return self.mentions[-1]


@dataclass(frozen=True, slots=True)
class Pronoun:
    span: Span
    gender: str
    case: str
    """"subject", "object", "possessive" or "reflexive"."""
    mention: PersonMention
    ahead: int | None = None
    """The person named behind an opening phrase with this pronoun."""


@dataclass(frozen=True, slots=True)
class Competition:
    """How one candidate compares with the others."""

    rank: int
    """0 for the candidate that was mentioned last."""
    most: int
    """Mentions of the candidate with most."""
    rival: float
    """The fit of the best other candidate."""


class DiscourseContext:
    """Sentences, paragraphs and quotations of one article, and the last candidate by pronoun."""

    def __init__(self, text: str, quotes: Sequence[Span]) -> None:
        self.text = text
        parts = paragraphs(text)
        self._paragraphs = [part.start for part in parts]
        self.sentences = sentences_of(text, parts)
        self._starts = [sentence.start for sentence in self.sentences]
        self._quotes = list(quotes)
        self._opens = [quote.start for quote in quotes]
        self.last_pronoun: dict[str, Candidate] = {}

    def mention(self, span: Span, kind: str) -> PersonMention:
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

    def sentence(self, mention: PersonMention) -> Span:
        return self.sentences[mention.sentence] if self.sentences else Span(0, len(self.text))

    def _quotation(self, position: int) -> int:
        at = bisect_right(self._opens, position)
        return at if at and position < self._quotes[at - 1].end else 0


def reports(word: str) -> bool:
    """Whether the word is a form of a verb of speech."""
    return word in VERB_FORMS and is_speech(VERB_FORMS[word])


def features(
    context: DiscourseContext, pronoun: Pronoun, candidates: Sequence[Candidate]
) -> NDArray[np.float32]:
    """Shape (candidates, len(FEATURES)); `candidates` must be ordered, the latest first."""
    most = max((len(each.mentions) for each in candidates), default=1)
    fits = sorted((_fit(pronoun, each) for each in candidates), reverse=True)
    rows = []
    for rank, each in enumerate(candidates):
        rival = fits[0] if fits[0] != _fit(pronoun, each) or len(fits) == 1 else fits[1]
        among = Competition(rank, most, rival if len(fits) > 1 else 0.0)
        rows.append([value for _, value in _row(context, pronoun, each, among)])
    return np.array(rows, np.float32).reshape(len(candidates), len(FEATURES))


def _fit(pronoun: Pronoun, candidate: Candidate) -> float:
    """How well title, given name and earlier pronouns agree with the pronoun's gender."""
    sign = 1.0 if pronoun.gender == "m" else -1.0
    agreed = 2 * candidate.pronouns[pronoun.gender] - candidate.pronouns.total()
    titled = 3.0 if candidate.gender == pronoun.gender else 0.0
    return max(-CERTAIN, min(CERTAIN, sign * candidate.odds + agreed + titled))


def _row(
    context: DiscourseContext, pronoun: Pronoun, candidate: Candidate, among: Competition
) -> Iterator[tuple[str, float]]:
    last, here = candidate.last, pronoun.mention
    yield from _distance(last, here, among.rank)
    yield from _position(context, last, here, pronoun)
    yield from _gender(pronoun, candidate)
    fit = _fit(pronoun, candidate)
    yield "fit", fit
    yield "rival", among.rival
    yield "fits_better", fit - among.rival
    yield from _prominence(context, pronoun, candidate, among.most)


def _distance(last: PersonMention, here: PersonMention, rank: int) -> Iterator[tuple[str, float]]:
    apart = here.sentence - last.sentence
    for steps in range(4):
        yield f"sentences_{steps}", float(apart == steps)
    yield "sentences_far", math.log1p(max(0, apart - 3))
    for rank_at in range(3):
        yield f"rank_{rank_at}", float(rank == rank_at)
    yield "rank", math.log1p(rank)
    yield "same_paragraph", float(last.paragraph == here.paragraph)
    yield "paragraphs_apart", math.log1p(here.paragraph - last.paragraph)
    yield "characters", math.log1p(max(0, here.span.start - last.span.end)) / 4


def _position(
    context: DiscourseContext, last: PersonMention, here: PersonMention, pronoun: Pronoun
) -> Iterator[tuple[str, float]]:
    same = last.sentence == here.sentence
    between = context.text[last.span.end : here.span.start] if same else ""
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


def _gender(pronoun: Pronoun, candidate: Candidate) -> Iterator[tuple[str, float]]:
    sign = 1.0 if pronoun.gender == "m" else -1.0
    agreed, all_pronouns = candidate.pronouns[pronoun.gender], candidate.pronouns.total()
    yield "titled", float(candidate.gender == pronoun.gender)
    yield "given_for", max(0.0, min(3.0, sign * candidate.odds))
    yield "given_against", max(0.0, min(3.0, -sign * candidate.odds))
    yield "agreed", float(agreed > 0)
    yield "agreed_often", math.log1p(agreed)
    yield "disagreed", float(all_pronouns > agreed)
    yield "disagreed_most", float(all_pronouns > 2 * agreed)


def _prominence(
    context: DiscourseContext, pronoun: Pronoun, candidate: Candidate, most: int
) -> Iterator[tuple[str, float]]:
    first = candidate.mentions[0]
    yield "unnamed", float(candidate.entity is None)
    yield (
        "named_here",
        float(any(each.paragraph == pronoun.mention.paragraph for each in candidate.names[-2:])),
    )
    yield "count", math.log1p(len(candidate.mentions))
    yield "share", len(candidate.mentions) / most
    yield "most", float(len(candidate.mentions) == most)
    yield "first_paragraphs", float(first.paragraph <= FIRST_PARAGRAPHS)
    yield "ahead", float(candidate.entity is not None and candidate.entity == pronoun.ahead)
    yield "only_ahead", float(candidate.last.span.start > pronoun.span.start)
    yield "chain", float(context.last_pronoun.get(pronoun.gender) is candidate)
    yield (
        "chain_near",
        float(
            context.last_pronoun.get(pronoun.gender) is candidate
            and candidate.last.kind == "pronoun"
            and pronoun.mention.sentence - candidate.last.sentence <= 1
        ),
    )


def _names() -> tuple[str, ...]:
    span = Span(0, 1)
    mention = PersonMention(span, "name", 0, 0, 0, False, False, False, False, False)
    context = DiscourseContext("", ())
    candidate = Candidate(0, "", 0.0, mentions=[mention])
    row = _row(context, Pronoun(span, "m", "subject", mention), candidate, Competition(0, 1, 0.0))
    return tuple(name for name, _ in row)


FEATURES = _names()
"""In the order of the columns."""
