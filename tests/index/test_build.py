"""Building: only what changed is done, what was interrupted is finished, by one writer."""

from collections.abc import Iterable
from pathlib import Path

import pytest
from filelock import FileLock

from index.build import Builder
from index.build_report import BuildReport
from index.documents import Article, Reject, RejectReason
from index.errors import IndexMismatchError, WriterBusyError
from index.language.terms import analyze
from index.settings import IndexSettings
from index.stores.archive.archive import Archive
from index.stores.generation.generation import Generation, Generations
from index.text.chunking import encoder_input
from tests.support.fakes import FakeAttributor, FakeEmbedder, silent

SETTINGS = IndexSettings(passage_tokens=40, overlap_tokens=10)


def story(id: str, text: str = "", title: str = "", **fields: object) -> Article:
    filler = f"The {id} committee met on Monday. It heard from nine residents about the {id} plan."
    return Article(id=id, title=title or f"The {id} story", text=text or filler, **fields)  # type: ignore[arg-type]  # fields are named by the caller


def builder(folder: Path, embedder: FakeEmbedder | None = None) -> Builder:
    return Builder(
        folder,
        settings=SETTINGS,
        embedder=embedder or FakeEmbedder(),
        attributor=FakeAttributor(),
    )


def add(folder: Path, items: Iterable[Article | Reject], embedder: FakeEmbedder) -> BuildReport:
    return builder(folder, embedder).add(items, progress=silent)


def current(folder: Path) -> Generation:
    return Generations(folder, settings=SETTINGS, embedder=FakeEmbedder().identity).current()


def test_new_articles_are_archived_embedded_and_published(tmp_path: Path) -> None:
    report = add(tmp_path, [story("bridge"), story("ferry")], FakeEmbedder())

    assert (report.added, report.articles) == (2, 2)
    assert report.embedded == report.passages == len(current(tmp_path).passage_table) > 0


def test_an_unchanged_article_is_never_embedded_again(tmp_path: Path) -> None:
    first = add(tmp_path, [story("bridge"), story("ferry")], FakeEmbedder())
    embedder = FakeEmbedder()

    second = add(tmp_path, [story("bridge"), story("ferry"), story("market")], embedder)

    assert (second.unchanged, second.added) == (2, 1)
    assert second.embedded == len(embedder.embedded) == second.passages - first.passages
    assert all("market" in text for text in embedder.embedded)


def test_nothing_new_publishes_nothing(tmp_path: Path) -> None:
    first = add(tmp_path, [story("bridge")], FakeEmbedder())

    second = add(tmp_path, [story("bridge")], FakeEmbedder())

    assert second.generation == first.generation
    assert second.embedded == 0


def test_a_changed_article_is_a_new_revision_and_the_old_text_is_found_no_more(
    tmp_path: Path,
) -> None:
    add(tmp_path, [story("bridge")], FakeEmbedder())

    report = add(
        tmp_path, [story("bridge", "The crossing reopened after repairs.")], FakeEmbedder()
    )

    generation = current(tmp_path)
    assert report.revised == 1
    assert len(generation.terms.search(analyze("crossing"), 10)[0]) == 1
    assert len(generation.terms.search(analyze("committee"), 10)[0]) == 0


def test_a_removed_article_leaves_the_next_generation(tmp_path: Path) -> None:
    add(tmp_path, [story("bridge"), story("ferry")], FakeEmbedder())

    report = builder(tmp_path).remove(["bridge", "no such id"], progress=silent)

    assert (report.removed, report.articles) == (1, 1)
    assert current(tmp_path).passage_table.article_ids == ("ferry",)


def test_removing_the_last_article_leaves_an_empty_index_that_opens(tmp_path: Path) -> None:
    add(tmp_path, [story("bridge")], FakeEmbedder())

    report = builder(tmp_path).remove(["bridge"], progress=silent)

    assert report.passages == len(current(tmp_path).passage_table) == 0


def test_rejects_are_reported_and_stop_nothing(tmp_path: Path) -> None:
    reject = Reject(Path("feed.jsonl"), 7, RejectReason.EMPTY, "no text")

    report = add(tmp_path, [story("bridge"), reject, story("ferry")], FakeEmbedder())

    assert report.rejects == (reject,)
    assert report.added == 2


class _PulledPlugError(Exception):
    pass


class _DyingEmbedder(FakeEmbedder):
    def embed_passages(self, texts: object) -> object:  # type: ignore[override]  # it never returns
        raise _PulledPlugError


def test_a_run_cut_off_while_embedding_is_finished_by_the_next(tmp_path: Path) -> None:
    add(tmp_path, [story("bridge")], FakeEmbedder())
    with pytest.raises(_PulledPlugError):
        add(tmp_path, [story("ferry")], _DyingEmbedder())
    before = current(tmp_path)

    report = add(tmp_path, [], FakeEmbedder())

    assert before.passage_table.article_ids == ("bridge",)
    assert report.articles == 2
    assert set(current(tmp_path).passage_table.article_ids) == {"bridge", "ferry"}


