"""Hashes of what a prediction depends on: the data set, its corpus, and our code."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

import index
import rag
from eval.datasets.questions import Dataset
from eval.runs import predict as ask
from index.documents import Article
from index.neural.word_pieces import FILE
from rag.reading.reader import NETWORK

INDEX, ANSWERS = Path(index.__file__).parent, Path(rag.__file__).parent
SKIPPED = frozenset({"__pycache__", "sample"})
DIGITS = 16


def dataset_hash(dataset: Dataset) -> str:
    """Of the articles, the questions and the groups; in the order of the set."""
    questions = ([*asdict(question).values()] for question in dataset.questions)
    return _hash([corpus_hash(dataset.articles), *questions, dict(dataset.groups)])


def corpus_hash(articles: Iterable[Article]) -> str:
    """Of everything an index is made from; articles may come in any order."""
    return _hash(_facts(article) for article in sorted(articles, key=lambda each: each.id))


@cache
def code_hash() -> str:
    """Of the sources and shipped weights that answer questions, and of how they are asked."""
    return _files_hash([*_files(INDEX), *_files(ANSWERS), Path(ask.__file__)])


def reader_hash(setting: str) -> str:
    """Of the files of a reader in a folder; what is bundled is in `code_hash`, by its name here."""
    place = Path(setting)
    network = place if place.is_file() else place / NETWORK.name
    there = [path for path in (network, network.parent / FILE) if path.is_file()]
    return _files_hash(there) if there else setting


@cache
def splitting_hash() -> str:
    """Of the sources that cut articles into passages."""
    return _files_hash([*_files(INDEX / "text"), INDEX / "build.py"])


def _files(folder: Path) -> list[Path]:
    return sorted(
        path
        for path in folder.rglob("*")
        if path.is_file() and not SKIPPED & set(path.relative_to(folder).parts)
    )


def _files_hash(files: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in files:
        digest.update(f"{path.name}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:DIGITS]


def _facts(article: Article) -> list[Any]:
    return [
        article.id,
        article.revision,
        article.title,
        article.url,
        article.outlet,
        article.authors,
        article.published_at,
        article.language,
        dict(article.metadata),
    ]


def _hash(records: Iterable[Any]) -> str:
    digest = hashlib.sha256()
    for record in records:
        digest.update(json.dumps(record, sort_keys=True, default=str).encode())
        digest.update(b"\n")
    return digest.hexdigest()[:DIGITS]
