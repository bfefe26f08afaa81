"""Statements in the invented articles, marked by hand, and a fake that lists them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.documents import Article, Filter, Span
from index.language.names import name_key, name_words
from index.statements import (
    Act,
    Origin,
    Polarity,
    Resolution,
    SourceType,
    Speaker,
    Statement,
    StatementKind,
)
from rag.citations import Citation


def span_of(article: Article, words: str, *, after: str = "") -> Span:
    """The first place of `words` at or after the first place of `after`."""
    start = article.text.index(words, article.text.index(after))
    return Span(start, start + len(words))


def said(
    article: Article,
    sentence: str,
    *content: str,
    cue: str = "said",
    lemma: str = "say",
    source: str,
    speaker: str,
    named: str = "",
    role: str = "",
    kind: StatementKind = StatementKind.INDIRECT,
    source_type: SourceType = SourceType.PERSON,
    resolution: Resolution = Resolution.FULL_NAME,
    polarity: Polarity = Polarity.POSITIVE,
) -> Citation:
    """A citation of `sentence` with its statement; `named` is the mention with the name."""
    whole = span_of(article, sentence)
    asked = span_of(article, source, after=sentence)
    path = (asked, span_of(article, named)) if named else (asked,)
    statement = Statement(
        article_id=article.id,
        revision=article.revision,
        kind=kind,
        act=Act.SAY,
        polarity=polarity,
        cue=span_of(article, cue, after=sentence),
        lemma=lemma,
        content=tuple(span_of(article, part, after=sentence) for part in content),
        source=asked,
        source_type=source_type,
        speaker=speaker,
        resolution=resolution,
        resolution_path=path,
        candidates=(),
        role=span_of(article, role) if role else None,
        confidence=0.9,
        origin=Origin.BOTH,
    )
    return Citation(article, whole.start, whole.end, sentence, statement)


def as_ambiguous(citation: Citation, *candidates: str) -> Citation:
    """The same statement with an ambiguous speaker."""
    assert citation.statement is not None
    unsure = replace(
        citation.statement,
        speaker=None,
        resolution=Resolution.AMBIGUOUS,
        resolution_path=(),
        candidates=candidates,
        role=None,
    )
    return replace(citation, statement=unsure)


def passes(article: Article, filter: Filter) -> bool:
    """An article without a date passes no bound."""
    when, earliest, latest = article.published_at, filter.published_from, filter.published_to
    if earliest is not None and (when is None or when < earliest):
        return False
    if latest is not None and (when is None or when >= latest):
        return False
    if filter.as_of is not None and (when is None or when > filter.as_of):
        return False
    outlets = {name.casefold() for name in filter.outlets}
    return not outlets or (article.outlet or "").casefold() in outlets


@dataclass(frozen=True, slots=True)
class FakeStatements:
    """The statements of some citations: newest first, undated last; a subject by shared words."""

    spoken: Sequence[Citation]

    def of(
        self,
        *,
        speaker: str | None,
        about: str | None,
        kinds: Sequence[StatementKind],
        filter: Filter,
    ) -> list[Citation]:
        keys = {each.key for each in self.speakers(speaker)} if speaker else set()
        found = [
            each
            for each in self.spoken
            if passes(each.article, filter)
            and (not speaker or _key(each) in keys)
            and (not about or _shared(about, each))
            and (not kinds or (each.statement and each.statement.kind in kinds))
        ]
        return sorted(found, key=lambda each: _newest_first(each, about))

    def speakers(self, name: str) -> list[Speaker]:
        """Speakers whose names contain all the words."""
        words = set(name_words(name))
        return [each for each in self._register() if words and words <= set(name_words(each.name))]

    def nearest(self, name: str) -> list[Speaker]:
        """Speakers with a word of the name, or one with the same beginning."""
        begins = {word[:3] for word in name_words(name)}
        return [
            each
            for each in self._register()
            if begins & {word[:3] for word in name_words(each.name)}
        ]

    def _register(self) -> list[Speaker]:
        keys = dict.fromkeys(_key(each) for each in self.spoken)
        return [self._entry(key) for key in keys if key]

    def _entry(self, key: str) -> Speaker:
        theirs = [each for each in self.spoken if _key(each) == key]
        statements = [each.statement for each in theirs if each.statement]
        roles = [
            each.reads(each.statement.role)
            for each in theirs
            if each.statement and each.statement.role
        ]
        return Speaker(
            key=key,
            name=statements[0].speaker or "",
            type=statements[0].source_type,
            aliases=(),
            roles=tuple(dict.fromkeys(roles)),
            statements=len(theirs),
            articles=len({each.article.id for each in theirs}),
        )


def _key(citation: Citation) -> str:
    statement = citation.statement
    return name_key(statement.speaker or "") if statement and statement.sure else ""


def _shared(about: str, citation: Citation) -> int:
    quoted = set(re.findall(r"\w+", citation.quote.casefold()))
    return len(quoted & set(about.casefold().split()))


def _newest_first(citation: Citation, about: str | None) -> tuple[int, float, str, int]:
    when = citation.article.published_at
    stamp = -when.timestamp() if when else float("inf")
    score = _shared(about, citation) if about else 0
    return (-score, stamp, citation.article.id, citation.start)
