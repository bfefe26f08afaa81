"""A content is its whole clause, and ends with its sentence."""

import pytest

from index.attribution.content_bounds import fuller_content, whole_contents
from tests.support.marked_attribution import marked, span_of


def _content(text: str, source: str, cue: str, *content: str) -> list[str] | None:
    found = whole_contents([marked(text, source, cue, *content)], text)
    return [span.of(text) for span in found[0].content] if found else None


@pytest.mark.parametrize(
    ("text", "cue", "found", "whole"),
    [
        (
            "Lind hid the post until the fair — where she sold boats, according to the court.",
            "according to",
            "where she sold boats",
            "Lind hid the post until the fair — where she sold boats",
        ),
        (
            "Lind hid it until the fair in Verrin, where she sold boats, according to the court.",
            "according to",
            "where she sold boats",
            "Lind hid it until the fair in Verrin, where she sold boats",
        ),
        (
            "The fund raised 2 million since noon, when the show began, according to the court.",
            "according to",
            "when the show began",
            "The fund raised 2 million since noon, when the show began",
        ),
        (
            "Verrin could lose its place in the boat league over the ban, according to the court.",
            "according to",
            "league over the ban",
            "Verrin could lose its place in the boat league over the ban",
        ),
        (
            "They were hunting for a tall man from Orrin who wore a cap, the court reported.",
            "reported",
            "from Orrin who wore a cap",
            "They were hunting for a tall man from Orrin who wore a cap",
        ),
        (
            "It left. The clerk says it helps people who wait to sail, the court reported.",
            "reported",
            "who wait to sail",
            "The clerk says it helps people who wait to sail",
        ),
        (
            "By then she was in talks with Falk, one of two founders, according to the court.",
            "according to",
            "one of two founders",
            "By then she was in talks with Falk, one of two founders",
        ),
    ],
)
def test_the_last_clause_is_widened_to_the_whole(
    text: str, cue: str, found: str, whole: str
) -> None:
    assert _content(text, "the court", cue, found) == [whole]


@pytest.mark.parametrize(
    ("text", "cue", "found"),
    [
        ("As it stands, the quay holds ten boats, according to the court.", "according to",
         "the quay holds ten boats"),
        ("It may rain, but the quay will hold, the court said.", "said", "the quay will hold"),
        ("He kept the files of Lind the court requested.", "requested", "files of Lind"),
        ("ORRIN — The quay will hold, according to the court.", "according to",
         "The quay will hold"),
        ("“It rains,” Lind said, and that the quay will hold, according to the court.",
         "according to", "the quay will hold"),
        ("The port has a list of names suggested by the court.", "suggested", "a list of names"),
    ],
)  # fmt: skip
def test_a_clause_of_its_own_is_not_widened(text: str, cue: str, found: str) -> None:
    assert _content(text, "the court", cue, found) == [found]


@pytest.mark.parametrize(
    ("text", "found", "kept"),
    [
        ("Lind said it costs “millions of crowns.” Poles and trees fell.",
         "it costs “millions of crowns.” Poles and trees fell", "it costs “millions of crowns.”"),
        ("Lind said it costs “a lot.” She would sell.", "it costs “a lot.” She would sell",
         "it costs “a lot.”"),
        ("Lind said the show is ending\n\nDuring the song it rained.",
         "the show is ending\n\nDuring the song it rained", "the show is ending"),
        ("Lind said the Mt. Orrin quay holds.", "the Mt. Orrin quay holds",
         "the Mt. Orrin quay holds"),
        ("Lind said that it “is old. It rots. It leaks,” and more.",
         "that it “is old. It rots. It leaks,” and more",
         "that it “is old. It rots. It leaks,” and more"),
        ("Lind said: It is old. It rots.", "It is old. It rots", "It is old. It rots"),
    ],
)  # fmt: skip
def test_words_that_run_on_end_with_their_sentence(text: str, found: str, kept: str) -> None:
    assert _content(text, "Lind", "said", found) == [kept]


def test_a_content_of_no_words_is_none() -> None:
    text = "Is it over? Well, at least according to Lind."

    assert _content(text, "Lind", "according to", "Well, at least") is None


def test_the_cue_of_another_statement_is_no_content() -> None:
    text = "“It rains,” Falk said on Sunday, according to Lind."
    own = marked(text, "Falk", "said", "“It rains,”")
    other = marked(text, "Lind", "according to", "Falk said on Sunday")

    assert whole_contents([own, other], text) == [own]


def test_a_content_goes_on_with_the_quotation_that_follows() -> None:
    text = "She said they do not call her “captain” because she left."
    short, whole = span_of(text, "they do not call her"), span_of(text, text[9:-1])

    assert fuller_content((short,), (whole,), text) == (whole,)
    assert fuller_content((span_of(text, "they do"),), (whole,), text) == (
        span_of(text, "they do"),
    )


@pytest.mark.parametrize(
    ("found", "whole"),
    [
        ("that the water is", "that the water is far older than the rock"),
        ("he hoped that some", "he hoped that some boats would sail"),
        ("it was the end of", "it was the end of the quay"),
        ("the quay could", "the quay could fall"),
        ("it is late", "it is late"),
    ],
)
def test_no_content_ends_inside_its_clause(found: str, whole: str) -> None:
    text = f"Lind said {whole}. Falk left."

    assert _content(text, "Lind", "said", found) == [whole]


@pytest.mark.parametrize(
    ("found", "whole"),
    [
        ("during the first years", "during the first years, a calf grows fast"),
        ("the next tide seen in Verrin", "the next tide seen in Verrin after May is in June"),
        ("it rains", "it rains"),
    ],
)
def test_all_of_a_sentence_is_of_the_source_that_opens_it(found: str, whole: str) -> None:
    text = f"According to Lind, {whole}. Falk left."

    assert _content(text, "Lind", "According to", found) == [whole]


def test_a_headline_is_no_part_of_the_words_below_it() -> None:
    text = "Orrin sinks\n\nOrrin is the lowest port, according to Lind."

    assert _content(text, "Lind", "according to", text[: text.index(", acc")]) == [
        "Orrin is the lowest port"
    ]
