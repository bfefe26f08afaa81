"""What everything stands on: our own packages, the libraries they name, and no network."""

import importlib
import re
import socket
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from pytest_socket import SocketBlockedError

from tests.support.places import PROGRAMS, ROOMS, ROOT
from tests.support.sources import imported as imports_of

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
INDIRECT = {
    "httptools": "uvicorn parses requests with it, but does not require it by itself",
    "lxml-html-clean": "trafilatura needs it by way of an extra that older versions of pip drop",
}
"""Dependencies that no module imports, each with its reason."""


def distribution(requirement: str) -> str:
    """`python-dateutil` of `python_dateutil>=2.9,<5`, spelt as PyPI compares names."""
    return re.sub(r"[-_.]+", "-", re.split(r"[^\w.-]", requirement, maxsplit=1)[0]).lower()


def imported(folders: Iterable[str]) -> set[str]:
    """The distributions of other people's packages that the modules of these folders import."""
    paths = (path for folder in folders for path in (ROOT / folder).rglob("*.py"))
    paths = (path for path in paths if path.parent != PROGRAMS)
    names = {name for path in paths for name in imports_of(path)}
    others = names - sys.stdlib_module_names - ROOMS - {"tests", "training"}
    installed = distributions()
    return {distribution(installed.get(name, [name])[0]) for name in others}


@cache
def distributions() -> Mapping[str, list[str]]:
    """Of everything installed, by package; reading it takes a second."""
    return packages_distributions()


def required(*extras: str) -> set[str]:
    lists = [PROJECT["dependencies"], *(PROJECT["optional-dependencies"][name] for name in extras)]
    return {distribution(each) for requirements in lists for each in requirements}


@pytest.mark.parametrize("package", sorted(ROOMS))
def test_each_package_is_the_one_in_this_tree(package: str) -> None:
    found = importlib.import_module(package).__file__

    assert found is not None
    assert Path(found).resolve().parent == ROOT / package


@pytest.mark.parametrize(
    ("folders", "extras"),
    [(sorted(ROOMS), []), (["tests"], ["dev"]), (["training"], ["training"])],
    ids=["source", "tests", "training"],
)
def test_every_package_imported_is_a_direct_dependency(
    folders: list[str], extras: list[str]
) -> None:
    assert sorted(imported(folders) - required(*extras)) == []


def test_every_dependency_is_imported() -> None:
    assert required() - imported(ROOMS) == INDIRECT.keys()


def test_every_requirement_states_the_oldest_and_the_newest_version_it_allows() -> None:
    extras = PROJECT["optional-dependencies"].values()
    requirements = [*PROJECT["dependencies"], *(each for extra in extras for each in extra)]
    stubs = {each for each in requirements if each.startswith("types-")}

    bounded = {each for each in requirements if re.search(r">=.+,<|==", each)}

    assert bounded | stubs == set(requirements)


def test_every_requirement_has_a_tested_version() -> None:
    lines = (ROOT / ".ci" / "constraints.txt").read_text("utf-8").splitlines()
    pinned = {distribution(line) for line in lines if "==" in line}

    assert sorted(required("dev", "training") - pinned) == []


@pytest.mark.filterwarnings("ignore:A test tried to use socket")
def test_no_socket_opens_by_default() -> None:
    with pytest.raises(SocketBlockedError):
        socket.socket(socket.AF_INET, socket.SOCK_STREAM)


def test_the_command_line_asks_for_help_without_loading_a_model() -> None:
    script = (
        "import sys, api.cli; print([m for m in ('torch', 'faiss', 'fastapi') if m in sys.modules])"
    )

    out = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert out.stdout.strip() == "[]"


def test_reading_settings_loads_no_model() -> None:
    script = (
        "import sys, rag.settings; rag.settings.read_settings();"
        "print([m for m in ('torch', 'faiss', 'tantivy', 'tiktoken') if m in sys.modules])"
    )

    out = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert out.stdout.strip() == "[]"


def test_a_server_that_only_answers_imports_nothing_that_only_writing_needs() -> None:
    needless = ("index.build", "index.sources.markup", "index.attribution.attributor", "torch")
    script = f"import sys, api.http.app; print([m for m in {needless} if m in sys.modules])"

    out = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert out.stdout.strip() == "[]"
