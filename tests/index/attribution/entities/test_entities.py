"""Mentions clustered into persons and organisations."""

import re

import pytest

from index.attribution.annotations import Mention
from index.attribution.entities.entities import find_entities
from index.attribution.entities.mentions import find_mentions
from index.documents import Span
from index.statements import SourceType


def persons(text: str, *names: str) -> dict[str, list[str]]:
    """By full name the unambiguous mentions; of the `names` given, else of names found by rule."""
    named = (
        [Mention(Span(*found.span()), "PER") for found in re.finditer("|".join(names), text)]
        if names
        else find_mentions(text)
    )
    return {
        each.name.of(text): [s.of(text) for s in each.mentions]
        for each in find_entities(text, named).all
        if each.type is SourceType.PERSON
    }


def ambiguous(text: str, *names: str) -> dict[str, set[str]]:
    named = [Mention(Span(*found.span()), "PER") for found in re.finditer("|".join(names), text)]
    entities = find_entities(text, named)
    written = [each.name.of(text) for each in entities.all]
    return {
        span.of(text): {written[number] for number in numbers}
        for span, numbers in entities.at.items()
        if len(numbers) > 1
    }


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        pytest.param(
            "Nadia Minyoung Lee spoke. Lee left.",
            ("Nadia Minyoung Lee", "Lee"),
            {"Nadia Minyoung Lee": ["Nadia Minyoung Lee", "Lee"]},
            id="family name last",
        ),
        pytest.param(
            "Kim Dae-ho spoke. Kim left. Dae-ho returned.",
            ("Kim Dae-ho", "Kim", "Dae-ho"),
            {"Kim Dae-ho": ["Kim Dae-ho", "Kim", "Dae-ho"]},
            id="family name first",
        ),
        pytest.param(
            "Sean O’Malley spoke. O'Malley left.",
            ("Sean O’Malley", "O'Malley"),
            {"Sean O’Malley": ["Sean O’Malley", "O'Malley"]},
            id="either apostrophe",
        ),
        pytest.param(
            "Eun-Ji Lim spoke. Eun Ji Lim left.",
            ("Eun-Ji Lim", "Eun Ji Lim"),
            {"Eun-Ji Lim": ["Eun-Ji Lim", "Eun Ji Lim"]},
            id="hyphen and space",
        ),
        pytest.param(
            "Ruth A. Okafor spoke. Ruth Okafor left.",
            ("Ruth A. Okafor", "Ruth Okafor"),
            {"Ruth A. Okafor": ["Ruth A. Okafor", "Ruth Okafor"]},
            id="middle initial",
        ),
        pytest.param(
            "Okafor spoke. Then Ruth Okafor left.",
            ("Ruth Okafor", "Okafor"),
            {"Ruth Okafor": ["Okafor", "Ruth Okafor"]},
            id="short name first",
        ),
        pytest.param("X spoke. X left.", ("X",), {}, id="one letter"),
        pytest.param(
            "Иван Петров spoke. Петров left.",
            ("Иван Петров", "Петров"),
            {"Иван Петров": ["Иван Петров", "Петров"]},
            id="Cyrillic",
        ),
    ],
)
def test_a_short_name_joins_the_full_name_that_contains_it(
    text: str, names: tuple[str, ...], expected: dict[str, list[str]]
) -> None:
    assert persons(text, *names) == expected


def test_two_persons_with_one_surname_stay_two_and_the_surname_is_ambiguous() -> None:
    text = "Sarah Kim and David Kim met.\n\nKim said no."
    names = ("Sarah Kim", "David Kim", "Kim")

    assert persons(text, *names) == {"Sarah Kim": ["Sarah Kim"], "David Kim": ["David Kim"]}
    assert ambiguous(text, *names) == {"Kim": {"Sarah Kim", "David Kim"}}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Marten M. Grynbaum", "Marten McFaul"),
        ("Ana L. Cruz", "Ana Lind"),
        ("Tom B. R. Hale", "Tom Rowe"),
        ("Rosa K. Lind", "Rosa Kemp"),
        ("Otto van D. Berg", "Otto Dorn"),
    ],
)
def test_an_initial_of_one_person_is_not_the_surname_of_another(one: str, other: str) -> None:
    text = f"“It is late,” said {other}, a fellow. {one} took notes."

    assert persons(text, one, other) == {one: [one], other: [other]}


@pytest.mark.parametrize(
    ("full", "short"),
    [("Marten M. Grynbaum", "Marten Grynbaum"), ("Rachel Minyoung Lee", "R. M. Lee")],
)
def test_a_name_with_fewer_or_shorter_words_is_the_same_person(full: str, short: str) -> None:
    text = f"{full} spoke. {short} left."

    assert persons(text, full, short) == {full: [full, short]}


