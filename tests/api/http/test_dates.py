"""`as_of` and the dates of questions over HTTP: read as a person means them, or named as faulty."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.http.app import create_app
from api.schemas.filters import Filters
from tests.support.fakes_api import TOLLS, FakeService

QUESTION = "Who publicly opposed the vote as treasurer?"
PUBLISHED = datetime(2025, 3, 4, 17, 5, tzinfo=UTC)
"""When `TOLLS` was."""


@pytest.fixture
def service() -> FakeService:
    return FakeService()


@pytest.fixture
def client(service: FakeService) -> Iterator[TestClient]:
    with TestClient(create_app(service)) as client:
        yield client


@pytest.mark.parametrize(
    ("written", "instant"),
    [
        ("2025-03-04T17:05:00Z", PUBLISHED),
        ("2025-03-04T17:05:00+00:00", PUBLISHED),
        ("2025-03-05T02:05:00+09:00", PUBLISHED),
        ("2025-03-04T17:05", PUBLISHED),
        ("2025-03-04T17:05:00.000001Z", PUBLISHED + timedelta(microseconds=1)),
        ("2025-03-04", datetime(2025, 3, 4, 23, 59, 59, 999_999, tzinfo=UTC)),
        ("9999-12-31", datetime.max.replace(tzinfo=UTC) - timedelta(microseconds=1)),
        ("", None),
    ],
)
def test_as_of_is_an_instant_or_the_end_of_a_day(written: str, instant: datetime | None) -> None:
    assert Filters(as_of=written).filter().as_of == instant


@pytest.mark.parametrize(
    ("as_of", "seen"),
    [
        pytest.param("2025-03-04T17:05:00Z", True, id="the very instant"),
        pytest.param("2025-03-05T02:05:00+09:00", True, id="the very instant in Tokyo"),
        pytest.param("2025-03-04T17:05:01Z", True, id="a second after"),
        pytest.param("2025-03-04T17:04:59Z", False, id="a second before"),
        pytest.param("2025-03-04T17:04:59.999999Z", False, id="a microsecond before"),
        pytest.param("2025-03-04", True, id="its day"),
        pytest.param("2025-03-03", False, id="the day before"),
    ],
)
def test_as_of_hides_later_articles_on_every_route(
    client: TestClient, as_of: str, seen: bool
) -> None:
    filters = {"as_of": as_of}
    renn = {"speaker": "Tobias Renn", **filters}

    asked = client.post("/v1/ask", json={"question": QUESTION, "filters": filters}).json()
    by_address = client.get("/v1/ask", params={"q": QUESTION, **filters}).json()
    found = client.post("/v1/search", json={"question": QUESTION, "filters": filters}).json()
    listed = client.get("/v1/statements", params=renn).json()
    articles = client.get("/v1/articles", params=filters).json()["articles"]

    assert asked["answered"] is by_address["answered"] is seen
    assert bool(found["hits"]) is bool(listed["statements"]) is seen
    assert [each["id"] for each in articles] == ([TOLLS.id] if seen else [])


@pytest.mark.parametrize(
    ("written", "says"),
    [
        pytest.param({"as_of": "2024-13-45"}, "'2024-13-45' is not a date", id="no such month"),
        pytest.param({"as_of": "2023-02-29"}, "'2023-02-29' is not a date", id="no such day"),
        pytest.param({"as_of": "0000-01-01"}, "is not a date", id="the year 0"),
        pytest.param({"as_of": "10000-01-01"}, "is not a date", id="a year of five digits"),
        pytest.param({"as_of": "9999-12-31T23:00:00-09:00"}, "is not a date", id="past all time"),
        pytest.param({"as_of": "yesterday"}, "write 2025-03-01", id="a word"),
        pytest.param({"as_of": "2025-03-04T10:00:00 09:00"}, "%2B", id="a plus become a space"),
        pytest.param(
            {"published_from": "2025-03-01", "as_of": "2025-02-28"},
            "as_of (2025-02-28) comes before published_from (2025-03-01), so no article can match",
            id="a contradiction",
        ),
        pytest.param(
            {"published_from": "2025-03-01", "published_to": "2025-02-01"},
            "the range is empty",
            id="reversed",
        ),
        pytest.param(
            {"published_from": "2025-03-01T10:00Z", "published_to": "2025-03-01T10:00Z"},
            "the range is empty",
            id="empty",
        ),
    ],
)
def test_faulty_dates_are_named_on_every_route(
    client: TestClient, written: dict[str, str], says: str
) -> None:
    body = {"question": QUESTION, "filters": written}
    short = {"published_from": "from", "published_to": "to"}
    listing = {short.get(name, name): value for name, value in written.items()}
    responses = [
        client.post("/v1/ask", json=body),
        client.post("/v1/search", json=body),
        client.get("/v1/ask", params={"q": QUESTION, **written}),
        client.get("/v1/articles", params=written),
        client.get("/v1/statements", params={"speaker": "Renn", **listing}),
    ]

    for response in responses:
        assert response.status_code == 422
        assert response.headers["content-type"] == "application/problem+json"
        detail = response.json()["detail"].replace("before from ", "before published_from ")
        assert says in detail


def test_as_of_may_equal_published_from() -> None:
    written = "2025-03-04T17:05:00Z"

    held = Filters(published_from=written, as_of=written).filter()

    assert held.published_from == held.as_of == PUBLISHED


def test_interpreted_dates_are_shown_and_can_be_ignored(client: TestClient) -> None:
    question = f"{QUESTION[:-1]} last month?"

    read: dict[str, Any] = client.get("/v1/ask", params={"q": question}).json()
    ignored = client.get("/v1/ask", params={"q": question, "ignore_dates": "true"}).json()

    assert read["period"] == {
        "words": "last month",
        "from": "2025-02-01",
        "to": "2025-02-28",
        "derived": True,
        "narrowed": True,
    }
    assert ignored["period"] is None


def test_as_of_applies_to_speakers_too(client: TestClient, service: FakeService) -> None:
    assert (
        client.get("/v1/speakers", params={"q": "Renn", "as_of": "2025-03-04"}).status_code == 200
    )
    assert service.listed_as_of == [datetime(2025, 3, 4, 23, 59, 59, 999_999, tzinfo=UTC)]
    fault = client.get("/v1/speakers", params={"q": "Renn", "as_of": "soon"})
    assert (fault.status_code, fault.json()["errors"][0]["field"]) == (422, "as_of")


@pytest.mark.parametrize(
    ("published", "as_of", "status"),
    [
        ("2025-03-03T09:30:00Z", "1999-01-01", 404),
        ("2025-03-03T09:30:00Z", "2025-03-02", 404),
        ("2025-03-03T09:30:00Z", "2025-03-03T09:29:59Z", 404),
        ("2025-03-03T09:30:00Z", "2025-03-03T10:00:00%2B01:00", 404),
        ("2025-03-03T09:30:00Z", "2025-03-03T09:30:00Z", 200),
        ("2025-03-03T09:30:00Z", "2025-03-03", 200),
        (None, "2025-04-01", 404),
        (None, "2025-04-02", 200),
    ],
)
def test_an_article_is_unknown_as_of_an_instant_before_it_was_published_or_else_stored(
    client: TestClient, published: str | None, as_of: str, status: int
) -> None:
    """Every text of the fake was stored on 2 April, earlier ones too."""
    record = {"id": "keeper", "text": "The keeper retired on Sunday after forty years."}
    client.post("/v1/articles", json=record | {"published_at": published})

    response = client.get(f"/v1/articles/keeper?as_of={as_of}")
    revision = client.get("/v1/articles/keeper").json()["revision"]
    chosen = client.get(f"/v1/articles/keeper?as_of={as_of}&revision={revision}")

    assert response.status_code == chosen.status_code == status, response.text
    if status == 404:
        assert response.json()["type"] == "/problems/unknown-article"
        assert "did not exist yet as of" in response.json()["detail"]
