"""Generations small enough to check by eye, for whoever tests what is published."""

from pathlib import Path

from index.language.names import name_key
from index.language.terms import analyze
from index.settings import IndexSettings
from index.stores.generation.generation import Generation, Generations
from index.stores.generation.manifest import Manifest
from index.stores.generation.parent import Continuation
from index.stores.generation.publication import publish
from index.stores.generation.writer import Provenance
from index.stores.search.statements import StatementQuery
from tests.support.fakes import FakeEmbedder
from tests.support.fakes_stores import FakeArchive

SETTINGS = IndexSettings(embedder="fake")
EMBEDDER = FakeEmbedder().identity


def three_articles() -> FakeArchive:
    made = FakeArchive()
    made.put(
        bridge="The harbour bridge is closed.",
        mayor="The mayor opened a school.",
        rain='Rain is expected on Sunday. Ana Ruiz said: "Take an umbrella."',
    )
    return made


def written(folder: Path, archive: FakeArchive, *, fresh: bool = False) -> Manifest:
    after = None if fresh else Continuation.of(folder, archive)
    return publish(folder, archive, provenance=Provenance(SETTINGS, EMBEDDER, "fake"), after=after)


def reader(folder: Path) -> Generations:
    return Generations(folder, settings=SETTINGS, embedder=EMBEDDER)


def answers(generation: Generation, text: str) -> set[str]:
    """The articles that share a word with `text`."""
    ids, _ = generation.terms.search(analyze(text), 10)
    return {article_at(generation, int(row)) for row in generation.passage_table.rows(ids)}


def nearest(generation: Generation, text: str) -> str:
    rows, _ = generation.vectors.search(FakeEmbedder().embed_questions([text])[0], 1)
    return article_at(generation, int(rows[0]))


def said(generation: Generation, speaker: str) -> list[str]:
    """The articles in which that speaker says something."""
    query = StatementQuery(speakers=(name_key(speaker),))
    return [hit.statement.article_id for hit in generation.statements.search(query, 10)]


def article_at(generation: Generation, row: int) -> str:
    return generation.passage_table.passage_at(row).article_id


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / "generations").iterdir())


def flip(path: Path, bit: int) -> None:
    content = bytearray(path.read_bytes())
    content[bit // 8] ^= 1 << bit % 8
    path.unlink()  # so that a file shared with another generation is not altered there too
    path.write_bytes(content)


def files_of(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def every_file(folder: Path) -> list[str]:
    manifest = Manifest.read(folder)
    return ["manifest.json", *manifest.files]
