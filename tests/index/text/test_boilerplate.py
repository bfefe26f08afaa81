import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.documents import BoilerplateKind
from index.text.boilerplate import find_boilerplate

STORY = "The council voted on Monday to close the old bridge, and the mayor said work would begin."


def marks(text: str) -> list[tuple[str, str]]:
    return [(mark.kind.value, mark.span.of(text)) for mark in find_boilerplate(text)]


def test_a_sentence_above_the_articles_own_title_is_a_caption() -> None:
    caption, title = (
        "Farmers stand beside a flooded field near Tarn.",
        "Valley farmers face a river",
    )
    text = f"{caption}\n\n{title}\n\n{STORY}\n\n{STORY}"

    found = [(mark.kind.value, mark.span.of(text)) for mark in find_boilerplate(text, title)]

    assert found == [("caption", caption)]
    assert find_boilerplate(text, "Another title") == ()
    assert find_boilerplate(text) == ()
    assert find_boilerplate(f"{title}\n\n{text}", title) == ()


@pytest.mark.parametrize(
    ("kind", "line"),
    [
        ("caption", "The old bridge at dusk. (Photo: Ann Lee/Hull Daily)"),
        ("caption", "The old bridge at dusk. Ann Lee/Getty Images"),
        ("caption", "The old bridge at dusk, 3 March. Photograph: Ann Lee/Getty Images"),
        ("caption", "The mayor, left, at the bridge on Sunday. AP Photo/Ann Lee"),
        ("caption", "The mayor at the bridge on May 3 (Image credit: Bo Roe)"),
        ("caption", "FILE PHOTO: The mayor leaves the town hall in Hull."),
        ("caption", "Image source, Getty Images"),
        ("caption", "In this photo provided by the city, the bridge is closed."),
        ("caption", "The old bridge at dusk. Ann Lee/Hull Daily"),
        ("caption", "The old bridge at dusk, seen from the north. Courtesy of Ann Lee"),
        ("caption", "The plans of the new bridge, as published. From Hull Bridge Society/Facebook"),
        ("caption", "The old bridge is closed to lorries. Adobe Stock"),
        ("teaser", "See also: Five bridges that fell"),
        ("teaser", "► Related: Five bridges that fell"),
        ("teaser", "'It was a good bridge':Neighbours say farewell to the old crossing"),
        ("teaser", "“Shut for good”:“Ghost bridge” at Hull is to be taken down"),
        ("teaser", "Bridge trouble:The crossing at Hull is closed. Here's what to know."),
        ("teaser", "Why do bridges fall?A look at what rust does to steel"),
        ("teaser", "Fact check: No, the bridge was not sold to a film studio"),
        ("teaser", "Can't see the map? Click here."),
        ("teaser", "Read the complete story here."),
        ("teaser", "More AP bridges: https://apnews.example/bridges"),
        ("newsletter", "Help support local journalism with a subscription to the Hull Daily."),
        ("newsletter", "The Hull Daily app has every bridge. Download it for news and puzzles."),
        ("sharing", "Ann Lee: 555-201-3344; alee@example.com; @AnnLee"),
        ("sharing", "Email: alee@example.com Twitter: @AnnLee"),
        ("sharing", "Have an idea for a story on bridges? Contact Ann Lee at alee@example.com."),
        ("notice", "(Story continues below the map.)"),
        ("notice", "Our live blog is being updated throughout the day."),
        ("notice", "Our fact-check work is supported in part by a grant from a trust."),
        ("notice", "Bo Roe Money is a Hull Daily content partner offering financial news."),
        ("teaser", "See also Five bridges that fell"),
        ("teaser", "Related: Why bridges fall"),
        ("teaser", "Read more"),
        ("teaser", "Bridge trouble:Why the crossing at Hull has been closed for a year"),
        ("teaser", "Click here to see every bridge in the county."),
        ("newsletter", "Sign up for our newsletter and get the day's news."),
        ("newsletter", "Subscribe to the Hull Daily"),
        ("newsletter", "Like bridges? Sign up for our weekly bridge newsletter."),
        ("newsletter", "Sign up for The Ledger, our weekly letter on bridges."),
        ("sharing", "Share this article"),
        ("sharing", "Follow us on Facebook and Instagram"),
        ("sharing", "Share Facebook Twitter"),
        ("sharing", "Contact Ann Lee at alee@example.com."),
        ("comments", "Leave a Reply"),
        ("comments", "Required fields are marked *"),
        ("comments", "This site uses Akismet to reduce spam."),
        ("notice", "Advertisement"),
        ("notice", "Copyright © 2024 Hull Daily. All rights reserved."),
        ("notice", "This site uses cookies to make it work better."),
        ("notice", "By Ann Lee"),
        ("notice", "By ANN LEE and Bo Roe, Hull Daily"),
        ("notice", "Contributing: The Associated Press"),
        ("notice", "Updated April 5, 2024, 3:27 p.m. ET"),
        ("notice", "London CNN —"),
        ("notice", "* * *"),
    ],
)
def test_boilerplate_is_marked_and_the_story_beside_it_is_not(kind: str, line: str) -> None:
    assert marks(f"{STORY}\n\n{line}") == [(kind, line)]


