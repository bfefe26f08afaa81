"""What would cost far more to read than its length suggests is given up, by what can be counted."""

from pathlib import Path

import pytest

from index.attribution.effort import READ_ALWAYS, UnreadArticle, too_costly
from index.documents import Article
from tests.index.test_build import builder
from tests.support.fakes import silent

LONG = 2 * READ_ALWAYS
LINES = "a\n" * (LONG // 2)


@pytest.mark.parametrize(
    ("unit", "found"),
    [
        ("a\n", "20,000 lines"),
        ('"', "40,000 quotation marks"),
        ('"We go," said Ann Lee. ', "verbs of saying"),
        ("he said ", "5,000 verbs of saying"),
        ("said ", "8,000 verbs of saying"),
    ],
    ids=repr,
)
def test_a_long_text_crowded_with_one_thing_is_too_costly(unit: str, found: str) -> None:
    text = unit * (LONG // len(unit))

    assert found in too_costly(text)


@pytest.mark.parametrize(
    "text",
    [
        "a\n" * (READ_ALWAYS // 2),
        ("“We go there tomorrow,” Ann Lee said on Monday.\n" * 900),
        "Ann Lee " * (LONG // 8),
        "x" * LONG,
    ],
    ids=["short", "dense speech", "one name", "no space"],
)
def test_what_an_article_may_be_is_read(text: str) -> None:
    assert too_costly(text) == ""


def test_an_article_that_is_given_up_is_found_by_its_words_and_the_report_says_why(
    tmp_path: Path,
) -> None:
    said = 'Ann Lee said: "We saw the bridge."\n'
    crowded = Article("crowded", "A list", said + LINES)
    plain = Article("plain", "The bridge", said)

    report = builder(tmp_path).add([crowded, plain], progress=silent)

    assert report.given_up == (UnreadArticle("crowded", too_costly(crowded.text)),)
    assert (report.articles, report.statements, bool(report.pending)) == (2, 1, False)
    assert builder(tmp_path).finish(progress=silent).given_up == ()
