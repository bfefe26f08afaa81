"""Dates and outlets as callers write them: read as a person means them, or named as faulty."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from api.http.app import create_app
from api.schemas.filters import Filters
from tests.support.fakes_api import FakeService

QUESTION = "Who publicly opposed the vote as treasurer?"


@pytest.fixture
def client() -> Iterator[TestClient]:
    with TestClient(create_app(FakeService())) as client:
        yield client


@pytest.mark.parametrize(
    ("written", "bound"),
    [
        pytest.param("2025-03-04", datetime(2025, 3, 5, tzinfo=UTC), id="a day is whole"),
        pytest.param("20250304", datetime(2025, 3, 5, tzinfo=UTC), id="without hyphens"),
        pytest.param("2025-W10-2", datetime(2025, 3, 5, tzinfo=UTC), id="by its week"),
        pytest.param("9999-12-31", datetime.max.replace(tzinfo=UTC), id="the last day there is"),
        pytest.param("2025-03-04T10:00", datetime(2025, 3, 4, 10, tzinfo=UTC), id="naive is UTC"),
        pytest.param(
            "2025-03-04T10:00:00+02:00", datetime(2025, 3, 4, 8, tzinfo=UTC), id="zones convert"
        ),
        pytest.param("2025-03-04T10:00Z", datetime(2025, 3, 4, 10, tzinfo=UTC), id="zulu"),
        pytest.param("", None, id="an empty form field"),
    ],
)
def test_the_latest_date_includes_its_whole_day(written: str, bound: datetime | None) -> None:
    assert Filters(published_to=written).filter().published_to == bound


@given(st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1)), st.integers(1, 10**9))  # noqa: DTZ001  naive on purpose
def test_a_range_is_accepted_unless_it_is_empty(start: datetime, micros: int) -> None:
    later = datetime.fromtimestamp(start.replace(tzinfo=UTC).timestamp() + micros / 1000, UTC)

    held = Filters(published_from=start.isoformat(), published_to=later.isoformat()).filter()

    assert held.published_from == start.replace(tzinfo=UTC)
    assert held.published_to == later
    for end in (start, start.replace(year=start.year - 1, day=1)):
        with pytest.raises(ValidationError, match="the range is empty"):
            Filters(published_from=start.isoformat(), published_to=end.isoformat())


def test_filters_narrow_the_answer(client: TestClient) -> None:
    filters = {"published_from": "2025-03-20"}

    body = client.post("/v1/ask", json={"question": QUESTION, "filters": filters}).json()

    assert body["refusal"]["reason"] == "outside_filters"


@pytest.mark.parametrize(
    ("params", "field", "says"),
    [
        pytest.param({}, "q", "Field required", id="no question"),
        pytest.param(
            {"q": "x", "published_from": "soon"}, "published_from", "not a date", id="date"
        ),
        pytest.param(
            {"q": "x", "published_from": "2025-03-04T10:00:00 02:00"},
            "published_from",
            "%2B",
            id="a plus sign that became a space",
        ),
        pytest.param(
            {"q": "x", "published_from": "2025-03-02", "published_to": "2025-03-01"},
            "query",
            "published_from (2025-03-02) must come before published_to (2025-03-01)",
            id="reversed",
        ),
        pytest.param(
            {"q": "x", "published_from": "0001-01-01T00:00:00+14:00"},
            "published_from",
            "not a date",
            id="before time itself",
        ),
        pytest.param({"q": "x", "alternatives": "-1"}, "alternatives", "greater", id="negative"),
        pytest.param({"q": "x", "publishd_to": "2025"}, "publishd_to", "not permitted", id="typo"),
    ],
)
def test_a_faulty_query_string_names_the_field(
    client: TestClient, params: dict[str, str], field: str, says: str
) -> None:
    response = client.get("/v1/ask", params=params)

    assert response.status_code == 422
    assert response.headers["content-type"] == "application/problem+json"
    problem = response.json()
    assert problem["type"] == "/problems/invalid-request"
    [fault] = problem["errors"]
    assert fault["field"] == field
    assert says in fault["message"]
    assert says in problem["detail"]


def test_a_reversed_range_in_a_body_is_named(client: TestClient) -> None:
    filters = {"published_from": "2025-03-02", "published_to": "2025-03-01"}

    response = client.post("/v1/ask", json={"question": QUESTION, "filters": filters})

    assert response.status_code == 422
    assert response.json()["errors"][0]["field"] == "filters"
