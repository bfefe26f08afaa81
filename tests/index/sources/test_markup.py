import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.sources.markup import without_markup


def text_of(text: str) -> str:
    resolved = without_markup({"id": "a", "text": text})["text"]
    assert isinstance(resolved, str)
    return resolved


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("&#8220;We will sail,&#8221; said Tilda Marsh.", "“We will sail,” said Tilda Marsh."),
        ("&#x201C;Yes&#x201D;", "“Yes”"),
        ("&ldquo;Yes&rdquo; &mdash; Zo&euml;", "“Yes” — Zoë"),
        ("Marks &amp; Lowe", "Marks & Lowe"),
        ("300&nbsp;people", "300\xa0people"),
        ("O&#39;Neill &quot;Red&quot; &apos;Ann&apos;", "O'Neill \"Red\" 'Ann'"),
        ("&#147;Old&#148; Windows numbers", "“Old” Windows numbers"),
        ("<p>One.</p><p>Two.</p>", "One.\n\nTwo."),
        ("<p>One.\n<p>Two.", "One.\n\nTwo."),
        ("One.<br>Two.<br/>Three.<br />\nFour.", "One.\nTwo.\nThree.\nFour."),
        ("The <b>old</b> <a href='/x' target=_blank>pier</a>", "The old pier"),
        ('<div class="x"><h2>Pier</h2>\n\n<p>Closed.</p></div>', "Pier\n\nClosed."),
        ("<ul><li>Orm</li><li>Lisk</li></ul>", "Orm\n\nLisk"),
        ("She said <q>never</q> and left.", "She said “never” and left."),
        ("One.<script>var a = '<p>';</script><!-- no --> <i>Two</i>.", "One. Two."),
        ("<p>Marks &amp; Lowe</p>", "Marks & Lowe"),
        ("&lt;p&gt;One &amp;amp; two.&lt;/p&gt;&lt;p&gt;Three.&lt;/p&gt;", "One & two.\n\nThree."),
        ("write &amp;lt; for a sign", "write &lt; for a sign"),
    ],
)
def test_references_and_tags_become_what_they_stand_for(written: str, meant: str) -> None:
    assert text_of(written) == meant


@pytest.mark.parametrize(
    "text",
    [
        "AT&T and R&D, Q&A; B&B;",
        "x < 3 and y > 4, so x<y",
        "a <b and c> d",
        "The <b> tag makes a word bold.",
        "Prices rose <5% & fell >3%",
        "<unknown>Not ours</unknown>",
        "AT&T;s and &nosuchname; stay",
        "An arrow <- and another ->, i<p>",
        "“We will sail,” said Tilda Marsh.\n\nIslanders were angry.",
    ],
)
def test_what_is_no_markup_stays_as_it_is(text: str) -> None:
    record = {"id": "a", "text": text}

    assert without_markup(record) is record


def test_titles_names_and_outlets_are_resolved_too_and_the_metadata_says_so() -> None:
    record = {
        "id": "a",
        "title": "<b>Pier</b> &amp; quay",
        "authors": ["Zo&euml; Lane"],
        "outlet": "Quay &amp; Co",
        "text": "Plain.",
    }

    found = without_markup(record)

    assert (found["title"], found["authors"], found["outlet"]) == (
        "Pier & quay",
        ["Zoë Lane"],
        "Quay & Co",
    )
    assert found["resolved"] == "character references and tags"


def test_a_key_of_the_record_itself_is_kept() -> None:
    assert without_markup({"text": "a &amp; b", "resolved": "by hand"})["resolved"] == "by hand"


@given(st.text(alphabet="<>/&;#pbr aq=\"'\n1x", max_size=60))
def test_any_text_is_resolved_to_text_that_can_be_stored(text: str) -> None:
    assert json.dumps(text_of(text))


def test_a_long_text_of_open_tags_takes_no_long_time() -> None:
    for repeated in ("<b><p", "<q>", "<!--", "<script>", "<b a=", "&#", " ", "<i><b>x"):
        assert text_of("A<br>b" + repeated * 20_000)
