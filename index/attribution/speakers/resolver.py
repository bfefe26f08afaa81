"""Attributions and mentions of one article in, statements with their speakers out.

What an article leaves open stays open: a surname that two persons share is AMBIGUOUS, and a group,
an organisation or an unnamed source never becomes a person. Knows neither patterns nor the tagger.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from index.attribution.annotations import Attribution, Mention
from index.attribution.cues import act_of, is_heard, is_passive, lemma_of, polarity_of
from index.attribution.deeds import announces_nothing
from index.attribution.entities.entities import find_entities
from index.attribution.entities.speaking_names import with_speaking_names
from index.attribution.quotations import Quote, statement_kind
from index.attribution.speakers.anaphora import (
    REACH,
    Anaphora,
    antecedent_end,
    noun_phrase_before,
)
from index.attribution.speakers.resolution import (
    UNRESOLVED_SOURCE,
    NamedSources,
    ResolvedSource,
)
from index.attribution.speakers.source_phrases import SourcePhrase, may_speak, read_source
from index.documents import Article, Span
from index.language.verbs.reporting import COGNITION_VERBS, DEED_VERBS
from index.statements import Polarity, SourceType, Statement, StatementKind

DOUBTED = 0.6
"""Factor for words not quoted that are thought or done as often as said, and for a source without a
noun for those who speak. Of 300 statements read, most false ones were such."""
RELATIVE_NAME, RELATIVE_NOUN = 0.9, 0.75
"""Confidence of a relative pronoun after a name, and after any other noun."""
_IDLE_VERBS = COGNITION_VERBS | DEED_VERBS
_NOBODY = re.compile(r"(?:none|nobody|no one|neither|no)\b(?!\.)", re.IGNORECASE)
_NEITHER = re.compile(r"\bneither (?:[^.!?;\n]* nor )?\Z", re.IGNORECASE)
_RELATIVE = frozenset("who which that whom".split())


def resolve_statements(
    article: Article,
    attributions: Sequence[Attribution],
    mentions: Sequence[Mention],
    quotes: Sequence[Quote],
) -> list[Statement]:
    """In the order of the text, without exact repetitions; `quotes` are all of the article."""
    ordered = sorted({each for each in attributions if each.content}, key=_position)
    named = with_speaking_names(article.text, ordered, mentions)
    sources = _Sources(article, named, quotes)
    found = [
        _statement(article, attribution, *sources.resolve(attribution), quotes)
        for attribution in ordered
    ]
    return list(dict.fromkeys(found))


def _position(attribution: Attribution) -> tuple[Span, ...]:
    return min((*attribution.cue[:1], *attribution.content[:1])), *attribution.content


def _statement(
    article: Article,
    attribution: Attribution,
    phrase: SourcePhrase | None,
    source: ResolvedSource,
    quotes: Sequence[Quote],
) -> Statement:
    text = article.text
    cue = attribution.cue[0] if attribution.cue else None
    lemma = lemma_of(cue.of(text)) if cue else ""
    kind = statement_kind(attribution.content, text, quotes)
    idle = kind is StatementKind.INDIRECT and lemma in _IDLE_VERBS
    doubt = DOUBTED if idle or (phrase and not may_speak(phrase)) else 1.0
    return Statement(
        article_id=article.id,
        revision=article.revision,
        kind=kind,
        act=act_of(lemma),
        polarity=_polarity(text, attribution, phrase),
        cue=cue,
        lemma=lemma,
        content=attribution.content,
        source=phrase.span if phrase else None,
        source_type=phrase.type if phrase else SourceType.NONE,
        speaker=source.speaker,
        resolution=source.resolution,
        resolution_path=source.path,
        candidates=source.candidates,
        role=source.role,
        confidence=round(min(1.0, attribution.confidence * source.confidence * doubt), 4),
        origin=attribution.origin,
    )


def _polarity(text: str, attribution: Attribution, phrase: SourcePhrase | None) -> Polarity:
    """Negative also if the source is nobody ("None of them said") or the content is no thing."""
    if phrase and _is_nobody(text, phrase.span):
        return Polarity.NEGATIVE
    if not attribution.cue:
        return Polarity.POSITIVE
    cue = attribution.cue[0]
    nothing = announces_nothing(attribution, cue, text, lemma_of(cue.of(text)))
    return Polarity.NEGATIVE if nothing else polarity_of(text, cue)


def _is_nobody(text: str, source: Span) -> bool:
    before = text[max(0, source.start - 60) : source.start]
    return bool(_NOBODY.match(source.of(text)) or _NEITHER.search(before))


def _leaves_out_speaker(cue: str) -> bool:
    """Nobody goes on speaking in "was told" or "is expected"."""
    return is_heard(cue) or is_passive(cue)


class _Sources:
    """Resolves the sources of one article, which must come in the order of the text."""

    def __init__(
        self, article: Article, mentions: Sequence[Mention], quotes: Sequence[Quote]
    ) -> None:
        self._text = text = article.text
        self._mentions = mentions
        entities = find_entities(text, mentions, article.title)
        self._named = NamedSources(text, entities)
        self._anaphora = Anaphora(text, entities, quotes, self._named)

    def resolve(self, attribution: Attribution) -> tuple[SourcePhrase | None, ResolvedSource]:
        """The phrase spans the whole source."""
        phrase, source = self._read(attribution)
        self._anaphora.remember(attribution.content, source)
        return phrase, source

    def _read(self, attribution: Attribution) -> tuple[SourcePhrase | None, ResolvedSource]:
        if not attribution.source:
            passive = any(_leaves_out_speaker(span.of(self._text)) for span in attribution.cue)
            inherited = UNRESOLVED_SOURCE if passive else self._anaphora.inherited(attribution)
            return None, inherited
        whole = attribution.source[0]
        phrase = self._phrase(whole)
        source = self._resolved(phrase)
        if phrase.type is SourceType.PRONOUN:
            source = self._anaphora.of_another(phrase.span, source, attribution.content)
        return replace(phrase, span=whole), source

    def _phrase(self, span: Span) -> SourcePhrase:
        return read_source(self._text, span, self._inside(span))

    def _resolved(self, phrase: SourcePhrase) -> ResolvedSource:
        if phrase.type is SourceType.PRONOUN:
            relative = phrase.span.of(self._text).casefold() in _RELATIVE
            return self._relative(phrase.span) if relative else self._anaphora.pronoun(phrase.span)
        if phrase.name is not None:
            return self._named.name(phrase.name.span)
        if phrase.type is SourceType.UNNAMED:
            return self._named.description(phrase)
        return self._named.itself(phrase.span, phrase.type)

    def _relative(self, pronoun: Span) -> ResolvedSource:
        """The noun to the left of a relative pronoun, a name before any other noun."""
        end = antecedent_end(self._text, pronoun)
        names = [m for m in self._inside(Span(max(0, end - REACH), end)) if m.span.end == end]
        phrase = noun_phrase_before(self._text, end)
        if names:
            source, confidence = self._named.name(names[-1].span), RELATIVE_NAME
        elif phrase:
            source, confidence = self._resolved(self._phrase(phrase)), RELATIVE_NOUN
        else:
            return UNRESOLVED_SOURCE
        return source.through_pronoun(pronoun, confidence) if source.path else source

    def _inside(self, span: Span) -> list[Mention]:
        first = bisect_left(self._mentions, span.start, key=lambda each: each.span.start)
        last = bisect_left(self._mentions, span.end, key=lambda each: each.span.start)
        return [each for each in self._mentions[first:last] if each.span.end <= span.end]
