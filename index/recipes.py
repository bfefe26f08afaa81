"""Recipes: how passages, statements and stories are made. What another recipe made is stale."""

import hashlib

from index.dedup import near_duplicates
from index.neural.embedder import EmbedderIdentity
from index.settings import IndexSettings

RULES = 7
"""Raise when boilerplate, sentence or context rules change: everything is then derived again."""


def passage_recipe(settings: IndexSettings, embedder: EmbedderIdentity) -> str:
    return _hash(f"{RULES}:{settings.recipe}:{embedder.fingerprint}")


def statement_recipe(attributor: str) -> str:
    """For the identity of an attributor."""
    return _hash(f"{RULES}:{attributor}")


def story_recipe() -> str:
    return _hash(f"{RULES}:copies:{near_duplicates.RULES}")


def _hash(facts: str) -> str:
    return hashlib.sha256(facts.encode()).hexdigest()[:16]
