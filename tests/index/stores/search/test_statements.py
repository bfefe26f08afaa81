"""Statements asked for: by speaker, topic, kind and date; and the speakers themselves."""

import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.documents import Article, Filter, Span
from index.errors import DamagedIndexError
from index.language.names import name_key
from index.language.terms import analyze
from index.statements import (
    Act,
    NameUse,
    NameUses,
    Origin,
    Polarity,
    Resolution,
    SourceType,
    Speaker,
    Statement,
    StatementKind,
    ToldRole,
)
from index.stores.generation.statement_rows import statement_rows
from index.stores.search.segments import clone
from index.stores.search.speakers import sync_speakers
from index.stores.search.statements import (
    StatementIndex,
    StatementQuery,
    StatementRow,
    sync_statements,
)
from index.stores.serialization import packed, unpacked, unpacked_speaker

JANUARY = datetime(2024, 1, 1, tzinfo=UTC)
SAID = Statement(
    article_id="a1",
    revision="r1",
    kind=StatementKind.INDIRECT,
    act=Act.SAY,
    polarity=Polarity.POSITIVE,
    cue=Span(9, 13),
    lemma="say",
    content=(Span(14, 30),),
    source=Span(0, 8),
    source_type=SourceType.PERSON,
    speaker="Mary Lee",
    resolution=Resolution.FULL_NAME,
    resolution_path=(Span(0, 8),),
    candidates=(),
    role=None,
    confidence=0.75,
    origin=Origin.BOTH,
)


def row(
    number: int,
    speaker: str | None = "Mary Lee",
    content: str = "the bridge is closed",
    *,
    day: int | None = None,
    outlet: str | None = None,
    context: str = "",
    source: str = "",
    **facts: object,
) -> StatementRow:
    resolution = Resolution.FULL_NAME if speaker else Resolution.UNRESOLVED
    statement = replace(
        SAID,
        **{"article_id": f"a{number}", "speaker": speaker, "resolution": resolution, **facts},  # type: ignore[arg-type]  # facts are the caller's
    )
    published = None if day is None else int((JANUARY + timedelta(days=day)).timestamp())
    source = source or speaker or ""
    return StatementRow(number, statement, content, context, source, published, outlet)


def someone(name: str, statements: int = 1, *aliases: str) -> Speaker:
    key = name_key(name)
    return Speaker(key, name, SourceType.PERSON, aliases, (), statements, 1)


def opened(
    folder: Path, rows: Sequence[StatementRow], speakers: Sequence[Speaker] = ()
) -> StatementIndex:
    for name in ("statements", "speakers"):
        (folder / name).mkdir()
    sync_statements(folder / "statements", add=rows)
    sync_speakers(folder / "speakers", add=speakers)
    return StatementIndex.open(folder / "statements", folder / "speakers")


def found(
    statements: StatementIndex, limit: int = 10, offset: int = 0, **asked: object
) -> list[str]:
    query = StatementQuery(**asked)  # type: ignore[arg-type]  # asked by the caller
    hits = statements.search(query, limit, offset)
    assert statements.count(query) >= len(hits)
    return [hit.statement.article_id for hit in hits]


def about(text: str) -> tuple[str, ...]:
    return tuple(analyze(text))


def test_a_speakers_statements_come_newest_first_and_the_undated_last(tmp_path: Path) -> None:
    days = [3, None, 9, -40_000, 5]
    statements = opened(tmp_path, [row(number, day=day) for number, day in enumerate(days)])

    assert found(statements, speakers=("mary lee",)) == ["a2", "a4", "a0", "a3", "a1"]
    assert found(statements, speakers=("mary lee",), limit=2, offset=1) == ["a4", "a0"]


