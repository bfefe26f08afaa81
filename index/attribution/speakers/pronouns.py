"""Personal pronouns in, the person each one means out: "he", "she", "him", "her" and "his".

A small trained network ranks the candidates: the named persons, and the phrases that mean a person.
It reads from left to right, so that each pronoun becomes a mention for the next one. It knows
nothing outside the article except which given names usually go with which pronoun.
`training/fit_pronouns.py` makes the weights and measures them.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice, takewhile
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.attribution.entities.entities import Entities
from index.attribution.speakers.descriptions import Description, find_descriptions
from index.attribution.speakers.names_ahead import names_ahead
from index.attribution.speakers.pronoun_features import (
    FEATURES,
    Candidate,
    DiscourseContext,
    Pronoun,
    features,
)
from index.documents import Span
from index.language.gazetteers import FEMALE_NAMES, MALE_NAMES
from index.language.names import name_words
from index.statements import SourceType

WEIGHTS = Path(__file__).parents[1] / "weights" / "pronouns.json"
MOST_CANDIDATES = 14
"""Candidates for one pronoun: those mentioned last."""
MAIN_PERSON = 4
"""Mentions that make someone one of the article's main persons."""
REACH = 4_000
"""Characters back to the last mention of a candidate that is not a main person."""
CLOSE = 0.7
"""Of the best score: a candidate with more is nearly as likely."""
PRONOUN = re.compile(r"\b(?:he|she|him|his|her|himself|herself|hers)\b", re.IGNORECASE)
_GENDER = {"he": "m", "him": "m", "his": "m", "himself": "m"}
_POSSESSIVE_NEXT = re.compile(
    r" (?!(?:and|or|to|in|on|at|for|with|by|that|when|as|a|the|an|he|she)\b)\w"
)

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Antecedent:
    """The person that a pronoun means."""

    entity: int | None
    """Its number in `Entities.all`; None for a person without a name."""
    mention: Span
    """The last name of the entity before the pronoun, or the phrase for an unnamed person.

    If there is none before, the first one after the pronoun.
    """
    others: tuple[int, ...]
    """Entities with nearly the same score."""
    confidence: float


@dataclass(frozen=True, slots=True)
class Ranker:
    """A network with one hidden layer, and a softmax over the candidates."""

    hidden: Floats
    """Shape (features, units)."""
    bias: Floats
    out: Floats
    given: Mapping[str, float]
    """Log odds of "he" against "she" for a given name."""

    def odds(self, rows: Floats) -> Floats:
        """The probability of each candidate; `rows` is (candidates, features)."""
        raw = np.maximum(rows @ self.hidden + self.bias, 0) @ self.out
        shares = np.exp(raw - raw.max())
        return np.asarray(shares / shares.sum(), np.float32)


@cache
def load_ranker() -> Ranker:
    stored = json.loads(WEIGHTS.read_text())
    if stored["features"] != list(FEATURES):
        raise ValueError(
            f"{WEIGHTS.name} was trained on other features than this code computes; "
            "run training/fit_pronouns.py again"
        )
    hidden, bias, out = (np.array(stored[name], np.float32) for name in ("hidden", "bias", "out"))
    return Ranker(hidden, bias, out, given_odds(stored["given"]))


def given_odds(counts: Mapping[str, Sequence[int]]) -> dict[str, float]:
    """Log odds of "he"; `counts` are how often a name went with "he" and with "she"."""
    listed = dict.fromkeys(MALE_NAMES, 3.0) | dict.fromkeys(FEMALE_NAMES, -3.0)
    for name, (male, female) in counts.items():
        counted = float(np.log((male + 0.4) / (female + 0.4)))
        listed[name] = listed.get(name, 0.0) + counted
    return listed


def resolve_pronouns(
    text: str, entities: Entities, quotes: Sequence[Span], ranker: Ranker | None = None
) -> dict[Span, Antecedent]:
    """The antecedent of every singular personal pronoun that has one."""
    ranker = ranker or load_ranker()
    return {
        pending.pronoun.span: antecedent
        for pending in walk(text, entities, quotes, ranker.given)
        if (antecedent := pending.decide(ranker)) is not None
    }


@dataclass(slots=True)
class PendingPronoun:
    """A pronoun and its candidates; call `join` or `decide` before the next pronoun is read."""

    pronoun: Pronoun
    candidates: list[Candidate]
    rows: Floats
    """Shape (candidates, features)."""
    context: DiscourseContext

    def decide(self, ranker: Ranker) -> Antecedent | None:
        if not self.candidates:
            return None
        odds = ranker.odds(self.rows)
        best = int(odds.argmax())
        self.join(best)
        chosen = self.candidates[best]
        others = tuple(
            each.entity
            for each, share in zip(self.candidates, odds, strict=True)
            if each.entity is not None and each is not chosen and share > CLOSE * odds[best]
        )
        mention = chosen.names[-1].span if chosen.names else chosen.mentions[0].span
        return Antecedent(chosen.entity, mention, others, float(odds[best]))

    def join(self, number: int) -> None:
        """Make the pronoun a mention of a candidate."""
        chosen = self.candidates[number]
        chosen.mentions.append(self.context.mention(self.pronoun.span, "pronoun"))
        chosen.pronouns[self.pronoun.gender] += 1
        self.context.last_pronoun[self.pronoun.gender] = chosen


