"""How a speaker's name may look, whatever the tagger takes for a source."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.attribution.annotations import Attribution, Mention
from index.attribution.attributor import ArticleAttributor
from index.attribution.tagger.tagger import TaggerOutput
from index.documents import Article, Span
from index.statements import Origin


@dataclass(frozen=True)
class GreedyTagger:
    """Takes everything between two places for the source of "said so" and for one name."""

    source: Span
    identity: str = "greedy"

    def read(self, texts: Sequence[str]) -> list[TaggerOutput]:
        return [self._reading(text) for text in texts]

    def _reading(self, text: str) -> TaggerOutput:
        start = text.index("said so")
        cue, content = Span(start, start + 7), Span(start + 8, len(text))
        said = Attribution((self.source,), (cue,), (content,), 0.9, Origin.TAGGER)
        return TaggerOutput((said,), (Mention(self.source, "PER"),))


def speakers(text: str, source: Span) -> list[str]:
    found = ArticleAttributor(GreedyTagger(source)).attribute([Article("a", "", text)])[0]
    return [name for each in found for name in (each.speaker, *each.candidates) if name]


def speaker_of(before_cue: str) -> list[str]:
    return speakers(f"{before_cue} said so at the bridge.", Span(0, len(before_cue)))


WORDS = "Ana Lind Mayor Ferrow’s Ferrow's Orlov 's , . and the of harbour \n \n\n “ ” Tarn".split(
    " "
)


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=9), st.data())
def test_no_name_crosses_a_line_break_or_ends_in_a_possessive_that_it_ever_lacks(
    words: list[str], data: st.DataObject
) -> None:
    head = " ".join(words)
    start = data.draw(st.integers(0, len(head) - 1))
    end = data.draw(st.integers(start + 1, len(head)))

    for name in speakers(f"{head} said so at the bridge.", Span(start, end)):
        assert "\n" not in name
        ending = re.search(r"(\w+)['’]s?\Z", name)
        assert not ending or not re.search(rf"\b{ending[1]}(?!['’]s|\w)", head)  # a brand's
        assert name == name.strip()


@pytest.mark.parametrize(
    ("before_cue", "name"),
    [
        ("Ana Lind\n\nPresident Ferrow", "Ferrow"),
        ("Ana Lind\n\nTHE TARN POST\n\nRuth Okafor", "Ruth Okafor"),
        ("Paul Renn\n\nprenn", "prenn"),
        ("Boats return to the harbour\n\nThe harbour board", "The harbour board"),
        ("Ana Lind President Ferrow", "Ferrow"),
        ("Harbor Principal Tom Ferrow", "Tom Ferrow"),
        ("Cabinet Secretary Hiro Matsu", "Hiro Matsu"),
        ("Ferrow's", "Ferrow"),
        ("the harbour board’s", "the harbour board"),
    ],
)
def test_a_name_is_the_part_of_a_long_source_beside_the_cue(before_cue: str, name: str) -> None:
    assert speaker_of(before_cue) == [name]


@pytest.mark.parametrize(
    "name",
    ["Martin Lothar King Jr", "Regina King", "Kim King Ferrow", "Ana de la Cruz", "Ellie Bishop"],
)
def test_a_title_that_is_a_surname_stays_in_the_name(name: str) -> None:
    assert speaker_of(name) == [name]


def test_a_name_wrapped_over_two_lines_is_one_name() -> None:
    lines = (
        "The old bridge over the river was closed for a month last year, and\n"
        "nobody in the town knows when it will open again. The mayor, Ruth\n"
        "Okafor said so at the harbour on Tuesday, before the boats returned\n"
        "from the sea with all the herring that the people of the town like."
    )

    at = lines.index("Ruth")
    assert speakers(lines, Span(at, at + len("Ruth\nOkafor"))) == ["Ruth Okafor"]
