"""The small archive that ships with the package, for trying the service out."""

from pathlib import Path


def sample_path() -> Path:
    """Where it lies: one article a line, as `index.sources.jsonl` reads them."""
    return Path(__file__).resolve().parents[1] / "sample" / "articles.jsonl"
