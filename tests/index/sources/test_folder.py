import gzip
import json
import os
from pathlib import Path

import pytest

from index.documents import Article, Reject, RejectReason
from index.errors import SourceError
from index.sources.folder import read, skipped_files

TEXT = "The harbour board voted on Tuesday to close the old pier."


def record(name: str, text: str = TEXT) -> str:
    return json.dumps({"id": name, "text": text})


def titles_or_ids(path: Path) -> list[str]:
    return [item.title or item.id for item in read(path) if isinstance(item, Article)]


def rejects(path: Path) -> list[tuple[str, str]]:
    found = (item for item in read(path) if isinstance(item, Reject))
    return [(item.path.name, item.reason.value) for item in found]


def test_every_known_kind_is_read_in_order_of_the_names(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "deep").mkdir()
    (tmp_path / "a.jsonl").write_text(record("jsonl"), encoding="utf-8")
    (tmp_path / "b" / "deep" / "x.MD").write_text(f"# markdown\n{TEXT}", encoding="utf-8")
    (tmp_path / "b" / "n.json").write_text(f"[{record('json')}]", encoding="utf-8")
    (tmp_path / "c.ndjson.gz").write_bytes(gzip.compress(record("ndjson").encode()))
    (tmp_path / "d.txt.gz").write_bytes(gzip.compress(f"text\n{TEXT}".encode()))
    (tmp_path / "e.htm").write_text(
        f"<html><head><title>html</title></head><body><article><p>{TEXT}</p>"
        "<p>Ferries will leave from the coal quay.</p></article></body></html>",
        encoding="utf-8",
    )

    assert titles_or_ids(tmp_path) == ["jsonl", "markdown", "json", "ndjson", "text", "html"]


def test_hidden_files_and_other_kinds_are_passed_over_in_a_folder(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    for name in (".hidden.txt", "photo.jpg", "README", ".git/a.txt"):
        (tmp_path / name).write_text(TEXT, encoding="utf-8")

    assert list(read(tmp_path)) == []


def test_another_kind_named_outright_is_unsupported(tmp_path: Path) -> None:
    path = tmp_path / "photo.jpg"
    path.write_bytes(b"")

    (item,) = read(path)

    assert isinstance(item, Reject)
    assert item.reason == RejectReason.UNSUPPORTED
    assert ".jsonl" in item.detail


def test_a_hidden_file_named_outright_is_read(tmp_path: Path) -> None:
    path = tmp_path / ".hidden.txt"
    path.write_text(f"hidden\n{TEXT}", encoding="utf-8")

    assert titles_or_ids(path) == ["hidden"]


def test_a_path_with_nothing_at_it_is_an_error_at_once(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="nothing at"):
        read(tmp_path / "missing")


def test_a_reject_does_not_stop_the_rest(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\xff\xff")
    (tmp_path / "b.txt.gz").write_bytes(gzip.compress(TEXT.encode())[:-5])
    (tmp_path / "c.txt").symlink_to(tmp_path / "missing")
    (tmp_path / "d.txt").write_text(f"last\n{TEXT}", encoding="utf-8")

    assert rejects(tmp_path) == [
        ("a.txt", "not_utf8"),
        ("b.txt.gz", "truncated"),
        ("c.txt", "unreadable"),
    ]
    assert titles_or_ids(tmp_path) == ["last"]


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.jsonl")

    assert rejects(tmp_path) == [("pipe.jsonl", "unreadable")]


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is closed to root")
def test_a_closed_file_and_a_closed_folder_are_unreadable(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "a.txt").chmod(0)
    (tmp_path / "b").mkdir(mode=0)

    assert rejects(tmp_path) == [("a.txt", "unreadable"), ("b", "unreadable")]


@pytest.mark.parametrize("target", ["file", "folder", "chain", "missing"])
def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path, target: str) -> None:
    (tmp_path / "private").mkdir()
    (tmp_path / "private" / "file").write_text(TEXT, encoding="utf-8")
    (tmp_path / "chain").symlink_to(tmp_path / "private" / "file")
    (tmp_path / "given" / "deep").mkdir(parents=True)
    places = {"file": tmp_path / "private" / "file", "folder": tmp_path / "private"}
    link = tmp_path / "given" / "deep" / "link.txt"
    link.symlink_to(places.get(target, tmp_path / target))

    [found] = read(tmp_path / "given")

    assert isinstance(found, Reject)
    assert (found.path, found.reason) == (link, RejectReason.OUTSIDE)
    assert "give its own path" in found.detail


def test_a_link_within_the_folder_and_a_link_that_is_given_are_followed(tmp_path: Path) -> None:
    (tmp_path / "given").mkdir()
    (tmp_path / "given" / "a.jsonl").write_text(record("a"), encoding="utf-8")
    (tmp_path / "given" / "b.jsonl").symlink_to("a.jsonl")
    (tmp_path / "link").symlink_to(tmp_path / "given", target_is_directory=True)
    (tmp_path / "c.jsonl").symlink_to(tmp_path / "given" / "a.jsonl")

    assert titles_or_ids(tmp_path / "given") == ["a"]
    assert titles_or_ids(tmp_path / "link") == ["a"]
    assert titles_or_ids(tmp_path / "c.jsonl") == ["a"]
    assert rejects(tmp_path / "given") == []


def test_a_link_to_a_folder_above_ends(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "loop").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "b" / "self.txt").symlink_to(tmp_path / "b" / "self.txt")
    (tmp_path / "c.txt").write_text(f"once\n{TEXT}", encoding="utf-8")
    (tmp_path / "d.txt").write_bytes(b"")

    assert titles_or_ids(tmp_path) == ["once"]
    assert rejects(tmp_path) == [("self.txt", "unreadable"), ("d.txt", "empty")]


def test_one_id_with_two_texts_in_two_files_is_refused_naming_the_first(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(f"{record('x')}\n{record('y')}", encoding="utf-8")
    (tmp_path / "b.jsonl").write_text(
        f"{record('x')}\n{record('y', TEXT + ' Really.')}", encoding="utf-8"
    )

    (reject,) = (item for item in read(tmp_path) if isinstance(item, Reject))

    assert (reject.path.name, reject.line, reject.reason) == ("b.jsonl", 2, "duplicate_id")
    assert f"{tmp_path / 'a.jsonl'}:2" in reject.detail
    assert titles_or_ids(tmp_path) == ["x", "y"]


def test_files_of_other_formats_are_named_as_skipped(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    for name in ("a.txt", "b/c.PDF", "b/d.docx.gz", ".hidden.pdf"):
        (tmp_path / name).write_text(TEXT, encoding="utf-8")

    assert [each.path.name for each in skipped_files(tmp_path)] == ["c.PDF", "d.docx.gz"]
    assert list(skipped_files(tmp_path / "b" / "c.PDF")) == []


def test_the_limit_reaches_every_reader(tmp_path: Path) -> None:
    for name in ("a.jsonl", "b.json", "c.txt", "d.html"):
        (tmp_path / name).write_text(record("x", TEXT * 20), encoding="utf-8")

    found = [item.reason for item in read(tmp_path, limit=500) if isinstance(item, Reject)]

    assert found == [RejectReason.TOO_LARGE] * 4
