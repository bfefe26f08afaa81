import codecs
import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.documents import Article, Reject
from index.sources.encodings import as_utf8, decode, is_encoding, likely_encoding
from index.sources.folder import read

TEXT = "The café “Étoile” in Orm closed on Monday – owner Zoë Müller said it cost €9,000 a month."
RECORD = json.dumps({"id": "a", "text": TEXT}, ensure_ascii=False)
OTHER = RECORD.replace('"a"', '"b"')
PAGE = (
    "<html><head><title>Café closes</title></head><body><article>"
    f"<p>{TEXT}</p><p>{TEXT} It had been there for seventy years.</p></article></body></html>"
)
FILES = {
    "a.txt": f"Café closes\n\n{TEXT}",
    "a.md": f"# Café closes\n\n{TEXT}",
    "a.jsonl": f"{RECORD}\n{OTHER}\n",
    "a.json": f"[{RECORD}]",
    "a.html": PAGE,
}
WITH_MARK = ("utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be")
MARKS = {
    "utf-16-le": codecs.BOM_UTF16_LE,
    "utf-16-be": codecs.BOM_UTF16_BE,
    "utf-32-le": codecs.BOM_UTF32_LE,
    "utf-32-be": codecs.BOM_UTF32_BE,
}


def marked(text: str, encoding: str) -> bytes:
    return MARKS.get(encoding, b"") + text.encode(encoding)


def items(path: Path, data: bytes, encoding: str | None = None) -> list[Article | Reject]:
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    return list(read(path, encoding=encoding))


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("encoding", WITH_MARK)
@pytest.mark.parametrize("ending", ["", ".gz"])
def test_a_file_with_a_byte_order_mark_is_read(
    tmp_path: Path, name: str, encoding: str, ending: str
) -> None:
    found = items(tmp_path / (name + ending), marked(FILES[name], encoding))

    assert len(found) == FILES[name].count('"id"') or len(found) == 1
    assert all(isinstance(item, Article) and TEXT in item.text for item in found)


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("encoding", ["windows-1252", "utf-16-le", "utf-16", "cp1252"])
def test_an_encoding_that_is_given_is_used(tmp_path: Path, name: str, encoding: str) -> None:
    found = items(tmp_path / name, FILES[name].encode(encoding), encoding)

    assert all(isinstance(item, Article) and TEXT in item.text for item in found)


def test_files_that_are_utf8_are_read_as_such_whatever_encoding_is_given(tmp_path: Path) -> None:
    (found,) = items(tmp_path / "a.txt", FILES["a.txt"].encode(), "windows-1252")

    assert isinstance(found, Article)
    assert TEXT in found.text


@pytest.mark.parametrize("name", ["a.txt", "a.jsonl", "a.json", "a.html"])
def test_other_bytes_are_refused_and_the_message_names_the_likely_encoding(
    tmp_path: Path, name: str
) -> None:
    found = items(tmp_path / name, FILES[name].encode("cp1252"))

    assert all(isinstance(item, Reject) and item.reason == "not_utf8" for item in found)
    assert all("--encoding windows-1252" in str(item) for item in found)


def test_a_given_encoding_that_does_not_fit_is_refused(tmp_path: Path) -> None:
    (found,) = items(tmp_path / "a.txt", FILES["a.txt"].encode("cp1252"), "ascii")

    assert isinstance(found, Reject)
    assert "is not ascii either" in found.detail


def test_a_file_that_stops_being_utf_16_is_refused_after_the_lines_before(tmp_path: Path) -> None:
    (found,) = items(tmp_path / "a.txt", marked(FILES["a.txt"], "utf-16") + b"\x00")

    assert isinstance(found, Reject)
    assert (found.reason, "utf-16" in found.detail) == ("not_utf8", True)


@pytest.mark.parametrize(
    ("declaration", "encoding"),
    [
        ('<meta charset="windows-1252">', "cp1252"),
        ('<meta charset="iso-8859-1">', "cp1252"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=windows-1252">', "cp1252"),
        ('<meta charset="iso-8859-15">', "iso-8859-15"),
        ('<meta charset="x-mac-roman"><meta charset="macintosh">', "mac-roman"),
    ],
)
def test_a_page_is_read_as_it_declares(tmp_path: Path, declaration: str, encoding: str) -> None:
    text = TEXT if encoding != "iso-8859-15" else TEXT.translate({8220: '"', 8221: '"', 8211: "-"})
    page = PAGE.replace(TEXT, text).replace("<head>", f"<head>{declaration}")
    if "macintosh" in declaration:
        page = page.replace('<meta charset="x-mac-roman">', "")

    (found,) = items(tmp_path / "a.html", page.encode(encoding), "utf-8")

    assert isinstance(found, Article)
    assert text in found.text


def test_a_page_in_xml_can_declare_its_encoding_first(tmp_path: Path) -> None:
    page = f'<?xml version="1.0" encoding="windows-1252"?>\n{PAGE}'

    (found,) = items(tmp_path / "a.html", page.encode("cp1252"))

    assert isinstance(found, Article)
    assert TEXT in found.text


@pytest.mark.parametrize(
    ("text", "encoding", "likely"),
    [
        (TEXT, "cp1252", "windows-1252"),
        ("The café in Orm is closed.", "latin-1", "windows-1252"),
        (TEXT, "utf-16-le", "utf-16-le"),
        (TEXT, "utf-16-be", "utf-16-be"),
    ],
)
def test_the_likely_encoding_is_recognised(text: str, encoding: str, likely: str) -> None:
    assert likely_encoding(text.encode(encoding)) == likely


def test_another_script_has_a_likely_encoding_too() -> None:
    assert likely_encoding(("Паром на остров больше не ходит ночью. " * 9).encode("cp1251"))


@pytest.mark.parametrize(
    ("name", "known"),
    [("windows-1252", True), ("utf-16", True), ("nonesuch", False), ("hex", False)],
)
def test_only_encodings_of_text_are_encodings(name: str, known: bool) -> None:
    assert is_encoding(name) is known


@given(text=st.text(), encoding=st.sampled_from(sorted(MARKS)), size=st.integers(1, 9))
def test_text_is_the_same_however_it_is_cut_into_chunks(
    text: str, encoding: str, size: int
) -> None:
    data = marked(text, encoding)
    chunks = [data[at : at + size] for at in range(0, len(data), size)]

    assert b"".join(as_utf8(chunks)).decode() == text


@given(st.binary(max_size=60))
def test_any_bytes_are_text_or_refused(data: bytes) -> None:
    assert isinstance(decode(data, Path("a"), 1), str | Reject)
