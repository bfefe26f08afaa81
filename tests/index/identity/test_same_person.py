"""Which speakers are joined as one person, which are offered, and which stay apart."""

from collections.abc import Sequence
from zlib import crc32

import pytest

from index.identity.evidence import roles_agree
from index.identity.quoted import Quoted
from index.identity.same_person import one_for_each_person
from index.language.names import name_key
from index.statements import SourceType, Speaker
from tests.support.names import CountedNames


def quoted(
    name: str, *roles: str, statements: int = 1, articles: str = "", kind: str = "person"
) -> Quoted:
    """`articles` are letters, one for each article."""
    speaker = Speaker(
        name_key(name), name, SourceType(kind), (), roles, statements, max(1, len(articles))
    )
    return Quoted(speaker, frozenset(map(ord, articles)) or frozenset({crc32(name.encode())}))


def people(*known: Quoted) -> list[Speaker]:
    ordered = sorted(known, key=lambda each: each.speaker.key)
    return one_for_each_person(ordered, CountedNames(ordered))


def keys(*known: Quoted) -> list[tuple[str, ...]]:
    return [each.keys for each in people(*known)]


@pytest.mark.parametrize(
    ("often", "seldom", "roles"),
    [
        ("Volodymyr Tarensky", "Volodymr Tarenskiy", ("President of Tarn", "Tarn's president")),
        ("Keir Storrow", "Kier Storrow", ("Prime Minister", "prime minister")),
        ("Jae-hyun Moon", "Jaehyeon Moon", ("CEO of Marsk", "chief executive, CEO")),
        ("Alejandro Mayork", "Alejandro Majork", ("Secretary", "Secretary")),
        ("Yevgeny Marsk", "Evgeni Marsk", ("a poet", "poet")),
        ("Mohammed Tarin", "Muhammad Tarin", ("spokesman", "a spokesman")),
        ("Katarina Lindqvist", "Katarina Linqvist", ("mayor of Orm", "the mayor")),
        ("Maren Orlovsky", "Maren Orlowski", ("Sen.", "senator")),
        ("Mike Ferrow", "Michael Ferrow", ("director of the Orm Fund", "Orm Fund director")),
        ("Joe Tarn", "Joseph Tarn", ("mayor of Verrin", "the Verrin mayor")),
        ("Bashar Tarin", "Bashar al-Tarin", ("President of Orm", "the president of Orm")),
        ("Hilda Tarn", "Hilda Marsk Tarn", ("Orm governor", "governor of Orm")),
    ],
)
def test_spellings_of_one_name_with_one_office_are_one_person(
    often: str, seldom: str, roles: Sequence[str]
) -> None:
    [person] = people(
        quoted(often, roles[0], statements=40), quoted(seldom, roles[1], statements=2)
    )

    assert person.keys == (name_key(often), name_key(seldom))
    assert (person.name, person.statements, person.articles) == (often, 42, 2)
    assert seldom in person.aliases


@pytest.mark.parametrize(
    ("one", "other", "roles"),
    [
        ("John Smeth", "Jon Smeth", ("a pollster", "a goalkeeper")),
        ("Kim Jong Un", "Kim Jong Il", ("leader of Tarn", "leader of Tarn")),
        ("George W. Tarn", "George H. W. Tarn", ("President of Orm", "President of Orm")),
        ("Maren Orlov", "Maran Orlov", ("the mayor of Orm", "a striker")),
        ("Mario Renn", "Maria Renn", ("senator of Orm", "senator of Orm")),
        ("Jim Ferrow", "Tim Ferrow", ("mayor of Orm", "mayor of Orm")),
        ("Daniel Renn", "Daniela Renn", ("poet of Tarn", "poet of Tarn")),
        ("Mike Tarn", "Michael Tarn", ("a farmer", "a judge")),
        ("Hilda Tarn", "Hilda Marsk Tarn", ("a nurse", "a general")),
        ("Paul Hansen", "Paul Hanson", ("a coach", "a bishop")),
        ("Ana Lind", "Ana Lund", ("mayor of Orm", "mayor of Orm")),
    ],
)
def test_namesakes_of_two_offices_and_names_of_two_people_stay_apart(
    one: str, other: str, roles: Sequence[str]
) -> None:
    found = people(quoted(one, roles[0], statements=40), quoted(other, roles[1], statements=2))

    assert [(each.also, each.possibly) for each in found] == [((), ()), ((), ())]


def test_a_slip_with_nothing_else_known_is_only_offered() -> None:
    keir, kier = people(quoted("Keir Storrow", "Sir", statements=40), quoted("Kier Storrow"))

    assert (keir.possibly, kier.possibly) == (("kier storrow",), ("keir storrow",))
    assert (keir.also, keir.statements) == ((), 40)


