"""A small set of our own, written in the layouts that the evaluation reads."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

PIER = "The harbour board voted on Tuesday to close the old pier. Ana Lima spoke against it."
FERRY = (
    "A ferry ran aground near Tarn Point \N{FERRY} at dawn. Its captain, Jo Park, blamed the fog."
)


def article(name: str = "pier", text: str = PIER, **fields: Any) -> dict[str, Any]:
    return {"id": name, "title": f"About the {name}", "text": text, **fields}


def mark(words: str, within: str = PIER, name: str = "pier", **fields: Any) -> dict[str, Any]:
    """Where `words` stand in the text of article `name`, in our keys."""
    start = within.index(words)
    return {"article": name, "start": start, "end": start + len(words), **fields}


def stated(words: str, within: str = PIER, name: str = "pier") -> dict[str, Any]:
    """The same in the keys of the development sets."""
    place = mark(words, within, name)
    return {"doc_id": name, "start": place["start"], "end": place["end"], "text": words}


def question(name: str = "q1", **fields: Any) -> dict[str, Any]:
    asked = {"id": name, "question": "Who spoke against it?"}
    return {**asked, "answers": [mark("Ana Lima")], **fields}


def squad_title(title: str, asked: str, answer: str, within: str) -> dict[str, Any]:
    """One question about one paragraph, in SQuAD's format."""
    answers = [{"text": answer, "answer_start": within.index(answer)}]
    qas = {"id": title, "question": asked, "answers": answers, "is_impossible": False}
    return {"title": title, "paragraphs": [{"context": within, "qas": [qas]}]}


def write_lines(path: Path, records: Iterable[Mapping[str, Any] | str]) -> Path:
    """One a line; a string goes in as it is."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [r if isinstance(r, str) else json.dumps(r, ensure_ascii=False) for r in records]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def write_own(
    folder: Path,
    questions: Iterable[Mapping[str, Any] | str],
    articles: Iterable[Mapping[str, Any] | str] = (article(),),
) -> Path:
    write_lines(folder / "articles.jsonl", articles)
    return write_lines(folder / "questions.jsonl", questions)


def write_beir(
    folder: Path,
    queries: Iterable[Mapping[str, Any] | str],
    qrels: Iterable[str] | None = None,
    corpus: Iterable[Mapping[str, Any] | str] = (article(), article("ferry", FERRY)),
) -> Path:
    write_lines(folder / "corpus.jsonl", corpus)
    write_lines(folder / "queries.jsonl", queries)
    if qrels is not None:
        write_lines(folder / "qrels.tsv", qrels)
    return folder
