"""The attributor that is shipped, and the parts of it that are measured on their own."""

from collections.abc import Sequence

from eval.attribution.evaluate import AttributionParts
from eval.attribution.pronoun_names import NamesIn, PronounNames
from index.attribution.annotations import Mention
from index.attribution.attributor import load_attributor
from index.attribution.cues import lemma_of
from index.attribution.entities.mentions import find_mentions
from index.attribution.tagger.tagger import NETWORK, ShippedTagger


def shipped() -> AttributionParts:
    """Weights are loaded when the first article is read."""
    return AttributionParts(load_attributor, lemma_of, PronounNames(_names_in()))


def _names_in() -> NamesIn:
    """As the attributor finds them: by the tagger where there is one."""
    if not NETWORK.exists():
        return find_mentions
    tagger = ShippedTagger()

    def tagged(text: str) -> Sequence[Mention]:
        return tagger.read([text])[0].names

    return tagged
