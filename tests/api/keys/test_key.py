"""A key is known by its hash, lives as long as it should, and covers the scopes below its own."""

from datetime import UTC, datetime, timedelta

import pytest

from api.keys.key import ApiKey, KeyScope, hash_of, lifetime, new_token

NOW = datetime(2026, 11, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("scope", "covered"),
    [("ask", ["ask"]), ("write", ["ask", "write"]), ("admin", ["ask", "write", "admin"])],
)
def test_a_scope_covers_those_before_it(scope: str, covered: list[str]) -> None:
    assert [each for each in KeyScope if KeyScope(scope).covers(each)] == covered


def test_tokens_differ_and_hold_256_random_bits() -> None:
    tokens = {new_token() for _ in range(100)}

    assert len(tokens) == 100
    assert all(len(token) >= len("onr_") + 43 for token in tokens)


def test_the_hash_is_sha256() -> None:
    assert hash_of("abc").startswith("ba7816bf8f01cfea414140de5dae2223")


@pytest.mark.parametrize(
    ("written", "seconds"),
    [("90d", 90 * 86_400), (" 12H ", 43_200), ("1y", 31_536_000), ("2w", 1_209_600), ("5s", 5)],
)
def test_a_lifetime_is_a_number_and_a_unit(written: str, seconds: int) -> None:
    assert lifetime(written) == timedelta(seconds=seconds)


@pytest.mark.parametrize("written", ["", "90", "d", "-1d", "0d", "1.5d", "9" * 40 + "d", "\u0661d"])
def test_any_other_lifetime_is_refused_with_examples(written: str) -> None:
    with pytest.raises(ValueError, match="write 90d, 12h or 1y"):
        lifetime(written)


def test_a_key_is_valid_until_the_instant_it_expires_or_is_revoked() -> None:
    key = ApiKey("a", "", KeyScope.ASK, NOW, expires_at=NOW + timedelta(days=1))
    gone = ApiKey("a", "", KeyScope.ASK, NOW, revoked_at=NOW)

    assert key.state(NOW) == "valid"
    assert key.state(NOW + timedelta(days=1)) == "expired"
    assert gone.state(NOW) == "revoked"
