"""Statements and speakers as JSON, as the stores keep them; empty values are left out."""

import json
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from itertools import chain
from typing import Any

from index.documents import Span
from index.statements import (
    Act,
    NameUse,
    NameUses,
    Origin,
    Polarity,
    Resolution,
    SourceType,
    Speaker,
    Statement,
    StatementKind,
    ToldRole,
)


def _span(pair: list[int] | None) -> Span | None:
    return None if pair is None else Span(*pair)


def _spans(pairs: Iterable[list[int]] | None) -> tuple[Span, ...]:
    return tuple(Span(*pair) for pair in pairs or ())


def _strings(values: Iterable[str] | None) -> tuple[str, ...]:
    return tuple(values or ())


def _told(values: Iterable[list[Any]] | None) -> tuple[ToldRole, ...]:
    return tuple(ToldRole(words, tuple(days)) for words, *days in values or ())


def _names(values: Iterable[list[Any]] | None) -> tuple[NameUses, ...]:
    return tuple(
        NameUses(name, SourceType(of), tuple(map(NameUse, *[iter(uses)] * 3)))
        for name, of, *uses in values or ()
    )


_Readers = Mapping[str, Callable[[Any], Any]]

_STATEMENT: _Readers = {
    "kind": StatementKind,
    "act": Act,
    "polarity": Polarity,
    "cue": _span,
    "lemma": lambda lemma: lemma or "",
    "content": _spans,
    "source": _span,
    "source_type": SourceType,
    "speaker": lambda name: name,
    "resolution": Resolution,
    "resolution_path": _spans,
    "candidates": _strings,
    "role": _span,
    "confidence": float,
    "origin": Origin,
}
"""All but the article and its revision, which the store keeps separately; in the order stored."""

_SPEAKER: _Readers = {
    "key": str,
    "name": str,
    "type": SourceType,
    "aliases": _strings,
    "roles": _strings,
    "statements": int,
    "articles": int,
    "told": _told,
    "also": _strings,
    "possibly": _strings,
    "names": _names,
}
"""`told` and `names` came later: what was stored without them is read as having none."""

_KEYS = {"resolution_path": "path"}
"""Fields that are stored under another name."""


_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def packed(facts: Statement | Speaker) -> str:
    names = _STATEMENT if isinstance(facts, Statement) else _SPEAKER
    stored = {_KEYS.get(name, name): _plain(getattr(facts, name)) for name in names}
    present = {name: value for name, value in stored.items() if value not in (None, "", [])}
    return _ENCODER.encode(present)


def unpacked(article_id: str, revision: str, payload: str) -> Statement:
    return Statement(article_id, revision, **_unpacked(payload, _STATEMENT))


@lru_cache(maxsize=8192)
def unpacked_speaker(payload: str) -> Speaker:
    return Speaker(**_unpacked(payload, _SPEAKER))


def _unpacked(payload: str, readers: _Readers) -> dict[str, Any]:
    facts = json.loads(payload)
    return {name: read(facts.get(_KEYS.get(name, name))) for name, read in readers.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, Span):
        return [value.start, value.end]
    if isinstance(value, ToldRole):
        return [value.words, *value.days]
    if isinstance(value, NameUses):
        return [value.name, value.type, *chain.from_iterable(value.uses)]
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return round(value, 4) if isinstance(value, float) else value
