"""A surname that several persons of an article share."""

import re

import pytest

from index.attribution.annotations import Mention
from index.attribution.entities.entities import find_entities
from index.documents import Span


def meant(text: str, surname: str, title: str = "") -> list[str]:
    """The full names that the last place of the surname may mean."""
    names = re.finditer(rf"(?:[A-Z][a-z]+ )?{surname}|\bMary\b|\bMaren\b", text)
    titled = re.compile(r"(?:President|Senator|Mayor|Judge|Mrs?|The|Then|And) ")
    spans = [_without(titled, text, Span(*found.span())) for found in names]
    entities = find_entities(text, [Mention(span, "PER") for span in spans], title)
    last = Span(text.rindex(surname), text.rindex(surname) + len(surname))
    return sorted(entities.all[number].name.of(text) for number in entities.at[last])


def _without(titles: re.Pattern[str], text: str, span: Span) -> Span:
    title = titles.match(text, span.start)
    return Span(title.end(), span.end) if title and title.end() < span.end else span


@pytest.mark.parametrize(
    ("text", "person"),
    [
        pytest.param(
            "Daniel Orlov met families. His wife, Maren Orlov, left. Orlov said no.",
            "Daniel Orlov",
            id="not the wife, though she was named last",
        ),
        pytest.param(
            "Daniel Orlov spoke.\n\nMaren Orlov, the president’s wife, left.\n\nOrlov said no.",
            "Daniel Orlov",
            id="a relative by apposition",
        ),
        pytest.param(
            "Karl Sten owns it.\n\nHis elder brother, Ivan Sten, left.\n\nSten said no.",
            "Karl Sten",
            id="a brother",
        ),
        pytest.param(
            "President Orlov met families. His wife, Maren Orlov, left.\n\nOrlov said no.",
            "Orlov",
            id="a president who is never named in full",
        ),
        pytest.param(
            "His wife, Maren Orlov, left.\n\nPresident Orlov said no.",
            "Orlov",
            id="an office is not the wife's",
        ),
        pytest.param(
            "Senator Ruth Orlov and Mayor Iris Orlov met.\n\nMayor Orlov said no.",
            "Iris Orlov",
            id="by office",
        ),
        pytest.param(
            "Ruth Orlov, the judge, and Iris Orlov, a poet, met.\n\nJudge Orlov said no.",
            "Ruth Orlov",
            id="by the role of the apposition",
        ),
        pytest.param(
            "Robert Sten and Mary Sten met.\n\nMrs. Sten said no.", "Mary Sten", id="by title"
        ),
        pytest.param(
            "Robert Sten and Mary Sten met.\n\nSten said she would go.", "Mary Sten", id="she"
        ),
        pytest.param(
            "Robert Sten and Mary Sten met.\n\nMary left. Then Sten said no.",
            "Robert Sten",
            id="the other is called by her first name",
        ),
        pytest.param(
            "Robert Sten spoke.\n\nMary Sten spoke too. Sten said no.", "Mary Sten", id="paragraph"
        ),
    ],
)
def test_a_surname_means_the_one_person_that_all_signs_point_to(text: str, person: str) -> None:
    surname = "Orlov" if "Orlov" in text else "Sten"

    assert meant(text, surname) == [person]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Karl Sten and Ivan Sten met.\n\nSten said no.", id="no sign"),
        pytest.param(
            "Karl Sten met us.\n\nMary Sten, his wife, left. Sten said no.", id="signs disagree"
        ),
        pytest.param(
            "Karl Sten met Mary Sten.\n\nThey left.\n\nSten said Paul Orr knew she won.",
            id="a pronoun after another name",
        ),
    ],
)
def test_without_a_clear_sign_all_are_candidates(text: str) -> None:
    assert len(meant(text, "Sten")) == 2


def test_the_title_of_the_article_is_a_sign() -> None:
    text = "Robert Sten and Mary Sten met.\n\nSten said no."

    assert meant(text, "Sten", title="Mary Sten closes her mill") == ["Mary Sten"]
    assert len(meant(text, "Sten", title="Sten closes the mill")) == 2


def test_a_surname_of_very_many_is_nobodys() -> None:
    given = [f"{a}{b}na" for a in "ABCDEFGHIJKLMNOPQRST" for b in "aeiou"]
    text = ". ".join(f"{name} Sten left" for name in given) + ".\n\nSten said no."

    assert len(meant(text, "Sten")) == 8
