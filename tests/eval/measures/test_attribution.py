"""Attributions read from files, and measured by hand-worked cases."""

import gzip
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.datasets.formats.attribution import (
    MarkedAttribution,
    in_quotes,
    kind_of,
    read_gum,
    read_polnear,
)
from eval.errors import DataError
from eval.measures.attribution import (
    Counts,
    agree,
    exact,
    intersection_over_union,
    matching,
    measures,
    overlap,
    quotations,
    tallies,
)
from index.documents import Span
from index.statements import StatementKind
from tests.support.places import DATA

MARKED = DATA / "attribution"
TEXT = "“It floats 🚢,” said Ada Obi. Critics called it “a folly” and left."


def spans(*ranges: tuple[int, int]) -> tuple[Span, ...]:
    return tuple(Span(*each) for each in ranges)


def attribution(
    source: tuple[int, int] | None, cue: tuple[int, int], *content: tuple[int, int]
) -> MarkedAttribution:
    return MarkedAttribution(
        spans(source) if source else (), spans(cue), spans(*content), StatementKind.DIRECT
    )


ONE = attribution((0, 5), (6, 10), (11, 21))
TWO = attribution(None, (30, 34), (35, 45), (50, 60))


def test_exact_asks_for_every_range_of_a_filler() -> None:
    half = attribution(None, (30, 34), (35, 45))

    assert exact([ONE, TWO], [ONE, half], "content") == Counts(1, 2, 1, 2)
    assert exact([ONE, TWO], [ONE, half], "cue") == Counts(2, 2, 2, 2)


def test_a_source_that_two_attributions_share_is_one_filler_and_none_is_no_filler() -> None:
    again = attribution((0, 5), (70, 74), (75, 80))

    assert exact([ONE, again, TWO], [ONE], "source") == Counts(1, 1, 1, 1)


def test_overlap_pairs_fillers_one_to_one() -> None:
    both = attribution((0, 40), (6, 10), (11, 60))
    first, second = attribution((0, 5), (6, 10), (11, 21)), attribution((6, 9), (6, 10), (25, 60))

    assert overlap([first, second], [both], "source") == Counts(1, 2, 1, 1)
    assert overlap([both], [first, second], "content") == Counts(1, 1, 1, 2)


def test_a_whole_attribution_asks_for_cue_source_and_enough_of_the_content() -> None:
    close = attribution((2, 5), (8, 12), (11, 26))

    assert intersection_over_union(ONE.content, close.content) == pytest.approx(10 / 15)
    assert agree(ONE, close, least=0.5)
    assert not agree(ONE, close, least=0.9)
    assert not agree(ONE, attribution((2, 5), (22, 24), (11, 21)), least=0.5)
    assert not agree(ONE, attribution(None, (6, 10), (11, 21)), least=0.5)
    assert agree(TWO, TWO, least=0.9)


def test_a_kind_has_recall_over_its_gold_and_precision_over_its_predictions() -> None:
    gold = [ONE, MarkedAttribution(TWO.source, TWO.cue, TWO.content, StatementKind.INDIRECT)]
    predicted = [MarkedAttribution(ONE.source, ONE.cue, ONE.content, StatementKind.MIXED)]

    counts = tallies(gold, predicted)

    assert counts["direct@0.5"] == Counts(1, 1, 0, 0)
    assert counts["mixed@0.5"] == Counts(0, 0, 1, 1)
    assert counts["indirect@0.5"] == Counts(0, 1, 0, 0)
    assert counts["attribution@0.5"] == Counts(1, 2, 1, 1)
    assert counts["attribution@0.5"].f1 == pytest.approx(2 / 3)


def test_what_is_spoken_is_counted_among_the_gold_and_among_the_predictions() -> None:
    gold = [ONE, replace(TWO, kind=StatementKind.INDIRECT)]
    predicted = [ONE, TWO, replace(ONE, content=spans((60, 70)))]

    counts = tallies(gold, predicted, speech=lambda each: each.source == ONE.source)

    assert counts["speech@0.5"] == Counts(1, 1, 1, 2)
    assert counts["speech_direct@0.5"] == Counts(1, 1, 1, 2)
    assert counts["speech_indirect@0.5"] == Counts(0, 0, 0, 0)


def test_a_quotation_is_found_whoever_is_said_to_have_said_it() -> None:
    other = replace(ONE, source=spans((90, 95)), cue=())
    paraphrase = replace(TWO, kind=StatementKind.INDIRECT)

    assert quotations([ONE, paraphrase], [other], least=0.5) == Counts(1, 1, 1, 1)
    assert quotations([ONE], [replace(other, kind=StatementKind.MIXED)], least=0.5) == Counts(
        1, 1, 0, 0
    )
    assert tallies([ONE], [other])["attribution@0.5"] == Counts(0, 1, 0, 1)


def test_all_right_is_1_and_a_document_without_a_prediction_has_found_nothing() -> None:
    gold = {"a": [ONE], "b": [TWO]}

    assert measures(gold, gold)["attribution@0.9_f1"] == 1.0
    assert measures(gold, {"a": [ONE]})["attribution@0.5_recall"] == 0.5
    assert set(measures(gold, {}).values()) == {0.0}


def test_predictions_for_other_documents_count_for_nothing() -> None:
    assert measures({"a": [ONE]}, {"a": [ONE], "z": [TWO]}) == measures({"a": [ONE]}, {"a": [ONE]})


