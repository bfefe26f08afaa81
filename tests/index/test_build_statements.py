"""Statements kept in the archive and built into the index: only what changed, all or nothing."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from index.attribution.attributor import Attributor
from index.build import Builder
from index.build_report import BuildReport
from index.documents import Article, Span
from index.errors import IndexMismatchError, UnknownArticleError
from index.language.names import name_key
from index.settings import IndexSettings
from index.statements import Resolution, SourceType, Speaker, Statement
from index.stores.archive.archive import Archive
from index.stores.generation.generation import Generation, Generations
from index.stores.generation.manifest import Manifest
from index.stores.search.statements import StatementQuery
from tests.support.archives import article
from tests.support.fakes import FakeAttributor, FakeEmbedder, silent

SETTINGS = IndexSettings(passage_tokens=40, overlap_tokens=10)
LEE = article("lee", 'Mary Lee said: "The bridge is closed." Ana Ruiz said: "It is not."')
RUIZ = article("ruiz", 'It rained. Ana Ruiz said: "Come back soon."', outlet="Herald")
QUIET = article("quiet", "Nobody spoke on Monday.")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "archive.sqlite"


@pytest.fixture
def archive(path: Path) -> Iterator[Archive]:
    with closing(Archive.open(path)) as opened:
        yield opened


def attribute(archive: Archive, *articles: Article, recipe: str = "r") -> None:
    found = FakeAttributor().attribute(articles)
    archive.put_statements(list(zip(articles, found, strict=True)), recipe)


def put(archive: Archive, *articles: Article) -> None:
    archive.put(articles)
    attribute(archive, *articles)


def speakers_of(archive: Archive) -> list[Speaker]:
    archive.refresh_speakers(fresh=True)
    return list(archive.speakers())


def current_speakers(archive: Archive) -> list[tuple[str, int, int]]:
    return [(each.name, each.statements, each.articles) for each in speakers_of(archive)]


def build(
    folder: Path, *items: Article, attributor: Attributor | None = None, fresh: bool = False
) -> BuildReport:
    builder = Builder(
        folder,
        settings=SETTINGS,
        embedder=FakeEmbedder(),
        attributor=attributor or FakeAttributor(),
    )
    return builder.rebuild(progress=silent) if fresh else builder.add(items, progress=silent)


def current(folder: Path) -> Generation:
    return Generations(folder, settings=SETTINGS, embedder=FakeEmbedder().identity).current()


def said_by(folder: Path, name: str) -> list[str]:
    """The words, newest first."""
    hits = current(folder).statements.search(StatementQuery(speakers=(name_key(name),)), 10)
    with closing(Archive.open(folder / "archive.sqlite", read_only=True)) as archive:
        return [_words(archive, hit.statement) for hit in hits]


def _words(archive: Archive, statement: Statement) -> str:
    text = archive.article(statement.article_id, statement.revision).text
    return " ".join(span.of(text) for span in statement.content)


def test_articles_wait_until_attributed_by_the_present_recipe(archive: Archive) -> None:
    archive.put([LEE, RUIZ, QUIET])
    waiting = archive.unattributed("r", 10)

    attribute(archive, LEE, QUIET)
    attribute(archive, RUIZ, recipe="q")

    assert waiting == [LEE, RUIZ, QUIET]
    assert archive.unattributed("r", 10) == [RUIZ]
    assert archive.count_unattributed("r") == 1
    assert len(archive.unattributed("q", 1)) == 1


def test_what_was_found_is_kept_in_the_order_of_the_text(archive: Archive) -> None:
    put(archive, LEE)

    [expected] = FakeAttributor().attribute([LEE])

    assert archive.statements("lee", LEE.revision) == expected
    assert [each.speaker for each in expected] == ["Mary Lee", "Ana Ruiz"]


def test_a_new_finding_replaces_the_old_one_under_new_ids(archive: Archive) -> None:
    put(archive, LEE, RUIZ)
    before = archive.passage_table().statement.tolist()

    attribute(archive, LEE, recipe="q")

    after = archive.passage_table().statement.tolist()
    assert len(before) == len(after) == 3
    assert after[0] == before[2]
    assert min(after[1:]) > max(before)
    assert len(archive.statements("lee", LEE.revision)) == 2


def test_statements_of_a_replaced_revision_stay_with_it_but_are_published_no_more(
    archive: Archive,
) -> None:
    put(archive, LEE)
    later = replace(LEE, text='Ana Ruiz said: "It is open."')
    archive.put([later])
    waiting = archive.unattributed("r", 10)
    attribute(archive, later)

    assert waiting == [later]
    assert len(archive.statements("lee", LEE.revision)) == 2
    assert len(archive.statements("lee", later.revision)) == 1
    assert len(archive.passage_table().statement) == 1
    assert current_speakers(archive) == [("Ana Ruiz", 1, 1)]


def test_a_removed_articles_statements_are_seen_no_more_until_it_is_put_again(
    archive: Archive,
) -> None:
    put(archive, LEE, RUIZ)

    archive.remove(["lee"])

    assert current_speakers(archive) == [("Ana Ruiz", 1, 1)]
    with pytest.raises(UnknownArticleError):
        archive.statements("lee", LEE.revision)
    archive.put([LEE])
    assert archive.unattributed("r", 10) == []
    assert len(archive.statements("lee", LEE.revision)) == 2


@pytest.mark.parametrize("fate", ["revised", "retitled", "removed"])
def test_a_batch_with_an_article_changed_meanwhile_is_refused_whole(
    archive: Archive, fate: str
) -> None:
    archive.put([LEE, RUIZ])
    match fate:
        case "revised":
            archive.put([replace(RUIZ, text="Shut.")])
        case "retitled":
            archive.put([replace(RUIZ, title="Another")])
        case _:
            archive.remove(["ruiz"])

    with pytest.raises(UnknownArticleError, match="changed or removed"):
        attribute(archive, LEE, RUIZ)

    assert archive.passage_table().statement.tolist() == []
    assert LEE in archive.unattributed("r", 10)


def test_the_published_are_read_with_their_articles_in_the_order_asked(archive: Archive) -> None:
    put(archive, LEE, QUIET, RUIZ)

    told = list(archive.statements_by_id(archive.passage_table().statement[::-1]))

    assert [(each.id, said.speaker) for _, each, said in told] == [
        ("ruiz", "Ana Ruiz"),
        ("lee", "Ana Ruiz"),
        ("lee", "Mary Lee"),
    ]
    assert [number for number, _, _ in told] == archive.passage_table().statement.tolist()[::-1]


def test_one_full_name_is_one_speaker_named_as_most_articles_do(archive: Archive) -> None:
    texts = ["Robert C. O'Brien", "Robert O’Brien", "robert o'brien", "Robert O’Brien"]
    texts += ["ROBERT O’BRIEN"] * 3
    items = [article(f"{number}", f"{name} spoke here.") for number, name in enumerate(texts)]
    archive.put(items)

    archive.put_statements(
        [(item, [_says(item, name)]) for item, name in zip(items, texts, strict=True)], "r"
    )

    assert [replace(each, names=()) for each in speakers_of(archive)] == [
        Speaker(
            key="robert obrien",
            name="Robert O’Brien",
            type=SourceType.PERSON,
            aliases=("Robert C. O'Brien", "robert o'brien", "ROBERT O’BRIEN"),
            roles=(),
            statements=7,
            articles=7,
        )
    ]


def test_sources_without_a_name_are_no_speakers_of_the_archive(archive: Archive) -> None:
    names = ["Officials", "the company", "Some Democrats", "He", "Ana Ruiz", "Tarn Council"]
    item = article("1", " ".join(names))
    archive.put([item])

    archive.put_statements([(item, [_says(item, name) for name in names])], "r")

    assert [each.name for each in speakers_of(archive)] == ["Ana Ruiz", "Tarn Council"]


def test_roles_come_by_articles_then_latest_first_each_once_and_at_most_five(
    archive: Archive,
) -> None:
    roles = ["mayor", "poet", "Mayor", "clerk", "judge", "baker", "diver", "pilot"]
    items = [
        article(f"{number}", f"{role} Ana Ruiz", published_at=datetime(2024, 1, number, tzinfo=UTC))
        for number, role in enumerate(roles, start=1)
    ]
    archive.put(items)

    archive.put_statements(
        [
            (item, [replace(_says(item, "Ana Ruiz"), role=Span(0, item.text.index(" ")))])
            for item in items
        ],
        "r",
    )

    [ruiz] = speakers_of(archive)
    assert ruiz.roles == ("Mayor", "pilot", "diver", "baker", "judge")


def test_a_role_that_needs_its_sentence_is_not_listed(archive: Archive) -> None:
    texts = {"1": "His wife, Ana Ruiz, spoke.", "2": "Mayor Ana Ruiz spoke."}
    items = [article(name, text) for name, text in texts.items()]
    spans = {"1": Span(0, len("His wife")), "2": Span(0, len("Mayor"))}
    archive.put(items)

    archive.put_statements(
        [(item, [replace(_says(item, "Ana Ruiz"), role=spans[item.id])]) for item in items], "r"
    )

    [ruiz] = speakers_of(archive)
    assert ruiz.roles == ("Mayor",)


@pytest.mark.parametrize(
    ("types", "expected"),
    [
        (["pronoun", "none"], SourceType.PERSON),
        (["pronoun", "pronoun", "organisation"], SourceType.ORGANISATION),
        (["person", "organisation", "organisation"], SourceType.ORGANISATION),
        (["organisation", "person"], SourceType.PERSON),
        (["unnamed", "pronoun"], SourceType.PERSON),
    ],
    ids=str,
)
def test_a_speaker_is_what_its_sources_mostly_are(
    archive: Archive, types: Sequence[str], expected: SourceType
) -> None:
    archive.put([RUIZ])
    said = [
        replace(_says(RUIZ, "Ana Ruiz", at), source_type=SourceType(each))
        for at, each in enumerate(types)
    ]

    archive.put_statements([(RUIZ, said)], "r")

    [ruiz] = speakers_of(archive)
    assert ruiz.type is expected


@pytest.mark.parametrize("resolution", [Resolution.AMBIGUOUS, Resolution.UNRESOLVED])
def test_what_is_not_sure_makes_no_speaker(archive: Archive, resolution: Resolution) -> None:
    archive.put([RUIZ])
    unsure = replace(_says(RUIZ, "Ana Ruiz"), resolution=resolution)

    archive.put_statements([(RUIZ, [unsure, _says(RUIZ, "?!", 2)])], "r")

    assert speakers_of(archive) == []
    assert len(archive.passage_table().statement) == 2


def test_statements_are_found_once_built(tmp_path: Path) -> None:
    report = build(tmp_path, LEE, RUIZ, QUIET)

    assert report.statements == current(tmp_path).manifest.statements == 3
    assert said_by(tmp_path, "Mary Lee") == ["The bridge is closed."]
    assert set(said_by(tmp_path, "Ana Ruiz")) == {"It is not.", "Come back soon."}
    ruiz = current(tmp_path).statements.speaker("ana ruiz")
    assert ruiz is not None
    assert (ruiz.statements, ruiz.articles) == (2, 2)


def test_only_new_and_changed_articles_are_attributed(tmp_path: Path) -> None:
    build(tmp_path, LEE, RUIZ)
    attributor = FakeAttributor()

    build(tmp_path, LEE, replace(RUIZ, text='Ana Ruiz said: "Go."'), QUIET, attributor=attributor)

    assert attributor.attributed == ["ruiz", "quiet"]
    assert set(said_by(tmp_path, "Ana Ruiz")) == {"It is not.", "Go."}


def test_another_attributor_finds_all_anew_but_embeds_nothing(tmp_path: Path) -> None:
    first = build(tmp_path, LEE, RUIZ)
    attributor = FakeAttributor("better")

    second = build(tmp_path, attributor=attributor)

    assert attributor.attributed == ["lee", "ruiz"]
    assert (second.embedded, second.passages, second.statements) == (0, first.passages, 3)
    assert second.generation != first.generation
    assert current(tmp_path).manifest.attributor == "better"
    assert len(said_by(tmp_path, "Ana Ruiz")) == 2


def test_another_attributor_that_finds_nothing_leaves_no_statement(tmp_path: Path) -> None:
    build(tmp_path, LEE)

    report = build(tmp_path, attributor=_Deaf())

    assert report.statements == 0
    assert said_by(tmp_path, "Mary Lee") == []
    assert current(tmp_path).statements.speaker("mary lee") is None


def test_a_rebuild_with_the_same_attributor_attributes_nothing(tmp_path: Path) -> None:
    build(tmp_path, LEE)
    attributor = FakeAttributor()

    report = build(tmp_path, attributor=attributor, fresh=True)

    assert attributor.attributed == []
    assert report.statements == 2


def test_a_removed_article_takes_its_statements_with_it(tmp_path: Path) -> None:
    build(tmp_path, LEE, RUIZ)
    builder = Builder(
        tmp_path, settings=SETTINGS, embedder=FakeEmbedder(), attributor=FakeAttributor()
    )

    report = builder.remove(["lee"], progress=silent)

    assert report.statements == 1
    assert said_by(tmp_path, "Mary Lee") == []
    assert said_by(tmp_path, "Ana Ruiz") == ["Come back soon."]


def test_a_run_cut_off_while_attributing_is_finished_by_the_next(tmp_path: Path) -> None:
    items = [article(f"a{number:02}", f'Mary Lee said: "{number}."') for number in range(70)]
    with pytest.raises(_PulledPlugError):
        build(tmp_path, *items, attributor=_Dying())
    attributor = FakeAttributor()

    report = build(tmp_path, attributor=attributor)

    assert sorted(attributor.attributed) == [item.id for item in items[:38]]  # the newest were done
    assert report.statements == 70


def test_attributing_says_how_far_it_is(tmp_path: Path) -> None:
    items = [article(f"a{number:02}", f'Mary Lee said: "{number}."') for number in range(40)]
    seen: list[tuple[str, int, int | None]] = []
    builder = Builder(
        tmp_path, settings=SETTINGS, embedder=FakeEmbedder(), attributor=FakeAttributor()
    )

    builder.add(items, progress=lambda *said: seen.append(said))

    assert [said for said in seen if said[0] == "attributing"] == [
        ("attributing", 32, 40),
        ("attributing", 40, 40),
    ]


def test_an_incremental_index_answers_as_one_made_fresh(tmp_path: Path) -> None:
    build(tmp_path, LEE, QUIET)
    build(tmp_path, RUIZ, replace(LEE, title="Other"))
    before = current(tmp_path).statements
    queries = [StatementQuery(), StatementQuery(about=("bridg",)), StatementQuery(about=("other",))]
    asked = [[hit.statement for hit in before.search(each, 9)] for each in queries]

    build(tmp_path, fresh=True)

    after = current(tmp_path).statements
    assert asked == [[hit.statement for hit in after.search(each, 9)] for each in queries]
    assert [len(each) for each in asked] == [3, 1, 2]


def test_an_index_from_before_statements_asks_for_a_rebuild_which_embeds_nothing(
    tmp_path: Path,
) -> None:
    build(tmp_path, LEE)
    folder = tmp_path / "generations" / current(tmp_path).name
    Manifest.read(folder).model_copy(update={"format_version": 1}).write(folder)

    with pytest.raises(IndexMismatchError, match="onrecord index rebuild"):
        build(tmp_path, RUIZ)
    report = build(tmp_path, fresh=True)

    assert (report.embedded, report.statements) == (0, 2)
    assert said_by(tmp_path, "Mary Lee") == ["The bridge is closed."]


def _says(item: Article, name: str, at: int = 0) -> Statement:
    [[said, *_]] = FakeAttributor().attribute([LEE])
    return replace(
        said,
        article_id=item.id,
        revision=item.revision,
        speaker=name,
        content=(Span(at, at + 1),),
        source=Span(0, 1),
    )


class _PulledPlugError(Exception):
    pass


class _Dying(FakeAttributor):
    def attribute(self, articles: Sequence[Article]) -> list[list[Statement]]:
        if self.attributed:
            raise _PulledPlugError
        return super().attribute(articles)


class _Deaf:
    identity = "deaf"

    def attribute(self, articles: Sequence[Article]) -> list[list[Statement]]:
        return [[] for _ in articles]
