"""Names of bodies with their phrase after "of" or "for"."""

import pytest

from index.attribution.annotations import Mention
from index.attribution.entities.mention_repair import repair_mentions
from index.attribution.entities.of_phrases import with_of_phrases
from index.documents import Span


def _mention(text: str, words: str, kind: str) -> Mention:
    return Mention(Span(text.index(words), text.index(words) + len(words)), kind)


def _names(text: str, *marked: tuple[str, str]) -> list[str]:
    found = with_of_phrases(text, [_mention(text, words, kind) for words, kind in marked])
    return [each.span.of(text) for each in found]


@pytest.mark.parametrize(
    ("text", "body", "whole"),
    [
        ("The US Department of Justice agreed.", "US Department", "US Department of Justice"),
        ("the Civil Defence of Verrin said", "Civil Defence", "Civil Defence of Verrin"),
        ("the Confederation of Arden Mills said", "Confederation", "Confederation of Arden Mills"),
        ("Ministry for the Sea said", "Ministry", "Ministry for the Sea"),
        (
            "the Department of Ports and Inland Waters said",
            "Department",
            "Department of Ports and Inland Waters",
        ),
        ("the Friends of Lake Orrin said", "Friends", "Friends of Lake Orrin"),
    ],
)
def test_the_name_of_a_body_keeps_its_phrase(text: str, body: str, whole: str) -> None:
    assert _names(text, (body, "ORG")) == [whole]


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("Mara Lind of Verrin said", "Mara Lind", "PER"),
        ("Xenotech of Verrin said", "Xenotech", "ORG"),
        ("The Senate of March said", "Senate", "ORG"),
        ("The Senate of all places said", "Senate", "ORG"),
        ("the Guard of honour said", "Guard", "ORG"),
    ],
)
def test_nothing_else_takes_a_phrase(text: str, name: str, kind: str) -> None:
    assert _names(text, (name, kind)) == [name]


def test_the_phrase_ends_before_another_name() -> None:
    text = "The Bank of Arden President Mara Lind and the Bank of Orrin and Lind Motors left."

    assert _names(text, ("Bank", "ORG"), ("Mara Lind", "PER")) == ["Bank of Arden", "Mara Lind"]


def test_what_is_before_a_possessive_is_no_part_of_a_persons_name() -> None:
    text = "At Corran's, Day spoke. Corran's Day says so. Radio Orrin's Mara Lind agreed."
    tagged = [
        _mention(text, "Corran's Day", "PER"),
        _mention(text, "Radio Orrin's Mara Lind", "PER"),
    ]

    found = repair_mentions(text, tagged, [_mention(text, "Corran's Day"[:6], "PER")])

    assert [each.span.of(text) for each in found if each.span.start > 20] == ["Day", "Mara Lind"]


def test_the_name_of_a_firm_keeps_its_possessive() -> None:
    text = "McCorran's Foods said so."

    found = repair_mentions(text, [_mention(text, "McCorran's Foods", "ORG")], [])

    assert [each.span.of(text) for each in found] == ["McCorran's Foods"]
