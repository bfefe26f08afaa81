"""A request to an organisation or a person -> statements of others that speak in its name.

Spokespersons speak for an organisation, and so do its reports and polls; a person, only a work of
their own does: "an analysis by Ada Obi".
"""

import re
from dataclasses import replace

from index.attribution.speakers.source_phrases import means_text
from index.language.terms import STOP_TERMS, analyze
from index.language.word_classes import PREPOSITIONS
from index.statements import SourceType, Speaker
from rag.statements.ranking.search import ScoredStatement
from rag.statements.request import StatementRequest

_AUTHOR = rf"\b(?:by|from)\s+(?:(?!(?:{'|'.join(sorted(PREPOSITIONS))})\b)[\w.’'-]+\s+){{0,4}}"
"""Up to the name: neither "by a friend of" nor "by the Orm Post on"."""
_WORD = re.compile(r"[a-z]+")
SPOKESPERSON = re.compile(r"\b(?:spokes(?:man|woman|person)|press secretary)\b", re.IGNORECASE)
_OTHERS = frozenset(("campaign",))
"""They count as texts elsewhere, but a candidate's campaign is other people."""


def in_their_name(request: StatementRequest) -> list[ScoredStatement]:
    """Best first; empty if the request names nobody."""
    if not request.speaker_match.people:
        return []
    asked = request.speaker_match.speakers[0]
    words = tuple(word for word in analyze(asked.name) if word not in STOP_TERMS)
    found = request.on_topic(replace(request.query, speakers=(), speaker_words=words))
    return [each for each in found if _speaks_for(each, asked)]


def _speaks_for(scored: ScoredStatement, asked: Speaker) -> bool:
    source = scored.statement.source
    words = source.of(scored.article.text) if source else ""
    if asked.type is SourceType.PERSON:
        return _is_work_by(asked.name, words)
    named = scored.statement.source_type is SourceType.PERSON
    return not named or SPOKESPERSON.search(words) is not None


def _is_work_by(name: str, source: str) -> bool:
    """Whether it is a text with its author: "a study by Ada Obi", "Obi's memoir"."""
    last = re.escape(name.rsplit(maxsplit=1)[-1])
    author = re.search(rf"{_AUTHOR}{last}(?![\w’'])", source)
    owner = re.search(rf"(?<!\w){last}['’]s?\s(?!.*['’]s\s)", source)
    before = source[: author.start()] if author else ""
    after = source[owner.end() :] if owner else ""
    words = _WORD.findall(f"{before} {after}".casefold())
    return any(means_text(word) for word in words if word not in _OTHERS)
