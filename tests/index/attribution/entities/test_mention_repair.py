"""Names of a tagger, mended."""

import pytest

from index.attribution.annotations import Mention
from index.attribution.entities.mention_repair import repair_mentions
from index.documents import Span


def _of(text: str, *marked: tuple[str, str]) -> list[Mention]:
    return [
        Mention(Span(text.index(words), text.index(words) + len(words)), kind)
        for words, kind in marked
    ]


@pytest.mark.parametrize(
    ("text", "tagged", "expected"),
    [
        pytest.param("Then Okafor said so.", "Okafor said", ["Okafor"], id="a verb after"),
        pytest.param("Then Dr. Okafor left.", "Dr", [], id="a title alone"),
        pytest.param("Then he said so.", "he said", [], id="no capital at all"),
        pytest.param("They met Ana de la Cruz.", "Ana de la Cruz", ["Ana de la Cruz"], id="small"),
        pytest.param("They met al Hadid there.", "al Hadid", ["al Hadid"], id="particle first"),
        pytest.param("It was Okafor’s.", "Okafor’s", ["Okafor"], id="possessive"),
        pytest.param("They met Paul Ferrow Jr. there.", "Ferrow Jr.", ["Ferrow Jr."], id="junior"),
        pytest.param("They met Paul Ferrow, Sr.", "Paul Ferrow", ["Paul Ferrow, Sr"], id="senior"),
        pytest.param("They met V. Newkirk II.", "V. Newkirk", ["V. Newkirk II"], id="the second"),
        pytest.param("okafor said it rained", "okafor", ["okafor"], id="a line without capitals"),
        pytest.param("田中は述べた", "田中", ["田中"], id="a script without capitals"),
    ],
)
def test_a_name_ends_with_its_last_capitalized_word(
    text: str, tagged: str, expected: list[str]
) -> None:
    found = repair_mentions(text, _of(text, (tagged, "PER")), [])

    assert [each.span.of(text) for each in found] == expected


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Brackwater University", "ORG"),
        ("Morven Institute", "ORG"),
        ("Tolland Foundation", "ORG"),
        ("Frank Church", "PER"),
        ("Mary House", "PER"),
        ("Okafor", "PER"),
    ],
)
def test_a_body_is_no_person_though_the_tagger_says_so(name: str, kind: str) -> None:
    text = f"Then {name} said so."

    [found] = repair_mentions(text, _of(text, (name, "PER")), [])

    assert (found.span.of(text), found.kind) == (name, kind)


def test_rule_based_names_fill_gaps_and_lengthen_but_never_override() -> None:
    text = "Ruth Okafor met Tobin and Paul Ferrow in Norway."
    tagged = _of(text, ("Okafor", "PER"), ("Ferrow", "PER"), ("Norway", "LOC"))
    ruled = _of(text, ("Ruth Okafor", "ORG"), ("Tobin", "PER"), ("Paul Ferrow", "PER"))

    found = repair_mentions(text, tagged, ruled)

    assert [(each.span.of(text), each.kind) for each in found] == [
        ("Okafor", "PER"),
        ("Tobin", "PER"),
        ("Paul Ferrow", "PER"),
        ("Norway", "LOC"),
    ]


def test_two_single_words_of_the_tagger_side_by_side_are_one_name() -> None:
    text = "Mehmet Yalman spoke."

    found = repair_mentions(text, _of(text, ("Mehmet", "PER"), ("Yalman", "PER")), [])

    assert [each.span.of(text) for each in found] == ["Mehmet Yalman"]


def test_a_single_word_of_the_tagger_grows_to_the_rule_based_name() -> None:
    text = "Ruth Okafor met Ann Low Mastered."
    tagged = _of(text, ("Ruth", "PER"), ("Ann Low", "PER"))
    ruled = _of(text, ("Ruth Okafor", "PER"), ("Ann Low Mastered", "PER"))

    found = repair_mentions(text, tagged, ruled)

    assert [each.span.of(text) for each in found] == ["Ruth Okafor", "Ann Low"]


def test_a_name_that_the_tagger_found_in_two_pieces_is_one_name() -> None:
    text = "There Joost van der Meer spoke."
    tagged = _of(text, ("Joost", "PER"), ("van der Meer", "PER"))

    found = repair_mentions(text, tagged, _of(text, ("Joost van der Meer", "PER")))

    assert [each.span.of(text) for each in found] == ["Joost van der Meer"]
