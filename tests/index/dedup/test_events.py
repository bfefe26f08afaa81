"""Two events told by one template are told apart; copies and updates of one story are not."""

import pytest

from index.dedup.events import are_different_events
from index.documents import Article

ARREST = (
    "Police in Orm have arrested a man after a break-in at a shop. {}, {}, of {}, was held on "
    "Friday and will appear in court on Monday. Officers asked anyone who saw it to come forward."
)
OBITUARY = (
    "{0} {1}, who taught at the village school for forty years, has died aged {2}. She was born in "
    "Lisk. {1} leaves two sons. A service for {1} will be held on Thursday."
)
RESULTS = (
    "{} reported first-quarter net profit of {} million crowns, compared with {} million crowns a "
    "year earlier. The company left its dividend unchanged at two crowns a share."
)
MATCH = (
    "{} beat {} {} on Saturday to go top of the league. {} scored twice before the break. The "
    "manager said the team had worked hard all week."
)
QUAKE = "An earthquake of magnitude {} struck near {} on Tuesday, the survey said. Nobody was hurt."
COURT = "A driver who fled a crash in Verrin was jailed for {} months. {}, {}, pleaded guilty."


def differ(one: str, other: str) -> bool:
    return are_different_events(Article("a", "", one), Article("b", "", other))


@pytest.mark.parametrize(
    ("template", "one", "other"),
    [
        (ARREST, ("Mark Dunn", 34, "Mill Lane"), ("Carl Voss", 27, "Quay Street")),
        (OBITUARY, ("Ada", "Moreau", 84), ("Rosa", "Lindqvist", 91)),
        (OBITUARY, ("Ada", "Moreau", 84), ("Rosa", "Lindqvist", 84)),
        (RESULTS, ("Borel Holdings", 12, 9), ("Zane Holdings", 31, 35)),
        (RESULTS, ("Borel", "twelve", "nine"), ("Zane", "ten", "eleven")),
        (
            MATCH,
            ("Harbour United", "Orm Rovers", "2-1", "Jan Holt"),
            ("Lisk Town", "Verrin Athletic", "3-0", "Pia Ross"),
        ),
        (QUAKE, (5.1, "Tarsk"), (4.7, "Holm")),
        (COURT, (14, "Tom Abara", 41), (26, "Lee Quist", 22)),
    ],
    ids=[
        "arrest",
        "obituary",
        "same age",
        "results",
        "numbers in words",
        "match",
        "quake",
        "court",
    ],
)
def test_other_names_and_numbers_in_the_places_of_one_frame_are_another_event(
    template: str, one: tuple[object, ...], other: tuple[object, ...]
) -> None:
    assert differ(template.format(*one), template.format(*other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "A fire on the ferry Grey Heron left 12 adrift on Tuesday, said Ada Obi.",
            "A fire on the ferry Grey Heron left 15 adrift on Wednesday, said Bo Lind.",
        ),
        (
            "Jon Smyth, 34, of Orm, was held on Friday.",
            "John Smith, 34, of Orm, was held on Friday.",
        ),
        (
            "By Ada Obi in Orm\n\nThe Corran bridge will close for 9 weeks.",
            "By Bo Lind in Lisk\n\nThe Corran bridge will close for 10 weeks.",
        ),
        ("The US lost 12 planes at Holm.", "The United States lost 14 planes at Holm."),
        (
            "ORM (NWS) - The Corran bridge will close for 9 weeks.",
            "LISK (AGP) -- The Corran bridge will close for 10 weeks.",
        ),
        ("Russia sent 12 ships to Holm.", "Russian ships came to Holm, 14 in all. Russia sent 14."),
        ("Officers found 12 boats at Holm.", "Police found 14 boats at Holm. The police left."),
        (
            "Orm will vote on the tolls. Ada Obi, 50, spoke against them.",
            "Orm will vote on the tolls. Bo Lind, 50, spoke for them, and Ada Obi against.",
        ),
    ],
    ids=[
        "toll",
        "spelling",
        "byline",
        "short form",
        "dateline",
        "stem",
        "common word",
        "both named",
    ],
)
def test_an_update_a_correction_or_another_origin_is_the_same_event(one: str, other: str) -> None:
    assert not differ(one, other)
    assert not differ(other, one)
