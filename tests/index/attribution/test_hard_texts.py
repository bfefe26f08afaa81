"""Texts that are no articles: no error, nobody invented, and time that grows with length only."""

from collections.abc import Callable

import pytest

from index.attribution.attributor import ArticleAttributor
from index.documents import Article
from index.statements import Statement
from tests.support.timing import growth

VOWELS, CONSONANTS = "aeiou", "bdfgklmnprst"
GIVEN = [f"{a}{b}{c}a".capitalize() for a in CONSONANTS for b in VOWELS for c in CONSONANTS]


def attribute(text: str) -> list[Statement]:
    return ArticleAttributor(None).attribute([Article("a", "", text)])[0]


def names_alone(count: int) -> str:
    return "\n".join(f"{GIVEN[at % 720]} {GIVEN[at // 720 % 720]}son" for at in range(count))


def one_surname(count: int) -> str:
    return " ".join(f"{GIVEN[at % 500]} Sten met Sten." for at in range(count))


def one_surname_speaking(count: int) -> str:
    return "\n".join(
        f"{GIVEN[at % 500]} Sten said it rained. Sten said it was late." for at in range(count)
    )


def quoting_itself(count: int) -> str:
    text = "Ida Renn said it rained."
    return "\n\n".join(f"“{text}” said Tess Vale. {text}" for _ in range(count))


def nested_quotations(count: int) -> str:
    return "“Ida said " * count + "no" + "”" * count


def right_to_left(count: int) -> str:
    return "قالت ليلى حداد إن الجسر آمن.\u200f أضافت: «لا خطر». " * count


def one_line(count: int) -> str:
    return "Ida Renn said the bridge was safe, and Tess Vale (she) agreed; " * count


def invisible(count: int) -> str:
    return "\u200b \u00ad" * count + "👩\u200d" * count + "e\u0301\u0301" * count


def short_quotations(count: int) -> str:
    return '"We go," she said. ' * count


def one_name(count: int) -> str:
    return "Ida Renn said no. Renn said yes. She said no. " * count


HARD = [names_alone, one_surname, one_surname_speaking, quoting_itself, nested_quotations]
HARD += [right_to_left, one_line, invisible, one_name, short_quotations]


@pytest.mark.parametrize("make", HARD)
def test_a_hard_text_raises_nothing_and_its_speakers_are_in_it(make: Callable[[int], str]) -> None:
    text = make(20)

    for each in attribute(text):
        assert each.speaker is None or each.speaker in text
        assert all(0 <= part.start < part.end <= len(text) for part in each.content)


@pytest.mark.parametrize("make", [names_alone, right_to_left, invisible])
def test_nobody_speaks_in_a_text_where_nobody_says_anything(make: Callable[[int], str]) -> None:
    assert [each.speaker for each in attribute(make(200)) if each.sure] == []


def test_a_surname_of_five_hundred_is_never_certain() -> None:
    found = [each for each in attribute(one_surname_speaking(500)) if _is_surname(each)]

    assert found
    assert {each.speaker for each in found} == {None}


def _is_surname(statement: Statement) -> bool:
    return statement.source is not None and statement.source.end - statement.source.start == 4


@pytest.mark.slow
@pytest.mark.parametrize("make", HARD)
def test_four_times_the_text_takes_at_most_eight_times_as_long(make: Callable[[int], str]) -> None:
    size = 20_000 // len(make(1))

    short, long = make(size), make(4 * size)

    assert growth(lambda: attribute(short), lambda: attribute(long), most=8) <= 8


@pytest.mark.slow
def test_a_line_of_many_blocks_is_read() -> None:
    text = one_line(500_000 // len(one_line(1)))

    found = attribute(text)

    assert {each.speaker for each in found} <= {"Ida Renn", None}
