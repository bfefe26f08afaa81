"""Sources with words of their own in, the speaker each one means out: names and descriptions.

Knows the entities of one article, not the statements before the source.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.attribution.entities.entities import Entities
from index.attribution.speakers.descriptions import described_entities
from index.attribution.speakers.source_phrases import SourcePhrase, means_organisation, means_text
from index.documents import Span
from index.language.names import name_key, name_words
from index.statements import SURE, Resolution, SourceType

CONFIDENCE = {
    Resolution.FULL_NAME: 0.98,
    Resolution.SHORT_NAME: 0.95,
    Resolution.DESCRIPTION: 0.85,
    Resolution.ITSELF: 0.95,
    Resolution.INHERITED: 0.75,
    Resolution.AMBIGUOUS: 0.4,
    Resolution.UNRESOLVED: 0.3,
}


@dataclass(frozen=True, slots=True)
class ResolvedSource:
    """The speaker that a source means; the first five fields become those of the `Statement`."""

    resolution: Resolution
    speaker: str | None
    path: tuple[Span, ...]
    candidates: tuple[str, ...] = ()
    role: Span | None = None
    own_confidence: float | None = None
    """If it is not the usual one of the resolution."""
    type: SourceType | None = None
    """Of the speaker: a later "they" means a group, for instance."""
    inanimate: bool = False
    """An organisation or a text without a name: a later "it" may mean it."""

    @property
    def confidence(self) -> float:
        return CONFIDENCE[self.resolution] if self.own_confidence is None else self.own_confidence

    @property
    def sure(self) -> bool:
        """As `Statement.sure`."""
        return self.speaker is not None and self.resolution in SURE

    def through_pronoun(self, pronoun: Span, confidence: float) -> "ResolvedSource":
        """The same speaker for a pronoun that means this source."""
        return replace(
            self,
            resolution=Resolution.PRONOUN,
            path=(pronoun, *self.path),
            own_confidence=confidence,
        )


UNRESOLVED_SOURCE = ResolvedSource(Resolution.UNRESOLVED, None, ())


class NamedSources:
    """Resolves names and descriptions by the entities of the article."""

    def __init__(self, text: str, entities: Entities) -> None:
        self._text = text
        self._entities = entities

    def name(self, name: Span) -> ResolvedSource:
        """A name that is of no entity, as a place's, is its own speaker."""
        mentions = self._entities.inside(name)
        if not mentions:
            return self.itself(name, SourceType.ORGANISATION)
        mention, numbers = mentions[-1]
        return self.entity(mention, numbers[0]) if len(numbers) == 1 else self.ambiguous(numbers)

    def entity(self, mention: Span, number: int) -> ResolvedSource:
        entity = self._entities.all[number]
        written, full = mention.of(self._text), entity.name.of(self._text)
        if entity.type is SourceType.ORGANISATION:
            same = name_words(written) == name_words(full)
            resolution = Resolution.ITSELF if same else Resolution.SHORT_NAME
        else:
            same = name_key(written) == name_key(full)
            in_full = same and len(name_words(full)) > 1
            resolution = Resolution.FULL_NAME if in_full else Resolution.SHORT_NAME
        return ResolvedSource(
            resolution,
            written if same else full,
            path=(mention,) if same else (mention, entity.name),
            role=entity.role,
            type=entity.type,
        )

    def ambiguous(self, numbers: Sequence[int]) -> ResolvedSource:
        names = (self._entities.all[number].name.of(self._text) for number in numbers)
        candidates = tuple(dict.fromkeys(names))
        return ResolvedSource(Resolution.AMBIGUOUS, None, (), candidates)

    def itself(self, span: Span, kind: SourceType) -> ResolvedSource:
        return ResolvedSource(Resolution.ITSELF, span.of(self._text), (span,), type=kind)

    def description(self, source: SourcePhrase) -> ResolvedSource:
        """The named entity that the phrase describes, if it describes exactly one."""
        fits = described_entities(self._text, source.span, self._entities)
        fits = fits or self._organisations(source)
        if len(fits) != 1:
            inanimate = means_text(source.noun) or means_organisation(source.noun)
            return replace(self.itself(source.span, source.type), inanimate=inanimate)
        name = self._entities.all[fits[0]].name
        path = (source.span, name)
        return replace(self.entity(name, fits[0]), resolution=Resolution.DESCRIPTION, path=path)

    def _organisations(self, source: SourcePhrase) -> tuple[int, ...]:
        """As in "the ministry" after the name of a ministry."""
        words = source.span.of(self._text).casefold().split()
        if words[:-1] != ["the"] or not means_organisation(source.noun):
            return ()
        return tuple(
            number
            for number, entity in enumerate(self._entities.all)
            if entity.type is SourceType.ORGANISATION
            and entity.mentions[0].start < source.span.start
            and source.noun in name_words(entity.name.of(self._text))
        )
