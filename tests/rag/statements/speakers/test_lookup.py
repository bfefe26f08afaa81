"""Names in questions, and the speakers of the register that they may mean."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pytest

from index.language.names import name_key, name_words, nicknames
from index.statements import SourceType, Speaker
from rag.statements.speakers.lookup import find_speaker


def speaker(name: str, *roles: str, kind: SourceType = SourceType.PERSON) -> Speaker:
    return Speaker(name_key(name), name, kind, (), roles, statements=3, articles=2)


@dataclass(frozen=True)
class Register:
    """Finds speakers by all words of a name, as the published register does."""

    known: Sequence[Speaker]

    def speakers(self, name: str, limit: int) -> list[Speaker]:
        asked = set(name_words(name)), set(name_key(name).split())
        return [each for each in self.known if any(words <= _words(each) for words in asked)][
            :limit
        ]

    def nearest_speakers(self, name: str, limit: int) -> list[Speaker]:
        return []


class Everybody(Register):
    """The published register finds names that articles give beside the name; here all are found."""

    def speakers(self, name: str, limit: int) -> list[Speaker]:
        return list(self.known[:limit])


def _words(speaker: Speaker) -> set[str]:
    names = [word for name in (speaker.name, *speaker.aliases) for word in name_words(name)]
    return {*names, *speaker.key.split(), *nicknames(speaker.name)}


def keys(name: str, *known: Speaker) -> list[tuple[str, ...]]:
    return [person.keys for person in find_speaker(name, Register(known)).people]


MAREN, DANIEL, SHORT = speaker("Maren Orlov"), speaker("Daniel Orlov"), speaker("Orlov")


@pytest.mark.parametrize("asked", ["Orlov", "President Orlov", "orlov"])
def test_all_people_of_a_surname_are_offered(asked: str) -> None:
    assert keys(asked, MAREN, DANIEL) == [("maren orlov",), ("daniel orlov",)]


def test_a_surname_alone_in_another_article_is_nobody_for_certain() -> None:
    assert keys("Maren Orlov", MAREN, SHORT) == [("maren orlov",)]
    assert keys("Orlov", MAREN, SHORT) == [("maren orlov",), ("orlov",)]


def test_asking_by_one_spelling_finds_the_statements_under_all() -> None:
    joined = replace(
        speaker("Olena Tarensky"), aliases=("Olena Tarenskiy",), also=("olena tarenskiy",)
    )

    for asked in ("Olena Tarensky", "Olena Tarenskiy", "Tarenskiy"):
        assert keys(asked, joined) == [("olena tarensky", "olena tarenskiy")]


def test_a_surname_with_a_particle_is_not_a_full_name() -> None:
    bill, short = speaker("Bill de Lasio"), speaker("De Lasio")

    assert keys("De Lasio", short, bill) == [("bill delasio",), ("delasio",)]


def test_a_surname_alone_with_the_same_office_is_the_same_person() -> None:
    daniel = speaker("Daniel Orlov", "the president of Tarn")
    short = speaker("Orlov", "President")

    assert keys("Daniel Orlov", daniel, short) == [("daniel orlov", "orlov")]
    assert keys("Daniel Orlov", daniel, speaker("Orlov", "a roofer and poet")) == [
        ("daniel orlov",)
    ]
    assert keys("Daniel Orlov", daniel, short, MAREN) == [("daniel orlov",)]


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("Sean ORafferty", "Sean O’Rafferty"),
        ("Kim Jae-hyun", "Kim Jaehyun"),
        ("Jaehyun", "Kim Jae-hyun"),
        ("JR Cobb", "J. R. Cobb"),
        ("Lukasz Wrona", "Łukasz Wrona"),
        ("Brig. Gen. Amy Stone", "Amy Stone"),
        ("Inspector Hanna Reimers", "Hanna Reimers"),
        ("Tom Arden", "Tom 'Bricks' Arden"),
        ("Bricks Arden", "Tom 'Bricks' Arden"),
        ("Bill Hale", "William (Bill) Hale"),
        ("Van der Meer", "Joost van der Meer"),
        ("Meer", "Joost van der Meer"),
    ],
)
def test_a_speaker_is_found_however_the_name_is_written(asked: str, name: str) -> None:
    found = find_speaker(asked, Register([speaker(name), speaker("Tess Vale")]))

    assert [each.name for each in found.speakers] == [name]


def test_an_organisation_is_found_with_and_without_its_article() -> None:
    board = speaker("the Port Board", kind=SourceType.ORGANISATION)

    assert keys("Port Board", board) == [(board.key,)]


def test_a_surname_means_who_has_nearly_all_of_its_statements() -> None:
    maren, daniel = replace(MAREN, statements=190), replace(DANIEL, statements=9)
    alone = replace(SHORT, statements=60)

    match = find_speaker("Orlov", Register((maren, daniel, alone)))

    assert [each.name for each in match.speakers] == ["Maren Orlov"]
    assert {each.speaker.name for each in match.others} == {"Daniel Orlov", "Orlov"}
    assert set(match.everyone.speakers) == {maren, daniel, alone}


@pytest.mark.parametrize(("most", "fewest"), [(60, 50), (85, 15), (11, 1), (1, 1)])
def test_a_surname_of_comparable_people_or_of_few_statements_means_each(
    most: int, fewest: int
) -> None:
    several = replace(MAREN, statements=most), replace(DANIEL, statements=fewest)

    match = find_speaker("Orlov", Register(several))

    assert (match.speakers, match.others) == (several, ())


@pytest.mark.parametrize(
    ("asked", "chief", "other"),
    [
        ("Mrs. Orlov", speaker("Daniel Orlov", "the president"), speaker("Maria Orlov")),
        ("Mr Orlov", speaker("Maria Orlov", "the president"), speaker("Daniel Orlov")),
        ("Queen Orlov", speaker("Daniel Orlov"), speaker("Maria Orlov", "a poet")),
    ],
)
def test_a_title_of_the_other_sex_is_not_of_who_is_quoted_most(
    asked: str, chief: Speaker, other: Speaker
) -> None:
    match = find_speaker(asked, Register([replace(chief, statements=400), other]))

    assert match.speakers == (other,)
    assert match.others == ()


@pytest.mark.parametrize(
    ("asked", "other"),
    [
        ("Senator Orlov", speaker("Daniel Orlov", "a senator")),
        ("Sen. Orlov", speaker("Daniel Orlov", "Sen.")),
        ("Orlov of the Port Board", speaker("Daniel Orlov", "a clerk at the Port Board")),
        ("the farmer Orlov", speaker("Daniel Orlov", "farmer")),
        ("Maren", speaker("Daniel Maren")),
    ],
)
def test_a_name_that_fits_another_better_is_nobodys_for_certain(asked: str, other: Speaker) -> None:
    chief = speaker("Maren Orlov", "the president of Tarn")

    match = find_speaker(asked, Register([replace(chief, statements=400), other]))

    assert [each.key for each in match.speakers] == [chief.key, other.key]
    assert match.others == ()


@pytest.mark.parametrize(
    "asked", ["President Orlov", "Orlov of Tarn", "the president, Orlov", "Ms Orlov", "Orlov"]
)
def test_a_name_whose_other_words_fit_who_is_quoted_most_means_them(asked: str) -> None:
    chief = replace(speaker("Maren Orlov", "the president of Tarn"), statements=400)

    match = find_speaker(asked, Register([chief, speaker("Daniel Orlov", "a clerk")]))

    assert match.speakers == (chief,)


def test_a_family_name_that_comes_first_is_a_surname() -> None:
    chief = replace(speaker("Xi Jianping"), statements=400)

    assert find_speaker("Xi", Register([chief, speaker("Maria Xi")])).speakers == (chief,)


def test_of_two_surnames_asked_for_together_each_means_who_is_quoted_most() -> None:
    maren, daniel = replace(MAREN, statements=190), replace(DANIEL, statements=9)
    ada = speaker("Ada Obi")

    match = find_speaker("Orlov and Obi", Register((maren, daniel, ada)))

    assert match.speakers == (maren, ada)
    assert [each.speaker for each in match.others] == [daniel]


def test_two_people_asked_for_together_are_both_asked_for() -> None:
    several = replace(MAREN, statements=500), replace(DANIEL, statements=2)

    assert find_speaker("Maren Orlov and Daniel Orlov", Register(several)).speakers == several


@pytest.mark.parametrize(
    ("asked", "name", "role"),
    [
        ("Judge Judy", "Judith Sheindl", "commonly known as Judge Judy"),
        ("judge judy", "Judith “Judge Judy” Sheindl", "a host"),
        ("Bonov", "Paul Hewsing", "better known as Bonov"),
        ("Lady Gorm", "Stella Germ", "who performs as Lady Gorm"),
        ("the Pebble", "Dwayne Hale", "known professionally as The Pebble"),
        ("Abel Tesfar", "Mini Fresh", "whose real name is Abel Tesfar"),
    ],
)
def test_a_speaker_is_found_by_the_name_that_articles_give_beside_it(
    asked: str, name: str, role: str
) -> None:
    person = speaker(name, role)

    found = find_speaker(asked, Everybody([speaker("Judy Chu"), person, speaker("Tess Vale")]))

    assert found.speakers == (person,)


def test_another_name_of_one_word_is_everybodys_who_bears_it() -> None:
    known = [speaker("Paul Hewsing", "known as Bonov"), speaker("Olga Bonov")]

    assert find_speaker("Bonov", Everybody(known)).speakers == tuple(known)


def test_a_brand_is_asked_for_with_its_ending_and_a_surname_without() -> None:
    ana, shop = speaker("Ana Harlow"), speaker("Harlow’s", kind=SourceType.ORGANISATION)

    assert keys("Harlow's", ana, shop) == [("harlow",)]
    assert keys("Harlow", ana, shop) == [("ana harlow",)]
    assert keys("Harlow", shop) == [("harlow",)]
