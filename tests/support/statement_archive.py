"""A small archive for tests of statements: two persons called Lee, a wire story, a denial."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.documents import Article
from index.statements import Act, Polarity, Resolution, SourceType, StatementKind
from rag.service import Service
from rag.settings import ServiceSettings
from tests.support.fakes import FakeEmbedder, silent
from tests.support.fakes_statements import Mark, MarkedAttributor


def article(id: str, day: datetime | None, title: str, *lines: str, outlet: str) -> Article:
    return Article(id=id, title=title, text="\n\n".join(lines), outlet=outlet, published_at=day)


def at(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, 9, tzinfo=UTC)


TAX = "Minister Ida Brandt said the river tax would be collected from May."
ARTICLES = [
    article(
        "mill",
        at(2025, 3, 5),
        "A mill by night",
        "Halina Lee, who runs the mill at Orrin, said the river tax would ruin her.",
        "“We grind by night to save money,” Lee said. She declined to comment on the lawsuit.",
        outlet="Courier",
    ),
    article(
        "pier",
        at(2024, 9, 12),
        "Harbour master speaks",
        "Oskar Lee, the harbour master, said the river tax was fair. "
        "Lee warned that the pier would close by June.",
        outlet="Wire",
    ),
    article("tax", at(2025, 3, 6), "Tax from May", TAX, outlet="Wire"),
    article("tax-copy", at(2025, 3, 7), "River tax", TAX, outlet="Courier"),
    article(
        "ice",
        at(2025, 1, 20),
        "Thin ice",
        "Experts said the ice on the lake was thin.",
        "A spokesman for the Lake Trust said nobody should skate before February.",
        outlet="Wire",
    ),
    article(
        "merger",
        at(2025, 2, 1),
        "No merger",
        "Pavel Ortiz denied that the two banks were talking.",
        "Ortiz called the rumour “a story for children”.",
        outlet="Courier",
    ),
    article(
        "weir",
        at(2025, 4, 1),
        "Talks fail",
        "Halina Lee and Oskar Lee met at the weir of Ines Falk. Lee said the talks had failed.",
        outlet="Courier",
    ),
    article(
        "choir",
        at(2025, 2, 10),
        "Town choir turns fifty",
        "The conductor of the choir, Musa Bello, said he would retire in June.",
        outlet="Wire",
    ),
    article(
        "oven",
        None,
        "The baker's two ovens",
        "“The first oven broke in the frost,” said Nadia Petrov, the baker.",
        "Nadia Petrov at work. (Photo: Ada Obi/Courier)",
        "“The second one I built from river clay.”",
        outlet="Wire",
    ),
]
SAID = [
    Mark(
        "mill",
        "Halina Lee, who runs",
        ("the river tax would ruin her",),
        "Halina Lee",
        "Halina Lee",
    ),
    Mark(
        "mill",
        "“We grind by night to save money,” Lee said.",
        ("“We grind by night to save money,”",),
        "Lee",
        "Halina Lee",
        kind=StatementKind.DIRECT,
        resolution=Resolution.SHORT_NAME,
    ),
    Mark(
        "mill",
        "She declined to comment on the lawsuit.",
        ("on the lawsuit",),
        "She",
        "Halina Lee",
        cue="declined to comment",
        lemma="comment",
        polarity=Polarity.NEGATIVE,
        source_type=SourceType.PRONOUN,
        resolution=Resolution.PRONOUN,
    ),
    Mark("pier", "Oskar Lee, the harbour", ("the river tax was fair",), "Oskar Lee", "Oskar Lee"),
    Mark(
        "pier",
        "Lee warned that the pier",
        ("the pier would close by June",),
        "Lee",
        "Oskar Lee",
        cue="warned",
        lemma="warn",
        resolution=Resolution.SHORT_NAME,
    ),
    *(
        Mark(
            id,
            TAX,
            ("the river tax would be collected from May",),
            "Minister Ida Brandt",
            "Ida Brandt",
        )
        for id in ("tax", "tax-copy")
    ),
    Mark(
        "ice",
        "Experts said the ice",
        ("the ice on the lake was thin",),
        "Experts",
        "Experts",
        source_type=SourceType.GROUP,
        resolution=Resolution.ITSELF,
    ),
    Mark(
        "ice",
        "A spokesman for the Lake Trust",
        ("nobody should skate before February",),
        "A spokesman for the Lake Trust",
        "A spokesman for the Lake Trust",
        source_type=SourceType.UNNAMED,
        resolution=Resolution.ITSELF,
    ),
    Mark(
        "merger",
        "Pavel Ortiz denied",
        ("the two banks were talking",),
        "Pavel Ortiz",
        "Pavel Ortiz",
        cue="denied",
        lemma="deny",
        act=Act.DENY,
    ),
    Mark(
        "merger",
        "Ortiz called the rumour",
        ("the rumour “a story for children”",),
        "Ortiz",
        "Pavel Ortiz",
        cue="called",
        lemma="call",
        kind=StatementKind.MIXED,
        resolution=Resolution.SHORT_NAME,
    ),
    Mark(
        "weir",
        "Lee said the talks had failed.",
        ("the talks had failed",),
        "Lee",
        None,
        resolution=Resolution.AMBIGUOUS,
        candidates=("Halina Lee", "Oskar Lee"),
    ),
    Mark(
        "oven",
        "“The first oven broke",
        ("“The first oven broke in the frost,”", "“The second one I built from river clay.”"),
        "Nadia Petrov",
        "Nadia Petrov",
        kind=StatementKind.DIRECT,
    ),
]
"""Every reported statement except the one of Musa Bello, which the attributor misses."""


class CountingEmbedder(FakeEmbedder):
    """Counts the embedded questions."""

    def __init__(self) -> None:
        super().__init__()
        self.questions = 0

    def embed_questions(self, texts: list[str]) -> NDArray[np.float32]:  # type: ignore[override]  # a list will do
        self.questions += 1
        return super().embed_questions(texts)


@contextmanager
def statement_service(
    folder: Path, embedder: FakeEmbedder | None = None, **settings: Any
) -> Iterator[Service]:
    """A service over these articles whose only statements are the marked ones."""
    service = Service(
        ServiceSettings(data=folder, **settings),
        embedder=lambda _: embedder or FakeEmbedder(),
        attributor=lambda: MarkedAttributor(SAID),
    )
    service.add(ARTICLES, progress=silent)
    try:
        yield service
    finally:
        service.close()