@settings(max_examples=15, deadline=None)
@given(st.lists(st.none() | st.integers(-70_000, 70_000), max_size=12), st.integers(1, 5))
def test_pages_of_any_dates_are_the_whole_list_in_order(days: list[int | None], size: int) -> None:
    rows = [row(number, day=day) for number, day in enumerate(days, start=1)]
    places = {number: (day is None, -(day or 0), number) for number, day in enumerate(days, 1)}

    with tempfile.TemporaryDirectory() as folder:
        statements = opened(Path(folder), rows)
        pages = [found(statements, size, at) for at in range(0, len(days), size)]

    assert [each for page in pages for each in page] == [
        f"a{number}" for number in sorted(places, key=lambda each: places[each])
    ]


def test_only_sure_statements_stand_under_a_speaker(tmp_path: Path) -> None:
    lees = ("Mary Lee", "Bruce Lee")
    unsure = row(2, None, source="Lee", resolution=Resolution.AMBIGUOUS, candidates=lees)
    statements = opened(tmp_path, [row(1), unsure, row(3, None, source="she")])

    assert found(statements, speakers=("mary lee",)) == ["a1"]
    assert found(statements, possible=("mary lee",)) == ["a2"]
    assert found(statements, possible=("bruce lee", "nobody")) == ["a2"]
    assert found(statements, speakers=("mary lee", "nobody")) == ["a1"]
    assert found(statements, speakers=("bruce lee",)) == []


def test_every_speaker_word_must_be_in_the_name_or_the_source(tmp_path: Path) -> None:
    group: dict[str, Any] = {"resolution": Resolution.ITSELF, "source_type": SourceType.UNNAMED}
    statements = opened(
        tmp_path,
        [
            row(1, "a spokesman for the ministry", **group),
            row(2, "the ministry", **group),
            row(3, "Ana Ruiz", source="the spokesman"),
        ],
    )

    assert found(statements, speaker_words=about("ministry spokesmen spokesman")) == []
    assert found(statements, speaker_words=about("ministry spokesman")) == ["a1"]
    assert found(statements, speaker_words=about("Ruiz spokesman")) == ["a3"]
    assert found(statements, speaker_words=about("Ministries")) == ["a1", "a2"]


def test_what_was_said_counts_more_than_the_sentence_around_it(tmp_path: Path) -> None:
    statements = opened(
        tmp_path,
        [
            row(1, content="nothing of it", context="bridge works"),
            row(2, content="bridge works now", context="nothing"),
            row(3, content="nothing here now", context="nothing"),
        ],
    )

    query = StatementQuery(about=about("the bridges"))
    hits = statements.search(query, 10)

    assert [hit.statement.article_id for hit in hits] == ["a2", "a1"]
    assert hits[0].score > hits[1].score > 0
    assert statements.count(query) == 2


def test_without_a_topic_nothing_is_scored(tmp_path: Path) -> None:
    statements = opened(tmp_path, [row(1)])

    assert [hit.score for hit in statements.search(StatementQuery(), 5)] == [0]


def test_who_speaks_chooses_and_does_not_score(tmp_path: Path) -> None:
    statements = opened(tmp_path, [row(1), row(2, "Ana Ruiz"), row(3, content="a bridge")])
    everyone = statements.search(StatementQuery(about=("bridg",)), 5)

    hers = statements.search(StatementQuery(about=("bridg",), speakers=("mary lee",)), 5)

    assert [hit.score for hit in hers] == [
        hit.score for hit in everyone if hit.statement.speaker == "Mary Lee"
    ]


