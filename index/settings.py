"""How an index is built: the settings that a generation's manifest records. Loads nothing."""

import hashlib
import json
from dataclasses import asdict, dataclass

BUNDLED_EMBEDDER = "all-MiniLM-L6-v2"
BUNDLED_ENCODING = "onrecord_news_16k"
GENERATIONS_KEPT = 3
"""An addition publishes two, as a rule: so the one from before it is kept, too."""


@dataclass(frozen=True, slots=True)
class IndexSettings:
    """Everything that decides which passages there are and what their vectors mean."""

    embedder: str = BUNDLED_EMBEDDER
    """The bundled model, or any sentence-transformers model: a hub name or a folder."""
    encoding: str = BUNDLED_ENCODING
    """A tiktoken encoding; `cl100k_base` and the like are fetched by tiktoken on first use."""
    passage_tokens: int = 180
    """The most tokens in a passage, not counting title and date."""
    overlap_tokens: int = 40
    """How much of a passage's end, in whole sentences, is repeated at the start of the next one."""

    @property
    def recipe(self) -> str:
        """A short hash; passages made by another recipe are stale."""
        return hashlib.sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()[:16]
