"""Each text put into an empty archive over HTTP, and one question asked of it."""

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from api.http.app import create_app
from rag.service import Service
from rag.settings import ServiceSettings
from tests.cases.cases import CASES, Came, Case, failures, is_file

pytestmark = [
    pytest.mark.real,
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),  # torch's and transformers' own
]


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    settings = ServiceSettings(data=tmp_path_factory.mktemp("cases"), read_within_ms=60_000)
    service = Service(settings)
    with TestClient(create_app(service)) as client:
        yield client


@pytest.mark.parametrize(
    "case", [each for each in CASES if not is_file(each)], ids=lambda case: case["id"]
)
def test_a_question_is_answered_as_its_article_says(case: Case, client: TestClient) -> None:
    lines = [json.dumps(record) for record in _records(case)]
    added = client.post("/v1/articles", content="\n".join(lines).encode(), headers=NDJSON)
    assert added.json()["rejected"] == []

    came = CALLS[case["call"]["verb"]](client, case["call"])

    for record in _records(case):
        client.delete(f"/v1/articles/{quote(record['id'], safe='')}")
    assert failures(case["expected"], came) == {}, came


NDJSON = {"content-type": "application/x-ndjson"}


def _records(case: Case) -> list[dict[str, Any]]:
    articles = case.get("articles") or [case["article"]]
    return [
        {"title": "Report", "id": f"{case['id']}-{number}", **article}
        for number, article in enumerate(articles, 1)
    ]


def _get(client: TestClient, path: str, call: dict[str, Any]) -> Any:
    parameters = {name: value for name, value in call.items() if name != "verb"}
    return client.get(path, params=parameters).json()


def _speakers(client: TestClient, call: dict[str, Any]) -> Came:
    return {"speakers": [each["name"] for each in _get(client, "/v1/speakers", call)["speakers"]]}


def _statements(client: TestClient, call: dict[str, Any]) -> Came:
    found = _get(client, "/v1/statements", call)
    return {
        "total": found["total"],
        "speakers": [each["name"] for each in found["speakers"]],
        "said": [
            {
                **each["statement"],
                "words": " | ".join(part["text"] for part in each["statement"]["content"]),
            }
            for each in found["statements"]
        ],
    }


def _ask(client: TestClient, call: dict[str, Any]) -> Came:
    found = _get(client, "/v1/ask", call)
    if not found["answered"]:
        return {"answered": False, **found["refusal"]}
    first = found["citations"][0]
    return {
        "answered": True,
        "answer": found["answer"]["text"],
        "short": found["answer"]["short"],
        "article": first["article"]["id"],
        "speaker": (first["statement"] or {}).get("speaker"),
        "others": [each["id"] for each in (*first["copies"], *first["versions"])],
        "offsets": all(_stands(client, citation) for citation in found["citations"]),
    }


def _stands(client: TestClient, citation: dict[str, Any]) -> bool:
    """Whether the quote and the short answer stand in the stored text where they are said to."""
    article = client.get(f"/v1/articles/{quote(citation['article']['id'], safe='')}").json()
    parts = [(citation, "quote"), *([(short, "text")] if (short := citation.get("short")) else [])]
    return all(article["text"][part["start"] : part["end"]] == part[key] for part, key in parts)


CALLS = {"ask": _ask, "speakers": _speakers, "statements": _statements}