@pytest.mark.parametrize("copies", [3, 12, 60])
def test_equally_good_ones_come_newest_first_however_many_there_are(
    tmp_path: Path, copies: int
) -> None:
    statements = opened(tmp_path, [row(number, day=number) for number in range(1, copies + 1)])

    newest = [f"a{number}" for number in range(copies, 0, -1)]

    assert found(statements, 2, about=("bridg",)) == newest[:2]
    assert found(statements, 2, offset=1, about=("bridg",)) == newest[1:3]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"kinds": (StatementKind.DIRECT,)}, ["a1"]),
        ({"kinds": (StatementKind.DIRECT, StatementKind.INDIRECT)}, ["a1", "a2", "a3"]),
        ({"acts": (Act.DENY,)}, ["a2"]),
        ({"polarity": Polarity.NEGATIVE}, ["a3"]),
        ({"types": (SourceType.GROUP, SourceType.PRONOUN)}, ["a3"]),
        ({"articles": ("a3", "a1", "b")}, ["a1", "a3"]),
        ({"kinds": (StatementKind.MIXED,)}, []),
        ({"articles": ("a1",), "acts": (Act.DENY,)}, []),
        ({"filter": Filter(outlets=("HERALD",))}, ["a2"]),
    ],
    ids=str,
)
def test_each_condition_chooses(tmp_path: Path, asked: dict[str, Any], expected: list[str]) -> None:
    statements = opened(
        tmp_path,
        [
            row(1, kind=StatementKind.DIRECT),
            row(2, act=Act.DENY, outlet="Herald"),
            row(3, polarity=Polarity.NEGATIVE, source_type=SourceType.PRONOUN),
        ],
    )

    assert found(statements, **asked) == expected
    assert found(statements, about=("bridg",), **asked) == expected


@pytest.mark.parametrize(
    ("first", "until", "expected"),
    [
        (JANUARY + timedelta(days=5), None, ["a3", "a2"]),
        (None, JANUARY + timedelta(days=5), ["a1"]),
        (JANUARY + timedelta(days=1), JANUARY + timedelta(days=9), ["a2", "a1"]),
        (JANUARY + timedelta(days=40), None, []),
    ],
)
def test_dates_bound_from_and_up_to_but_not_the_undated(
    tmp_path: Path, first: datetime | None, until: datetime | None, expected: list[str]
) -> None:
    dated = [row(number, day=day) for number, day in [(1, 1), (2, 5), (3, 9)]]
    statements = opened(tmp_path, [*dated, row(4)])

    assert found(statements, filter=Filter(first, until)) == expected


def test_removed_statements_are_gone_and_the_rest_stay(tmp_path: Path) -> None:
    statements = opened(tmp_path, [row(number) for number in range(1, 6)])
    sync_statements(tmp_path / "statements", remove=[1, 4], add=[row(9)])

    again = StatementIndex.open(tmp_path / "statements", tmp_path / "speakers")

    assert found(again) == ["a2", "a3", "a5", "a9"]
    assert (statements.size, again.size) == (5, 4)


def test_a_clone_goes_its_own_way(tmp_path: Path) -> None:
    opened(tmp_path, [row(number) for number in range(4)])
    parent, child = tmp_path / "statements", tmp_path / "child"
    before = {path.name: path.read_bytes() for path in parent.iterdir()}
    child.mkdir()

    clone(parent, child)
    sync_statements(child, remove=[0], add=[row(9)])

    assert {path.name: path.read_bytes() for path in parent.iterdir()} == before
    assert found(StatementIndex.open(child, tmp_path / "speakers")) == ["a1", "a2", "a3", "a9"]


def test_nothing_said_is_nothing_found(tmp_path: Path) -> None:
    statements = opened(tmp_path, [])

    assert found(statements) == found(statements, about=("bridg",)) == []
    assert statements.count(StatementQuery()) == statements.size == 0
    assert statements.speakers("Lee", 5) == statements.nearest_speakers("Lee", 5) == []
    assert statements.speaker("mary lee") is None


def test_it_answers_after_its_folders_are_gone(tmp_path: Path) -> None:
    statements = opened(tmp_path, [row(1, day=1)], [someone("Mary Lee")])
    for name in ("statements", "speakers"):
        shutil.rmtree(tmp_path / name)

    assert found(statements, speakers=("mary lee",), about=("bridg",)) == ["a1"]
    assert statements.speaker("mary lee") == someone("Mary Lee")