def test_a_pair_moves_over_when_that_makes_room_for_one_more() -> None:
    edges = {("x", 1), ("x", 2), ("y", 1), ("z", 2), ("z", 3)}

    pairs = matching(list("xyz"), [1, 2, 3], lambda one, other: (one, other) in edges)

    assert len(pairs) == 3


@given(st.sets(st.tuples(st.integers(0, 5), st.integers(0, 5))))
def test_a_matching_is_disjoint_and_as_large_as_any(edges: set[tuple[int, int]]) -> None:
    pairs = matching(range(6), range(6), lambda one, other: (one, other) in edges)

    assert all(pair in edges for pair in pairs)
    assert len({left for left, _ in pairs}) == len({right for _, right in pairs}) == len(pairs)
    assert len(pairs) == largest(0, frozenset(), edges)


def largest(left: int, taken: frozenset[int], edges: set[tuple[int, int]]) -> int:
    """By trying everything."""
    if left == 6:
        return 0
    free = [right for one, right in edges if one == left and right not in taken]
    skipped = largest(left + 1, taken, edges)
    return max([skipped, *(1 + largest(left + 1, taken | {right}, edges) for right in free)])


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (TEXT[:14], StatementKind.DIRECT),
        ("It floats", StatementKind.DIRECT),
        ("it “a folly”", StatementKind.MIXED),
        ("and left", StatementKind.INDIRECT),
    ],
)
def test_the_kind_is_how_much_of_the_content_is_in_quotes(
    content: str, kind: StatementKind
) -> None:
    start = TEXT.index(content)

    assert kind_of(spans((start, start + len(content))), TEXT, in_quotes(TEXT)) is kind


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ('a "b" c "d"', "bd"),
        ("a ``b'' c ''d'' e", "bd"),
        ("“a “b” c", "ab"),
        ("“a\nb", "a"),
        ("«a» b", "a"),
        ("a” b", ""),
    ],
)
def test_quotation_marks_of_every_make_open_and_close(text: str, inside: str) -> None:
    quoted = zip(text, in_quotes(text), strict=True)

    assert "".join(letter for letter, is_in in quoted if is_in and letter.isalpha()) == inside


def file(folder: Path, *records: object) -> Path:
    path = folder / "set.jsonl.gz"
    lines = [each if isinstance(each, str) else json.dumps(each) for each in records]
    path.write_bytes(gzip.compress("\n".join(lines).encode()))
    return path


def marks(text: str, *attributions: Sequence[object]) -> dict[str, object]:
    named = [dict(zip(("source", "cue", "content"), each, strict=True)) for each in attributions]
    return {"doc": "d", "text": text, "attributions": named}


def test_documents_are_read_with_their_kinds_and_ranges_in_order(tmp_path: Path) -> None:
    record = marks(
        TEXT, ([[21, 28]], [[16, 20]], [[0, 14]]), ([], [[38, 44]], [[48, 57], [45, 47]])
    )

    [document] = read_polnear(file(tmp_path, record))

    assert document.attributions[0].kind is StatementKind.DIRECT
    assert document.attributions[1].source == ()
    assert document.attributions[1].content == spans((45, 47), (48, 57))
    assert document.attributions[1].kind is StatementKind.MIXED


@pytest.mark.parametrize(
    ("bad", "told"),
    [
        (marks("short", ([[0, 3]], [[3, 9]], [[0, 1]])), "3:9"),
        (marks("short", ([[0, 3]], [[2, 2]], [[0, 1]])), "2:2"),
        ({"doc": "d", "text": "no marks"}, "attributions"),
        ("{", "JSON"),
    ],
    ids=["outside the text", "empty", "a key missing", "no JSON"],
)
def test_a_faulty_line_is_named_with_its_file_and_number(
    bad: object, told: str, tmp_path: Path
) -> None:
    path = file(tmp_path, marks("fine"), bad)

    with pytest.raises(DataError, match=rf"set\.jsonl\.gz:2: .*{told}"):
        read_polnear(path)


def test_a_file_cut_short_is_a_fault_not_half_a_set(tmp_path: Path) -> None:
    path = file(tmp_path, marks("fine " * 1000))
    path.write_bytes(path.read_bytes()[:-12])

    with pytest.raises(DataError, match=r"set\.jsonl\.gz"):
        read_polnear(path)


def test_relations_with_a_coreference_cluster_keep_every_name_of_the_source(tmp_path: Path) -> None:
    source = {"span": [0, 2], "type": "person", "cluster_mentions": ["Ada Obi", "She"]}
    relation = {
        "rel": "attribution-negative",
        "attribution_edu": [0, 11],
        "content_head_edu": [12, 20],
        "source": source,
    }
    record = {
        "doc": "g",
        "genre": "news",
        "text": "He denied it was late.",
        "attributions": [relation, {**relation, "source": None}],
    }

    [document] = read_gum(file(tmp_path, record))

    named, unnamed = document.reports
    assert not named.positive
    assert named.mentions == ("Ada Obi", "She")
    assert (unnamed.source, unnamed.mentions) == (None, ())


@pytest.mark.data
@pytest.mark.skipif(not MARKED.is_dir(), reason=f"the attribution sets are not at {MARKED}")
def test_the_marks_of_people_score_1_against_themselves_and_as_counted() -> None:
    documents = read_polnear(MARKED / "polnear" / "dev.jsonl.gz")
    gold = {document.id: document.attributions for document in documents}

    assert (len(gold), sum(map(len, gold.values()))) == (84, 2193)
    assert set(measures(gold, gold).values()) == {1.0}
    assert len(read_gum(MARKED / "gum" / "attributions.jsonl.gz")) == 70
