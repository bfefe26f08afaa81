"""Statements and speakers as JSON, as the stores keep them; empty values are left out."""

import json
from collections.abc import Iterable
from typing import Any

from index.documents import Span
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

Facts = dict[str, Any]


def packed(statement: Statement) -> str:
    """Everything but the article and its revision, which the store keeps separately."""
    facts: Facts = {
        "kind": statement.kind,
        "act": statement.act,
        "polarity": statement.polarity,
        "cue": _pair(statement.cue),
        "lemma": statement.lemma,
        "content": _pairs(statement.content),
        "source": _pair(statement.source),
        "source_type": statement.source_type,
        "speaker": statement.speaker,
        "resolution": statement.resolution,
        "path": _pairs(statement.resolution_path),
        "candidates": statement.candidates,
        "role": _pair(statement.role),
        "confidence": round(statement.confidence, 4),
        "origin": statement.origin,
    }
    return _json(facts)


def unpacked(article_id: str, revision: str, payload: str) -> Statement:
    facts = json.loads(payload)
    return Statement(
        article_id=article_id,
        revision=revision,
        kind=StatementKind(facts["kind"]),
        act=Act(facts["act"]),
        polarity=Polarity(facts["polarity"]),
        cue=_span(facts.get("cue")),
        lemma=facts.get("lemma", ""),
        content=_spans(facts["content"]),
        source=_span(facts.get("source")),
        source_type=SourceType(facts["source_type"]),
        speaker=facts.get("speaker"),
        resolution=Resolution(facts["resolution"]),
        resolution_path=_spans(facts.get("path", ())),
        candidates=tuple(facts.get("candidates", ())),
        role=_span(facts.get("role")),
        confidence=facts["confidence"],
        origin=Origin(facts["origin"]),
    )


def packed_speaker(speaker: Speaker) -> str:
    facts: Facts = {
        "key": speaker.key,
        "name": speaker.name,
        "type": speaker.type,
        "aliases": speaker.aliases,
        "roles": speaker.roles,
        "statements": speaker.statements,
        "articles": speaker.articles,
    }
    return _json(facts)


def unpacked_speaker(payload: str) -> Speaker:
    facts = json.loads(payload)
    return Speaker(
        key=facts["key"],
        name=facts["name"],
        type=SourceType(facts["type"]),
        aliases=tuple(facts.get("aliases", ())),
        roles=tuple(facts.get("roles", ())),
        statements=facts["statements"],
        articles=facts["articles"],
    )


def _json(facts: Facts) -> str:
    present = {name: value for name, value in facts.items() if value not in (None, "", (), [])}
    return json.dumps(present, ensure_ascii=False, separators=(",", ":"))


def _pair(span: Span | None) -> list[int] | None:
    return None if span is None else [span.start, span.end]


def _pairs(spans: Iterable[Span]) -> list[list[int]]:
    return [[span.start, span.end] for span in spans]


def _span(pair: list[int] | None) -> Span | None:
    return None if pair is None else Span(*pair)


def _spans(pairs: Iterable[list[int]]) -> tuple[Span, ...]:
    return tuple(Span(*pair) for pair in pairs)
