"""Documents annotated with who said what: what the attributor finds in them and what it costs.

Needs no index. `polnear` is the dev part, `gum` its news and interviews; any other
source is a file in PolNeAR's layout, such as a test part.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from eval.attribution.tables import (
    LemmaOf,
    PronounAnswer,
    SpeakerOf,
    answers_in_chains,
    answers_of_two,
    pronouns_table,
    spans_table,
    speakers_table,
)
from eval.datasets.formats.attribution import GumDocument, read_gum, read_polnear, read_spoken
from eval.datasets.formats.coreference import held_out, read_pronouns
from eval.datasets.formats.gap import read_gap
from eval.errors import DataError
from eval.runs.environment import resident_mb
from eval.scoring.statistics import Interval
from index.documents import Article
from index.statements import Statement

if TYPE_CHECKING:
    from index.progress import Progress

POLNEAR, GUM = "polnear", "gum"
FOLDER = "attribution"
LEMMAS = Path("cues") / "polnear_train_cue_lemmas.tsv"
AT_ONCE = 32
NEWS = frozenset(("news", "interview"))
"""What archives hold; court and academic texts name people by their role: "the Petitioner"."""
ANY_GENRE = "any_genre_"
ALL = "all_"
"""Before a measure of GUM over all its documents: the pronouns of most were fitted on."""
GAP = Path("gap") / "gap-validation.tsv.gz"
"""Paragraphs of an encyclopedia; the pronouns were fitted on its development part."""
GAP_ALONE, POOLED = "gap_", "with_gap_"
"""Before a measure of GAP's paragraphs, and of these and GUM's held-out documents together."""


class AttributionSystem(Protocol):
    """Statements of each article, in their order."""

    def attribute(self, articles: Sequence[Article]) -> Sequence[Sequence[Statement]]: ...


@dataclass(frozen=True, slots=True)
class AttributionParts:
    """What is measured: the attributor, made at its first use, and parts of it on their own."""

    attributor: Callable[[], AttributionSystem]
    lemma_of: LemmaOf
    speaker_of: SpeakerOf


@dataclass(frozen=True, slots=True)
class AttributionResult:
    """One set: rates by name, costs, and the statements to read by eye."""

    name: str
    rates: Mapping[str, Interval]
    costs: Mapping[str, float]
    articles: Sequence[Article]
    statements: Mapping[str, Sequence[Statement]]
    """By article."""


@dataclass(frozen=True, slots=True)
class _Found:
    articles: Sequence[Article]
    statements: Mapping[str, Sequence[Statement]]
    costs: Mapping[str, float]


def attribution(
    sources: Sequence[str], data: Path, parts: AttributionParts, *, progress: "Progress"
) -> list[AttributionResult]:
    """For each source, or for every set in `data`; DataError where one is missing or faulty."""
    shelf = data / FOLDER if (data / FOLDER).is_dir() else data
    named = sources or [name for name in (POLNEAR, GUM) if (shelf / name).is_dir()]
    if not named:
        raise DataError(
            f"{data}: holds neither {POLNEAR}/ nor {GUM}/; give the folder that holds them"
        )
    return [
        _gum(shelf, parts, progress)
        if name == GUM
        else _polnear(name, _file(name, shelf), shelf / LEMMAS, parts, progress)
        for name in named
    ]


def _file(name: str, shelf: Path) -> Path:
    path = shelf / POLNEAR / "dev.jsonl.gz" if name == POLNEAR else Path(name)
    if not path.is_file():
        raise DataError(
            f"{path} does not exist: give {POLNEAR}, {GUM} or a file in PolNeAR's layout"
        )
    return path


def _polnear(
    name: str, path: Path, lemmas: Path, parts: AttributionParts, progress: "Progress"
) -> AttributionResult:
    documents, spoken = read_polnear(path), read_spoken(lemmas)
    name = name if name == POLNEAR else path.name.partition(".")[0]
    found = _attribute(name, {each.id: each.text for each in documents}, parts, progress)
    rates = spans_table(documents, found.statements, spoken=spoken, lemma_of=parts.lemma_of)
    return AttributionResult(name, rates, found.costs, found.articles, found.statements)


def _gum(shelf: Path, parts: AttributionParts, progress: "Progress") -> AttributionResult:
    folder = shelf / GUM
    documents = read_gum(folder / "attributions.jsonl.gz")
    unseen = held_out(folder / "splits.md")
    texts = {each.id: each.text for each in documents}
    found = _attribute(GUM, texts, parts, progress)
    pronouns = read_pronouns(folder / "dep.tar.gz", texts)
    answers = answers_in_chains(pronouns, texts, parts.speaker_of)
    news = [each for each in documents if each.genre in NEWS]
    strict = [each for each in news if each.id in unseen]
    parted = {
        "": strict,
        ALL: news,
        ANY_GENRE: [each for each in documents if each.id in unseen],
    }
    rates = {
        f"{prefix}{name}": rate
        for prefix, part in parted.items()
        for name, rate in _speakers(part, answers, found).items()
    }
    rates |= _pooled(_in(strict, answers), shelf / GAP, parts)
    return AttributionResult(GUM, rates, found.costs, found.articles, found.statements)


def _speakers(
    documents: Sequence[GumDocument], answers: Sequence[PronounAnswer], found: _Found
) -> dict[str, Interval]:
    return pronouns_table(_in(documents, answers)) | speakers_table(documents, found.statements)


def _in(documents: Sequence[GumDocument], answers: Sequence[PronounAnswer]) -> list[PronounAnswer]:
    ids = {each.id for each in documents}
    return [each for each in answers if each.document in ids]


def _pooled(
    answers: Sequence[PronounAnswer], gap: Path, parts: AttributionParts
) -> dict[str, Interval]:
    """GAP's paragraphs alone, and with the answers in documents; empty where there is no GAP."""
    if not gap.is_file():
        return {}
    further = answers_of_two(read_gap(gap), parts.speaker_of)
    parted = {GAP_ALONE: further, POOLED: [*answers, *further]}
    return {
        f"{prefix}{name}": rate
        for prefix, part in parted.items()
        for name, rate in pronouns_table(part).items()
    }


def _attribute(
    name: str, texts: Mapping[str, str], parts: AttributionParts, progress: "Progress"
) -> _Found:
    before = most = resident_mb()
    attributor = parts.attributor()
    articles = [Article(id, "", text) for id, text in texts.items()]
    statements: dict[str, Sequence[Statement]] = {}
    seconds = busy = 0.0
    for start in range(0, len(articles), AT_ONCE):
        batch = articles[start : start + AT_ONCE]
        began, worked = time.perf_counter(), time.process_time()
        found = attributor.attribute(batch)
        seconds += time.perf_counter() - began
        busy += time.process_time() - worked
        most = max(most, resident_mb())
        statements |= {article.id: each for article, each in zip(batch, found, strict=True)}
        progress(f"{name}: reading", len(statements), len(articles))
    return _Found(articles, statements, _costs(statements, seconds, busy, most - before))


def _costs(
    statements: Mapping[str, Sequence[Statement]], seconds: float, busy: float, megabytes: float
) -> dict[str, float]:
    """`busy` is processor time over all cores; memory is what loading and reading added."""
    return {
        "articles": len(statements),
        "statements": sum(map(len, statements.values())),
        "seconds_per_article": seconds / max(len(statements), 1),
        "cpu_seconds_per_article": busy / max(len(statements), 1),
        "megabytes": megabytes,
    }
