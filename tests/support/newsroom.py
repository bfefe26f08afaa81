"""A small archive for tests of asking: six articles whose answers can be checked by eye."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from index.documents import Article
from rag.reading.reader import Reader
from rag.service import Service
from rag.settings import ServiceSettings
from tests.support.fakes import FakeAttributor, FakeEmbedder, no_reader, silent


def article(id: str, title: str, text: str, outlet: str, day: int) -> Article:
    return Article(
        id=id,
        title=title,
        text=text,
        outlet=outlet,
        url=f"https://{outlet.lower()}.example/{id}",
        published_at=datetime(2025, 3, day, 9, tzinfo=UTC),
    )


ARTICLES = [
    article(
        "ferry",
        "Ferry fire leaves passengers adrift",
        "People board the Grey Heron. (Photo: Ada Obi/Courier)\n\n"
        "A fire on the ferry Grey Heron left 212 passengers adrift on Tuesday. "
        "“The waiting was the hard part,” said Captain Marit Solheim.\n\n"
        "See also: Ten years of ferry fires\n\n"
        "The engine had been serviced in April because a pipe leaked. "
        "Inspectors called the repair careless.\n\n"
        "Leave a Reply\n\nYour email address will not be published. "
        "Required fields are marked *",
        "Courier",
        4,
    ),
    article(
        "bridge",
        "Swing bridge to cost more",
        "Rebuilding the swing bridge will cost £18.6 million, the council said. "
        "Councillor Ama Mensah said the price was a scandal. "
        "Divers found the oak piles eaten hollow by shipworm.",
        "Courier",
        10,
    ),
    article(
        "bridge-wire",
        "Bridge price rises",
        "Rebuilding the swing bridge will cost £18.6 million, the council said. "
        "Work starts in June.",
        "Wire",
        11,
    ),
    article(
        "frog",
        "A new frog from Sulawesi",
        "Siti Rahmawati described a new frog on Monday. "
        "She said villagers had known the frog for generations.",
        "Wire",
        17,
    ),
    article(
        "court",
        "Cold flats unfit, court rules",
        "A flat that cannot be heated to 18 degrees is not fit to live in, the court ruled.",
        "Wire",
        20,
    ),
    Article(
        id="undated",
        title="Town choir turns fifty",
        text="The town choir turned fifty. Its conductor, Musa Bello, said he would retire.",
    ),
]


@contextmanager
def newsroom(
    folder: Path, reader: Callable[[str], Reader | None] = no_reader, **settings: Any
) -> Iterator[Service]:
    """A service over the six articles, with vectors of words only and without statements."""
    service = Service(
        ServiceSettings(data=folder, **settings),
        embedder=lambda _: FakeEmbedder(),
        attributor=FakeAttributor,
        reader=reader,
    )
    service.add(ARTICLES, progress=silent)
    try:
        yield service
    finally:
        service.close()