@pytest.mark.parametrize(
    "line",
    [
        "See also Roe v. Wade, 410 U.S. 113, which the court did not mention.",
        "See also the report of the committee; it lists what was spent in each of the nine years.",
        "“Read more and share this,” the teacher told the children.",
        '"Sign up for the newsletter," the mayor said.',
        "Correction: An earlier version of this story gave the wrong name. All rights reserved.",
        "This story was updated to add what the mayor said.",
        "Editor's note: Follow us on Facebook was the name of the play.",
        "By Tuesday the bridge had been closed for a year.",
        "Related charges against the company were dropped in May.",
        "More than 40 people signed up for the newsletter of the bridge society, Ms. Lee said.",
        "Advertisement spending fell by a tenth last year.",
        "Copyright law protects the drawings, the court found.",
        "The photo was published by Getty Images, which declined to comment.",
        "Share prices fell on Monday.",
        "Follow the money, the detective said, and you will find the man.",
        "Comments from the public were heard until midnight.",
        "Bakers sold 400 cookies, and by continuing to bake they raised more.",
        "Contact with the ship was lost at noon.",
        "Time of death: 3 p.m.",
        "Ms. Lee: The bridge was never safe.",
        "Subscribers to the service paid more, and profits rose.",
        "Entry one:The bridge was built in 1911 by a firm of three brothers.",
        "“It was never safe”: so wrote Ms. Lee of the bridge in 1998.",
        "The train leaves at 8:15 p.m. ET, ITV/BBC",
        "All boats are free. For the times, click here.",
        "He asked: Why do bridges fall? A look at what rust does explains it.",
        "The mayor may support a plan that a subscriber to the society paid for, she said.",
        "Their reporting is supported in part by a grant, Ms. Lee said.",
        "The project is supported in part by a grant from the county.",
        "Support for the subscription plan grew, and the subscriber list with it.",
        "Ask the town hall: 555-201-3344",
    ],
)
def test_reporting_is_never_marked(line: str) -> None:
    assert marks(f"{STORY}\n\n{line}\n\n{STORY}") == []


def test_a_comment_form_takes_what_follows_it_along() -> None:
    form = "Comments\n\nBo says:\n\nWhat a bridge!\n\nLeave a Reply\n\nName *\n\nEmail *"

    assert marks(f"{STORY}\n\n{STORY}\n\n{form}") == [("comments", form)]


def test_a_comment_form_before_long_reporting_takes_only_itself() -> None:
    text = f"{STORY}\n\n{STORY}\n\nLeave a Reply\n\n" + "\n\n".join([STORY] * 12)

    assert marks(text) == [("comments", "Leave a Reply")]


def test_a_heading_that_says_comments_is_kept_where_no_form_follows() -> None:
    assert marks(f"{STORY}\n\n{STORY}\n\nComments\n\nThe mayor liked it.") == []


def test_a_name_and_an_outlet_above_the_story_are_its_byline() -> None:
    assert marks(f"Ann Lee\n\nHull Times\n\n{STORY}") == [
        ("notice", "Ann Lee"),
        ("notice", "Hull Times"),
    ]


def test_a_name_alone_is_kept() -> None:
    assert marks(f"Ann Lee\n\n{STORY}") == []


def test_an_agency_in_brackets_makes_a_caption_of_the_first_line_only() -> None:
    line = "The old bridge at dusk (Reuters)"

    assert marks(f"{line}\n\n{STORY}") == [("caption", line)]
    assert marks(f"{STORY}\n\n{STORY}\n\n{line}") == []