def test_a_second_writer_is_told_to_wait_and_changes_nothing(tmp_path: Path) -> None:
    add(tmp_path, [story("bridge")], FakeEmbedder())

    with FileLock(tmp_path / "write.lock"), pytest.raises(WriterBusyError, match="wait"):
        add(tmp_path, [story("ferry")], FakeEmbedder())

    assert Archive.open(tmp_path / "archive.sqlite", read_only=True).count() == 1


def test_adding_with_another_embedder_is_refused_but_rebuilding_is_not(tmp_path: Path) -> None:
    add(tmp_path, [story("bridge")], FakeEmbedder())
    other = FakeEmbedder(name="other", fingerprint="f1")

    with pytest.raises(IndexMismatchError, match="onrecord index rebuild"):
        add(tmp_path, [story("ferry")], other)
    report = builder(tmp_path, other).rebuild(progress=silent)

    assert report.embedded == report.passages > 0


def test_a_rebuild_with_the_same_settings_embeds_nothing(tmp_path: Path) -> None:
    first = add(tmp_path, [story("bridge"), story("ferry")], FakeEmbedder())

    second = builder(tmp_path).rebuild(progress=silent)

    assert second.embedded == 0
    assert second.passages == first.passages
    assert second.generation != first.generation


def test_a_new_title_or_date_makes_the_passages_anew_but_a_new_url_does_not(tmp_path: Path) -> None:
    add(tmp_path, [story("bridge")], FakeEmbedder())

    retitled = add(tmp_path, [story("bridge", title="Another title")], FakeEmbedder())
    moved = add(
        tmp_path, [story("bridge", title="Another title", url="https://a.example")], FakeEmbedder()
    )

    assert (retitled.updated, retitled.embedded) == (1, retitled.passages)
    assert (moved.updated, moved.embedded) == (1, 0)


def test_the_encoder_reads_title_and_date_but_no_passage_holds_them(tmp_path: Path) -> None:
    embedder = FakeEmbedder()
    add(tmp_path, [story("bridge", title="Span reopened")], embedder)

    generation = current(tmp_path)
    passage = generation.passage_table.passage_at(0)

    assert all(text.startswith("Span reopened\n") for text in embedder.embedded)
    assert "Span reopened" not in story("bridge").text[passage.span.start : passage.span.end]


def test_no_input_overflows_the_encoder_window(tmp_path: Path) -> None:
    embedder = FakeEmbedder(max_pieces=30)
    long = " ".join(f"Sentence {n} tells of the harbour and its boats." for n in range(60))

    add(
        tmp_path, [story("harbour", long, title="A long title of some eight words or so")], embedder
    )

    assert max(embedder.count(embedder.embedded)) <= 30


def test_two_builds_of_one_archive_hold_the_same_passages_and_vectors(tmp_path: Path) -> None:
    items = [story("bridge"), story("ferry"), story("market")]
    one, two = tmp_path / "one", tmp_path / "two"

    for folder in (one, two):
        add(folder, items, FakeEmbedder())

    first, second = current(one), current(two)
    assert first.passage_table.passage.tolist() == second.passage_table.passage.tolist()
    assert (
        first.terms.search(analyze("ferry"), 9)[1].tolist()
        == second.terms.search(analyze("ferry"), 9)[1].tolist()
    )


def test_an_article_of_boilerplate_alone_is_archived_but_never_indexed(tmp_path: Path) -> None:
    tail = "Leave a Reply\n\nYour email address will not be published. Required fields are marked *"

    report = add(tmp_path, [story("tail", tail)], FakeEmbedder())

    assert report.added == 1
    assert report.passages == 0


def test_the_context_cuts_a_title_of_any_length() -> None:
    assert len(encoder_input(story("bridge", title="t" * 9999), "body")) < 300


def test_what_is_added_to_a_backup_put_back_is_found(tmp_path: Path) -> None:
    add(tmp_path, [story("bridge")], FakeEmbedder())
    backup = (tmp_path / "archive.sqlite").read_bytes()
    add(tmp_path, [story("ferry")], FakeEmbedder())
    (tmp_path / "archive.sqlite").write_bytes(backup)

    add(tmp_path, [story("market")], FakeEmbedder())

    assert current(tmp_path).passage_table.article_ids == ("bridge", "market")
    assert len(current(tmp_path).terms.search(analyze("market"), 10)[0]) == 1
    assert len(current(tmp_path).terms.search(analyze("ferry"), 10)[0]) == 0


@pytest.mark.parametrize("left", [None, "", "nonsense"], ids=["gone", "empty", "nonsense"])
def test_a_lost_current_is_written_again_though_nothing_is_new(
    tmp_path: Path, left: str | None
) -> None:
    add(tmp_path, [story("bridge")], FakeEmbedder())
    (tmp_path / "CURRENT").unlink()
    if left is not None:
        (tmp_path / "CURRENT").write_text(left)

    before = current(tmp_path).name
    report = add(tmp_path, [], FakeEmbedder())

    assert before < report.generation == (tmp_path / "CURRENT").read_text().strip()
    assert report.embedded == 0
