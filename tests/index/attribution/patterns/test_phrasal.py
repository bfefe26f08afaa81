"""Verbs of several words, and things that are praised or stressed."""

import pytest

from index.attribution.merging import PRECISE
from index.attribution.patterns.extractor import extract_attributions
from index.attribution.quotations import find_quotes

Read = tuple[str, str, str]


def _read(text: str, least: float = 0.0) -> list[Read]:
    return [
        (each.source[0].of(text), each.cue[0].of(text), each.content[0].of(text))
        for each in extract_attributions(text, find_quotes(text))
        if each.confidence >= least
    ]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Park also pointed out that it sails.", ("Park", "also pointed out", "that it sails")),
        ("Park made it clear that it sails.", ("Park", "made it clear", "that it sails")),
        ("She made clear her doubts.", ("She", "made clear", "her doubts")),
        ("Park warned of cracks in the dam.", ("Park", "warned of", "cracks in the dam")),
        ("Park warned against filling it.", ("Park", "warned against", "filling it")),
        ("She called for a slower pace.", ("She", "called for", "a slower pace")),
        ("Park ruled out a second dam.", ("Park", "ruled out", "a second dam")),
        ("Park spoke out against the sale.", ("Park", "spoke out against", "the sale")),
        ("He hit back at critics of the dam.", ("He", "hit back at", "critics of the dam")),
        ("Park complained about the noise.", ("Park", "complained about", "the noise")),
        ("Park spoke of a long winter.", ("Park", "spoke of", "a long winter")),
        ("Park argued against the sale.", ("Park", "argued against", "the sale")),
        ("She highlighted the cost of sand.", ("She", "highlighted", "the cost of sand")),
        ("Park stressed the need for speed.", ("Park", "stressed", "the need for speed")),
        ("Park welcomed the new dam.", ("Park", "welcomed", "the new dam")),
        ("Park condemned the sale of the lake.", ("Park", "condemned", "the sale of the lake")),
        ("Park blamed the rain for it.", ("Park", "blamed", "the rain for it")),
    ],
)
def test_a_thing_or_a_clause_is_what_such_a_verb_reports(text: str, read: Read) -> None:
    assert _read(text, PRECISE) == [read]


def test_two_such_verbs_of_one_subject_are_two_statements() -> None:
    assert _read("Park warned of cracks and ruled out a second dam.") == [
        ("Park", "warned of", "cracks"),
        ("Park", "ruled out", "a second dam"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Park called for a taxi.",
        "Park welcomed her guests at the door.",
        "Park welcomed Ann Low to the farm.",
        "Park set out to climb the hill.",
        "Park hit the ball over the wall.",
        "Park made the cake for Ann.",
        "Park was ruled out by injury.",
        "The storm highlighted the age of the dam.",
        "The crisis called for courage.",
        "Park opened the debate on the bill.",
    ],
)
def test_a_deed_is_no_sure_statement(text: str) -> None:
    assert _read(text, PRECISE) == []