@pytest.mark.parametrize("line", ["Tags: bridges, Hull", "Filed under: News, Bridges"])
def test_what_a_story_is_filed_under_is_marked_at_its_end_comments_or_not(line: str) -> None:
    form = "Leave a Reply\n\nName *\n\nEmail *\n\nWebsite\n\nComment *\n\nPost Comment\n\nAds"
    story = "\n\n".join([STORY] * 9)

    assert marks(f"{story}\n\n{line}") == [("notice", line)]
    assert marks(f"{story}\n\n{line}\n\n{form}") == [("notice", line), ("comments", form)]
    assert marks(f"{line}\n\n{story}") == []


@pytest.mark.parametrize("space", ["\u00a0", "\u2009", "\t"], ids=["no-break", "thin", "tab"])
def test_another_space_between_its_words_hides_no_boilerplate(space: str) -> None:
    see, form = f"See{space}also: Five bridges", f"Leave{space}a{space}Reply"

    text = f"{STORY}\n\n{see}\n\n{STORY}\n\n{STORY}\n\n{form}"

    assert marks(text) == [("teaser", see), ("comments", form)]


def test_who_is_left_and_right_makes_a_caption_of_the_first_line_only() -> None:
    line = "Ann Lee, left, and Bo Roe at the bridge"

    assert marks(f"{line}\n\n{STORY}") == [("caption", line)]
    assert marks(f"{STORY}\n\n{STORY}\n\n{line}") == []


@given(
    st.one_of(
        st.text(alphabet=st.characters()),
        st.lists(
            st.sampled_from(
                [STORY, "Leave a Reply", "Read more", "By Ann Lee", "", " ", "Comments"]
            )
        ).map("\n".join),
    )
)
def test_marks_are_ascending_disjoint_and_trimmed(text: str) -> None:
    found = find_boilerplate(text)

    assert all(a.span.end <= b.span.start for a, b in pairwise(found))
    assert all(m.span.of(text).strip() == m.span.of(text) for m in found)
    assert all(0 <= m.span.start < m.span.end <= len(text) for m in found)


def test_every_kind_is_found_by_some_formula() -> None:
    lines = [
        "Getty Images",
        "Read more",
        "Subscribe now",
        "Share this",
        "By Ann Lee",
        "Leave a Reply",
    ]

    assert {mark.kind for mark in find_boilerplate("\n\n".join(lines))} == set(BoilerplateKind)


@pytest.mark.parametrize(
    "unit",
    [
        "A / ",
        "A/",
        "1..",
        "1 a.m. ",
        "a.",
        "A. ",
        "(A ",
        "Share ",
        "Ann and ",
        ", left",
        "See: ",
        "\n",
        "@a ",
        "A? ",
        "AB: ",
        "555-555-5555 ",
        "A. Bc/",
    ],
)
@pytest.mark.parametrize(
    "opening", ["", "Updated ", "Contributed contributed ", "Getty via ", "By "]
)
def test_no_paragraph_takes_long(opening: str, unit: str) -> None:
    text = opening + unit * (800 // len(unit)) + "newsletter inbox @ may (!"
    start = time.process_time()

    find_boilerplate(text)

    assert time.process_time() - start < 2


def test_headlines_under_a_heading_are_teasers_until_reporting_goes_on() -> None:
    text = (
        "The quay reopened on Monday after repairs.\n"
        "See also\n"
        "Harbour fees to rise in spring\n"
        "Why the ferries are late\n"
        "The mayor said the work had come in under budget.\n"
        "Fishermen who were there agreed"
    )

    marked = [mark.span.of(text) for mark in find_boilerplate(text)]

    assert marked == ["See also", "Harbour fees to rise in spring", "Why the ferries are late"]


@pytest.mark.parametrize(
    "caption",
    [
        "File photo: the mayor opens the quay",
        "The mayor opens the quay in this undated photo released by the council.",
    ],
)
def test_a_picture_that_says_so_is_a_caption(caption: str) -> None:
    [mark] = find_boilerplate(f"{caption}\n\nThe quay reopened on Monday after repairs.")

    assert mark.kind is BoilerplateKind.CAPTION
    assert mark.span.end == len(caption)
