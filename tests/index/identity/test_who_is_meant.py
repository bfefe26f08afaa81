"""Names with words around them, surnames alone, and pieces of headlines that look like names."""

import pytest

from index.language.names import name_key
from tests.index.identity.test_same_person import keys, people, quoted

ORLOV = quoted("Maren Orlov", "Senate leader", "senator", statements=90, articles="abcdefghijkl")


@pytest.mark.parametrize(
    "words",
    [
        "Senate Minority Leader Maren Orlov",
        "Tarn's Maren Orlov",
        "Maren Orlov of Tarn",
        "evolutionMaren Orlov",
        "Maren Orlov Mastered",
        "Maren Orlov VP",
        "House Leader Maren Orlov on Orm News",
    ],
)
@pytest.mark.parametrize("kind", ["person", "organisation"])
def test_a_name_with_words_around_it_is_that_person(words: str, kind: str) -> None:
    [person] = people(ORLOV, quoted(words, kind=kind))

    assert (person.key, person.name) == ("maren orlov", "Maren Orlov")
    assert words in person.aliases


def test_the_plain_name_leads_even_where_the_framed_one_is_quoted_more() -> None:
    [person] = people(
        quoted("Ida Vettin"), quoted("Realtor Ida Vettin", statements=9, articles="abc")
    )

    assert (person.key, person.also) == ("ida vettin", ("realtor idavettin",))


def test_a_common_name_or_another_body_before_it_tells_two_people_apart() -> None:
    common = [quoted(f"Gary {name}") for name in ("Ax", "By", "Cy", "Dorn", "Elm")]
    common += [quoted(f"{given} Watt") for given in ("Ana", "Bo", "Cleo", "Dov", "Ed")]

    found = keys(*common, quoted("Gary Watt", articles="a"), quoted("Orm Sheriff Gary Watt"))
    other = keys(
        quoted("Mark Spegel", "president of the Orm Coalition"),
        quoted("Stanford Capital's Mark Spegel"),
    )

    assert ("gary watt",) in found
    assert ("mark spegel",) in other


def test_a_body_with_the_is_the_body_without() -> None:
    found = keys(
        quoted("Tarn Post", kind="organisation", statements=3),
        quoted("The Tarn Post", kind="organisation"),
    )

    assert found == [("tarn post", "the tarnpost")]


@pytest.mark.parametrize(
    ("words", "roles", "articles"),
    [
        ("Senate Leader Orlov", (), "z"),
        ("Orm Fund's Orlov", (), "a"),
        ("Orlov", ("senator",), "z"),
        ("Elect Orlov", (), "b"),
    ],
)
def test_a_surname_is_whose_office_or_article_says_so(
    words: str, roles: tuple[str, ...], articles: str
) -> None:
    other = quoted("Bo Orlov", "goalkeeper", statements=2, articles="y")

    found = keys(ORLOV, other, quoted(words, *roles, articles=articles))

    assert ("maren orlov", name_key(words)) in found


@pytest.mark.parametrize(
    ("words", "roles"), [("Orlov", ()), ("Orlov", ("goalkeeper",)), ("Tarn's Orlov", ())]
)
def test_a_surname_without_more_than_that_is_nobodys(words: str, roles: tuple[str, ...]) -> None:
    found = keys(ORLOV, quoted(words, *roles, articles="z"))

    assert found == sorted([("maren orlov",), (name_key(words),)])


def test_a_surname_with_a_generation_is_the_one_of_that_generation() -> None:
    son = quoted("Maren Orlov Jr.", statements=9, articles="ab")

    assert ("maren orlovjr", "orlov jr") in keys(ORLOV, son, quoted("Orlov Jr", articles="z"))


@pytest.mark.parametrize(
    "words",
    [
        "Limiting Orlov",
        "Orlov Indicted",
        "Under Orlov",
        "Unlike Orlov",
        "Will Orlov",
        "One of Orlov",
        "District Attorney on Orlov",
        "Maren Orlov Effect",
        "Maren Orlov Eras Tour",
        "Orlov Derangement Syndrome",
        "Maren Orlov-Bo Renn",
        "Maren Orlov and Bo Renn",
    ],
)
def test_pieces_of_headlines_are_nobody(words: str) -> None:
    found = people(ORLOV, quoted("Bo Renn"), quoted(words))

    assert [each.key for each in found] == ["bo renn", "maren orlov"]


@pytest.mark.parametrize(
    "words", ["Natalie Orlov", "Will Smeth", "Orlov Foundation", "Ed Orlov", "Bo Orlov-Renn"]
)
def test_relatives_namesakes_and_bodies_are_no_pieces_of_headlines(words: str) -> None:
    found = people(ORLOV, quoted("Bo Renn"), quoted(words))

    assert name_key(words) in {each.key for each in found}


