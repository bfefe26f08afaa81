"""Questions made from a user's own articles, so that the service can be tried on them.

They are synthetic and tagged so: templates filled from simple quotations, and questions about
stories that are withheld from the index and must be refused. People word their questions
otherwise.
"""

import json
import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from eval.question_generation.quotations import Quotation, quotations
from eval.question_generation.templates import (
    Record,
    shuffle_by_article,
    speaker_questions,
    stories_of,
    withheld_questions,
)
from eval.question_generation.withholding import StoryOpening, opening_of, terms_of, unique_stories
from eval.runs.files import write_json
from index.documents import Article
from index.errors import SourceError

MOST_WITHHELD = 0.1
"""Largest share of the archive."""
CANDIDATES = 20
"""Examined for each article to be withheld."""
_PAGE = 500


class ArchivePages(Protocol):
    """The archive, as far as it is needed here."""

    def page(self, *, after: str | None = None, limit: int = 50) -> list[Article]: ...


@dataclass(frozen=True, slots=True)
class GeneratedSet:
    """Questions of each kind in the set at `folder`, and its articles."""

    folder: Path
    who_said: int
    what_said: int
    withheld: int
    articles: int
    """Left to be indexed: without those withheld."""


@dataclass(frozen=True, slots=True)
class Survey:
    """The result of one pass over the archive."""

    size: int
    frequency: Counter[str]
    """In how many articles each term occurs."""
    openings: Mapping[str, StoryOpening]
    """Of the articles that could be withheld, by id."""
    quotations: tuple[Quotation, ...]


def make(archive: ArchivePages, out: Path, *, questions: int, seed: int) -> GeneratedSet:
    """Writes `questions.jsonl`, `articles.jsonl` and `withheld.json`, the same for the same seed.

    A third are refusals where the archive has enough stories to withhold; fewer are made than
    `questions` when it is small. SourceError when none can be, or `out` holds something else.
    """
    _make_room(out)
    chance = random.Random(seed)  # noqa: S311 - a sample, not a secret
    survey = _survey(archive)
    withheld = _withheld(archive, survey, questions // 3, chance)
    stories = stories_of(each for each in survey.quotations if each.article not in withheld)
    records = [
        *speaker_questions(
            shuffle_by_article(stories, chance), survey.frequency, questions - len(withheld)
        ),
        *withheld_questions(survey.openings[name].question for name in withheld),
    ]
    if not records:
        raise SourceError(
            f"none of the {survey.size} articles has a full sentence in quotation marks beside its "
            "speaker's name, or a story of its own; add more articles, or write questions by hand"
        )
    return _write(archive, out, records, frozenset(withheld), seed)


def _make_room(out: Path) -> None:
    if out.is_file() or (out.is_dir() and any(out.iterdir())):
        raise SourceError(f"{out} exists and is not empty; name a new folder for the questions")
    out.mkdir(parents=True, exist_ok=True)


def _articles(archive: ArchivePages) -> Iterator[Article]:
    after: str | None = None
    while page := archive.page(after=after, limit=_PAGE):
        yield from page
        after = page[-1].id


def _survey(archive: ArchivePages) -> Survey:
    frequency: Counter[str] = Counter()
    openings: dict[str, StoryOpening] = {}
    found: list[Quotation] = []
    size = 0
    for article in _articles(archive):
        size += 1
        frequency.update(terms_of(article))
        found += quotations(article)
        if opening := opening_of(article):
            openings[article.id] = opening
    return Survey(size, frequency, openings, tuple(found))


def _withheld(
    archive: ArchivePages, survey: Survey, expected: int, chance: random.Random
) -> list[str]:
    expected = min(expected, int(MOST_WITHHELD * survey.size))
    order = sorted(survey.openings)
    chance.shuffle(order)
    candidates = {name: survey.openings[name] for name in order[: CANDIDATES * expected]}
    alone = unique_stories(candidates, _articles(archive), survey.frequency, survey.size)
    return alone[:expected]


def _write(
    archive: ArchivePages,
    out: Path,
    records: Sequence[Record],
    withheld: AbstractSet[str],
    seed: int,
) -> GeneratedSet:
    """The questions last: without them the folder is no set."""
    left = 0
    kept_out: list[Record] = []
    with (out / "articles.jsonl").open("w", encoding="utf-8") as file:
        for article in _articles(archive):
            if article.id in withheld:
                kept_out.append({"id": article.id, "title": article.title})
            else:
                left += 1
                file.write(_line(_record(article)))
    write_json(out / "withheld.json", {"synthetic": True, "seed": seed, "withheld": kept_out})
    (out / "questions.jsonl").write_text("".join(map(_line, records)), "utf-8")
    kinds = Counter(record["tags"][1] for record in records)
    return GeneratedSet(out, kinds["who_said"], kinds["what_said"], kinds["withheld"], left)


def _record(article: Article) -> Record:
    published = article.published_at
    return {
        "id": article.id,
        "title": article.title,
        "text": article.text,
        "url": article.url,
        "outlet": article.outlet,
        "authors": list(article.authors),
        "published_at": published.isoformat() if published else None,
        "language": article.language,
        "metadata": dict(article.metadata),
    }


def _line(record: Record) -> str:
    return json.dumps(record, ensure_ascii=False) + "\n"
