"""Which sentences are quoted together: as few as can be understood."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.documents import Article, Passage, Span
from rag.answering.quoting.quoted_span import quoted_span
from rag.query.query import parse
from rag.reading.evidence import Evidence
from rag.reading.spans import SpanPrediction
from rag.replies import Hit


def evidence(text: str, sentence: str, *, short: str = "", passage: str = "") -> Evidence:
    """The sentence of an article; `passage` is where its passage begins, else at the start."""
    article = Article("a", "Report", text)
    start = text.index(sentence)
    span, whole = Span(start, start + len(sentence)), Span(text.index(passage), len(text))
    at = text.find(short, start) if short else start
    read = Span(at, at + len(short)) if short else span
    hit = Hit(Passage(1, "a", article.revision, whole), 0.5, 1.0, 0.5, {})
    return Evidence(article, span, whole, hit, 0.5, 1.0, SpanPrediction(read, 5.0))


def quoted(question: str, text: str, sentence: str, *, short: str = "", passage: str = "") -> str:
    found = evidence(text, sentence, short=short, passage=passage)
    return quoted_span(parse(question, longest=200), found).of(text)


NAMED = "Ada Pell was made head of the port on Monday."
LEANING = "She replaced Otto Krall, who had resigned."
WHO = "Who did Ada Pell replace?"


def test_an_answer_with_a_pronoun_is_quoted_with_the_sentence_that_has_the_name() -> None:
    text = f"The port is old. {NAMED} {LEANING} Work goes on."

    assert quoted(WHO, text, LEANING, short="Otto Krall") == f"{NAMED} {LEANING}"


@pytest.mark.parametrize(
    ("question", "before", "sentence", "short"),
    [
        (
            "Where were the divers hurt in Lisk taken?",
            "Two divers were hurt in Lisk on Friday.",
            "The two were taken to the hospital in Tarn.",
            "the hospital in Tarn",
        ),
        (
            "How many boats does the Orm yard build a year?",
            "The Orm yard built 40 boats last year.",
            "That figure is twice as high as in 2019.",
            "twice",
        ),
        (
            "Who did Jon Orr meet in Lisk?",
            "Jon Orr came to Lisk in May.",
            "There, on the quay, stood Ada Pell.",
            "Ada Pell",
        ),
        (
            "What made the council close the Marl pool?",
            "The council gave two reasons for closing the Marl pool.",
            "One was the cost of mending its roof.",
            "the cost of mending its roof",
        ),
        (
            "What does the council of Tarn demand?",
            "The council of Tarn demands three things:",
            "A bridge, a school and a bus.",
            "A bridge",
        ),
    ],
    ids=["the two", "that figure", "there", "one", "colon"],
)
def test_whatever_leans_is_quoted_with_what_it_leans_on(
    question: str, before: str, sentence: str, short: str
) -> None:
    gap = "\n" if before.endswith(":") else " "
    text = f"{before}{gap}{sentence} So it goes."

    assert quoted(question, text, sentence, short=short) == f"{before}{gap}{sentence}"


@pytest.mark.parametrize(
    ("question", "before", "sentence"),
    [
        pytest.param(WHO, NAMED, "Ada Pell replaced Otto Krall.", id="it has the name itself"),
        pytest.param(WHO, "She is from Orm.", LEANING, id="the one before has no name either"),
        pytest.param(WHO, NAMED, "Otto Krall was replaced by her.", id="it opens with a name"),
        pytest.param(
            "Who had resigned?", NAMED, "She replaced Otto Krall, who had resigned.", id="no need"
        ),
    ],
)
def test_a_sentence_that_can_be_understood_is_quoted_alone(
    question: str, before: str, sentence: str
) -> None:
    assert quoted(question, f"{before} {sentence}", sentence, short="Otto Krall") == sentence


def test_an_answer_that_only_points_back_is_quoted_with_what_it_points_to() -> None:
    sold, it = "The yard built the Grey Heron.", "Otto Krall bought it in May."
    camp, there = "A camp stands in the hills of Tarn.", "That is where Jon Orr was trained."
    his = "His camp stands in the hills of Tarn."

    assert quoted("What did Otto Krall buy?", f"{sold} {it}", it, short="it") == f"{sold} {it}"
    assert quoted("Where was Jon Orr trained?", f"{camp} {there}", there) == f"{camp} {there}"
    assert quoted("Where was Jon Orr trained?", f"{his} {there}", there) == there


def test_another_paragraph_is_quoted_only_where_the_sentence_opens_its_own() -> None:
    apart = f"{NAMED}\n\n{LEANING}"
    inside = f"{NAMED}\n\nThe quay is long. {LEANING}"

    assert quoted(WHO, apart, LEANING, short="Otto Krall") == apart
    assert quoted(WHO, inside, LEANING, short="Otto Krall") == LEANING


def test_what_stands_before_the_passage_in_another_paragraph_is_not_quoted() -> None:
    text = f"{NAMED}\n\n{LEANING}"

    assert quoted(WHO, text, LEANING, short="Otto Krall", passage="She") == LEANING


def test_an_announcement_is_quoted_with_what_it_announces() -> None:
    first = "The Tarn rules name several conditions."
    second = "Boats must be clean, and dogs stay ashore."
    question = "What are the conditions of the Tarn rules?"

    assert quoted(question, f"{first} {second} It rained.", first) == f"{first} {second}"
    assert quoted(question, f"It rained. {first}", first) == first


def test_all_that_was_counted_is_quoted_and_nothing_after_it() -> None:
    counted = (
        "The council gave two reasons for building the Marl bridge. One was the age of the ferry. "
        "The other was the port at Lisk."
    )
    first = counted.split(". ", maxsplit=1)[0] + "."
    question = "What were the reasons for building the Marl bridge?"

    assert quoted(question, f"{counted} Ada Pell left.", first, short="two reasons") == counted


@given(st.lists(st.sampled_from([NAMED, LEANING, "It rained.", "Both left."]), min_size=1))
def test_the_quote_holds_the_sentence_and_at_most_one_other(told: list[str]) -> None:
    text = " ".join([*told, "She replaced Jon Orr."])
    found = evidence(text, "She replaced Jon Orr.", short="Jon Orr")

    span = quoted_span(parse(WHO, longest=200), found)

    assert span.start <= found.span.start < found.span.end <= span.end
    assert span.of(text) in {found.sentence, f"{told[-1]} {found.sentence}"}
