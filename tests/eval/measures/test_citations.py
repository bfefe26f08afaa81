"""Citation measures, worked by hand."""

from datetime import UTC, datetime

import pytest

from eval.datasets.questions import Gold
from eval.measures.citations import (
    distractor,
    precision,
    reads_so,
    recall,
    right_date,
    right_outlet,
    tightness,
    verbatim,
)
from eval.runs.predictions import PredictedCitation
from index.documents import Article

DAY = datetime(2024, 3, 5, 9, tzinfo=UTC)
HERALD = Article("a", "Ferry", "The ferry 🚢 burned.", outlet="Herald", published_at=DAY)
COURIER = Article("b", "Ferry", "A ferry burned.", outlet="Courier")


def cited(
    start: int,
    end: int,
    *,
    article: str = "a",
    quote: str = "",
    outlet: str | None = None,
    published_at: str | None = None,
    verbatim: bool = True,
) -> PredictedCitation:
    return PredictedCitation(article, "r", start, end, quote, outlet, published_at, verbatim)


def test_nothing_cited_scores_nothing() -> None:
    gold = [Gold("a", 0, 5)]

    assert verbatim([]) == reads_so([], {}) == precision([], gold) == recall([], gold) == 0
    assert distractor([], gold, gold) == tightness([], gold) == 0
    assert right_outlet([], [HERALD]) == right_date([], [HERALD]) == 0


def test_verbatim_is_the_share_found_when_the_run_was_made() -> None:
    assert verbatim([cited(0, 5), cited(5, 9, verbatim=False)]) == 1 / 2


@pytest.mark.parametrize(
    ("citation", "holds"),
    [
        pytest.param(cited(10, 18, quote="🚢 burned"), 1, id="code-points"),
        pytest.param(cited(11, 19, quote="🚢 burned"), 0, id="moved"),
        pytest.param(cited(0, 3, quote="the"), 0, id="another-case"),
        pytest.param(cited(0, 0, quote=""), 0, id="empty"),
        pytest.param(cited(-2, 19, quote="d"), 0, id="counted-from-the-end"),
        pytest.param(cited(0, 1, article="gone", quote="T"), 0, id="no-such-article"),
    ],
)
def test_a_quote_is_looked_up_again(citation: PredictedCitation, holds: float) -> None:
    assert reads_so([citation], {"a": HERALD.text}) == holds


def test_a_citation_supports_around_an_answer_or_within_evidence() -> None:
    sentence = cited(100, 200)

    assert precision([sentence], [Gold("a", 150, 155)]) == 1
    assert precision([sentence], [Gold("a", 0, 900)]) == 1
    assert precision([sentence], [Gold("a", 195, 295)]) == 0
    assert precision([sentence, cited(300, 400)], [Gold("a", 150, 155)]) == 1 / 2


def test_recall_is_the_cited_share_of_the_best_stretch() -> None:
    gold = [Gold("a", 0, 10), Gold("a", 20, 24)]

    assert recall([cited(0, 5), cited(3, 7)], gold) == pytest.approx(7 / 10)
    assert recall([cited(0, 5), cited(22, 99)], gold) == pytest.approx(1 / 2)
    assert recall([cited(0, 99)], gold) == 1
    assert recall([cited(0, 99, article="b")], gold) == recall([cited(0, 9)], []) == 0


def test_a_citation_is_of_a_distractor_when_it_has_more_of_it_than_of_the_gold() -> None:
    gold, distractors = [Gold("a", 0, 10)], [Gold("a", 10, 30)]

    assert distractor([cited(5, 16)], gold, distractors) == 1
    assert distractor([cited(5, 15)], gold, distractors) == 0
    assert distractor([cited(0, 10), cited(10, 30)], gold, distractors) == 1 / 2
    assert distractor([cited(50, 60)], gold, distractors) == 0


def test_tightness_looks_only_at_citations_that_touch_the_gold() -> None:
    gold = [Gold("a", 10, 20)]

    assert tightness([cited(0, 40)], gold) == 1 / 4
    assert tightness([cited(12, 14)], gold) == 1
    assert tightness([cited(0, 40), cited(50, 90)], gold) == 1 / 4
    assert tightness([cited(50, 90)], gold) == 0


def test_characters_cited_twice_count_once() -> None:
    gold = [Gold("a", 10, 20), Gold("a", 15, 20)]

    assert tightness([cited(0, 30), cited(10, 40)], gold) == 1 / 4


def test_the_outlet_must_be_that_of_an_article_with_the_gold() -> None:
    citations = [cited(0, 5, outlet="Herald"), cited(0, 5, outlet="Post"), cited(0, 5)]

    assert right_outlet(citations, [HERALD, COURIER]) == pytest.approx(1 / 3)
    assert right_outlet([cited(0, 5)], [Article("c", "", "x")]) == 0


@pytest.mark.parametrize(
    ("written", "right"),
    [
        pytest.param("2024-03-05T09:00:00Z", 1, id="same"),
        pytest.param("2024-03-05T10:00:00+01:00", 1, id="same-instant-elsewhere"),
        pytest.param("2024-03-06T09:00:00+00:00", 0, id="another-day"),
        pytest.param("last spring", 0, id="not-a-date"),
        pytest.param(None, 0, id="none"),
    ],
)
def test_the_date_must_be_that_of_an_article_with_the_gold(
    written: str | None, right: float
) -> None:
    assert right_date([cited(0, 5, published_at=written)], [HERALD, COURIER]) == right


def test_outlet_and_date_may_be_of_two_articles_with_the_gold() -> None:
    other = Article("c", "", "x", outlet="Post", published_at=DAY.replace(year=2020))
    mixed = cited(0, 5, outlet="Post", published_at=DAY.isoformat())

    assert right_outlet([mixed], [HERALD, other]) == right_date([mixed], [HERALD, other]) == 1
