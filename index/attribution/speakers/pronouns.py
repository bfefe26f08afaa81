"""Whom "he", "she", "him", "her" and "his" stand for: a small trained ranker over an article.

Read from left to right, so that each pronoun joins the one before it. Candidates are the named
people and the phrases for a person; nothing outside the article is known but which given names
mostly go with which pronoun. `training/fit_pronouns.py` makes the weights and says how good
it is.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.attribution.entities.entities import Entities
from index.attribution.speakers.descriptions import Description, find_descriptions
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
"""Candidates for one pronoun: the latest."""
MAIN_PERSON = 4
"""Mentions of one of an article's main people."""
REACH = 4_000
"""Characters back to the last mention of a candidate; beyond only an article's main people."""
PRONOUN = re.compile(r"\b(?:he|she|him|his|her|himself|herself|hers)\b", re.IGNORECASE)
_GENDER = {"he": "m", "him": "m", "his": "m", "himself": "m"}
_POSSESSIVE_NEXT = re.compile(
    r" (?!(?:and|or|to|in|on|at|for|with|by|that|when|as|a|the|an|he|she)\b)\w"
)

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Antecedent:
    """Whom a pronoun stands for."""

    figure: int | None
    """Of the cast; None for somebody without a name."""
    place: Span
    """The mention it was taken from, of the figure or the phrase for somebody unnamed."""
    others: tuple[int, ...]
    """Figures that come nearly as near."""
    confidence: float


@dataclass(frozen=True, slots=True)
class Ranker:
    """One hidden layer; scores of candidates compete in a softmax."""

    hidden: Floats
    """Shape (features, units)."""
    bias: Floats
    out: Floats
    given: Mapping[str, float]
    """Log odds of "he" against "she" for a given name."""

    def odds(self, rows: Floats) -> Floats:
        """The share of each candidate, adding up to 1; `rows` is (candidates, features)."""
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
    """From how often a given name went with "he" and with "she", as counted in training."""
    listed = dict.fromkeys(MALE_NAMES, 3.0) | dict.fromkeys(FEMALE_NAMES, -3.0)
    for name, (male, female) in counts.items():
        counted = float(np.log((male + 0.4) / (female + 0.4)))
        listed[name] = listed.get(name, 0.0) + counted
    return listed


def resolve_pronouns(
    text: str, people: Entities, quoted: Sequence[Span], ranker: Ranker | None = None
) -> dict[Span, Antecedent]:
    """The antecedent of every singular personal pronoun that has one."""
    ranker = ranker or load_ranker()
    return {
        asked.pronoun.span: answer
        for asked in walk(text, people, quoted, ranker.given)
        if (answer := asked.decide(ranker)) is not None
    }


@dataclass(slots=True)
class PendingPronoun:
    """A pronoun and who may be meant; `joins` says whom, before the next one is asked."""

    pronoun: Pronoun
    entities: list[Candidate]
    rows: Floats
    """Shape (entities, features)."""
    scene: DiscourseContext

    def decide(self, ranker: Ranker) -> Antecedent | None:
        if not self.entities:
            return None
        odds = ranker.odds(self.rows)
        best = int(odds.argmax())
        self.joins(best)
        chosen = self.entities[best]
        close = [
            each.figure
            for each, share in zip(self.entities, odds, strict=True)
            if each.figure is not None and each is not chosen and share > 0.7 * odds[best]
        ]
        place = chosen.names[-1].span if chosen.names else chosen.references[0].span
        return Antecedent(chosen.figure, place, tuple(close), float(odds[best]))

    def joins(self, number: int) -> None:
        self.entities[number].add(self.scene.reference(self.pronoun.span, "pronoun"))
        self.entities[number].pronouns.append(self.pronoun.gender)
        self.scene.last_pronoun[self.pronoun.gender] = self.entities[number]


