"""Commands that are suggested name the data folder that was given."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from api.terminal.suggestions import suggest_for, suggested


@pytest.fixture(autouse=True)
def _given() -> Iterator[None]:
    suggest_for(Path("/my archive"))
    yield
    suggest_for(None)


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("run `onrecord index finish`.", "run `onrecord index finish --data '/my archive'`."),
        ("onrecord restore BACKUP", "onrecord restore --data '/my archive' BACKUP"),
        (
            "mv a b && onrecord keys create --scope admin",
            "mv a b && onrecord keys create --data '/my archive' --scope admin",
        ),
        (
            "`onrecord index finish`, or `onrecord index add --data x PATH`",
            "`onrecord index finish --data '/my archive'`, or `onrecord index add --data x PATH`",
        ),
        ("give one that `onrecord backup` wrote", "give one that `onrecord backup` wrote"),
        ("`onrecord demo --data FOLDER`", "`onrecord demo --data FOLDER`"),
        ("see onrecord indexes", "see onrecord indexes"),
    ],
)
def test_the_folder_follows_the_command_unless_it_names_one(words: str, wanted: str) -> None:
    assert suggested(words) == wanted


def test_without_a_given_folder_the_words_stay() -> None:
    suggest_for(None)

    assert suggested("run `onrecord index finish`.") == "run `onrecord index finish`."
