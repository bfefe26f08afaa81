"""Which articles are relevant to which question, as BEIR and TREC write it down."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from pathlib import Path

from eval.datasets.formats.corpus import Corpus
from eval.datasets.formats.records import text_lines
from eval.errors import Fault, Report

Qrels = dict[str, dict[str, int]]
"""{question: {article: grade}}"""

Row = tuple[str, str, str]
"""Question, article and grade, all as written."""

_HEADINGS = frozenset(("query-id", "query_id", "qid", "query", "topic", "question"))


def beir_row(line: str) -> Row | None:
    """`question <tab> article <tab> grade`."""
    fields = [text.strip() for text in line.split("\t")]
    return (fields[0], fields[1], fields[2]) if len(fields) == 3 else None  # noqa: PLR2004 - a row


def trec_row(line: str) -> Row | None:
    """`question iteration article grade`, whatever space between."""
    fields = line.split()
    return (fields[0], fields[2], fields[3]) if len(fields) == 4 else None  # noqa: PLR2004 - a row


def read_qrels(
    path: Path,
    report: Report,
    *,
    row: Callable[[str], Row | None],
    corpus: Corpus,
    questions: Collection[str],
) -> "Judgments":
    """Every row is checked; those of grade 0 and below say the article is not relevant."""
    judgments = Judgments()
    for number, line in text_lines(path, report):
        fields = row(line)
        if number == 1 and fields and fields[0].lower() in _HEADINGS:
            continue
        problem = _add(judgments, fields, corpus, questions)
        if problem:
            report(Fault(path, number, problem))
    return judgments


@dataclass(frozen=True, slots=True)
class Judgments:
    relevant: Qrels = field(default_factory=dict)
    judged: set[tuple[str, str]] = field(default_factory=set)

    def of(self, question: str) -> dict[str, int]:
        return self.relevant.get(question, {})


def _add(
    judgments: Judgments, fields: Row | None, corpus: Corpus, questions: Collection[str]
) -> str | None:
    """What is wrong with the row, if anything."""
    if fields is None:
        return "expected question, article and grade (TREC: question, 0, article, grade)"
    question, article, grade = fields
    if not grade.lstrip("-").isdecimal():
        return f"the grade is {grade!r:.60}, expected a whole number"
    if question not in questions:
        return f"the question {question!r} is not among the questions"
    if article not in corpus.articles:
        return f"the article {article!r} of question {question!r} is not in {corpus.path}"
    if (question, article) in judgments.judged:
        return f"the article {article!r} of question {question!r} is judged twice"
    judgments.judged.add((question, article))
    if int(grade) > 0:
        judgments.relevant.setdefault(question, {})[article] = int(grade)
    return None