@pytest.mark.parametrize(
    ("known", "formal", "roles"),
    [
        ("Joe Orlov", "Joseph Robin Orlov Jr.", ("president", "president")),
        ("Mike Orlov", "Michael Orlov", ("mayor", "")),
        ("Hilda Orlov", "Hilda Tarn Orlov", ("mayor", "")),
        ("Juan Orlov", "Juan Manuel Orlov", ("judge", "judge")),
        ("Karine Orlov", "Karen Orlov", ("Orm press secretary", "press secretary of Orm")),
    ],
)
def test_nearly_all_that_a_surname_said_is_said_by_its_one_bearer(
    known: str, formal: str, roles: tuple[str, str]
) -> None:
    company = [quoted("Ana Lind", articles="abx"), quoted("Bo Torrin", articles="bcx")]
    company += [quoted(f"Zoe {letter}rn", articles=letter) for letter in "defgh"]

    found = keys(
        *company,
        quoted(known, roles[0], statements=90, articles="abcdefghijkl"),
        quoted(formal, *filter(None, roles[1:]), articles="x"),
    )

    assert (name_key(known), name_key(formal)) in found


@pytest.mark.parametrize(
    ("one", "other", "roles"),
    [
        ("Ida “Didi” Renn", "Didi Renn", ("", "")),
        ("Sam Coven", "Samuel Coven", ("Mayor", "Orm Mayor")),
        ("Rich Yurn", "Richard Yurn", ("an Orm spokesperson", "Orm spokesman")),
        ("Chris Clerk", "Christopher Clerk", ("an attorney", "lawyer")),
    ],
)
def test_a_nickname_told_and_one_office_in_other_words_are_one_person(
    one: str, other: str, roles: tuple[str, str]
) -> None:
    found = keys(
        quoted(one, *filter(None, roles[:1]), statements=2, articles="ab"),
        quoted(other, *filter(None, roles[1:]), articles="b"),
    )

    assert found == [(name_key(one), name_key(other))]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ida “Didi” Renn", "Hilda “Ida” Renn"),
        ("John-Miles Lewin", "John Lewin"),
        ("The Orm", "the Tarn Orm"),
    ],
)
def test_nicknames_of_two_double_names_and_bodies_stay_apart(one: str, other: str) -> None:
    found = keys(
        quoted(one, "a poet", statements=2, articles="ab"), quoted(other, "poet", articles="b")
    )

    assert len(found) == 2


def test_a_name_cut_at_its_hyphen_is_the_whole_name_quoted_beside_it() -> None:
    whole = quoted("Ana Lind-Falk", "mayor", statements=3, articles="abc")

    assert keys(whole, quoted("Ana Lind", articles="a")) == [("ana lindfalk", "ana lind")]
    assert len(keys(whole, quoted("Ana Lind", articles="z"))) == 2


def test_the_same_names_in_the_middle_and_one_office_are_one_person_with_jr_and_without() -> None:
    office = "Orm president"

    found = keys(
        quoted("Bo Sylvan Renn Jr.", office, statements=2, articles="ab"),
        quoted("Bo Sylvan Renn", office),
    )

    assert found == [("bo sylvanrennjr", "bo sylvanrenn")]


VEXLEY = quoted("J.D. Vexley", "senator", statements=90, articles="abcdefghijkl")


@pytest.mark.parametrize("piece", ["D. Vexley", "J. Vexley"])
def test_what_is_left_of_the_initials_of_a_known_person_is_that_person(piece: str) -> None:
    found = keys(VEXLEY, quoted(piece, articles="z"))

    assert (("jd vexley", "d vexley") in found) is (piece == "D. Vexley")


def test_an_initial_is_the_one_known_person_of_that_surname_and_of_no_other() -> None:
    once = quoted("M. Orlov", articles="z")
    other = quoted("K. Orlov", articles="z")
    unknown = quoted("Ida Vettin", articles="y"), quoted("I. Vettin", articles="z")

    assert keys(ORLOV, once) == [("maren orlov", "m orlov")]
    assert ("k orlov",) in keys(ORLOV, other)
    assert ("i vettin",) in keys(*unknown)


@pytest.mark.parametrize("words", ["S.C. Orlov", "CNBC Orlov", "Whether Orlov", "Baseless Orlov"])
def test_a_surname_after_a_word_that_is_no_name_is_whose_the_article_quotes(words: str) -> None:
    here, elsewhere = quoted(words, articles="a"), quoted(words, articles="z")

    assert keys(ORLOV, here) == [("maren orlov", name_key(words))]
    assert len(keys(ORLOV, elsewhere)) == 2
