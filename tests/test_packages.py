"""The ground everything stands on: our own packages, and no network."""

import importlib
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from pytest_socket import SocketBlockedError

from tests.support.places import ROOT


@pytest.mark.parametrize("package", ["rag", "index", "api", "eval"])
def test_each_package_is_the_one_in_this_tree(package: str) -> None:
    found = importlib.import_module(package).__file__

    assert found is not None
    assert Path(found).resolve().parent == ROOT / package


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
