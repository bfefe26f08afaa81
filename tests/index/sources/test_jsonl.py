import gzip
import json
import zlib
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.documents import Article, Reject, RejectReason
from index.sources.article_record import RecordError, article_from
from index.sources.jsonl import parse_lines, read_json, read_jsonl

TEXT = "The harbour board voted on Tuesday to close the old pier."
FILE = Path("news.jsonl")


def line(**fields: Any) -> bytes:
    return json.dumps({"id": "a", "title": "Pier", "text": TEXT, **fields}).encode()


def lines(count: int) -> list[bytes]:
    return [line(id=f"a{n}", text=f"{TEXT} Part {n}.") for n in range(1, count + 1)]


def ids(items: Iterable[Article | Reject]) -> list[str]:
    return [item.id for item in items if isinstance(item, Article)]


def rejects(items: Iterable[Article | Reject]) -> list[tuple[int | None, str]]:
    return [(item.line, item.reason.value) for item in items if isinstance(item, Reject)]


def only(data: bytes) -> Article | Reject:
    (item,) = parse_lines([data], FILE)
    return item


def refusal(record: dict[str, Any]) -> RecordError:
    with pytest.raises(RecordError) as caught:
        article_from(record)
    return caught.value


def test_every_documented_key_becomes_a_field_and_the_rest_metadata() -> None:
    article = article_from(
        {
            "id": "pier-1",
            "title": "Old pier\r\nto close",
            "text": TEXT + "\r\n",
            "url": "https://news.example/pier",
            "outlet": "The Example",
            "authors": ["Ana Lima", "Jo Park"],
            "published_at": "2024-09-12T19:30:00+02:00",
            "language": "en",
            "section": "local",
        }
    )

    assert article == Article(
        id="pier-1",
        title="Old pier to close",
        text=TEXT + "\n",
        url="https://news.example/pier",
        outlet="The Example",
        authors=("Ana Lima", "Jo Park"),
        published_at=datetime(2024, 9, 12, 17, 30, tzinfo=UTC),
        published_original="2024-09-12T19:30:00+02:00",
        language="en",
        metadata={"section": "local"},
    )


def test_a_beir_record_fills_what_is_missing_from_its_metadata() -> None:
    metadata = {
        "source": "The Example",
        "date": "2024-09-12",
        "author": "Ana Lima",
        "split": "train",
    }

    article = article_from({"_id": 7, "title": "", "text": TEXT, "metadata": metadata})

    assert (article.id, article.outlet, article.authors) == ("7", "The Example", ("Ana Lima",))
    assert article.published_at == datetime(2024, 9, 12, tzinfo=UTC)
    assert article.metadata == {"split": "train"}


def test_a_field_of_the_article_outranks_its_metadata_and_nothing_is_lost() -> None:
    metadata = {"source": "wire", "outlet": "Nested", "url": 5}

    article = article_from({"id": "a", "text": TEXT, "outlet": "Own", "metadata": metadata})

    assert article.outlet == "Own"
    assert article.metadata == metadata


def test_the_exact_name_in_metadata_is_preferred() -> None:
    metadata = {"source": "wire", "outlet": "The Example"}

    article = article_from({"id": "a", "text": TEXT, "metadata": metadata})

    assert (article.outlet, article.metadata) == ("The Example", {"source": "wire"})


