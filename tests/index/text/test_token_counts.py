import time
from pathlib import Path

import pytest
import tiktoken
from hypothesis import given
from hypothesis import strategies as st

from index.errors import SettingsError
from index.settings import BUNDLED_ENCODING
from index.text.token_counts import BUNDLED_RANKS, encoding, from_ranks, read_ranks


def test_the_bundled_encoding_opens_with_the_256_bytes_and_has_16384_tokens() -> None:
    ranks = read_ranks(BUNDLED_RANKS)

    assert [ranks[bytes([value])] for value in range(256)] == list(range(256))
    assert sorted(ranks.values()) == list(range(16_384))


def test_the_bundled_file_stays_small() -> None:
    assert BUNDLED_RANKS.stat().st_size < 300_000


def test_common_news_words_are_one_token_each() -> None:
    tokens = encoding(BUNDLED_ENCODING).encode_ordinary("The president said the government would")

    words = encoding(BUNDLED_ENCODING).decode_tokens_bytes(tokens)

    assert words == [b"The", b" president", b" said", b" the", b" government", b" would"]


@given(st.text())
def test_decoding_gives_back_what_was_encoded(text: str) -> None:
    bundled = encoding(BUNDLED_ENCODING)

    assert bundled.decode(bundled.encode_ordinary(text)) == text


def test_text_that_looks_like_a_special_token_is_counted_as_text() -> None:
    tokens = encoding(BUNDLED_ENCODING).encode_ordinary("<|endoftext|>")

    assert encoding(BUNDLED_ENCODING).decode(tokens) == "<|endoftext|>"


@pytest.mark.parametrize("text", [" " * 500_000, "a" * 500_000, "\n" * 500_000, "!" * 500_000])
def test_a_long_run_of_one_character_is_counted_quickly(text: str) -> None:
    start = time.process_time()

    tokens = encoding(BUNDLED_ENCODING).encode_ordinary(text)

    assert 0 < len(tokens) <= len(text)
    assert time.process_time() - start < 10


def test_an_encoding_is_made_once() -> None:
    assert encoding(BUNDLED_ENCODING) is encoding(BUNDLED_ENCODING)


def test_an_unknown_name_is_refused_with_the_known_ones() -> None:
    with pytest.raises(SettingsError, match=r"no encoding named 'cl200k'.*onrecord_news_16k"):
        encoding("cl200k")


@pytest.mark.enable_socket
def test_an_encoding_that_cannot_be_fetched_says_that_it_is_fetched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TIKTOKEN_CACHE_DIR", str(tmp_path))
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:1")  # nothing listens: no internet
    monkeypatch.setenv("https_proxy", "http://127.0.0.1:1")

    with pytest.raises(SettingsError, match="from the internet on first use"):
        encoding("r50k_base")


def test_another_encoding_is_tiktokens_own(monkeypatch: pytest.MonkeyPatch) -> None:
    fetched = from_ranks("p50k_base", {bytes([value]): value for value in range(256)})
    monkeypatch.setitem(tiktoken.registry.ENCODINGS, "p50k_base", fetched)

    assert encoding.__wrapped__("p50k_base") is fetched  # past the cache, which outlives the test
