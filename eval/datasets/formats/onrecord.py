"""Our own questions: one JSON object a line, and the articles they are about in a file beside them.

`{id, question, answerable, answers, evidence, distractors, texts, relevant, as_of, speaker, reason,
tags}`; only `id` and `question` must be there. Marks are `{article, start, end}`, and if they state
`text` or `sha256` (of the article's text) too, these are checked.
"""

from pathlib import Path

from eval.datasets.formats.completion import as_of, complete
from eval.datasets.formats.corpus import Corpus, read_corpus
from eval.datasets.formats.marks import marked
from eval.datasets.formats.records import FirstLines, JsonRecord, read_records
from eval.datasets.questions import Dataset, Question
from eval.errors import Fault, Report

QUESTION_FILES = ("questions.jsonl", "questions.jsonl.gz")
_ARTICLE_FILES = ("articles.jsonl", "articles.jsonl.gz", "corpus.jsonl", "corpus.jsonl.gz")


def read(path: Path, report: Report, *, articles: Path | None = None) -> Dataset:
    """`path` holds the questions; the articles are looked for beside it unless they are given."""
    articles = articles or articles_beside(path)
    if articles is None:
        expected = " or ".join(_ARTICLE_FILES)
        report(
            Fault(path, None, f"the articles it asks about are missing; put {expected} beside it")
        )
        return Dataset(path.stem, (), ())
    corpus, ids = read_corpus(articles, report), FirstLines()
    questions = tuple(
        _question(record, corpus)
        for record in read_records(path, report)
        if (name := record.needed("id")) and ids.admit(name, record)
    )
    return Dataset(_name(path), tuple(corpus.articles.values()), questions, corpus.groups())


def articles_beside(path: Path) -> Path | None:
    found = (path.with_name(name) for name in _ARTICLE_FILES)
    return next((articles for articles in found if articles.is_file()), None)


def _name(path: Path) -> str:
    return path.resolve().parent.name if path.name in QUESTION_FILES else path.name.split(".")[0]


def _question(record: JsonRecord, corpus: Corpus) -> Question:
    draft = Question(
        id=record.needed("id"),
        text=record.needed("question"),
        answerable=record.flag("answerable", default=True),
        answers=marked(record, "answers", corpus),
        evidence=marked(record, "evidence", corpus),
        distractors=marked(record, "distractors", corpus),
        texts=record.strings("texts"),
        relevant=_relevant(record, corpus),
        as_of=as_of(record, "as_of"),
        speaker=record.string("speaker"),
        reason=record.string("reason"),
        tags=record.strings("tags"),
    )
    return complete(draft, record, corpus)


def _relevant(record: JsonRecord, corpus: Corpus) -> dict[str, int]:
    """`["id", ...]`, each of grade 1, or `{"id": grade}`."""
    given = record.fields.get("relevant") or {}
    grades = given if isinstance(given, dict) else dict.fromkeys(record.strings("relevant"), 1)
    for name, grade in grades.items():
        if type(grade) is not int:
            record.fault(f"'relevant' grades {name!r} {grade!r:.60}, expected a whole number")
        elif name not in corpus.articles:
            record.fault(
                f"'relevant' names the article {name!r}, which {corpus.path} does not have"
            )
    return {name: grade for name, grade in grades.items() if type(grade) is int and grade > 0}
