import pytest

from index.text.titles import without_outlet

TITLE = "Night ferry to Orm ends"


@pytest.mark.parametrize(
    ("label", "outlet"),
    [
        (" | Harbour Courier", "Harbour Courier"),
        (" - Harbour Courier", "harbourcourier.com"),
        (" – The Harbour Courier", "Harbour Courier"),
        (" | Courier", "The Courier"),
        (" | Courier Politics", "www.courier.co.uk"),
        (" | CourierBusiness", "courier.com"),
        (" | Courier World ...", "courier.com"),
        (" | The ...", "theharbour.com"),
    ],
)
def test_the_label_of_the_outlet_is_no_part_of_the_title(label: str, outlet: str) -> None:
    assert without_outlet(TITLE + label, outlet) == TITLE


@pytest.mark.parametrize(
    ("title", "outlet"),
    [
        ("Night ferry to Orm ends - and nobody minds", "courier.com"),
        ("Orm | A guide to the island", "courier.com"),
        ("Night ferry ends – Courier takes over the route", "courier.com"),
        ("Night ferry ends - Mercury", "courier.com"),
        ("Night ferry ends - the ...", "thecourier.com"),
        ("Politics - Business", "courier.com"),
        ("Orm-Courier", "courier.com"),
        ("| Courier", "courier.com"),
        ("Courier", "courier.com"),
        ("Night ferry ends | Courier", None),
        ("Night ferry ends | ", "courier.com"),
    ],
)
def test_any_other_dash_or_bar_stays_in_the_title(title: str, outlet: str | None) -> None:
    assert without_outlet(title, outlet) == title
