"""Loads data sets by name or path, in any layout; a faulty one is never loaded in part."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from eval.datasets.formats import beir, reading, squad, trec
from eval.datasets.formats import onrecord as ours
from eval.datasets.questions import Dataset, Gold, Question
from eval.errors import DataError, Fault, Report, stop
from index.sources.sample import sample_path

SAMPLE = "sample"
QUESTIONS = Path(__file__).resolve().parents[1] / "sample" / "questions.jsonl"
"""Of the sample archive."""
DEMO = "demo"

_FOLDERS = ("", "qa", "reading")
"""Folders below the data folder where sets may be."""
_ENDINGS = ("", ".jsonl", ".jsonl.gz", ".jsonlines", ".json", ".json.gz")
_LAYOUTS = (
    "a folder in BEIR's, TREC's or our own layout, a SQuAD .json, or questions.jsonl with "
    "articles.jsonl beside it"
)


def load(name_or_path: str, data: Path | None = None) -> Dataset:
    """The whole set; DataError at its first fault, with file and line."""
    path = locate(name_or_path, data)
    dataset = read(path, stop)
    if not dataset.questions:
        stop(nothing_asked(path))
    return dataset


def faults(name_or_path: str | Path, data: Path | None = None) -> list[Fault]:
    """Everything wrong with a set, articles before questions; DataError when there is none."""
    found: list[Fault] = []
    path = locate(str(name_or_path), data)
    dataset = read(path, found.append)
    return found if found or dataset.questions else [nothing_asked(path)]


def demo_questions(path: Path = QUESTIONS) -> list[str]:
    """Those tagged `demo`, in the file's order: a few that show what the service does."""
    lines = path.read_text(encoding="utf-8").splitlines()
    records = [json.loads(line) for line in lines if line.strip()]
    return [record["question"] for record in records if DEMO in record.get("tags", ())]


def names(data: Path | None = None) -> list[str]:
    """The sample, and every folder under `data` that holds a set."""
    folders = (folder for shelf in _folders(data) for folder in shelf.iterdir() if folder.is_dir())
    return [SAMPLE, *sorted({folder.name for folder in folders if _is_set(folder)})]


def locate(name_or_path: str, data: Path | None = None) -> Path:
    """The path of the set: a name under `data` first, then a path."""
    if name_or_path == SAMPLE:
        return QUESTIONS
    places = [shelf / f"{name_or_path}{end}" for shelf in _folders(data) for end in _ENDINGS]
    for place in (*places, Path(name_or_path)):
        if place.exists():
            return place
    known = ", ".join(names(data))
    raise DataError(
        f"{data or Path()}: there is no dataset {name_or_path!r}; give one of {known}, or a path"
    )


def read(path: Path, report: Report) -> Dataset:
    """The set at `path`; faulty parts go to `report` and are left out."""
    if path == QUESTIONS:
        dataset = replace(ours.read(path, report, articles=sample_path()), name=SAMPLE)
    else:
        dataset = _read_folder(path, report) if path.is_dir() else _read_file(path, report)
    return _with_copies(dataset)


def nothing_asked(path: Path) -> Fault:
    return Fault(path, None, "it has no question; give questions with their gold")


def _folders(data: Path | None) -> list[Path]:
    return [data / shelf for shelf in _FOLDERS if (data / shelf).is_dir()] if data else []


def _is_set(folder: Path) -> bool:
    return bool(
        beir.is_beir(folder) or _own_files(folder) or trec.topics_in(folder) or _file_parts(folder)
    )


def _own_files(folder: Path) -> list[Path]:
    return beir.existing(folder, ours.QUESTION_FILES)


def _file_parts(folder: Path) -> list[Path]:
    """Files that are each a part of the set: SQuAD, or questions with their paragraphs."""
    files = sorted(path for path in folder.iterdir() if path.is_file())
    documents = [path for path in files if path.name.endswith((".json", ".json.gz"))]
    documents = [path for path in documents if squad.is_squad(path)]
    return documents or [path for path in files if _is_reading(path)]


def _is_reading(path: Path) -> bool:
    lines = (".jsonl", ".jsonl.gz", ".jsonlines")
    return path.name.endswith(lines) and reading.is_reading(path)


def _read_folder(folder: Path, report: Report) -> Dataset:
    name = folder.resolve().name
    if beir.is_beir(folder):
        return beir.read(folder, report)
    if _own_files(folder):
        return ours.read(_own_files(folder)[0], report)
    if trec.topics_in(folder):
        return trec.read(folder, report)
    return _read_parts(_file_parts(folder), name, folder, report)


def _read_file(path: Path, report: Report) -> Dataset:
    name = path.name.split(".")[0]
    if path.name.endswith((".json", ".json.gz")) or _is_reading(path):
        return _read_parts([path], name, path, report)
    return ours.read(path, report)


def _read_parts(paths: list[Path], name: str, place: Path, report: Report) -> Dataset:
    if not paths:
        raise DataError(f"{place}: there is no dataset here; expected {_LAYOUTS}")
    if all(_is_reading(path) for path in paths):
        return reading.read(paths, name, report)
    return squad.read(paths, name, report)


def _with_copies(dataset: Dataset) -> Dataset:
    """What is right in one article is right in every other with the same text.

    They are one group, and marks and relevance count for each.
    """
    copies = _copies(dataset)
    if not copies:
        return dataset
    first = {name: dataset.groups.get(same[0], same[0]) for name, same in copies.items()}
    questions = tuple(_copied(question, copies) for question in dataset.questions)
    return replace(dataset, questions=questions, groups={**first, **dataset.groups})


def _copies(dataset: Dataset) -> dict[str, list[str]]:
    """Articles that share their text: id -> all ids with that text."""
    same: defaultdict[str, list[str]] = defaultdict(list)
    for article in dataset.articles:
        same[article.text].append(article.id)
    return {name: group for group in same.values() if len(group) > 1 for name in group}


def _copied(question: Question, copies: Mapping[str, list[str]]) -> Question:
    def everywhere(marks: Iterable[Gold]) -> tuple[Gold, ...]:
        spread = (
            replace(mark, article=article)
            for mark in marks
            for article in copies.get(mark.article, [mark.article])
        )
        return tuple(dict.fromkeys(spread))

    relevant = {
        article: grade
        for name, grade in question.relevant.items()
        for article in copies.get(name, [name])
    }
    return replace(
        question,
        answers=everywhere(question.answers),
        evidence=everywhere(question.evidence),
        distractors=everywhere(question.distractors),
        relevant={**relevant, **question.relevant},
    )
