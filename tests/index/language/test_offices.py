"""The words of a role and the office they mean."""

import pytest

from index.language.offices import Office, office_of, offices_of


def office(words: str) -> Office:
    found = office_of(words)
    assert found
    return found


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Fed chair", "the Chairman of the Federal Reserve"),
        ("British prime minister", "UK Prime Minister"),
        ("British prime minister", "the prime minister of Great Britain"),
        ("New York mayor", "the mayor of New York City"),
        ("Corvex CEO", "Corvex’s chief executive officer"),
        ("president of the United States", "U.S. President"),
        ("Texas governor", "Texas Gov."),
        ("ministry spokeswoman", "a spokesman for the ministry"),
        ("the late pope", "former pontiff"),
        ("then-mayor of Orm", "the ex-mayor of Orm"),
    ],
)
def test_one_office_is_written_in_several_ways(one: str, other: str) -> None:
    assert office(one) == office(other)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("president", "former president"),
        ("president", "President-elect"),
        ("mayor of Orm", "deputy mayor of Orm"),
        ("mayor of Orm", "mayor of Lisk"),
        ("mayor of York", "mayor of New York"),
        ("former mayor of Orm", "mayor of Orm"),
        ("attorney general", "attorney"),
        ("vice president", "president"),
        ("acting director", "director"),
        ("Korean president", "chair of the Korean board"),
        ("president of North Korea", "South Korean President"),
    ],
)
def test_another_office_is_not_the_one_asked_for(asked: str, told: str) -> None:
    assert not office(asked).is_held_by(office(told))


def test_who_is_told_to_be_more_holds_the_office_too() -> None:
    assert office("the chair").is_held_by(office("Fed chair"))
    assert not office("Fed chair").is_held_by(office("the chair"))
    assert office("Fed chair").is_kind_of(office("the chair"))


def test_two_offices_of_one_person_are_kept_apart() -> None:
    [first, second] = offices_of("a professor at Lisk and former Treasury secretary")

    assert (first.head, second.head) == ("professor", "secretary")
    assert (first.other, second.other) == (frozenset(), frozenset({"former"}))


@pytest.mark.parametrize("words", ["", "in the north", "of the", "Acme"])
def test_words_without_a_person_are_no_office(words: str) -> None:
    assert office_of(words) is None


@pytest.mark.parametrize(
    "words",
    [
        "the mayor of Orm's daughter",
        "whose husband is the mayor",
        "a minister of his brother the king",
        "president and husband of the judge",
    ],
)
def test_a_relative_of_who_holds_an_office_does_not_hold_it(words: str) -> None:
    heads = {each.head for each in offices_of(words)}

    assert not heads & {"mayor", "minister", "king", "judge"}


def test_the_wife_of_a_mayor_is_a_wife() -> None:
    assert office("the mayor's wife").head == "wife"