@pytest.mark.parametrize(
    ("fields", "reason", "says"),
    [
        ({"text": "  \u00a0\n\ufeff"}, "empty", "no text"),
        ({"text": "Too short."}, "too_short", "9 characters"),
        ({"text": 5}, "malformed", "'text' is a number"),
        ({"text": None}, "malformed", "'text' is null"),
        ({"id": None}, "malformed", "'id' is missing"),
        ({"id": True}, "malformed", "'id' is a boolean"),
        ({"id": ""}, "malformed", "1 to 512"),
        ({"id": "a\nb"}, "malformed", "printable"),
        ({"id": "a\0b"}, "malformed", "printable"),
        ({"id": "a\ufeff"}, "malformed", "printable"),
        ({"id": "a\ud800"}, "malformed", "printable"),
        ({"id": "a\u200bb"}, "malformed", "printable"),
        ({"id": "a\u202eb"}, "malformed", "printable"),
        ({"id": "a" * 513}, "malformed", "1 to 512"),
        ({"url": ["x"]}, "malformed", "'url' is a list"),
        ({"authors": [1]}, "malformed", "'authors' must be"),
        ({"published_at": 1726156800}, "bad_date", "is a number"),
        ({"published_at": "03/04/2024"}, "bad_date", "4 March 2024 or 3 April 2024"),
        ({"published_at": "soon"}, "bad_date", "write it like"),
        ({"metadata": {"date": "soon"}}, "bad_date", "write it like"),
        ({"score": float("inf")}, "malformed", "inf"),
    ],
)
def test_a_record_that_is_no_article_says_why(
    fields: dict[str, Any], reason: str, says: str
) -> None:
    error = refusal({"id": "a", "title": "Pier", "text": TEXT, **fields})

    assert error.reason == reason
    assert says in str(error)


@pytest.mark.parametrize("key", ["id", "text"])
def test_a_missing_key_is_named(key: str) -> None:
    record = {name: value for name, value in {"id": "a", "text": TEXT}.items() if name != key}

    assert f"the key '{key}' is missing" in str(refusal(record))


def test_metadata_nested_without_end_is_refused() -> None:
    deep: list[Any] = []
    for _ in range(100):
        deep = [deep]

    assert "nested" in str(refusal({"id": "a", "text": TEXT, "tree": deep}))


def test_strings_inside_metadata_are_canonical() -> None:
    article = article_from({"id": "a", "text": TEXT, "note": {"k\x00": ["a\r\nb\ud800"]}})

    assert article.metadata == {"note": {"k": ["a\nb\ufffd"]}}


def test_a_bad_seventh_line_of_ten_is_reported_and_nine_land() -> None:
    ten = lines(10)
    ten[6] = b'{"id": "a7", "text": '

    items = list(parse_lines(ten, FILE))

    assert ids(items) == [f"a{n}" for n in (1, 2, 3, 4, 5, 6, 8, 9, 10)]
    assert rejects(items) == [(7, "malformed")]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"[1]", "malformed"),
        (b"null", "malformed"),
        (b"[" * 100_000, "malformed"),
        (b'{"a":' * 100_000, "malformed"),
        (b'{"id": ' + b"9" * 5000 + b"}", "malformed"),
        (b'{"id": NaN}', "malformed"),
        (line(weight=1).replace(b"1}", b"1e999}"), "malformed"),
        (line().replace(b"Tuesday", b"Tu\xe9sday"), "not_utf8"),
        (line().decode().encode("utf-16"), "not_utf8"),
    ],
    ids=["list", "null", "deep list", "deep object", "huge", "nan", "inf", "latin-1", "utf-16"],
)
def test_a_hostile_line_is_a_reject(data: bytes, reason: str) -> None:
    item = only(data)

    assert isinstance(item, Reject)
    assert (item.line, item.reason) == (1, reason)


def test_blank_lines_count_and_a_byte_order_mark_does_not_hurt() -> None:
    items = list(parse_lines([b"\xef\xbb\xbf" + line(id="a") + b"\r", b"", b" \r", b"{"], FILE))

    assert ids(items) == ["a"]
    assert rejects(items) == [(4, "malformed")]


def test_the_same_id_with_another_text_is_refused_naming_the_first() -> None:
    twice = [line(id="a"), line(id="b"), line(id="a", text=TEXT + " Really.")]

    *_, last = parse_lines(twice, FILE)

    assert isinstance(last, Reject)
    assert (last.line, last.reason) == (3, RejectReason.DUPLICATE_ID)
    assert "news.jsonl:1" in last.detail


def test_the_same_article_again_is_passed_over() -> None:
    assert ids(parse_lines([line(), line(title="Other title"), line()], FILE)) == ["a"]