@dataclass(frozen=True, slots=True)
class _Item:
    """What is read next: a name (then `entities` are set), a description or a pronoun."""

    span: Span
    entities: tuple[int, ...] = ()
    description: Description | None = None
    pronoun: bool = False


def walk(
    text: str, entities: Entities, quotes: Sequence[Span], given: Mapping[str, float]
) -> Iterator[PendingPronoun]:
    """Every pronoun in the order of the text; the caller must `join` or `decide` each."""
    context = DiscourseContext(text, quotes)
    named = [_candidate(text, entities, number, given) for number in range(len(entities.all))]
    unnamed: list[Candidate] = []
    items = _in_order(text, entities)
    for at, item in enumerate(items):
        if item.pronoun:
            pronoun = _pronoun(text, item.span, context)
            pronoun = replace(
                pronoun, ahead=_ahead(context, pronoun, islice(items, at + 1, None), named)
            )
            candidates = _candidates(pronoun, named, unnamed)
            rows = features(context, pronoun, candidates)
            yield PendingPronoun(pronoun, candidates, rows, context)
        elif item.description is not None:
            _add_description(context, item.description, named, unnamed)
        elif len(item.entities) == 1:
            named[item.entities[0]].add_name(context.mention(item.span, "name"))


def _ahead(
    context: DiscourseContext, pronoun: Pronoun, items: Iterable[_Item], named: Sequence[Candidate]
) -> int | None:
    """The person whose name is the first one behind an opening phrase with the pronoun.

    If that is the first name of the person, it is a mention from now on.
    """
    place = names_ahead(context.text, pronoun.span, context.sentence(pronoun.mention))
    names = takewhile(lambda item: place and item.span.start < place.end, items)
    name = next((item for item in names if place and item.span.start >= place.start), None)
    if name is None or len(name.entities) != 1:
        return None
    candidate = named[name.entities[0]]
    mention = context.mention(name.span, "name")
    if mention.quoted != pronoun.mention.quoted:
        return None
    if not candidate.mentions:
        candidate.add_name(mention)
    return candidate.entity


def _in_order(text: str, entities: Entities) -> list[_Item]:
    persons = {n for n, entity in enumerate(entities.all) if entity.type is SourceType.PERSON}
    items = [
        _Item(span, entities=numbers)
        for span, numbers in entities.at.items()
        if persons.issuperset(numbers)
    ]
    items += [_Item(each.span, description=each) for each in find_descriptions(text, entities)]
    items += [_Item(Span(*each.span()), pronoun=True) for each in PRONOUN.finditer(text)]
    return sorted(items, key=lambda item: item.span)


def _candidate(text: str, entities: Entities, number: int, given: Mapping[str, float]) -> Candidate:
    entity = entities.all[number]
    words = name_words(entity.name.of(text))
    odds = given.get(words[0], 0.0) if len(words) > 1 else 0.0
    if len(words) > 1 and not odds and any(each in given for each in words[1:-1]):
        odds = next(given[each] for each in words[1:-1] if each in given) / 2
    return Candidate(number, entity.gender, odds)


def _add_description(
    context: DiscourseContext,
    description: Description,
    named: list[Candidate],
    unnamed: list[Candidate],
) -> None:
    """To the named person it fits, else the unnamed one with the same noun, else a new one."""
    mention = context.mention(description.span, "noun")
    if len(description.entities) == 1:
        named[description.entities[0]].mentions.append(mention)
        return
    same = [each for each in unnamed if description.definite and each.noun == description.noun]
    if not same:
        same = [Candidate(None, description.gender, 0.0, noun=description.noun)]
        unnamed += same
    same[-1].mentions.append(mention)


def _pronoun(text: str, span: Span, context: DiscourseContext) -> Pronoun:
    word = span.of(text).casefold()
    case = "subject" if word in {"he", "she"} else "object"
    if word == "his" or (word == "her" and _POSSESSIVE_NEXT.match(text, span.end)):
        case = "possessive"
    if word in {"himself", "herself"}:
        case = "reflexive"
    return Pronoun(span, _GENDER.get(word, "f"), case, context.mention(span, "pronoun"))


def _candidates(
    pronoun: Pronoun, named: Sequence[Candidate], unnamed: Sequence[Candidate]
) -> list[Candidate]:
    """Those mentioned before and near, the latest first, unless title or noun contradict.

    The one who is only named ahead comes last.
    """
    mentioned = [each for each in (*named, *unnamed) if each.mentions]
    fitting = [each for each in mentioned if not each.gender or each.gender == pronoun.gender]
    near = [
        each
        for each in fitting
        if pronoun.span.start - each.last.span.start < REACH or len(each.mentions) >= MAIN_PERSON
    ]
    before = [each for each in near if each.last.span.start < pronoun.span.start]
    latest = sorted(before, key=lambda each: -each.last.span.start)[:MOST_CANDIDATES]
    return latest + [each for each in near if each.last.span.start > pronoun.span.start]
