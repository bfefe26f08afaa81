import json
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from index.documents import Article
from index.sources.jsonl import parse_lines
from index.text.normalization import normalise

DELICATE = st.sampled_from(
    [
        "\r\n",
        "\r",
        "\n",
        "\x00",
        "\ufeff",
        "\u00a0",
        "“",
        "”",
        "‘",
        "’",
        "e\u0301",
        "é",
        "👩‍👩‍👧",
        "🗞️",
    ]
)
texts = st.lists(DELICATE | st.text(max_size=5), max_size=20).map("".join)


def test_line_ends_become_one_newline_and_marks_are_dropped() -> None:
    assert normalise("\ufeffone\r\ntwo\rthree\n\x00four") == "one\ntwo\nthree\nfour"


def test_a_dropped_nul_between_cr_and_lf_leaves_one_line_end() -> None:
    assert normalise("one\r\x00\ntwo") == "one\ntwo"


def test_a_lone_surrogate_becomes_a_replacement_character() -> None:
    assert normalise("a\ud83db") == "a\ufffdb"


def test_what_the_publisher_wrote_stays() -> None:
    written = "“Cafe\u0301 — it’s 5\u00a0°C,” she said. 👩‍👩‍👧\tñ ﬁ\u200b\u2028"

    assert normalise(written) == written


@given(texts)
def test_canonical_text_is_left_as_it_is(raw: str) -> None:
    assert normalise(normalise(raw)) == normalise(raw)


@given(texts)
def test_canonical_text_can_be_encoded_and_holds_nothing_unwanted(raw: str) -> None:
    text = normalise(raw)

    assert text.encode().decode() == text
    assert not set(text) & {"\r", "\x00", "\ufeff"}


@given(texts)
def test_every_other_character_keeps_its_place_in_the_order(raw: str) -> None:
    def others(text: str) -> str:
        return "".join(c for c in text if c not in "\r\n\x00\ufeff\ufffd")

    assert others(normalise(raw)) == others(raw)


@given(texts)
def test_a_line_of_json_is_stored_as_its_canonical_text(raw: str) -> None:
    text = "The ferry sails at noon today. " + raw
    line = json.dumps({"id": "a", "title": raw, "text": text}).encode()

    (article,) = parse_lines([line], Path("a.jsonl"))

    assert isinstance(article, Article)
    assert article.text == normalise(text)
    assert normalise(article.title) == article.title
