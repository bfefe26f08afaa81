"""What measured programs read and print, and running them as processes of their own."""

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from eval.bench.processes import run
from eval.bench.programs.protocol import Request, Work, measure
from eval.errors import DataError

ARTICLE = {"id": "a", "title": "Bridge", "text": " ".join(f"w{n}" for n in range(250))}


def work(folder: Path, **facts: Any) -> Work:
    Request("model", **facts).write(folder, [ARTICLE], ["Where?", "When?", "Who?", "Why?"])
    return Work.read(folder)


def printed(capsys: pytest.CaptureFixture[str]) -> Any:
    return json.loads(capsys.readouterr().out.strip().splitlines()[-1])


def test_a_request_is_read_as_it_was_written(tmp_path: Path) -> None:
    found = work(tmp_path, words=50, statements=False)

    assert found.request == Request("model", words=50, statements=False)
    assert found.articles == [ARTICLE]
    assert found.questions == ["Where?", "When?", "Who?", "Why?"]


def test_passages_cover_the_text_and_repeat_the_overlap(tmp_path: Path) -> None:
    passages = work(tmp_path, words=100, overlap=20).passages()

    words = [text.partition("\n")[2].split() for _, text in passages]
    assert [(each[0], each[-1], len(each)) for each in words] == [
        ("w0", "w99", 100),
        ("w80", "w179", 100),
        ("w160", "w249", 90),
    ]
    assert {id for id, _ in passages} == {"a"}
    assert all(text.startswith("Bridge\n") for _, text in passages)


@pytest.mark.parametrize("text", ["", "one", "one two"])
def test_a_short_article_is_one_passage(tmp_path: Path, text: str) -> None:
    Request("model", words=5, overlap=2).write(tmp_path, [ARTICLE | {"text": text}], [])

    assert [found for _, found in Work.read(tmp_path).passages()] == [f"Bridge\n{text}"]


def test_a_program_prints_its_times_after_whatever_its_libraries_print(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: list[str] = []
    sys.stdout.write("loading")

    def search(question: str) -> list[str]:
        asked.append(question)
        return ["a"]

    measure(work(tmp_path), lambda _: (3, search), ["pytest"])

    found = printed(capsys)
    assert asked == ["Where?", "When?", "Who?", *["Where?", "When?", "Who?", "Why?"]]
    assert (found["passages"], len(found["search_seconds"])) == (3, 4)
    assert min(found["index_seconds"], found["processor_seconds"]) >= 0
    assert found["versions"] == {"pytest": pytest.__version__}


def test_a_search_that_never_finds_anything_is_no_search(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="found nothing"):
        measure(work(tmp_path), lambda _: (3, lambda _: []), [])


def test_the_last_line_of_a_program_is_its_reply() -> None:
    found = run([sys.executable, "-c", "print('noise'); print('{\"seconds\": 2}')"])

    assert found == {"seconds": 2}


def test_a_program_finds_the_measuring_code_and_no_hub() -> None:
    script = (
        "import os, json, eval.bench.programs.protocol as p; "
        "print(json.dumps([os.environ['HF_HUB_OFFLINE'], p.WARM_UP]))"
    )

    assert list(run([sys.executable, "-c", script])) == ["1", 3]


def test_a_program_that_fails_is_quoted() -> None:
    with pytest.raises(DataError, match="failed with 1: ValueError: no model"):
        run([sys.executable, "-c", "raise ValueError('no model')"])


def test_a_program_that_prints_no_reply_is_said() -> None:
    with pytest.raises(DataError, match="no reply"):
        run([sys.executable, "-c", "print('hello')"])


def test_a_program_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="cannot be run"):
        run([str(tmp_path / "python")])