@dataclass(slots=True)
class _Waiting:
    """What is read next, in the order of the text."""

    span: Span
    figures: tuple[int, ...] = ()
    description: Description | None = None
    pronoun: str = ""
    entity: Candidate | None = field(default=None)


def walk(
    text: str, people: Entities, quoted: Sequence[Span], given: Mapping[str, float]
) -> Iterator[PendingPronoun]:
    """Every pronoun in turn; whoever drives it calls `joins` or `decide` on each."""
    scene = DiscourseContext(text, quoted)
    entities = [_entity(text, people, number, given) for number in range(len(people.figures))]
    unnamed: list[Candidate] = []
    for item in _in_order(text, people):
        if item.pronoun:
            pronoun = _pronoun(text, item.span, scene)
            chosen = _candidates(pronoun, entities, unnamed)
            rows = features(scene, pronoun, chosen)
            yield PendingPronoun(pronoun, chosen, rows, scene)
        elif item.description is not None:
            _described(scene, item.description, entities, unnamed)
        else:
            for number in item.figures[:1] if len(item.figures) == 1 else ():
                reference = scene.reference(item.span, "name")
                entities[number].add(reference)
                entities[number].names.append(reference)


def _in_order(text: str, people: Entities) -> list[_Waiting]:
    persons = {
        number for number, figure in enumerate(people.figures) if figure.kind is SourceType.PERSON
    }
    items = [
        _Waiting(span, figures=numbers)
        for span, numbers in people.at.items()
        if persons.issuperset(numbers)
    ]
    items += [_Waiting(each.span, description=each) for each in find_descriptions(text, people)]
    items += [_Waiting(Span(*each.span()), pronoun=each.group()) for each in PRONOUN.finditer(text)]
    return sorted(items, key=lambda item: item.span)


def _entity(text: str, people: Entities, number: int, given: Mapping[str, float]) -> Candidate:
    figure = people.figures[number]
    words = name_words(figure.name.of(text))
    odds = given.get(words[0], 0.0) if words and len(words) > 1 else 0.0
    if len(words) > 1 and not odds and any(each in given for each in words[1:-1]):
        odds = next(given[each] for each in words[1:-1] if each in given) / 2
    return Candidate(number, figure.gender, odds)


def _described(
    scene: DiscourseContext,
    description: Description,
    entities: list[Candidate],
    unnamed: list[Candidate],
) -> None:
    """Of the named person it fits, of the unnamed one called so before, or of somebody new."""
    reference = scene.reference(description.span, "noun")
    if len(description.figures) == 1:
        entities[description.figures[0]].add(reference)
        return
    same = [each for each in unnamed if description.definite and each.noun == description.noun]
    if same:
        same[-1].add(reference)
        return
    unnamed.append(Candidate(None, description.gender, 0.0, noun=description.noun))
    unnamed[-1].add(reference)


def _pronoun(text: str, span: Span, scene: DiscourseContext) -> Pronoun:
    word = span.of(text).casefold()
    case = "subject" if word in {"he", "she"} else "object"
    if word == "his" or (word == "her" and _POSSESSIVE_NEXT.match(text, span.end)):
        case = "possessive"
    if word in {"himself", "herself"}:
        case = "reflexive"
    return Pronoun(span, _GENDER.get(word, "f"), case, scene.reference(span, "pronoun"))


def _candidates(
    pronoun: Pronoun, entities: Sequence[Candidate], unnamed: Sequence[Candidate]
) -> list[Candidate]:
    """Those met already, the latest first; nobody whose title or noun says otherwise."""
    met = [each for each in (*entities, *unnamed) if each.references]
    met = [each for each in met if not each.gender or each.gender == pronoun.gender]
    near = [
        each
        for each in met
        if pronoun.span.start - each.last.span.start < REACH or len(each.references) >= MAIN_PERSON
    ]
    return sorted(near, key=lambda each: -each.last.span.start)[:MOST_CANDIDATES]
