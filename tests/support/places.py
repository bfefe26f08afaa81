"""Where the project and the development corpora are, for tests at any depth."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROGRAMS = ROOT / "eval" / "bench" / "programs"
"""Measured programs, which know nothing of ours; most import libraries of another environment."""
ROOMS = frozenset({"index", "rag", "eval", "api"})
"""Our packages; `tests` has a folder for each."""
DATA = ROOT.parent / "shared" / "data"
"""Real articles and annotations; tests that need them skip where they are absent."""
