"""An archive in memory: one passage an article, its vector and statements by the fakes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from index.documents import Article
from index.language.names import name_key
from index.statements import Speaker, Statement
from index.stores.search.passage_table import MISSING, PassageTable
from index.stores.timestamps import instant
from tests.support.fakes import FakeAttributor, FakeEmbedder

STATEMENTS = 100
"""Numbers kept for those of each passage."""


@dataclass
class FakeArchive:
    """What `publish` reads of an archive; an article put again gets a new passage id."""

    identity: str = "archive-1"
    passages: dict[int, tuple[str, str]] = field(default_factory=dict)
    """Article id and text, by passage id."""
    published: int = MISSING
    last_id: int = 0
    generation: str = ""
    spoke: set[str] = field(default_factory=set)

    def latest_generation(self) -> str:
        return self.generation

    def record_generation(self, generation: str) -> None:
        self.generation = generation

    def engines(self) -> tuple[str, ...]:
        return ("fake",)

    def put(self, **texts: str) -> None:
        for article, text in texts.items():
            self.remove(article)
            self.last_id += 1
            self.passages[self.last_id] = (article, text)

    def remove(self, article: str) -> None:
        self.passages = {key: each for key, each in self.passages.items() if each[0] != article}

    def passage_table(self, before: PassageTable | None = None) -> PassageTable:
        n = len(self.passages)
        lengths = [len(text) for _, text in self.passages.values()]
        return PassageTable(
            passage=np.array(list(self.passages), np.int64),
            article=np.arange(n, dtype=np.int32),
            start=np.zeros(n, np.int32),
            end=np.array(lengths, np.int32),
            embedded=np.ones(n, np.bool_),
            article_ids=tuple(article for article, _ in self.passages.values()),
            revisions=tuple(f"r{key}" for key in self.passages),
            published=np.full(n, self.published, np.int64),
            outlet=np.full(n, 0 if n else -1, np.int32),
            outlets=("The Tide",) if n else (),
            statement=np.array([number for number, _, _ in self._spoken()], np.int64),
            story=np.arange(n, dtype=np.int32),
        )

    def vectors(self, passage_ids: NDArray[np.int64]) -> NDArray[np.float32]:
        texts = [self.passages[key][1] for key in passage_ids.tolist()]
        return FakeEmbedder().embed_questions(texts)

    def texts(self, passage_ids: NDArray[np.int64]) -> Iterator[tuple[int, str, str]]:
        for key in passage_ids.tolist():
            article, text = self.passages[key]
            yield key, article, text

    def statements_by_id(
        self, statement_ids: NDArray[np.int64]
    ) -> Iterator[tuple[int, Article, Statement]]:
        known = {number: (number, article, said) for number, article, said in self._spoken()}
        yield from (known[number] for number in statement_ids.tolist())

    def refresh_speakers(self, *, fresh: bool) -> None:
        """Nothing is kept between two readings but the keys of those who ever spoke."""
        self.spoke |= {speaker.key for speaker in self.speakers()}

    def changed_speakers(self) -> list[str]:
        return sorted(self.spoke)

    def speakers(self, keys: Iterable[str] | None = None) -> Iterator[Speaker]:
        said = [(statement.speaker or "", statement) for _, _, statement in self._spoken()]
        for name in sorted({name for name, _ in said}):
            of_theirs = [statement for speaker, statement in said if speaker == name]
            articles = {statement.article_id for statement in of_theirs}
            kind = of_theirs[0].source_type
            yield Speaker(name_key(name), name, kind, (), (), len(of_theirs), len(articles))

    def _spoken(self) -> Iterator[tuple[int, Article, Statement]]:
        date = None if self.published == MISSING else instant(self.published)
        for key, (name, text) in self.passages.items():
            article = Article(name, name, text, outlet="The Tide", published_at=date)
            [found] = FakeAttributor().attribute([article])
            for position, statement in enumerate(found):
                yield key * STATEMENTS + position, article, statement
