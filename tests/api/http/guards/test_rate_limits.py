"""One caller may not take all of the service's time."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.http.app import create_app
from api.http.guards.authorization import KEY
from api.http.guards.chain import Guards
from api.http.guards.rate_limits import caller_of
from api.keys.key import ApiKey, KeyScope
from api.keys.ring import KeyRing
from api.keys.store import KeyStore
from index.errors import SettingsError
from rag.settings import rate_limits
from tests.support.fakes_api import FakeService

NOW = datetime(2026, 11, 30, tzinfo=UTC)


@contextmanager
def limited(written: str, keys: KeyRing | None = None) -> Iterator[TestClient]:
    guards = Guards(keys=keys, rates=rate_limits(written))
    with TestClient(create_app(FakeService(), guards=guards)) as client:
        yield client


def statuses(client: TestClient, count: int, path: str = "/v1/index", **given: Any) -> list[int]:
    return [client.get(path, **given).status_code for _ in range(count)]


def test_beyond_the_limit_a_caller_is_told_when_to_come_again() -> None:
    with limited("3/hour") as client:
        assert statuses(client, 3) == [200, 200, 200]
        refused = client.get("/v1/index")

    assert refused.status_code == 429
    assert refused.json()["type"] == "/problems/rate-limited"
    assert 1 <= int(refused.headers["Retry-After"]) <= 3600
    assert "3 per 1 hour" in refused.json()["detail"]


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/", "/page/page.js", "/docs"])
def test_health_and_the_page_are_never_counted(path: str) -> None:
    with limited("1/hour") as client:
        assert set(statuses(client, 1)) == {200}
        assert 429 not in statuses(client, 5, path)


def test_each_key_has_a_count_of_its_own(tmp_path: Path) -> None:
    with closing(KeyStore(tmp_path)) as store:
        tokens = [store.create(KeyScope.ASK, name="", now=NOW)[1] for _ in range(2)]
        with limited("2/hour", KeyRing(store)) as client:
            found = [
                statuses(client, 3, headers={"Authorization": f"Bearer {token}"})
                for token in tokens
            ]

    assert found == [[200, 200, 429]] * 2


def test_several_limits_hold_together() -> None:
    with limited("100/second; 4/hour") as client:
        assert statuses(client, 5) == [200, 200, 200, 200, 429]


def test_callers_are_told_apart_by_key_then_address_then_network() -> None:
    key = ApiKey("3f9a", "", KeyScope.ASK, NOW)

    def at(host: str, **others: Any) -> str:
        return caller_of({"type": "http", "client": (host, 1), **others})

    assert at("192.0.2.1") != at("192.0.2.2")
    assert at("2001:db8::1") == at("2001:db8::ffff:1") != at("2001:db8:0:1::1")
    assert at("192.0.2.1", **{KEY: key}) == at("192.0.2.9", **{KEY: key}) == "key 3f9a"
    assert caller_of({"type": "http", "client": None}) == "address unknown"


@pytest.mark.parametrize("written", ["many", "120", "-1/minute", "1/fortnight", "120/minute,"])
def test_a_limit_that_cannot_be_read_is_refused_with_an_example(written: str) -> None:
    with pytest.raises(SettingsError, match=r"write 120/minute"):
        rate_limits(written)


def test_no_setting_is_no_limit() -> None:
    assert rate_limits("  ") == []
