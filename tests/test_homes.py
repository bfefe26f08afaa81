"""Each heavy library is imported in one place, so that it can be replaced in one place."""

import ast
from pathlib import Path

import pytest

from tests.support.places import ROOT

HOMES = {
    "faiss": ("index/stores/search/vectors.py",),
    "datasketch": ("index/dedup/near_duplicates.py",),
    "tantivy": ("index/stores/search/", "index/language/terms.py"),
    "tiktoken": ("index/text/token_counts.py",),
    "sqlite3": ("index/stores/archive/database.py",),
    "sentence_transformers": ("index/neural/embedder.py",),
    "torch": ("index/neural/embedder.py",),
    "trafilatura": ("index/sources/html.py",),
    "fastapi": ("api/",),
    "typer": ("api/",),
}


def imported(path: Path) -> set[str]:
    tree = ast.parse(path.read_text("utf-8"))
    names = {a.name for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names}
    names |= {n.module for n in ast.walk(tree) if isinstance(n, ast.ImportFrom) and n.module}
    return {name.split(".")[0] for name in names}


@pytest.mark.parametrize("library", HOMES)
def test_a_library_is_imported_only_in_its_home(library: str) -> None:
    users = {
        str(path.relative_to(ROOT))
        for room in ("index", "rag", "eval", "api")
        for path in (ROOT / room).rglob("*.py")
        if library in imported(path)
    }

    assert users
    assert all(user.startswith(HOMES[library]) for user in users)


@pytest.mark.parametrize("room", ["index", "rag", "eval", "api"])
def test_every_package_file_is_a_docstring_alone(room: str) -> None:
    for path in (ROOT / room).rglob("__init__.py"):
        [only] = ast.parse(path.read_text("utf-8")).body
        assert isinstance(only, ast.Expr), path
