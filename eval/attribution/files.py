"""Results of an attributor on disk: numbers for a gate, statements for a person to read.

OUT/metrics.json  intervals.json  datasets.json  environment.json  SET/statements.txt
"""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

from eval.attribution.evaluate import AttributionResult
from eval.runs.environment import environment
from eval.runs.files import write_json
from eval.runs.fingerprints import corpus_hash
from index.documents import Article, Span
from index.statements import Statement

SEED = 0
"""For the resampling."""


def plain(measured: Sequence[AttributionResult]) -> dict[str, float]:
    """`set/measure` -> value, costs included."""
    return {
        f"{each.name}/{name}": value
        for each in measured
        for name, value in (
            *((name, rate.value) for name, rate in each.rates.items()),
            *each.costs.items(),
        )
    }


def write_results(out: Path, measured: Sequence[AttributionResult]) -> None:
    """Files are replaced; `metrics.json` is written last."""
    write_json(out / "environment.json", environment(settings={}, seeds={"bootstrap": SEED}))
    facts = {
        each.name: {"hash": corpus_hash(each.articles), "questions": len(each.articles)}
        for each in measured
    }
    write_json(out / "datasets.json", facts)
    for each in measured:
        read = (line for article in each.articles for line in _article_lines(article, each))
        (out / each.name).mkdir(parents=True, exist_ok=True)
        (out / each.name / "statements.txt").write_text("\n".join(read) + "\n", "utf-8")
    sure = {
        f"{each.name}/{name}": asdict(rate)
        for each in measured
        for name, rate in each.rates.items()
    }
    write_json(out / "intervals.json", sure)
    write_json(out / "metrics.json", plain(measured))


def annotated_lines(article: Article, statements: Sequence[Statement]) -> Iterator[str]:
    """An article paragraph by paragraph, each followed by the statements that begin in it."""
    start = 0
    for line in article.text.split("\n"):
        end = start + len(line) + 1
        if line.strip():
            yield line
        for each in statements:
            if start <= each.content[0].start < end:
                yield f"    | {_in_words(article, each)}"
        start = end


def _article_lines(article: Article, measured: AttributionResult) -> Iterator[str]:
    yield f"=== {article.id}"
    yield from annotated_lines(article, measured.statements[article.id])


def _in_words(article: Article, statement: Statement) -> str:
    def read(span: Span) -> str:
        return " ".join(span.of(article.text).split())

    source = read(statement.source) if statement.source else "-"
    cue = read(statement.cue) if statement.cue else "-"
    content = " … ".join(map(read, statement.content))
    speaker = statement.speaker or " or ".join(statement.candidates) or "nobody"
    return (
        f"{speaker} [{statement.resolution}, {statement.kind}, {statement.act}, "
        f"{statement.polarity}, {statement.origin}, {statement.confidence:.2f}] "
        f"{source} <{cue}> {content}"
    )
