"""A source ends before a predicate or a quotation, and is no place."""

import pytest

from index.attribution.annotations import Attribution
from index.attribution.patterns.extractor import extract_attributions
from index.attribution.quotations import find_quotes
from index.attribution.source_bounds import bounded_sources
from index.statements import Origin
from tests.support.marked_attribution import marked


def _sources(attribution: Attribution, text: str) -> list[str] | None:
    bounded = bounded_sources([attribution], text)
    return [span.of(text) for span in bounded[0].source] if bounded else None


@pytest.mark.parametrize(
    ("text", "source", "cue", "subject"),
    [
        (
            "Lawyers for the clerk voiced grief for Lind's kin in a note but said it rains.",
            "Lawyers for the clerk voiced grief for Lind's kin",
            "said",
            "Lawyers for the clerk",
        ),
        (
            "The mayor opened the new quay and said it was late.",
            "The mayor opened the new quay",
            "said",
            "The mayor",
        ),
        (
            "Rail officials rejected the plan on Friday, but then added that it may return.",
            "Rail officials rejected the plan",
            "added",
            "Rail officials",
        ),
        (
            "The union lost the vote and later said it was unfair.",
            "The union lost the vote",
            "said",
            "The union",
        ),
        (
            "The Orrin Gazette newspaper printed letters on Friday showing that Lind knew.",
            "The Orrin Gazette newspaper printed letters",
            "showing",
            "letters",
        ),
    ],
)
def test_a_source_ends_before_its_predicate(text: str, source: str, cue: str, subject: str) -> None:
    assert _sources(marked(text, source, cue, text[-6:-1]), text) == [subject]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("The newly elected mayor said it rains.", "The newly elected mayor"),
        ("A group called Orrin First said it rains.", "A group called Orrin First"),
        ("The Arden backed council and said it rains.", "The Arden backed council"),
        ("Officers wounded in the raid said it rains.", "Officers wounded in the raid"),
        ("The clerk, who opened the quay, and said it rains.", "The clerk, who opened the quay,"),
        ("Lind and Falk said it rains.", "Lind and Falk"),
    ],
)
def test_a_participle_inside_a_source_is_no_predicate(text: str, source: str) -> None:
    assert _sources(marked(text, source, "said", "it rains"), text) == [source]


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("The clinic blacked-out names from lab incident reports that rose.", "reports"),
        ("The clinic withheld the incident reports that rose.", "reports"),
        ("The council lost its own budget figures that rose.", "figures"),
        ("The committee reviewed the cost estimates that rose.", "estimates"),
        ("blasting past sales figures that rose.", "figures"),
    ],
)
def test_a_noun_in_the_plural_is_no_verb(text: str, cue: str) -> None:
    source = text[: text.index(f" {cue}")]
    noun = marked(text, source, cue, "that rose", origin=Origin.PATTERN)

    assert bounded_sources([noun], text) == []


def test_no_pattern_reads_a_plural_noun_before_that_as_a_verb() -> None:
    for text in ("It beat all past sales figures that Orrin kept.", "These boats claims that rot."):
        assert extract_attributions(text, find_quotes(text)) == []


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Long waits were reported at several schools.", "several schools"),
        ("The disease was first reported in Verrin in 2004.", "Verrin"),
        ("From Orrin harbour were reported high waves.", "Orrin harbour"),
        ("A delay was announced near the old quay.", "old quay"),
        ("No damage has been reported across the islands.", "islands"),
    ],
)
def test_the_place_of_a_passive_is_no_source(text: str, place: str) -> None:
    cue = next(words for words in ("were reported", "was first reported", "was announced",
        "has been reported") if words in text)  # fmt: skip

    assert _sources(marked(text, place, cue, text.split()[1]), text) == []


@pytest.mark.parametrize(
    ("text", "source"),
    [
        (
            "The find was reported in the Orrin Journal of Law review.",
            "Orrin Journal of Law review",
        ),
        ("The find was announced by Lind.", "Lind"),
        ("The find was reported at Reuters.", "Reuters"),
    ],
)
def test_a_paper_or_an_agent_is_the_source_of_a_passive(text: str, source: str) -> None:
    cue = "was announced" if "announced" in text else "was reported"

    assert _sources(marked(text, source, cue, "find"), text) == [source]


def test_a_quotation_at_the_end_of_a_source_is_content() -> None:
    text = "The round could, said Mara Lind, a clerk at Orrin, “be the last of the age.”"
    whole = "Mara Lind, a clerk at Orrin, “be the last of the age.”"

    [bounded] = bounded_sources([marked(text, whole, "said", "The round could")], text)

    assert [span.of(text) for span in bounded.source] == ["Mara Lind, a clerk at Orrin"]
    assert [span.of(text) for span in bounded.content] == [
        "The round could",
        "“be the last of the age.”",
    ]


def test_a_short_quotation_in_a_source_may_be_a_name() -> None:
    text = "It rains, said the singer, “Biscuit.”"
    whole = "the singer, “Biscuit.”"

    assert _sources(marked(text, whole, "said", "It rains"), text) == [whole]


@pytest.mark.parametrize("blank", [" ", "\n", "—", "’", "“ ”", "..."])
def test_spaces_and_marks_are_no_source(blank: str) -> None:
    text = f"The mayor, {blank} said it rains."

    assert _sources(marked(text, blank, "said", "it rains"), text) == []
