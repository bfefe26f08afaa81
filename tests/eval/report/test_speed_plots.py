"""Pictures of benchmarks: each stands alone, and its places can be checked by hand."""

from xml.dom.minidom import Document, parseString

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.report.speed_plots import RatioRow, growth_plot, ratio_plot

VALUES = st.floats(1e-3, 1e7)


def parsed(picture: str) -> Document:
    return parseString(picture.encode())  # noqa: S318  our own output


def dots(picture: str) -> list[tuple[float, float]]:
    found = parsed(picture).getElementsByTagName("circle")
    return [(float(each.getAttribute("cx")), float(each.getAttribute("cy"))) for each in found]


def test_a_picture_is_a_file_of_its_own() -> None:
    root = parsed(ratio_plot("Peers", {"txtai": RatioRow(2.0, 1.5, 2.5)})).documentElement

    assert root is not None
    assert root.namespaceURI == "http://www.w3.org/2000/svg"
    assert root.getElementsByTagName("style")


def test_what_grows_in_proportion_is_a_straight_line() -> None:
    picture = growth_plot("Growth", "seconds", {"build": [(100, 1), (1000, 10), (10_000, 100)]})

    (x1, y1), (x2, y2), (x3, y3) = dots(picture)
    assert x2 - x1 == pytest.approx(x3 - x2, abs=0.2)
    assert y2 - y1 == pytest.approx(y3 - y2, abs=0.2)
    assert y3 < y1


def test_even_systems_stand_on_the_line() -> None:
    [even, slower] = dots(
        ratio_plot("Peers", {"a": RatioRow(1.0, None, None), "b": RatioRow(2.0, None, None)})
    )

    dashed = [
        each
        for each in parsed(
            ratio_plot("Peers", {"a": RatioRow(1.0, None, None)})
        ).getElementsByTagName("line")
        if each.getAttribute("class") == "even"
    ]
    assert float(dashed[0].getAttribute("x1")) == pytest.approx(even[0], abs=0.2)
    assert slower[0] > even[0]


@given(st.dictionaries(st.text(max_size=20), st.lists(st.tuples(VALUES, VALUES), min_size=1)))
def test_any_growth_can_be_drawn(curves: dict[str, list[tuple[float, float]]]) -> None:
    if curves:
        picture = growth_plot("Growth", "ms", curves)

        assert len(dots(picture)) == sum(map(len, curves.values()))


@given(st.dictionaries(st.text(max_size=20), st.floats(0.01, 100)))
def test_any_ratios_can_be_drawn(rows: dict[str, float]) -> None:
    made = {label: RatioRow(mean, mean / 2, mean * 2) for label, mean in rows.items()}

    assert len(dots(ratio_plot("Peers", made))) == len(rows)
