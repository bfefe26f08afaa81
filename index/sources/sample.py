"""The sample archive that is part of the package."""

from pathlib import Path


def sample_path() -> Path:
    """The path of the sample archive, a JSON Lines file."""
    return Path(__file__).resolve().parents[1] / "sample" / "articles.jsonl"
