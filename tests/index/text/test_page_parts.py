import pytest

from index.text.boilerplate import find_boilerplate

STORY = "The council voted on Monday to close the old bridge, and the mayor said work would begin."
NEXT = "Boats will take people over the river until the new bridge opens in three years, he said."


def marked(*pieces: str) -> list[str]:
    text = "\n\n".join(pieces)
    return [mark.span.of(text) for mark in find_boilerplate(text)]


@pytest.mark.parametrize(
    "head",
    [
        ["Ann Lee", "Opinion contributor"],
        ["Ann Lee and Bo Roe", "alee@example.com"],
        ["Ann Lee", "@AnnLeeHull"],
        ["Ann Lee", "Special to the Hull Daily"],
        ["Ann Lee", "The Hull (Yorks.) Daily"],
        ["ANN LEE", "Hull Bureau Chief"],
        ["ann lee", "Hull Gazette"],
        ["Staff and wire reports", "Hull Gazette"],
        ["Ann Lee", "Bridge Institute"],
    ],
)
def test_a_name_and_where_it_writes_above_the_story_are_a_byline(head: list[str]) -> None:
    assert marked(*head, STORY, NEXT) == head


@pytest.mark.parametrize(
    "head",
    [
        ["Ann Lee"],
        ["Old Bridge", "What is to become of it"],
        ["Old Bridge", "Closed at last."],
        ["A bridge too many", "Hull"],
    ],
)
def test_other_short_lines_above_the_story_are_kept(head: list[str]) -> None:
    assert marked(*head, STORY, NEXT) == []


SUMMARY = [
    "The bridge will close.",
    "Boats take people over the river.",
    "A new one opens in three years.",
]


def test_a_summary_by_a_machine_is_marked_up_to_its_third_item() -> None:
    joined = ["AI-assisted summary " + SUMMARY[0], *SUMMARY[1:]]
    apart = ["This AI-generated summary:", *SUMMARY]

    assert marked(*joined, STORY, NEXT) == joined
    assert marked(*apart, STORY, NEXT) == apart


def test_a_summary_ends_before_anything_but_one_plain_sentence() -> None:
    quoted = "“I wrote it by hand,” the mayor said."
    two = "The bridge will close. Boats take people over."

    assert marked("Machine-written key points", quoted, STORY) == ["Machine-written key points"]
    assert marked("AI-powered overview " + SUMMARY[0], two) == ["AI-powered overview " + SUMMARY[0]]
    assert marked("The AI summary of the plan was wrong, the mayor said on Monday.", STORY) == []


@pytest.mark.parametrize(
    "link",
    [
        "STORY: Council weighs three ways to cross the river",
        "OLD BRIDGES: What rust does to the steel of a century",
        "ROAD MAP | Where the lorries will go this winter",
        "All about bridges: The latest closures, plans, tolls and more.",
        "Plan your trip: See where you can cross the river this winter",
    ],
)
def test_a_label_and_a_headline_between_sentences_are_a_link(link: str) -> None:
    assert marked(STORY, link, NEXT) == [link]
    assert marked(STORY, link) == [link]


def test_a_label_of_links_may_come_again() -> None:
    links = ["READ: Council weighs its three ways across", "READ: The boats are ready for winter"]

    assert marked(STORY, *links, NEXT) == links


@pytest.mark.parametrize(
    "pieces",
    [
        [STORY, "WINNER: Ann Lee for the best of all bridges", NEXT],
        [STORY, "NOTE: Tolls are the same as those of last year", NEXT],
        [STORY, "RIVER CUP: Hull 4, Tarn 1", NEXT],
        [STORY, "OLD BRIDGE: It was built in 1911 by three brothers.", NEXT],
        [STORY, "TOLLS: from one pound for every car", "BOATS: free for people on foot", NEXT],
        [STORY, "Bridges", "OLD BRIDGE: a steel arch with two lanes for cars", NEXT],
        ["OLD BRIDGE: Council weighs three ways to cross", STORY, NEXT],
        [STORY, "Step 2: Follow the signs to the boats and wait there", NEXT],
        [
            STORY,
            "LEE: What were you told about the state of the bridge",
            NEXT,
            "LEE: And what did you say to the mayor about that",
            STORY,
        ],
    ],
)
def test_labels_of_facts_lists_and_talk_are_kept(pieces: list[str]) -> None:
    assert marked(*pieces) == []


def test_names_that_sign_the_entries_of_a_live_blog_are_marked() -> None:
    signed = ["- Ann Lee", "-- Ann Lee and Bo Roe", "\u2212Ann Lee"]

    assert marked(STORY, signed[0], NEXT, signed[1], STORY, signed[2]) == signed
    assert marked(STORY, "– Ann Lee, Hull Gazette") == ["– Ann Lee, Hull Gazette"]


def test_the_name_under_a_quotation_a_letter_or_a_list_is_kept() -> None:
    letters = [STORY, "— Ann Lee, Hull", NEXT, "— Bo Roe, Tarn"]

    assert marked("“A bridge is a promise.”", "— Ann Lee", STORY, NEXT) == []
    assert marked(*letters) == []
    assert marked(STORY, "- Old Bridge", "- New Bridge", NEXT) == []


@pytest.mark.parametrize(
    "note",
    [
        "Ann Lee is a reporter for the Hull Daily.",
        "Ann Lee, who grew up in Tarn, is the transport editor of the Hull Daily.",
        "Ann Lee covers bridges and boats for the Hull Daily.",
        "Reporter Ann Lee can be reached at the town desk.",
        "Bo Lee writes about rivers. His book is out in May.",
    ],
)
def test_a_last_paragraph_on_a_person_named_nowhere_else_is_about_the_author(note: str) -> None:
    assert marked(STORY, NEXT, note) == [note]


def test_a_person_of_the_story_is_not_its_author() -> None:
    told = "Ms. Lee told the council on Monday that the bridge had never been safe for lorries."

    assert marked(STORY, told, "Ann Lee is a reporter for the Hull Daily.") == []
    assert marked(STORY, "Ann Lee is a reporter for the Hull Daily.", *[NEXT] * 5) == []
    assert marked(STORY, "Ann Lee is the owner of a boat.") == []
    assert marked(STORY, NEXT, "Ann Lee is a reporter who “knew every bridge”.") == []
