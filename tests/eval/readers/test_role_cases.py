"""Swapped roles: a case passes if everything it expects holds."""

import json
from pathlib import Path
from typing import Any

import pytest

from eval.errors import DataError
from eval.readers.role_cases import role_cases
from eval.readers.targets import ROLES_SWAPPED
from rag.service import Service
from rag.settings import ServiceSettings
from tests.support.fakes import FakeAttributor, FakeEmbedder, FakeReader, silent

TEXT = "Arden beat Wexley 3-1 on Saturday. Lou Pell scored twice for Arden in the second half."


def case(name: str, question: str, kind: str = ROLES_SWAPPED, **expected: Any) -> dict[str, Any]:
    call = {"verb": "ask", "q": question}
    return {
        "id": name,
        "kind": kind,
        "article": {"text": TEXT},
        "call": call,
        "expected": expected,
    }


def written(folder: Path, *cases: dict[str, Any]) -> Path:
    path = folder / "cases.jsonl"
    path.write_text("".join(f"{json.dumps(each)}\n" for each in cases))
    return path


def service(folder: Path) -> Service:
    return Service(
        ServiceSettings(data=folder),
        embedder=lambda _: FakeEmbedder(),
        attributor=FakeAttributor,
        reader=lambda _: FakeReader({"Lou Pell": 8.0}),
    )


def passed(folder: Path, *cases: dict[str, Any]) -> tuple[float, int]:
    found = role_cases(
        written(folder, *cases),
        folder / "indexes",
        service_of=service,
        progress=silent,
    )
    return found.value, found.n


def test_the_share_of_cases_that_come_out_as_expected(tmp_path: Path) -> None:
    asked = "Who scored twice for Arden in the second half?"

    found = passed(
        tmp_path,
        case("right", asked, answered=True, short="Lou Pell"),
        case("part", asked, short_has="Pell"),
        case("wrong", asked, answered=True, short="Arden"),
        case("refused", "Who did Zebulon Quark beat?", refused_or_short_in=[]),
        case("other", asked, kind="another_kind", unknown=1),
    )

    assert found == (0.75, 4)


def test_cases_are_indexed_once_for_two_readers(tmp_path: Path) -> None:
    asked = case("right", "Who scored twice for Arden in the second half?", short="Lou Pell")

    assert passed(tmp_path, asked) == passed(tmp_path, asked) == (1.0, 1)


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ([case("one", "Who?", kind="another_kind")], "no case of the kind"),
        ([case("one", "Who?", speaker="Ada")], r"cases\.jsonl:1: `expected` may hold answered"),
        ([{"id": "one"}], r"cases\.jsonl:1: is no case"),
    ],
)
def test_a_file_that_cannot_be_used_is_reported(
    tmp_path: Path, lines: list[dict[str, Any]], message: str
) -> None:
    with pytest.raises(DataError, match=message):
        passed(tmp_path, *lines)
    with pytest.raises(DataError, match="cannot be read"):
        role_cases(tmp_path / "none", tmp_path, service_of=service, progress=silent)
