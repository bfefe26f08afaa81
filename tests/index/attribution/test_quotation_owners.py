"""A quotation between two cues belongs to the one that a pattern ties it to."""

import pytest

from index.attribution.annotations import Attribution
from index.attribution.merging import merge_attributions
from index.attribution.patterns.extractor import extract_attributions
from index.attribution.quotations import find_quotes
from index.documents import Span
from index.statements import Origin

Said = tuple[str, str, tuple[str, ...]]
TWO = "“The water came up,” Rosa Lind said. “We had no warning,” her brother Carl Lind said."
SPLIT = "“It rose,” Lind said, “and it stayed.” “Nobody came,” Tom Brill insisted."
THREE = "“It rose,” said Lind. “Nobody came,” Brill explained. “We waited,” Moss told the Post."


def _tagged(text: str, source: str, cue: str, *content: str, after: int = 0) -> Attribution:
    return Attribution(
        source=(_span(text, source),),
        cue=(_span(text, cue, after),),
        content=tuple(_span(text, each) for each in content),
        confidence=0.8,
        origin=Origin.TAGGER,
    )


def _span(text: str, words: str, after: int = 0) -> Span:
    start = text.index(words, after)
    return Span(start, start + len(words))


def _merged(text: str, *tagged: Attribution) -> list[Said]:
    patterned = extract_attributions(text, find_quotes(text))
    return [
        (
            " … ".join(span.of(text) for span in each.source),
            each.cue[0].of(text),
            tuple(span.of(text) for span in each.content),
        )
        for each in merge_attributions(tagged, patterned, text)
    ]


def test_each_of_two_speakers_in_a_paragraph_keeps_the_own_quotation() -> None:
    both = ("“The water came up,”", "“We had no warning,”")

    read = _merged(
        TWO,
        _tagged(TWO, "Rosa Lind", "said", *both),
        _tagged(TWO, "her brother Carl Lind", "said", *both, after=50),
    )

    assert read == [
        ("Rosa Lind", "said", ("“The water came up,”",)),
        ("her brother Carl Lind", "said", ("“We had no warning,”",)),
    ]


def test_a_speaker_that_the_tagger_missed_gets_the_quotation_back() -> None:
    tagged = _tagged(TWO, "Rosa Lind", "said", "“The water came up,”", "“We had no warning,”")

    assert [source for source, _, _ in _merged(TWO, tagged)] == [
        "Rosa Lind",
        "her brother Carl Lind",
    ]


def test_a_quotation_split_around_its_cue_stays_whole() -> None:
    whole = "“It rose,” Lind said, “and it stayed.” “Nobody came,”"

    read = _merged(
        SPLIT,
        _tagged(SPLIT, "Lind", "said", "“It rose,”", "“and it stayed.” “Nobody came,”"),
        _tagged(SPLIT, "Tom Brill", "insisted", whole),
    )

    assert read == [
        ("Lind", "said", ("“It rose,”", "“and it stayed.”")),
        ("Tom Brill", "insisted", ("“Nobody came,”",)),
    ]


def test_three_speakers_keep_one_quotation_each() -> None:
    read = _merged(
        THREE,
        _tagged(THREE, "Lind", "said", "“It rose,”"),
        _tagged(THREE, "Brill", "explained", "“Nobody came,”", "“We waited,”"),
        _tagged(THREE, "Moss", "told", "“We waited,”"),
    )

    assert [content for _, _, content in read] == [
        ("“It rose,”",),
        ("“Nobody came,”",),
        ("“We waited,”",),
    ]


def test_the_source_beside_the_quotation_is_used_where_the_tagger_names_another() -> None:
    text = "“It rose,” Rosa Lind said. “Nobody came!” cried Carl Lind."
    tagged = Attribution(
        source=(_span(text, "Rosa Lind"), _span(text, "Carl Lind")),
        cue=(_span(text, "cried"),),
        content=(_span(text, "“Nobody came!”"),),
        confidence=0.65,
        origin=Origin.TAGGER,
    )

    assert ("Carl Lind", "cried", ("“Nobody came!”",)) in _merged(text, tagged)


@pytest.mark.parametrize(
    "text",
    [
        "“The water came up,” Rosa Lind said. “It was loud. We had no warning.”",
        "“The water came up,” Rosa Lind said, “and it stayed.”",
        "“The water came up,” Rosa Lind said. “It was loud.” “We had no warning.”",
    ],
)
def test_a_quotation_that_continues_without_another_cue_stays_with_its_speaker(text: str) -> None:
    quotes = [quote.span.of(text) for quote in find_quotes(text)]

    read = _merged(text, _tagged(text, "Rosa Lind", "said", *quotes))

    assert read == [("Rosa Lind", "said", tuple(quotes))]


def test_a_signed_quotation_does_not_take_the_one_below_it() -> None:
    text = "“I hope they will go and vote.” ― Ada Falk\n“We can build a wall.” ― Tom Brill."

    read = _merged(
        text,
        _tagged(text, "Ada Falk", "―", "“I hope they will go and vote.”", "“We can build a wall.”"),
    )

    assert [(who, said) for who, _, said in read] == [
        ("Ada Falk", ("“I hope they will go and vote.”",)),
        ("Tom Brill", ("“We can build a wall.”",)),
    ]


@pytest.mark.parametrize(
    ("text", "source", "speaker"),
    [
        ("“It rose,” said Jane Cole. Peter Marsh left.", "Jane Cole. Peter Marsh", "Jane Cole"),
        ("It rose, said Ana Lux. Tom Brill left.", "Ana Lux. Tom Brill left", "Ana Lux"),
        (
            "“It rose,” said Dr. Eve Ford. Dr. Paul Grant left.",
            "Dr. Eve Ford. Dr. Paul Grant",
            None,
        ),
        ("Ana left. Tom Brill said “It rose.”", "Ana left. Tom Brill", "Tom Brill"),
        (
            "“It rose,” said Carl Dale of St. Paul.",
            "Carl Dale of St. Paul",
            "Carl Dale of St. Paul",
        ),
    ],
)
def test_a_source_ends_with_its_sentence(text: str, source: str, speaker: str | None) -> None:
    quoted = "“It rose.”" if "“It rose.”" in text else "It rose,"

    [(who, _, _)] = _merged(text, _tagged(text, source, "said", quoted))

    assert who == (speaker or "Dr. Eve Ford")
