"""Referents of "he" and "she" in GUM (Zeldes 2017), from its CoNLL-U files in one archive.

The files hold tokens without offsets; each is searched in the text after the one before.
"""

import re
import tarfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.errors import DataError, Fault
from index.documents import Span

PRONOUNS = frozenset(("he", "she", "him", "her", "his", "hers"))
_ENTITY = re.compile(r"(?:^|\|)Entity=([^|]*)")
_BRACKET = re.compile(r"\((?P<opened>\d+)[^()]*(?P<closed>\))?|(?P<ended>\d+)\)")
_COLUMNS, _FORM, _TAG, _NOTES = 10, 1, 4, 9
_NAME_TAGS = frozenset(("NNP", "NNPS"))


@dataclass(frozen=True, slots=True)
class MarkedPronoun:
    """One "he" or "she" and how its document names the same person elsewhere."""

    span: Span
    names: tuple[str, ...]
    """Mentions with a proper noun in them; never empty."""


@dataclass(frozen=True, slots=True)
class _ConlluToken:
    span: Span
    tag: str
    notes: str


_Mention = tuple[int, int]
"""First and last token."""


def read_pronouns(archive: Path, texts: Mapping[str, str]) -> dict[str, list[MarkedPronoun]]:
    """For each document of `texts`, pronouns of persons it names, ascending."""
    with tarfile.open(archive) as files:
        members = {Path(each.name).stem: each for each in files if each.isfile()}
        missing = texts.keys() - members.keys()
        if missing:
            message = f"it has no document {min(missing)}; give the archive that goes with the set"
            raise DataError(str(Fault(archive, None, message)))
        found = {}
        for name, text in texts.items():
            held = files.extractfile(members[name])
            lines = held.read().decode().splitlines() if held else []
            found[name] = _pronouns(_tokens(lines, text, Fault(archive, None, name)), text)
    return found


def held_out(splits: Path) -> frozenset[str]:
    """The documents of its dev and test parts, as `splits.md` lists them."""
    part, names = "", set()
    for line in splits.read_text("utf-8").splitlines():
        if line.startswith("## "):
            part = line.removeprefix("## ").strip()
        elif line.strip().startswith("* ") and part in {"dev", "test"}:
            names.add(line.strip().removeprefix("* "))
    return frozenset(names)


def _tokens(lines: Iterable[str], text: str, fault: Fault) -> list[_ConlluToken]:
    tokens: list[_ConlluToken] = []
    at = 0
    for columns in (line.split("\t") for line in lines):
        if len(columns) != _COLUMNS or not columns[0].isdigit():
            continue
        start = text.find(columns[_FORM], at)
        if start < 0:
            raise DataError(f"{fault}: {columns[_FORM]!r} is not in its text after {at}")
        at = start + len(columns[_FORM])
        tokens.append(_ConlluToken(Span(start, at), columns[_TAG], columns[_NOTES]))
    return tokens


def _pronouns(tokens: Sequence[_ConlluToken], text: str) -> list[MarkedPronoun]:
    found = []
    for mentions in _clusters(tokens).values():
        names = tuple(_read(each, tokens, text) for each in mentions if _named(each, tokens))
        spans = (tokens[first].span for first, last in mentions if first == last)
        said = (span for span in spans if span.of(text).lower() in PRONOUNS)
        found += [MarkedPronoun(span, names) for span in said if names]
    return sorted(found, key=lambda each: each.span)


def _clusters(tokens: Sequence[_ConlluToken]) -> dict[str, list[_Mention]]:
    mentions: defaultdict[str, list[_Mention]] = defaultdict(list)
    opened: defaultdict[str, list[int]] = defaultdict(list)
    for at, token in enumerate(tokens):
        for bracket in _brackets(token):
            name = bracket["opened"] or bracket["ended"]
            if bracket["opened"]:
                opened[name].append(at)
            if (bracket["closed"] or bracket["ended"]) and opened[name]:
                mentions[name].append((opened[name].pop(), at))
    return mentions


def _brackets(token: _ConlluToken) -> Iterator[re.Match[str]]:
    entity = _ENTITY.search(token.notes)
    yield from _BRACKET.finditer(entity[1]) if entity else ()


def _named(mention: _Mention, tokens: Sequence[_ConlluToken]) -> bool:
    first, last = mention
    return any(token.tag in _NAME_TAGS for token in tokens[first : last + 1])


def _read(mention: _Mention, tokens: Sequence[_ConlluToken], text: str) -> str:
    first, last = mention
    return text[tokens[first].span.start : tokens[last].span.end]
