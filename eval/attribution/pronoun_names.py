"""Whom the pronouns of a text mean, asked of the resolver that names speakers."""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

from index.attribution.annotations import Mention
from index.attribution.entities.entities import find_entities
from index.attribution.quotations import find_quotes
from index.attribution.speakers.pronouns import resolve_pronouns
from index.documents import Span

NamesIn = Callable[[str], Sequence[Mention]]
"""The names of a text, ascending."""


class PronounNames:
    """Over any finder of names; a text is resolved once, its pronouns being asked for in a row."""

    def __init__(self, names_in: NamesIn) -> None:
        self._names_in = names_in
        self._resolved = lru_cache(maxsize=1)(self._resolve)

    def __call__(self, text: str, pronoun: Span) -> str | None:
        """None where it means nobody, or somebody without a name."""
        return self._resolved(text).get(pronoun)

    def _resolve(self, text: str) -> Mapping[Span, str]:
        entities = find_entities(text, self._names_in(text))
        quoted = [quote.span for quote in find_quotes(text) if not quote.scare]
        return {
            span: entities.all[found.entity].name.of(text)
            for span, found in resolve_pronouns(text, entities, quoted).items()
            if found.entity is not None
        }
