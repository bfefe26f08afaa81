"""Short answers over HTTP: their place, the days they mean, and who says the same or otherwise."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.http.app import create_app
from api.schemas.replies import ReplyBody
from tests.support.fakes_api import TOLLS
from tests.support.fakes_short import (
    ASKED,
    BOTH,
    FOURTH,
    MANY,
    MONDAY,
    TUESDAY,
    brief,
    knowing,
    told,
)


@pytest.fixture
def client() -> Iterator[TestClient]:
    with TestClient(create_app(knowing(BOTH))) as client:
        yield client


def ask(client: TestClient) -> dict[str, Any]:
    response = client.get("/v1/ask", params={"q": ASKED})
    assert response.status_code == 200, response.text
    body: dict[str, Any] = response.json()
    return body


def test_a_short_answer_has_its_place_and_the_days_it_means(client: TestClient) -> None:
    body = ask(client)

    start = TOLLS.text.index("on Tuesday")
    assert body["answer"]["short"] == "on Tuesday"
    assert body["citations"][0]["short"] == {
        "text": "on Tuesday",
        "start": start,
        "end": start + len("on Tuesday"),
        "resolved_date": {
            "words": "on Tuesday",
            "from": "2025-03-04",
            "to": "2025-03-04",
            "derived": True,
        },
    }


def test_agreeing_and_differing_articles_are_cited_like_the_answer(client: TestClient) -> None:
    answer = ask(client)["answer"]

    assert answer["agreement"] == "differ"
    assert [each["quote"] for each in answer["agreeing"]] == [FOURTH.quote]
    assert answer["agreeing"][0]["short"]["text"] == "4 March"
    assert answer["agreeing"][0]["short"]["resolved_date"] is None
    (other,) = answer["differing"]
    assert other["article"]["outlet"] == "The Mill Post"
    assert MONDAY.text[other["short"]["start"] : other["short"]["end"]] == "on Monday evening"
    assert other["short"]["resolved_date"]["words"] == "on Monday"
    assert other["link"].startswith("https://mill.example/council#:~:text=")


def test_a_range_of_days_has_its_first_and_last_day() -> None:
    march = brief(
        MONDAY,
        MONDAY.text,
        "on Monday evening",
        words="on Monday",
        first=date(2025, 3, 1),
        last=date(2025, 3, 31),
    )

    (cited,) = ReplyBody.of(told(march)).model_dump(mode="json", by_alias=True)["citations"]

    days = cited["short"]["resolved_date"]
    assert (days["from"], days["to"]) == ("2025-03-01", "2025-03-31")


def test_the_reply_says_how_many_passages_were_read(client: TestClient) -> None:
    assert ask(client)["reading"] == "full"
    assert ReplyBody.of(told(TUESDAY, reading="partial")).reading == "partial"
    assert ReplyBody.of(told(TUESDAY, reading=None)).reading is None


def test_a_short_answer_is_verified_like_any_quote(client: TestClient) -> None:
    body = ask(client)
    claims = [
        {
            "article_id": cited["article"]["id"],
            "revision": cited["article"]["revision"],
            "start": cited["short"]["start"],
            "end": cited["short"]["end"],
            "quote": cited["short"]["text"],
        }
        for cited in body["citations"] + body["answer"]["agreeing"] + body["answer"]["differing"]
    ]

    given = client.post("/v1/verify", json={"citations": claims}).json()

    assert len(claims) == 3
    assert given["verified"] is True
    found = [each["found"] for each in given["citations"]]
    assert found == ["on Tuesday", "4 March", "on Monday evening"]


def test_the_schema_describes_what_a_short_answer_holds(client: TestClient) -> None:
    body = ask(client)
    known = client.get("/openapi.json").json()["components"]["schemas"]

    short = body["citations"][0]["short"]
    assert set(known["AnswerBody"]["properties"]) == set(body["answer"])
    assert set(known["ShortAnswer"]["properties"]) == set(short)
    assert set(known["ResolvedDate"]["properties"]) == set(short["resolved_date"])
    examples = known["ShortAnswer"]["properties"]
    assert [examples[each]["examples"][0] for each in ("start", "end", "text")] == [
        short["start"],
        short["end"],
        short["text"],
    ]


def test_all_sentences_that_answer_are_counted_and_those_not_shown_are_cited() -> None:
    body = ReplyBody.of(MANY).model_dump(mode="json", by_alias=True)
    alone = ReplyBody.of(told(TUESDAY)).model_dump(mode="json", by_alias=True)

    assert (body["total"], body["total_articles"]) == (4, 3)
    assert [each["quote"] for each in body["more"]] == [each.quote for each in MANY.more]
    assert body["more"][1]["short"]["text"] == "4 March"
    assert (alone["total"], alone["total_articles"], alone["more"]) == (None, None, [])