@pytest.mark.parametrize("folder", ["statements", "speakers"])
def test_a_missing_file_is_damage(tmp_path: Path, folder: str) -> None:
    opened(tmp_path, [row(1)], [someone("Mary Lee")])
    next((tmp_path / folder).glob("*.idx")).unlink()

    with pytest.raises(DamagedIndexError, match="onrecord index rebuild"):
        StatementIndex.open(tmp_path / "statements", tmp_path / "speakers")


REGISTER = [
    someone("Rachel Minyoung Lee", 4),
    someone("Lee", 1),
    someone("Bruce Lee", 9),
    someone("Robert O’Brien", 2, "Robert C. O'Brien"),
    someone("Eul-Chul Lim", 2),
    someone("Solveig Marsh", 7),
    someone("the harbour board", 30),
]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Lee", ["Lee", "Bruce Lee", "Rachel Minyoung Lee"]),
        ("rachel lee", ["Rachel Minyoung Lee"]),
        ("Ms Minyoung Lee's", ["Rachel Minyoung Lee"]),
        ("Robert C. O'Brien", ["Robert O’Brien"]),
        ("Robert Q. O'Brien", ["Robert O’Brien"]),
        ("Eul Chul", ["Eul-Chul Lim"]),
        ("Chul Lim", ["Eul-Chul Lim"]),
        ("harbour board", ["the harbour board"]),
        ("Minyoung", ["Rachel Minyoung Lee"]),
        ("Le", []),
        ("", []),
        ("?!", []),
    ],
)
def test_a_name_finds_whoever_bears_all_its_words(
    tmp_path: Path, name: str, expected: list[str]
) -> None:
    statements = opened(tmp_path, [], REGISTER)

    assert [speaker.name for speaker in statements.speakers(name, 9)] == expected
    assert [speaker.name for speaker in statements.speakers(name, 1)] == expected[:1]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Solvieg Marsh", ["Solveig Marsh"]),
        ("Solveig Mash", ["Solveig Marsh"]),
        ("Anna Lee", ["Bruce Lee", "Rachel Minyoung Lee", "Lee"]),
        ("Robert O'Brian", ["Robert O’Brien"]),
        ("Head of the harbour", ["the harbour board"]),
        ("Zo", []),
        ("of the", []),
    ],
)
def test_the_nearest_names_share_a_word_or_nearly(
    tmp_path: Path, name: str, expected: list[str]
) -> None:
    statements = opened(tmp_path, [], REGISTER)

    assert [speaker.name for speaker in statements.nearest_speakers(name, 9)] == expected


def test_speakers_are_found_by_their_offices_most_quoted_first(tmp_path: Path) -> None:
    told = {
        "Bruce Hale": "the Fed chair",
        "Ida Marsh": "Chairman of the Federal Reserve",
        "Ana Chair": "the mayor of Fed",
    }
    register = [
        replace(someone(name, number), told=(ToldRole(role, (19_000,)),))
        for number, (name, role) in enumerate(told.items(), start=1)
    ]
    statements = opened(tmp_path, [], register)

    def holding(*terms: str) -> list[str]:
        return [speaker.name for speaker in statements.with_office(terms, 9)]

    assert holding("chair", "fed") == ["Ida Marsh", "Bruce Hale"]
    assert holding("fed") == ["Ana Chair", "Ida Marsh", "Bruce Hale"]
    assert holding("king") == holding() == []
    assert [each.name for each in statements.nearest_speakers("Ana Mayor", 9)] == ["Ana Chair"]


def test_a_speaker_is_found_first_by_the_name_that_articles_give_beside_it(tmp_path: Path) -> None:
    judge = replace(someone("Judith Sheindl"), roles=("commonly known as Judge Judy",))
    singer = replace(someone("Ana Sol"), told=(ToldRole("who performs as The Sun", (0,)),))

    statements = opened(tmp_path, [], [judge, singer, someone("Judy Chu", 9)])

    assert [each.name for each in statements.speakers("Judge Judy", 9)] == [
        "Judith Sheindl",
        "Judy Chu",
    ]
    for asked in ("the Sun", "Sun"):
        assert [each.name for each in statements.speakers(asked, 9)] == ["Ana Sol"]


