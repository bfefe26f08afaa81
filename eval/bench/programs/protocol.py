"""What every measured program reads and prints: files in a folder, one JSON object.

`articles.jsonl` has `id`, `title` and `text`; `questions.jsonl` has `question`; `request.json` has
the model's folder, the size of passages and how many results a search gives.
"""

import json
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

WARM_UP = 3
"""Questions asked before the clock counts."""


@dataclass(frozen=True, slots=True)
class Request:
    """One measurement that is asked for."""

    model: str
    """The folder of a sentence-transformers model."""
    words: int = 120
    """Words of a passage; ours have 121 on average (realtimeqa, 180 tokens)."""
    overlap: int = 25
    """Words that a passage repeats from the one before."""
    limit: int = 10
    """Results of a search."""
    statements: bool = True
    """For our own program: whether it finds who said what."""

    def write(
        self, folder: Path, articles: Sequence[dict[str, str]], questions: Sequence[str]
    ) -> None:
        _write_lines(folder / "articles.jsonl", articles)
        _write_lines(folder / "questions.jsonl", [{"question": each} for each in questions])
        (folder / "request.json").write_text(json.dumps(asdict(self)), "utf-8")


@dataclass(frozen=True, slots=True)
class Work:
    """A request with its articles and questions."""

    request: Request
    articles: list[dict[str, str]]
    questions: list[str]

    @classmethod
    def read(cls, folder: Path) -> "Work":
        request = Request(**json.loads((folder / "request.json").read_text("utf-8")))
        questions = [each["question"] for each in _lines(folder / "questions.jsonl")]
        return cls(request, list(_lines(folder / "articles.jsonl")), questions)

    def passages(self) -> list[tuple[str, str]]:
        """Article id and text of each passage, the article's title before the words."""
        size, step = self.request.words, self.request.words - self.request.overlap
        return [
            (article["id"], f"{article['title']}\n{' '.join(words[start : start + size])}")
            for article in self.articles
            for words in [article["text"].split()]
            for start in range(0, max(1, len(words) - self.request.overlap), step)
        ]


Search = Callable[[str], Sequence[str]]
"""A question -> the ids of articles, best first; an article may come again."""
Indexed = tuple[int, Search]
"""How many passages there are, and how to search them."""


def measure(work: Work, index: Callable[[Work], Indexed], packages: Sequence[str]) -> None:
    """Index the articles, ask the questions, print the times. The model must be loaded before."""
    began, used = time.perf_counter(), time.process_time()
    passages, search = index(work)
    seconds, processor_seconds = time.perf_counter() - began, time.process_time() - used
    for question in work.questions[:WARM_UP]:
        search(question)
    asked = [_timed(search, question) for question in work.questions]
    if not any(ids for _, ids in asked):
        sys.exit("the searches found nothing")
    answer(
        index_seconds=seconds,
        processor_seconds=processor_seconds,
        passages=passages,
        search_seconds=[seconds for seconds, _ in asked],
        versions={name: version(name) for name in packages},
    )


def answer(**facts: Any) -> None:
    """The last line on standard output is the reply; libraries may print lines before it."""
    sys.stdout.write("\n" + json.dumps(facts) + "\n")


def folder() -> Path:
    """The program's only argument."""
    return Path(sys.argv[1])


def _timed(search: Search, question: str) -> tuple[float, Sequence[str]]:
    began = time.perf_counter()
    found = search(question)
    return time.perf_counter() - began, found


def _lines(path: Path) -> Iterator[dict[str, str]]:
    return (json.loads(line) for line in path.read_text("utf-8").splitlines())


def _write_lines(path: Path, records: Sequence[dict[str, str]]) -> None:
    path.write_text("".join(json.dumps(each) + "\n" for each in records), "utf-8")
