"""Passages and embeddings beside their articles: replaced, shared, never mixed up."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from index.documents import Boilerplate, BoilerplateKind, Filter, Passage, Span
from index.errors import ArchiveError, UnknownArticleError
from index.stores.archive.archive import Archive
from index.stores.archive.articles import Change
from index.stores.archive.passages import UNRECORDED
from index.text.chunking import Chunks
from tests.support.archives import MAYOR, article, axes, embed, indexed, key, split


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "archive.sqlite"


@pytest.fixture
def archive(path: Path) -> Iterator[Archive]:
    with closing(Archive.open(path)) as opened:
        yield opened


def test_a_passage_id_is_never_given_twice(archive: Archive) -> None:
    archive.put([MAYOR])
    embed(archive, "ab")
    split(archive, MAYOR, "ab")
    first = archive.passage_table().passage.tolist()
    archive.remove(["m/1"])
    archive.put([MAYOR])

    split(archive, MAYOR, "ab")
    again = archive.passage_table().passage.tolist()
    split(archive, MAYOR, "ab")
    at_last = archive.passage_table().passage.tolist()

    assert len({*first, *again, *at_last}) == 6
    assert max(first) < min(again)
    assert max(again) < min(at_last)


def test_articles_are_stale_until_split_by_the_present_recipe(archive: Archive) -> None:
    others = [article(f"n/{number}") for number in range(3)]
    archive.put([MAYOR, *others])
    assert archive.stale("r", 10) == [MAYOR, *others]
    assert len(archive.stale("r", 2)) == 2

    for each in (MAYOR, *others):
        split(archive, each, "a", recipe="q" if each.id == "n/1" else "r")

    assert archive.stale("r", 10) == [others[1]]
    assert archive.stale("q", 10) == [MAYOR, others[0], others[2]]


@pytest.mark.parametrize(
    ("facts", "stale"),
    [
        ({"title": "Harbour opens"}, True),
        ({"published_at": None}, True),
        ({"outlet": "The Herald"}, True),
        ({"text": "Shut."}, True),
        ({"url": None, "authors": (), "metadata": {}, "language": "fr"}, False),
    ],
    ids=["title", "date", "outlet", "text", "the rest"],
)
def test_only_a_change_of_what_is_indexed_makes_an_article_stale(
    archive: Archive, facts: dict[str, object], stale: bool
) -> None:
    archive.put([MAYOR])
    split(archive, MAYOR, "a")
    now = article("m/1", **facts)  # type: ignore[arg-type]  # facts are the table's

    archive.put([now])

    assert archive.stale("r", 10) == ([now] if stale else [])


def test_a_title_is_read_without_the_outlets_label_and_kept_as_it_came(archive: Archive) -> None:
    labelled = replace(MAYOR, title="Harbour shut | The Herald", outlet="The Herald")
    archive.put([labelled])
    read = archive.article("m/1")

    split(archive, read, "a")

    assert read.title == "Harbour shut"
    assert archive.stale("r", 10) == []
    assert archive.put([labelled]) == [Change.UNCHANGED]


def test_passages_of_a_text_since_replaced_are_indexed_no_more(archive: Archive) -> None:
    archive.put([MAYOR])
    split(archive, MAYOR, "ab")
    embed(archive, "ab")

    archive.put([replace(MAYOR, text="Shut.")])

    assert indexed(archive) == []
    assert archive.unembedded(10) == []


@pytest.mark.parametrize("fate", ["revised", "retitled", "removed"])
def test_passages_of_an_article_changed_meanwhile_are_refused(archive: Archive, fate: str) -> None:
    archive.put([MAYOR])
    match fate:
        case "revised":
            archive.put([replace(MAYOR, text="Shut.")])
        case "retitled":
            archive.put([replace(MAYOR, title="Harbour opens")])
        case _:
            archive.remove(["m/1"])

    with pytest.raises(UnknownArticleError, match="changed or removed"):
        split(archive, MAYOR, "a")

    assert archive.unembedded(10) == []


def test_boilerplate_belongs_to_the_revision_it_was_marked_in(archive: Archive) -> None:
    boilerplate = (
        Boilerplate(Span(0, 4), BoilerplateKind.CAPTION),
        Boilerplate(Span(9, 12), BoilerplateKind.NOTICE),
    )
    revised = replace(MAYOR, text="Shut.")
    archive.put([MAYOR])
    split(archive, MAYOR, "a", boilerplate=boilerplate)

    archive.put([revised])

    assert archive.boilerplate("m/1", MAYOR.revision) == boilerplate
    assert archive.boilerplate("m/1", revised.revision) == ()
    archive.put([MAYOR])
    assert archive.boilerplate("m/1", MAYOR.revision) == boilerplate


def test_a_key_two_passages_share_is_embedded_once(archive: Archive) -> None:
    wire = article("wire")
    archive.put([MAYOR, wire])
    split(archive, MAYOR, "ab")
    split(archive, wire, "bc")
    passages = [(passage.article_id, passage.span, name) for passage, name in archive.unembedded(9)]

    embed(archive, "ab")

    assert passages == [
        ("m/1", Span(0, 1), key("a")),
        ("m/1", Span(1, 2), key("b")),
        ("wire", Span(1, 2), key("c")),
    ]
    [(last, name)] = archive.unembedded(9)
    assert name == key("c")
    assert last == Passage(last.id, "wire", wire.revision, Span(1, 2))
    assert indexed(archive) == ["m/1", "m/1", "wire", "wire"]
    assert archive.passage_table().embedded.tolist() == [True, True, True, False]


def test_an_embedding_outlives_its_passages(archive: Archive) -> None:
    archive.put([MAYOR])
    split(archive, MAYOR, "ab")
    embed(archive, "ab")
    archive.remove(["m/1"])
    archive.put([MAYOR])

    split(archive, MAYOR, "ba", recipe="other")

    assert archive.unembedded(9) == []
    assert np.array_equal(archive.vectors(archive.passage_table().passage), axes("ba"))


def test_an_embedding_made_again_replaces_the_one_before(archive: Archive) -> None:
    archive.put([MAYOR])
    split(archive, MAYOR, "a")
    embed(archive, "a")

    archive.put_embeddings([key("a")], np.zeros((1, 2), np.float32), "fake")

    assert not archive.vectors(archive.passage_table().passage).any()


def test_the_engines_that_made_vectors_are_named(archive: Archive) -> None:
    archive.put([MAYOR])
    split(archive, MAYOR, "abc")
    assert archive.engines() == ()

    archive.put_embeddings([key("a")], axes("a"), "second")
    archive.put_embeddings([key("b")], axes("b"), "first")
    archive.put_embeddings([key("c")], axes("c"), "second")

    assert archive.engines() == ("first", "second")


def test_vectors_from_before_engines_were_recorded_are_told_apart(archive: Archive) -> None:
    archive.put([MAYOR])
    split(archive, MAYOR, "ab")
    embed(archive, "a")
    with archive.database.write() as connection:
        connection.execute("delete from meta where name = 'engines'")

    assert archive.engines() == (UNRECORDED,)
    archive.put_embeddings([key("b")], axes("b"), "new")
    assert archive.engines() == ("new", UNRECORDED)


def test_vectors_come_in_the_order_of_the_ids_asked(archive: Archive) -> None:
    archive.put([MAYOR])
    split(archive, MAYOR, "abca")
    embed(archive, "cab")
    a, b, c, again = archive.passage_table().passage.tolist()

    vectors = archive.vectors(np.array([c, a, again, b, c], np.int64))

    assert vectors.dtype == np.float32
    assert np.array_equal(vectors, axes("caabc"))
    assert archive.vectors(np.array([], np.int64)).shape == (0, 0)


def test_vectors_of_many_passages_come_whole(archive: Archive) -> None:
    rows = np.random.default_rng(5).normal(size=(9000, 8)).astype(np.float32)
    keys = [number.to_bytes(32, "big") for number in range(len(rows))]
    archive.put([MAYOR])
    spans = [Span(0, 1)] * len(rows)
    archive.put_passages([(MAYOR, Chunks((), spans, keys))], "r")
    archive.put_embeddings(keys, rows, "fake")

    vectors = archive.vectors(archive.passage_table().passage[::-1])

    assert np.array_equal(vectors, rows[::-1].astype(np.float16).astype(np.float32))


def test_asking_the_vector_of_a_passage_without_one_is_an_error(archive: Archive) -> None:
    archive.put([MAYOR])
    split(archive, MAYOR, "ab")
    embed(archive, "a")

    with pytest.raises(ArchiveError, match="1 of 2 passages"):
        archive.vectors(archive.passage_table().passage)


def test_columns_say_what_the_archive_says(archive: Archive) -> None:
    undated = article("n", published_at=None, outlet=None)
    archive.put([undated, MAYOR, article("z", outlet="Zeitung"), article("waiting")])
    for each, keys in ((undated, "ab"), (article("z", outlet="Zeitung"), "c"), (MAYOR, "da")):
        split(archive, each, keys)
    split(archive, article("waiting"), "w")
    embed(archive, "abcd")

    columns = archive.passage_table()

    assert columns.article_ids == ("m/1", "n", "waiting", "z")
    assert columns.outlets == ("The Gazette", "Zeitung")
    assert columns.outlet.tolist() == [0, -1, 0, 1]
    assert columns.article.tolist() == [1, 1, 3, 0, 0, 2]
    assert columns.embedded.tolist() == [True] * 5 + [False]
    assert columns.revisions == (MAYOR.revision,) * 4
    assert np.all(np.diff(columns.passage) > 0)
    first = columns.passage_at(3)
    assert first == Passage(int(columns.passage[3]), "m/1", MAYOR.revision, Span(0, 1))
    day = datetime(2024, 5, 1, tzinfo=UTC)
    mask = columns.mask(Filter(day, day + timedelta(days=1), ("ZEITUNG",)))
    assert mask is not None
    assert mask.tolist() == [False, False, True, False, False, False]


def test_columns_of_an_empty_archive_are_empty(archive: Archive, tmp_path: Path) -> None:
    columns = archive.passage_table()

    columns.save(tmp_path / "columns.bin")

    assert len(columns) == 0
    assert columns.article_ids == ()
    assert archive.newest() is None
    assert archive.page() == []


def test_texts_are_the_passages_word_for_word(archive: Archive) -> None:
    emoji = article("e", "🗞\u00a0ab", title="E")
    archive.put([MAYOR, emoji])
    split(archive, MAYOR, "ab")
    split(archive, emoji, "cde")
    embed(archive, "abcde")
    ids = archive.passage_table().passage

    texts = list(archive.texts(ids))
    backwards = list(archive.texts(ids[::-1]))

    title = MAYOR.title
    assert texts == [
        (int(ids[0]), title, "T"),
        (int(ids[1]), title, "h"),
        (int(ids[2]), "E", "🗞"),
        (int(ids[3]), "E", "\u00a0"),
        (int(ids[4]), "E", "a"),
    ]
    assert backwards == texts[::-1]


def test_keys_and_vectors_that_do_not_pair_up_are_refused_whole(archive: Archive) -> None:
    archive.put([MAYOR])
    split(archive, MAYOR, "ab")

    with pytest.raises(ValueError, match="zip"):
        archive.put_embeddings([key("a"), key("b")], axes("a"), "fake")

    assert len(archive.unembedded(9)) == 2