def test_a_father_and_a_son_are_only_offered_and_apart_where_one_article_quotes_both() -> None:
    father, son = ("Tom Hale", "President"), ("Tom Hale Jr.", "president")

    offered = people(quoted(*father, articles="abc"), quoted(*son, articles="de"))
    apart = people(quoted(*father, articles="abc"), quoted(*son, articles="ab"))

    assert [each.also for each in offered] == [(), ()]
    assert [each.possibly for each in apart] == [(), ()]


@pytest.mark.parametrize(
    ("father", "son"),
    [
        ("Robert Marsk", "Rob Marsk"),
        ("Michael Tarn", "Mike Tarn"),
        ("Ida Renn", "Ida Orm Renn"),
    ],
)
def test_two_of_one_family_with_two_offices_of_one_place_are_never_joined(
    father: str, son: str
) -> None:
    company = [quoted("Ana Lind", articles="abx"), quoted("Bo Torrin", articles="bcx")]
    company += [quoted(f"Zoe {letter}rn", articles=letter) for letter in "defgh"]

    found = keys(
        *company,
        quoted(father, "senator of Tarn", statements=40, articles="abcx"),
        quoted(son, "governor of Tarn", statements=2, articles="x"),
    )

    assert {(name_key(father),), (name_key(son),)} <= set(found)


def test_two_names_that_many_others_have_need_more_than_an_office() -> None:
    others = [quoted(f"{given} {last}") for given in ("Jon", "John") for last in ("Ax", "Bo", "Cy")]
    pair = quoted("John Torrin", "Sen.", statements=40), quoted("Jon Torrin", "senator")

    assert ("john torrin",) in keys(*others, *pair)
    assert ("john torrin", "jon torrin") in keys(*pair)


def test_those_quoted_with_the_same_others_are_one_person() -> None:
    company = [quoted("Ana Lind", articles="abx"), quoted("Bo Renn", articles="bcx")]
    company += [quoted(f"Zoe {letter}rn", articles=letter) for letter in "defgh"]

    found = keys(
        *company,
        quoted("Keir Storrow", statements=40, articles="abc"),
        quoted("Kier Storrow", articles="x"),
    )

    assert ("keir storrow", "kier storrow") in found


def test_a_spelling_that_fits_two_people_is_joined_with_neither() -> None:
    found = people(
        quoted("Maren Orlovsky", "Sen.", statements=40, articles="a"),
        quoted("Marin Orlovsky", "a senator", statements=39, articles="b"),
        quoted("Maron Orlovsky", "senator", statements=1, articles="c"),
    )

    assert sum(each.statements for each in found) == 80


def test_organisations_are_never_joined() -> None:
    found = keys(
        quoted("Tarn Marine", kind="organisation"), quoted("Tarn Marene", kind="organisation")
    )

    assert found == [("tarn marene",), ("tarn marine",)]


def test_people_come_by_key_and_each_key_once() -> None:
    known = [quoted(name) for name in ("Zoe Tarn", "Ana Lind", "Keir Storrow", "Kier Storrow")]

    found = people(*known)

    assert [each.key for each in found] == sorted(each.key for each in found)
    assert sorted(key for each in found for key in each.keys) == sorted(
        each.speaker.key for each in known
    )


@pytest.mark.parametrize(
    ("one", "other", "agreement"),
    [
        (["president of Tarn"], ["Tarn's president"], 2),
        (["President"], ["the president"], 1),
        (["Sen."], ["a senator"], 1),
        (["the mayor"], ["a poet"], -1),
        (["senator of Tarn"], ["governor of Tarn"], 0),
        (["the mayor"], [], 0),
    ],
)
def test_roles_agree_by_office_and_place(one: list[str], other: list[str], agreement: int) -> None:
    assert roles_agree(one, other) == agreement


@pytest.mark.parametrize(
    ("name", "role", "other"),
    [
        ("Paul Hewsing", "better known as Bonov", "Bonov"),
        ("Stella Germ", "who performs as Dora Gorm", "Dora Gorm"),
        ("Mini Fresh", "whose real name is Abel Tesfar", "Abel Tesfar"),
        ("Luis Dasilva", "also known as Lulo", "Lulo"),
        ("Dwayne “Pebble Rock” Hale", "a wrestler", "Pebble Rock"),
    ],
)
def test_a_name_given_beside_the_name_is_one_persons(name: str, role: str, other: str) -> None:
    [person] = people(quoted(name, role, statements=4), quoted(other, statements=9))

    assert set(person.keys) == {name_key(name), name_key(other)}
    assert {name, other} <= {person.name, *person.aliases}


def test_another_name_never_joins_two_people() -> None:
    bonov = quoted("Bonov", statements=9)
    paul, ivan = (quoted(name, "known as Bonov") for name in ("Paul Hewsing", "Ivan Tarn"))
    namesake = quoted("Olga Bonov", "a mayor")
    judy = quoted("Judith Sheindl", "commonly known as Judge Judy"), quoted("Judy", statements=9)

    assert len(people(bonov, paul, ivan)) == 3
    assert len(people(bonov, paul, namesake)) == 3
    assert len(people(*judy)) == 2
