"""What changed between two texts, and where a part of one stands in the other."""

from hypothesis import given
from hypothesis import strategies as st

from index.documents import Span
from rag.revisions import Alignment, TextChange, differences, unified

EARLIER = "The toll is 5 euros. The mayor agreed.\n\nIt begins in May. Nobody spoke against it."
LATER = "The toll is 6 euros. The mayor agreed.\n\nIt begins in June, he said. A bus stops there."

words = st.lists(
    st.sampled_from(["toll ", "pier", ". ", "!\n", "mayor ", "é", "\n\n"]), max_size=12
)
texts = words.map("".join)


def test_only_the_words_that_changed_are_told() -> None:
    found = differences(EARLIER, LATER)

    assert found[0] == TextChange(12, 13, "5", 12, 13, "6")
    assert [(each.removed, each.added) for each in found[:2]] == [
        ("5", "6"),
        ("May", "June, he said"),
    ]


def test_equal_texts_do_not_differ() -> None:
    assert differences(EARLIER, EARLIER) == []
    assert unified(EARLIER, EARLIER, ("a", "b")) == ""


def test_the_unified_form_is_by_paragraphs() -> None:
    lines = unified(EARLIER, LATER, ("a", "b")).splitlines()

    assert lines[:2] == ["--- a", "+++ b"]
    assert "-The toll is 5 euros. The mayor agreed." in lines
    assert "+The toll is 6 euros. The mayor agreed." in lines


@given(texts, texts)
def test_the_later_text_can_be_made_from_the_earlier_one(earlier: str, later: str) -> None:
    made, at = [], 0
    for each in differences(earlier, later):
        assert each.removed == earlier[each.start : each.end]
        assert each.added == later[each.later_start : each.later_end]
        made += [earlier[at : each.start], each.added]
        at = each.end

    assert "".join([*made, earlier[at:]]) == later


def part(words: str) -> str | None:
    """What stands in the earlier text for these words of the later one."""
    start = LATER.index(words)
    found = Alignment(LATER, EARLIER).span(Span(start, start + len(words)))
    return found.of(EARLIER).strip() if found else None


def test_a_sentence_that_stayed_is_found_where_it_stood() -> None:
    assert part("The mayor agreed.") == "The mayor agreed."


def test_for_a_sentence_that_changed_stands_the_one_it_was() -> None:
    assert part("The toll is 6 euros.") == "The toll is 5 euros."
    assert part("It begins in June, he said.") == "It begins in May. Nobody spoke against it."


def test_several_sentences_are_kept_together() -> None:
    assert (
        part("The toll is 6 euros. The mayor agreed.") == "The toll is 5 euros. The mayor agreed."
    )


def test_for_what_is_new_stands_the_sentence_before() -> None:
    alignment = Alignment("One. Two. Three.", "One. Three.")

    assert alignment.span(Span(5, 9)) == Span(0, 4)
    assert Alignment("New. One.", "One.").span(Span(0, 4)) == Span(0, 4)
    assert Alignment("One.", "").span(Span(0, 4)) is None


@given(texts.filter(bool), texts.filter(bool), st.data())
def test_every_part_has_a_place_in_the_other_text(
    one: str, other: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(one) - 1))
    end = data.draw(st.integers(start + 1, len(one)))

    found = Alignment(one, other).span(Span(start, end))

    assert found
    assert 0 <= found.start < found.end <= len(other)