def test_a_son_of_the_same_name_is_another_person() -> None:
    text = "Tom Hale sold it. His son, Tom Hale Jr., left."

    assert list(persons(text, "Tom Hale Jr", "Tom Hale")) == ["Tom Hale Jr", "Tom Hale"]
    assert list(
        persons("Tom Hale Jr., 40, sold it. Tom Hale left.", "Tom Hale Jr", "Tom Hale")
    ) == ["Tom Hale Jr"]


def test_a_title_distinguishes_two_persons_with_one_surname() -> None:
    text = "Sarah Kim and David Kim met.\n\nMs. Kim said no.\n\nMr. Kim said yes."

    assert persons(text, "Sarah Kim", "David Kim", "Kim") == {
        "Sarah Kim": ["Sarah Kim", "Kim"],
        "David Kim": ["David Kim", "Kim"],
    }


def test_a_short_name_keeps_its_person_when_a_namesake_is_introduced() -> None:
    text = "Ana Ferrow spoke.\n\nFerrow left.\n\nHer brother is Paul Ferrow.\n\nFerrow laughed."

    assert persons(text, "Ana Ferrow", "Paul Ferrow", "Ferrow") == {
        "Ana Ferrow": ["Ana Ferrow", "Ferrow", "Ferrow"],
        "Paul Ferrow": ["Paul Ferrow"],
    }


def test_a_word_of_blame_before_a_name_is_not_part_of_it() -> None:
    text = "Ana Ferrow spoke. He said Crooked Ana Ferrow lied. Ana Ferrow laughed."

    assert list(persons(text, "Crooked Ana Ferrow", "Ana Ferrow")) == ["Ana Ferrow"]


def test_titles_in_a_mention_are_not_part_of_the_name() -> None:
    text = "President Ruth Okafor spoke."

    assert list(persons(text, "President Ruth Okafor")) == ["Ruth Okafor"]


def test_an_acronym_in_brackets_is_the_organisation_before_it() -> None:
    text = "The Corvan Central News Agency (CCNA) spoke. CCNA said more."

    entities = find_entities(text, find_mentions(text))

    assert [s.of(text) for s in entities.all[0].mentions] == [
        "Corvan Central News Agency",
        "CCNA",
        "CCNA",
    ]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        pytest.param(
            "Ana Gomez, a senior fellow at the Harbour Institute, said so.",
            "a senior fellow at the Harbour Institute",
            id="apposition",
        ),
        pytest.param("Ana Gomez, 43, an engineer, said so.", "an engineer", id="after an age"),
        pytest.param(
            "Harbour Institute fellow Ana Gomez said so.", "Harbour Institute fellow", id="before"
        ),
        pytest.param("President Ana Gomez said so.", "President", id="title"),
        pytest.param("Ms. Ana Gomez said so.", None, id="a form of address is no role"),
        pytest.param("Ana Gomez, who was tired, said so.", None, id="a clause is no role"),
        pytest.param(
            "Ana Gomez, the president of the Port Board, said so.",
            "the president of the Port Board",
            id="the whole phrase",
        ),
        pytest.param("Ana Gomez, an avowed fan of the telephone, said so.", None, id="a fan"),
        pytest.param("Ana Gomez, a woman with a dog, said so.", None, id="a woman"),
        pytest.param("Ana Gomez, at the president’s side, said so.", None, id="beside another"),
        pytest.param("Ana Gomez, with the mayor, said so.", None, id="with another"),
        pytest.param("They met the President. Ana Gomez said so.", None, id="before a full stop"),
        pytest.param("They met the mayor. Ana Gomez said so.", None, id="noun, then a full stop"),
        pytest.param("It rained on Monday. His wife, Ana Gomez, said so.", "His wife", id="kin"),
        pytest.param("It was for first lady Ana Gomez.", "first lady", id="first lady"),
        pytest.param("Brig. Gen. Ana Gomez said so.", "Brig. Gen.", id="two abbreviations"),
        pytest.param(
            "Ana Gomez, better known as Anita Sol, said so.",
            "better known as Anita Sol",
            id="another name",
        ),
        pytest.param(
            "Ana Gomez, 43, who performs as “Nita”, said so.",
            "who performs as “Nita”",
            id="a stage",
        ),
        pytest.param("Ana Gomez, known for her tolls, said so.", None, id="known for something"),
        pytest.param(
            "Ana Gomez, known as Nita, said so. Gomez, an engineer, left.",
            "an engineer",
            id="a trade before another name",
        ),
    ],
)
def test_the_role_is_beside_the_name(text: str, role: str | None) -> None:
    persons = [
        each
        for each in find_entities(text, find_mentions(text)).all
        if each.type is SourceType.PERSON
    ]

    span = persons[0].role

    assert (span.of(text) if span else None) == role
