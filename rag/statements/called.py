"""One article and a description -> whom the article calls so, and where.

The noun must be told of the speaker: in a role, before the name, or in the words of the source. The
rest may stand wherever it makes the article about it: the title, the lead, or around the role.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property, lru_cache

from index.attribution.entities.roles import role_of
from index.documents import Article, Span
from index.language.names import BEFORE_TITLES, OTHER_OFFICE, name_key
from index.language.offices import (
    COUNTRY_TERMS,
    Office,
    offices_of,
    terms_as_in_offices,
    written_forms,
)
from index.statements import SourceType, Statement
from rag.query.names import some_form
from rag.statements.office_places import mentions_of
from rag.statements.quote_spans import paragraphs_at, sentences_around
from rag.statements.request import LEAD
from rag.statements.speakers.description import RoleDescription
from rag.statements.speakers.lookup import StatementSpeakers

NEAR = 120
"""Characters around a name in which its role stands."""
LONGEST_WORD = 40
SHORTEST_START = 5
"""Letters of a word that all its forms share."""
_BEFORE = re.compile(r"[\w’'&./-]+ \Z")
_DEFINITE = re.compile(r"the\s", re.IGNORECASE)
_NAMES = re.compile(
    r"(?:[A-Z][\w’-]*\s){0,2}(?:[‘'“\"(]\w[\w’-]*[’'”\")]\s)?[A-Z][\w’-]*(?:\s[A-Z][\w’-]*)*"
)
"""With a nickname in quotation marks: Stephan 'Tarv' Moss."""


@dataclass(frozen=True, slots=True)
class Called:
    """Where an article calls a speaker what is asked for."""

    place: Span
    modifiers: int
    """How many of the description's modifiers stand there too."""


