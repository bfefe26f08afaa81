"""The attributor that is shipped, and the parts of it that are measured on their own."""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

from eval.attribution.evaluate import AttributionParts
from index.attribution.annotations import Mention
from index.attribution.attributor import load_attributor, names_in
from index.attribution.cues import lemma_of
from index.attribution.entities.entities import find_entities
from index.attribution.quotations import find_quotes
from index.attribution.speakers.pronouns import resolve_pronouns
from index.attribution.tagger.tagger import NETWORK, ShippedTagger, Tagger
from index.documents import Span

MentionsIn = Callable[[str], Sequence[Mention]]
"""The names of a text, ascending."""


class PronounNames:
    """The name that a pronoun stands for, by the resolver that names speakers.

    The pronouns of the latest text are remembered: they are asked for one after the other.
    """

    def __init__(self, mentions_in: MentionsIn) -> None:
        self._mentions_in = mentions_in
        self._resolved = lru_cache(maxsize=1)(self._resolve)

    def __call__(self, text: str, pronoun: Span) -> str | None:
        """None where it stands for nobody with a name."""
        return self._resolved(text).get(pronoun)

    def _resolve(self, text: str) -> Mapping[Span, str]:
        entities = find_entities(text, self._mentions_in(text))
        quoted = [quote.span for quote in find_quotes(text) if not quote.scare]
        return {
            span: entities.all[found.entity].name.of(text)
            for span, found in resolve_pronouns(text, entities, quoted).items()
            if found.entity is not None
        }


def shipped() -> AttributionParts:
    """Loads the weights when the first article is read."""
    tagger = ShippedTagger() if NETWORK.exists() else None
    return AttributionParts(load_attributor, lemma_of, PronounNames(names_by(tagger)))


def names_by(tagger: Tagger | None) -> MentionsIn:
    """As the attributor finds them: the tagger's names are repaired."""
    return lambda text: names_in(text, next(iter(tagger.read([text]))) if tagger else None)
