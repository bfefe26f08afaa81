"""The sample archive that is part of the package."""

from pathlib import Path


def sample_path() -> Path:
    """One article a line, as `index.sources.jsonl` reads them."""
    return Path(__file__).resolve().parents[1] / "sample" / "articles.jsonl"