@dataclass(frozen=True)
class Caller:
    """An article, read for whom it calls so."""

    article: Article
    description: RoleDescription
    speakers: StatementSpeakers
    known: bool
    """Whether somebody else is known to hold the office: then the role must tell all of it."""

    @property
    def may_call(self) -> bool:
        """A cheap test: if false, nobody is called so."""
        text = f"{self.article.title}\n{self.article.text}".casefold()
        context = all(_stands_in(text, term) for term in self.description.context)
        return context and bool(self._nouns)

    def called(self, statements: Sequence[Statement]) -> Called | None:
        """By the statements of one speaker in this article."""
        for span in self._spans(statements[0], statements):
            words = span.of(self.article.text)
            for office in offices_of(words):
                if self.description.is_kind_of(office) and self._fits(office, span, statements[0]):
                    return Called(span, self._modifiers(span))
        return None

    def _spans(self, first: Statement, statements: Sequence[Statement]) -> Iterator[Span]:
        """Every place where a role of the speaker may be told."""
        if first.source_type is SourceType.UNNAMED:
            yield from (each.source for each in statements if each.source)
            return
        yield from dict.fromkeys(self._widened(each.role) for each in statements if each.role)
        for name in filter(self._is_near_noun, mentions_of(first, self.article)):
            if role := role_of(self.article.text, name):
                yield self._widened(role)
            elif (start := self._start(name.start)) < name.start:
                yield Span(start, name.start - 1)

    def _is_near_noun(self, name: Span) -> bool:
        after = bisect_left(self._nouns, name.start - NEAR)
        return after < len(self._nouns) and self._nouns[after] < name.end + NEAR

    @cached_property
    def _nouns(self) -> list[int]:
        """Where the nouns asked for stand in the text."""
        return [
            match.start() for match in _any_of(self.description.heads).finditer(self.article.text)
        ]

    def _widened(self, role: Span) -> Span:
        return Span(self._start(role.start), role.end)

    def _start(self, start: int) -> int:
        """Before the words that are of the description, or make another office of it."""
        text = self.article.text
        end = start
        while match := _BEFORE.search(text, max(0, start - LONGEST_WORD), start):
            word = match.group().strip()
            whole_name = start < end and word[0].isupper() and text[start].isupper()
            if not whole_name and not self._is_of_role(word):
                break
            start = match.start()
        return start

    def _is_of_role(self, word: str) -> bool:
        if word.casefold() in OTHER_OFFICE | BEFORE_TITLES or any(
            office.head in self.description.heads for office in offices_of(word)
        ):
            return True
        terms = terms_as_in_offices(word)
        return any(some_form(term, terms) for term in self.description.terms)

    def _fits(self, office: Office, span: Span, statement: Statement) -> bool:
        description = self.description
        missing, beyond = description.missing(office), description.beyond(office)
        if not missing:
            return not beyond
        if self.known or description.needs_all(office) or not self._is_definite(statement):
            return False
        if beyond and not (description.is_of_a_person and self._are_one(beyond)):
            return False
        if not beyond and not all(some_form(term, self._about(span)) for term in missing):
            return False
        if description.is_kin and not beyond and not self._is_told_of_owner(span):
            return False
        return not self._is_of_another_state(office, span) and not self._known_elsewhere(statement)

    def _is_definite(self, statement: Statement) -> bool:
        """Not "a lawyer" or "her mother", who may be anybody's."""
        if statement.source_type is not SourceType.UNNAMED:
            return True
        source = statement.source.of(self.article.text) if statement.source else ""
        return not self.description.is_of_a_person and _DEFINITE.match(source) is not None

    def _are_one(self, names: AbstractSet[str]) -> bool:
        """Whether a sentence tells these names and the whole context, as of one person."""
        wanted = names | self.description.context
        starts = [term[:SHORTEST_START] for term in wanted]
        for paragraph in paragraphs_at(self.article.text, Span(0, len(self.article.text))):
            folded = paragraph.of(self.article.text).casefold()
            if all(start in folded for start in starts):
                for sentence in sentences_around(self.article.text, paragraph):
                    terms = terms_as_in_offices(sentence.of(self.article.text))
                    if all(some_form(term, terms) for term in wanted):
                        return True
        return False

    @cached_property
    def _lead(self) -> frozenset[str]:
        return terms_as_in_offices(f"{self.article.title}\n{self.article.text[:LEAD]}")

    def _about(self, span: Span) -> frozenset[str]:
        return self._lead | self._near(span)

    def _near(self, span: Span) -> frozenset[str]:
        """The terms of the paragraph of a place."""
        text = self.article.text
        paragraphs = paragraphs_at(text, span)
        return terms_as_in_offices(" ".join(each.of(text) for each in paragraphs))

    def _is_told_of_owner(self, span: Span) -> bool:
        """Whether the sentence of "his wife", or the one or the title before, names who has her."""
        text = self.article.text
        [first, *_] = sentences_around(text, span) or [span]
        before = sentences_around(text, Span(max(0, first.start - 2), first.start))
        above = before[0].of(text) if before else self.article.title
        near = terms_as_in_offices(f"{above}\n{first.of(text)}")
        return not near.isdisjoint(self._names_of_owner)

    @cached_property
    def _names_of_owner(self) -> frozenset[str]:
        """With the words around a name of the context: "Moss" of "Stephan 'Tarv' Moss"."""
        text = f"{self.article.title}\n{self.article.text[:LEAD]}"
        found = set(self.description.context)
        for run in _NAMES.finditer(text):
            terms = terms_as_in_offices(run.group())
            if any(some_form(term, terms) for term in self.description.names):
                found |= terms
        return frozenset(found)

    def _is_of_another_state(self, office: Office, span: Span) -> bool:
        """Whether another country is named with it, or the asked one only in a title of several."""
        asked = self.description.countries
        if not self.description.is_of_state or office.of & asked:
            return False
        text = self.article.text
        sentence = " ".join(each.of(text) for each in sentences_around(text, span))
        beside = terms_as_in_offices(sentence) & COUNTRY_TERMS
        above = terms_as_in_offices(self.article.title) & COUNTRY_TERMS
        return not (beside or above) <= asked or not asked <= (beside or above)

    def _known_elsewhere(self, statement: Statement) -> bool:
        """Whether the archive tells this noun of the speaker for something else only."""
        speaker = self.speakers.with_roles(name_key(statement.speaker or ""))
        roles = (
            each for role in (speaker.told if speaker else ()) for each in offices_of(role.words)
        )
        told = [each.of for each in roles if each.of and self.description.is_kind_of(each)]
        return bool(told) and not any(
            some_form(term, of) for of in told for term in self.description.context
        )

    def _modifiers(self, span: Span) -> int:
        near = self._near(span)
        return sum(some_form(term, near) for term in self.description.modifiers)


@lru_cache(maxsize=64)
def _any_of(heads: frozenset[str]) -> re.Pattern[str]:
    """Any form of a noun, at the start of a word."""
    forms = sorted({form for head in heads for form in written_forms(head)})
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, forms))})", re.IGNORECASE)


def _stands_in(folded: str, term: str) -> bool:
    """Whether a text in lower case may have any form of a term of an office."""
    return any(form[:SHORTEST_START] in folded for form in written_forms(term))
