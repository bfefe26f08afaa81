from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.documents import Boilerplate, BoilerplateKind, Span
from index.settings import BUNDLED_ENCODING
from index.text.passages import split
from index.text.sentences import sentences
from index.text.token_counts import encoding

Size = Callable[[str], int]


def words(text: str) -> int:
    return len(text.split())


def tokens(text: str) -> int:
    return len(encoding(BUNDLED_ENCODING).encode_ordinary(text))


def with_two_more(text: str) -> int:
    """As an encoder counts: a mark before the text and one after it."""
    return len(text.split()) + 2


def marks_at(*spans: tuple[int, int]) -> list[Boilerplate]:
    return [Boilerplate(Span(*span), BoilerplateKind.NOTICE) for span in spans]


def shown(text: str, passages: list[Span]) -> list[str]:
    return [p.of(text) for p in passages]


SIX = "One is up. Two is low. Three is red. Four is new. Five is old. Six is far."


def test_whole_sentences_fill_a_passage_up_to_the_budget() -> None:
    found = split(SIX, [], size=words, budget=7, overlap=0)

    assert shown(SIX, found) == [
        "One is up. Two is low.",
        "Three is red. Four is new.",
        "Five is old. Six is far.",
    ]


def test_a_passage_opens_with_the_last_sentences_of_the_one_before() -> None:
    found = split(SIX, [], size=words, budget=9, overlap=4)

    assert shown(SIX, found) == [
        "One is up. Two is low. Three is red.",
        "Three is red. Four is new. Five is old.",
        "Five is old. Six is far.",
    ]


def test_a_fixed_cost_per_passage_is_not_paid_per_sentence() -> None:
    found = split(SIX, [], size=with_two_more, budget=11, overlap=0)

    assert shown(SIX, found) == [
        "One is up. Two is low. Three is red.",
        "Four is new. Five is old. Six is far.",
    ]


def test_a_tiny_last_passage_takes_the_sentence_before_it_along() -> None:
    text = "Here are five words now. Here are five more now. Gone."

    found = split(text, [], size=words, budget=10, overlap=3)

    assert shown(text, found) == [
        "Here are five words now. Here are five more now.",
        "Here are five more now. Gone.",
    ]


def test_a_passage_may_cross_paragraphs() -> None:
    text = "One is up.\n\nTwo is low."

    assert shown(text, split(text, [], size=words, budget=9, overlap=0)) == [text]


def test_a_passage_never_crosses_boilerplate() -> None:
    text = "One is up.\n\nRead more\n\nTwo is low."

    found = split(text, marks_at((12, 21)), size=words, budget=99, overlap=9)

    assert shown(text, found) == ["One is up.", "Two is low."]


def test_a_sentence_over_budget_is_cut_after_clauses_then_between_words() -> None:
    text = "When it rained, the nine old men of the town went home, and slept."

    found = split(text, [], size=words, budget=6, overlap=2)

    assert shown(text, found) == [
        "When it rained, the nine old",
        "men of the town went home,",
        "and slept.",
    ]


def test_a_word_over_budget_is_cut_inside() -> None:
    assert split("a" * 8, [], size=len, budget=4, overlap=0) == [Span(0, 4), Span(4, 8)]


def test_no_text_and_nothing_but_boilerplate_give_no_passage() -> None:
    assert split("", [], size=words, budget=9, overlap=0) == []
    assert split("Read more", marks_at((0, 9)), size=words, budget=9, overlap=0) == []


WORD = st.sampled_from(
    ["a", "The", "bridge", "fell,", "said.", "No!", "“We", "won.”", "🌉", "-", "é" * 9]
)
TEXTS = st.lists(st.tuples(WORD, st.sampled_from([" ", " ", " ", "\n", "\n\n"]))).map(
    lambda pairs: "".join(word + space for word, space in pairs)
)
SIZES = st.sampled_from([words, tokens, len, with_two_more])


@st.composite
def cases(draw: st.DrawFn) -> tuple[str, list[Boilerplate], Size, int, int]:
    text = draw(st.one_of(TEXTS, st.text(max_size=80)))
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=6)))
    spans = marks_at(*list(pairwise(cuts))[::2])
    budget = draw(st.integers(8, 40))
    return text, spans, draw(SIZES), budget, draw(st.integers(0, budget))


@given(cases())
def test_passages_are_trimmed_ascending_within_budget_and_free_of_boilerplate(
    case: tuple[str, list[Boilerplate], Size, int, int],
) -> None:
    text, marks, size, budget, overlap = case

    found = split(text, marks, size=size, budget=budget, overlap=overlap)

    assert all(p == p.strip() and 0 < size(p) <= budget for p in shown(text, found))
    assert all(a.start < b.start and a.end < b.end for a, b in pairwise(found))
    assert not any(p.start < m.span.end and m.span.start < p.end for p in found for m in marks)
    assert found == split(text, marks, size=size, budget=budget, overlap=overlap)


@given(cases())
def test_every_sentence_outside_boilerplate_is_in_a_passage_or_had_to_be_cut(
    case: tuple[str, list[Boilerplate], Size, int, int],
) -> None:
    text, marks, size, budget, overlap = case
    edges = [0, *(edge for m in marks for edge in (m.span.start, m.span.end)), len(text)]
    runs = [Span(a, b) for a, b in list(pairwise(edges))[::2] if a < b]

    found = split(text, marks, size=size, budget=budget, overlap=overlap)

    held = {position for p in found for position in range(p.start, p.end)}
    for sentence in (s for run in runs for s in sentences(text, run)):
        whole = any(p.start <= sentence.start and sentence.end <= p.end for p in found)
        inside = range(sentence.start, sentence.end)
        covered = all(i in held or text[i].isspace() for i in inside)
        assert covered
        assert whole or size(sentence.of(text)) > budget


@pytest.mark.slow
@pytest.mark.parametrize("unit", ["word ", "a", "It is so. ", "a\n"])
def test_the_text_is_not_counted_over_and_over(unit: str) -> None:
    text = unit * (100_000 // len(unit))
    counted = 0

    def size(piece: str) -> int:
        nonlocal counted
        counted += len(piece)
        return len(piece)

    split(text, [], size=size, budget=600, overlap=120)

    assert counted < 8 * len(text)
