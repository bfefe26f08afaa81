"""Quotations: marks of all kinds, and what is not speech."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from index.attribution.quotations import Quote, find_quotes, statement_kind
from index.documents import Span
from index.statements import StatementKind
from tests.support.timing import growth

MARKS = "“”„«»\"'‘’` \n.,aB1—"


def _words(text: str) -> list[str]:
    return [quote.inner.of(text) for quote in find_quotes(text)]


def _only(text: str) -> Quote:
    [quote] = find_quotes(text)
    return quote


@pytest.mark.parametrize(
    ("text", "inner"),
    [
        ("“The ferry is late,” she said.", "The ferry is late,"),
        ('"The ferry is late," she said.', "The ferry is late,"),
        ("``The ferry is late,'' she said.", "The ferry is late,"),
        ("''The ferry is late,'' she said.", "The ferry is late,"),
        ("''The ferry is late, '' she said.", "The ferry is late,"),
        ("‘‘The ferry is late,’’ she said.", "The ferry is late,"),
        ("«The ferry is late», she said.", "The ferry is late"),
        ("»The ferry is late«, she said.", "The ferry is late"),
        ("„The ferry is late“, she said.", "The ferry is late"),
        ("‘The ferry is late,’ she said.", "The ferry is late,"),
        ("'The ferry is late,' she said.", "The ferry is late,"),
        ('“The ferry is late," she said.', "The ferry is late,"),
    ],
)
def test_marks_of_every_kind_open_and_close(text: str, inner: str) -> None:
    assert _words(text) == [inner]


def test_the_span_includes_the_marks_and_the_inner_span_does_not() -> None:
    text = "She said: “It is late.”"

    quote = _only(text)

    assert quote.span.of(text) == "“It is late.”"
    assert quote.inner.of(text) == "It is late."
    assert not quote.continues


def test_a_quotation_inside_another_belongs_to_it() -> None:
    assert _words("“He told me ‘never’ and “not now” twice,” she said.") == [
        "He told me ‘never’ and “not now” twice,"
    ]
    assert _words('"He told me "never" twice," she said.') == ['He told me "never" twice,']


def test_a_quotation_after_the_cue_is_another_one() -> None:
    assert _words('"It is late," she said. "We wait."') == ["It is late,", "We wait."]


def test_a_quotation_of_several_paragraphs_continues_where_each_has_an_opening_mark() -> None:
    text = "“The tide is high.\n\n“It will fall.”\n\nShe left."

    first, second = find_quotes(text)

    assert (first.continues, second.continues) == (True, False)
    assert _words(text) == ["The tide is high.", "It will fall."]


def test_a_mark_left_open_ends_with_its_paragraph() -> None:
    text = "He said “the tide is high and left.\n\nNobody stayed."

    quote = _only(text)

    assert quote.span.of(text) == "“the tide is high and left."
    assert not quote.continues


def test_a_second_opening_mark_ends_only_the_first_quotation() -> None:
    assert _words('"The tide is high. "We wait," she said.') == ["The tide is high.", "We wait,"]


@pytest.mark.parametrize(
    "text",
    [
        "The workers’ boats weren’t ready, and the captain’s wasn't either.",
        "the boys' club isn't theirs",
        "Back in the ’90s they sang rock ’n’ roll.",
        "A plank of 6' by 12\" is heavy.",
        "",
        "No marks at all",
        '"',
        "''",
    ],
)
def test_apostrophes_and_inches_open_nothing(text: str) -> None:
    assert _words(text) == []


def test_a_possessive_does_not_end_a_quotation_in_single_marks() -> None:
    assert _words("‘It is the workers’ fault, and mine,’ she said.") == [
        "It is the workers’ fault, and mine,"
    ]


@pytest.mark.parametrize("text", ["a so-called “expert” spoke", "her novel “The Long Tide” sold"])
def test_words_in_scare_quotes_and_titles_are_recognised(text: str) -> None:
    assert _only(text).scare


@pytest.mark.parametrize("text", ["“No,” he said.", "She said: “No.”", "“We will not go” it says"])
def test_short_speech_is_not_taken_for_a_scare_quote(text: str) -> None:
    assert not _only(text).scare


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("“We wait here today,”", StatementKind.DIRECT),
        ("We wait here “today”", StatementKind.MIXED),
        ("We wait here today", StatementKind.INDIRECT),
        ("“We wait here today,”.", StatementKind.DIRECT),
        ("“We wait,” “and sail.”", StatementKind.DIRECT),
        ("—", StatementKind.INDIRECT),
    ],
)
def test_the_kind_depends_on_how_many_letters_are_in_quotation_marks(
    text: str, kind: StatementKind
) -> None:
    assert statement_kind([Span(0, len(text))], text, find_quotes(text)) is kind


@settings(deadline=None)
@given(st.one_of(st.text(), st.text(alphabet=MARKS, max_size=80)))
@example("’’0“")
def test_spans_ascend_are_disjoint_and_lie_in_the_text(text: str) -> None:
    found = find_quotes(text)

    ends = 0
    for quote in found:
        assert ends <= quote.span.start < quote.span.end <= len(text)
        assert quote.span.start <= quote.inner.start < quote.inner.end <= quote.span.end
        assert "\n\n" not in quote.span.of(text)
        ends = quote.span.end


@pytest.mark.slow
@pytest.mark.parametrize("piece", ["“", '" a ', "‘a ", "''x", "He said “well, no,” and left.\n"])
def test_time_grows_linearly_with_the_text(piece: str) -> None:
    small, large = (piece * (size // len(piece)) for size in (20_000, 200_000))

    most = 40
    assert growth(lambda: find_quotes(small), lambda: find_quotes(large), most=most) <= most
