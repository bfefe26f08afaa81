"""The names of the ways things are made from articles: what was made another way is stale."""

import hashlib

from index.dedup import near_duplicates as duplicates
from index.neural.embedder import EmbedderIdentity
from index.settings import IndexSettings

RULES = 5
"""Raise when furniture, sentence or context rules change: all is then split and attributed anew."""


def recipe_of(settings: IndexSettings, embedder: EmbedderIdentity) -> str:
    """Names the way passages are made; those made another way are stale."""
    made = f"{RULES}:{settings.recipe}:{embedder.fingerprint}"
    return hashlib.sha256(made.encode()).hexdigest()[:16]


def attributed_by(identity: str) -> str:
    """Names the way statements are found; those found another way are stale."""
    return hashlib.sha256(f"{RULES}:{identity}".encode()).hexdigest()[:16]


def grouped_by() -> str:
    """Names the way copies are told; those compared another way are stale."""
    return hashlib.sha256(f"{RULES}:copies:{duplicates.RULES}".encode()).hexdigest()[:16]