def test_a_line_over_the_limit_is_reported_and_its_neighbours_land(tmp_path: Path) -> None:
    path = tmp_path / "long.jsonl"
    first, second, third = lines(3)
    path.write_bytes(b"\n".join([first, second.replace(b"pier", b"pier" * 50_000), third]))

    items = list(read_jsonl(path, limit=1000))

    assert ids(items) == ["a1", "a3"]
    assert rejects(items) == [(2, "too_large")]
    assert items == list(parse_lines(path.read_bytes().split(b"\n"), path, limit=1000))


def test_the_limit_is_the_longest_line_that_lands(tmp_path: Path) -> None:
    path = tmp_path / "long.jsonl"
    long = line(id="a", text="word " * 40_000)
    path.write_bytes(b"\n".join([long, long, line(id="b")]))

    assert ids(read_jsonl(path, limit=len(long))) == ["a", "b"]
    assert ids(read_jsonl(path, limit=len(long) - 1)) == ["b"]
    assert rejects(read_jsonl(path, limit=len(long) - 1)) == [(1, "too_large"), (2, "too_large")]


def test_a_compressed_file_reads_as_the_plain_one(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl.gz"
    path.write_bytes(gzip.compress(b"\n".join(lines(3))))

    assert ids(read_jsonl(path)) == ["a1", "a2", "a3"]


def test_of_a_truncated_gzip_what_stands_before_the_cut_lands(tmp_path: Path) -> None:
    path = tmp_path / "cut.jsonl.gz"
    packer = zlib.compressobj(wbits=31)
    whole = packer.compress(b"\n".join(lines(40)) + b"\n") + packer.flush(zlib.Z_SYNC_FLUSH)
    path.write_bytes(whole + packer.compress(lines(41)[-1]) + packer.flush(zlib.Z_SYNC_FLUSH))

    items = list(read_jsonl(path))

    assert ids(items) == [f"a{n}" for n in range(1, 41)]
    assert rejects(items) == [(41, "truncated")]


def test_a_gzip_cut_anywhere_gives_a_beginning_and_one_reject(tmp_path: Path) -> None:
    path = tmp_path / "cut.jsonl.gz"
    packed = gzip.compress(b"\n".join(lines(30)))

    for cut in range(2, len(packed), 7):
        path.write_bytes(packed[:cut])
        *before, last = read_jsonl(path)
        assert ids(before) == [f"a{n}" for n in range(1, len(before) + 1)]
        assert rejects([last]) == [(len(before) + 1, "truncated")]


def test_a_file_that_is_not_gzip_or_is_damaged_is_unreadable(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl.gz"
    packed = bytearray(gzip.compress(b"\n".join(lines(3))))
    packed[-6] ^= 1

    for data in (line(), bytes(packed)):
        path.write_bytes(data)
        *_, last = read_jsonl(path)
        assert isinstance(last, Reject)
        assert last.reason == RejectReason.UNREADABLE


def test_a_json_file_holds_a_list_or_one_object(tmp_path: Path) -> None:
    path = tmp_path / "news.json"

    path.write_bytes(b"[" + b",".join([*lines(2), b"5"]) + b"]")
    assert ids(read_json(path)) == ["a1", "a2"]
    assert rejects(read_json(path)) == [(None, "malformed")]
    path.write_bytes(line(id="single"))
    assert ids(read_json(path)) == ["single"]


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
)
KEYS = ["id", "_id", "title", "text", "url", "authors", "published_at", "metadata", "date", "x"]


@given(st.dictionaries(st.sampled_from(KEYS), json_values | st.just(TEXT)))
def test_any_record_is_an_article_that_can_be_stored_or_a_named_error(
    record: dict[str, Any],
) -> None:
    try:
        article = article_from(record)
    except RecordError:
        return

    assert article.revision
    assert json.dumps(dict(article.metadata), allow_nan=False, ensure_ascii=False).encode()


@given(st.lists(st.binary(max_size=40)))
def test_any_bytes_give_at_most_one_item_a_line(data: list[bytes]) -> None:
    assert len(list(parse_lines(data, FILE))) <= len(data)
