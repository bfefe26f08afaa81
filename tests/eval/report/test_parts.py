"""What reports are made of: elements, excerpts, scales and plots."""

from xml.dom.minidom import parseString

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.measures.calibration import Bin
from eval.report.elements import element
from eval.report.excerpts import excerpt
from eval.report.plots import latency, reliability, whisker, wins_and_losses
from eval.report.risk_plot import Curve, PromisedBound, risk_coverage
from eval.report.svg import Scale, ticks
from eval.report.tables import number
from eval.scoring.statistics import Interval, PairedCounts
from index.documents import Article

TEXT = "Rain fell all week. The weir held until Friday, and then it went. Nobody was hurt."
ARTICLE = Article("weir", "The weir goes", TEXT, outlet="Island Tidings")


@given(st.text(max_size=900), st.data())
def test_an_excerpt_is_short_and_reads_as_the_article_does(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))

    cut = excerpt(Article("a", "t", text), start, end, longest=60)

    line = "".join(" " if character.isspace() else character for character in text)
    assert len(cut.before + cut.quote + cut.after) <= 63
    assert line[:start].endswith(cut.before.removeprefix("…"))
    assert line[start:end].startswith(cut.quote.removesuffix("…"))
    assert line[end:].startswith(cut.after.removesuffix("…"))


def test_a_short_quote_keeps_whole_words_around_it() -> None:
    start = TEXT.index("weir")

    cut = excerpt(ARTICLE, start, start + 4, longest=30)

    assert (cut.before, cut.quote, cut.after) == ("… week. The ", "weir", " held until …")


@given(st.text())
def test_whatever_a_text_holds_stays_text(text: str) -> None:
    made = element("p", text, title=text)

    parsed = parseString(made.encode()).documentElement  # noqa: S318  our own output
    assert parsed is not None
    assert parsed.tagName == "p"
    assert all(child.nodeType == child.TEXT_NODE for child in parsed.childNodes)


@given(st.floats(0, 1e6), st.floats(1e-3, 1e6))
def test_ticks_are_few_round_and_within(low: float, width: float) -> None:
    slack = 1e-6 * (low + width)  # floats

    found = ticks(low, low + width)

    assert len(found) <= 8
    assert all(low - slack <= each <= low + width + slack for each in found)


def test_a_scale_keeps_everything_on_the_drawing() -> None:
    scale = Scale(0, 10, 100, 0)

    assert [scale(-5), scale(0), scale(2.5), scale(99)] == [100, 100, 75, 0]
    assert Scale(3, 3, 5, 9)(3) == 5


def test_plots_say_in_words_what_they_show() -> None:
    risk = risk_coverage(Curve("a", [(0.5, 0.0), (1.0, 0.25)]))
    trust = reliability([Bin(0.8, 0.9, 40, 0.85, 0.7)])
    times = latency({"read": [float(n) for n in range(1, 101)]})
    won = wins_and_losses({"Article @1": PairedCounts(3, 1, 96)})

    assert "With 100% of questions answered, 25% of the answers are wrong." in risk
    assert "At 0.85 70% of 40 right." in trust
    assert "read 50.0 ms, 95th 95.0" in times
    assert "Article @1: 3 won, 1 lost, 96 alike." in won


def test_a_curve_beside_is_dashed_and_named() -> None:
    own, beside = (
        Curve("With", [(1.0, 0.25)], (0.5, 0.1)),
        Curve("Without", [(1.0, 0.5)], (0.6, 0.2)),
    )

    alone, both = risk_coverage(own), risk_coverage(own, beside)

    assert both.count('class="curve dashed"') == 2  # itself and in the legend
    assert "With: With 100%" in both
    assert "Without: With 100% of questions answered, 50% of the answers are wrong." in both
    assert (both.count('class="point"'), both.count('class="place"')) == (1, 1)
    assert "dashed" not in alone


def test_plots_of_nothing_are_still_drawn() -> None:
    assert "No question could be judged." in risk_coverage(Curve("a", []))
    assert "<svg" in reliability([])
    assert "<svg" in latency({})
    assert "<svg" in wins_and_losses({})


@pytest.mark.parametrize(
    ("value", "told"),
    [(None, "–"), (1.0, "1.000"), (0.12345, "0.123"), (0, "0"), (1234, "1,234")],
)
def test_numbers_have_three_places_and_counts_none(value: float | None, told: str) -> None:
    assert number(value) == told


def test_the_dot_of_a_measure_that_may_be_negative_stands_on_its_own_scale() -> None:
    half_way = whisker(Interval(0.0, -0.5, 0.5, 10), -1.0)

    assert 'cx="50.0"' in half_way
    assert 'cx="50.0"' in whisker(Interval(0.5, 0.2, 0.8, 10))


def test_what_can_be_promised_is_a_line_as_far_as_it_reaches() -> None:
    curve = Curve("a", [(0.5, 0.0), (1.0, 0.05)])

    plain, promised = risk_coverage(curve), risk_coverage(curve, None, PromisedBound(0.2, 0.5))

    assert 'class="promised"' not in plain
    assert promised.count('class="promised"') == 2
    assert "promised: 20%" in promised
    assert "At most 20% wrong can be promised, for 50%." in promised
