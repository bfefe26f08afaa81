"""The layout of the house: what each folder holds, what it is called, and who may import what."""

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.places import PROGRAMS, ROOMS, ROOT
from tests.support.sources import imported, parsed

HOMES = {
    "faiss": ("index/stores/vectors/faiss_index.py",),
    "datasketch": ("index/dedup/near_duplicates.py",),
    "tantivy": ("index/stores/search/", "index/language/terms.py"),
    "tiktoken": ("index/text/token_counts.py",),
    "sqlite3": ("index/stores/archive/database.py",),
    "sentence_transformers": ("index/neural/embedder.py",),
    "onnxruntime": ("index/neural/onnxruntime_network.py",),
    "openvino": ("index/neural/openvino_network.py",),
    "torch": ("index/neural/embedder.py",),
    "trafilatura": ("index/sources/html.py",),
    "fastapi": ("api/",),
    "prometheus_client": ("api/telemetry/metrics.py",),
    "structlog": ("api/telemetry/logs.py",),
    "typer": ("api/",),
}
"""Where a heavy library is imported, so that it can be replaced in one place."""
SOURCES = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))
FOLDERS = sorted({path.parent for path in SOURCES})
NOT_ROOMS = {ROOT / "tests" / each for each in (".", "cases", "faults", "support", "training")}
FEWEST, MOST = 2, 14
"""Modules of a folder, `__init__.py` aside."""


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def modules(folder: Path) -> list[str]:
    return [path.name for path in folder.glob("*.py") if path.name != "__init__.py"]


def parts(folder: Path) -> int:
    """Its modules and the packages below it."""
    return len(modules(folder)) + sum(inner.parent == folder for inner in FOLDERS)


def classes() -> Iterator[tuple[str, str]]:
    """The name of each class, without the underscore of a private one, and its file."""
    for path in SOURCES:
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.ClassDef):
                yield node.name.lstrip("_"), name_of(path)


@pytest.mark.parametrize("library", HOMES)
def test_a_library_is_imported_only_in_its_home(library: str) -> None:
    ours = (path for path in SOURCES if path.parent != PROGRAMS)
    users = {name_of(path) for path in ours if library in imported(path)}

    assert users
    assert all(user.startswith(HOMES[library]) for user in users)


def test_measured_programs_import_nothing_of_ours() -> None:
    found = {name_of(path): modules_of_ours(path) for path in PROGRAMS.glob("*.py")}

    assert {name: names for name, names in found.items() if names - {"eval.bench.programs"}} == {}


def modules_of_ours(path: Path) -> set[str]:
    """The packages of ours that a file imports from, without the last part of the name."""
    nodes = ast.walk(parsed(path))
    names = [node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module]
    ours = [name for name in names if name.split(".")[0] in ROOMS]
    return {name.removesuffix(".protocol") for name in ours}


def test_no_folder_has_more_modules_than_a_newcomer_can_take_in() -> None:
    crowded = {name_of(each): len(modules(each)) for each in FOLDERS if len(modules(each)) > MOST}

    assert crowded == {}


def test_no_folder_holds_a_single_module() -> None:
    assert [name_of(each) for each in FOLDERS if parts(each) < FEWEST] == []


@pytest.mark.parametrize("folder", FOLDERS, ids=name_of)
def test_every_package_file_is_a_docstring_alone(folder: Path) -> None:
    """Two sentences at least: what comes in, what goes out, and what the folder does not know."""
    tree = parsed(folder / "__init__.py")
    docstring = ast.get_docstring(tree) or ""

    assert len(tree.body) == 1
    assert "To be described" not in docstring
    assert len([end for end in docstring.replace("\n", " ").split(". ") if end.strip()]) > 1


def test_every_folder_of_tests_has_the_name_of_a_folder_of_the_source() -> None:
    tested = {path.parent for path in (ROOT / "tests").rglob("*.py")} - NOT_ROOMS
    sources = {ROOT / "tests" / path.relative_to(ROOT) for path in FOLDERS}
    with_assets = {ROOT / "tests" / "api" / "page"}  # JavaScript and CSS, without a module

    assert sorted(map(name_of, tested - sources - with_assets)) == []


def test_a_class_name_means_one_thing() -> None:
    files = defaultdict(set)
    for name, path in classes():
        files[name].add(path)

    assert {name: sorted(paths) for name, paths in files.items() if len(paths) > 1} == {}