def test_nearest_puts_the_surname_before_the_first_name(tmp_path: Path) -> None:
    register = [someone("Bruce Hale", 50), someone("Ida Marsh", 1)]
    statements = opened(tmp_path, [], register)

    nearest = statements.nearest_speakers("Bruce Marsh", 9)

    assert [speaker.name for speaker in nearest] == ["Ida Marsh", "Bruce Hale"]


@settings(deadline=None)
@given(st.text(max_size=30))
def test_no_name_and_no_topic_is_a_query_language(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    statements = _shared(tmp_path_factory)

    query = StatementQuery(speakers=(name_key(text),), about=about(text))

    assert len(statements.speakers(text, 3)) <= 3
    assert len(statements.nearest_speakers(text, 3)) <= 3
    assert len(statements.search(query, 3)) <= 3


SHARED: list[StatementIndex] = []


def _shared(factory: pytest.TempPathFactory) -> StatementIndex:
    if not SHARED:
        SHARED.append(opened(factory.mktemp("shared"), [row(1)], REGISTER))
    return SHARED[0]


spans = st.builds(lambda start, size: Span(start, start + size), st.integers(0, 99), st.just(5))
many_spans = st.lists(spans, max_size=3).map(tuple)
statements_of_all_kinds = st.builds(
    Statement,
    article_id=st.just("a1"),
    revision=st.just("r1"),
    kind=st.sampled_from(StatementKind),
    act=st.sampled_from(Act),
    polarity=st.sampled_from(Polarity),
    cue=st.none() | spans,
    lemma=st.text(max_size=4),
    content=st.lists(spans, min_size=1, max_size=3).map(tuple),
    source=st.none() | spans,
    source_type=st.sampled_from(SourceType),
    speaker=st.none() | st.text(min_size=1, max_size=8),
    resolution=st.sampled_from(Resolution),
    resolution_path=many_spans,
    candidates=st.lists(st.text(max_size=4), max_size=2).map(tuple),
    role=st.none() | spans,
    confidence=st.sampled_from([0.0, 0.5, 1.0]),
    origin=st.sampled_from(Origin),
)


@given(statements_of_all_kinds)
def test_a_statement_kept_is_the_statement_read(statement: Statement) -> None:
    assert unpacked("a1", "r1", packed(statement)) == statement


def test_a_speaker_kept_is_the_speaker_read() -> None:
    speaker = Speaker("k", "N", SourceType.GROUP, ("M",), ("a role", "another"), 3, 2)
    told = (ToldRole("a role", (0, 19_000, 19_000)), ToldRole("another", (19_001,)))
    uses = (NameUse(4, 1_700_000_000, 2), NameUse(9, None, 1))
    known = replace(speaker, told=told, names=(NameUses("N", SourceType.GROUP, uses),))

    assert unpacked_speaker(packed(known)) == known
    assert unpacked_speaker(packed(speaker)) == speaker


def test_a_statement_is_indexed_with_its_words_its_sentence_and_its_title() -> None:
    text = "It rained. Mary Lee said on Monday that the bridge is closed.\n\nIt rained again."
    article = Article("a1", "Works begin", text, outlet="Herald", published_at=JANUARY)
    start = text.index("the bridge")
    statement = replace(
        SAID,
        source=Span(text.index("Mary"), text.index(" said")),
        cue=Span(text.index("said"), text.index(" on Monday")),
        content=(Span(start, start + len("the bridge is closed")),),
    )

    [made] = statement_rows([(7, article, statement)])

    assert (made.number, made.content, made.source) == (7, "the bridge is closed", "Mary Lee")
    assert made.context == ("Works begin\nMary Lee said on Monday that the bridge is closed.")
    assert (made.published, made.outlet) == (int(JANUARY.timestamp()), "Herald")
