import pytest
from lxml.html import document_fromstring, tostring

from index.sources.pages.layout import MOST_IN_PARAGRAPH, prepare

PROSE = "The ferry company said on Thursday that it would end the night sailing to Orm island. " * 3


def prepared(body: str) -> str:
    tree = document_fromstring(f"<html><body>{body}</body></html>")
    prepare(tree)
    return str(tostring(tree.find("body"), encoding="unicode"))


@pytest.mark.parametrize(
    "table",
    [
        f"<table><tr><td>Home</td><td><p>{PROSE}</p><p>{PROSE}</p></td></tr></table>",
        f"<table><tbody><tr><td>{PROSE}</td></tr><tr><td>{PROSE}</td></tr></tbody></table>",
        "<table role='presentation'><tr><td>Home</td><td>Away</td></tr></table>",
        "<table><tr><td><h1>Night ferry ends</h1></td><td>Menu</td></tr></table>",
        f"<table><tr><td><table><tr><td>{PROSE}</td><td>x</td></tr></table></td></tr></table>",
    ],
)
def test_a_table_used_for_layout_becomes_blocks(table: str) -> None:
    assert "<t" not in prepared(table)


@pytest.mark.parametrize(
    "table",
    [
        "<table><tr><th>Port</th><th>Ships</th></tr><tr><td>Orm</td><td>3</td></tr></table>",
        "<table><tr><td>Orm</td><td>3</td></tr><tr><td>Lisk</td><td>4</td></tr></table>",
        f"<table><caption>Ships</caption><tr><td>Orm</td><td>{PROSE}</td></tr></table>",
    ],
)
def test_a_table_of_data_stays(table: str) -> None:
    assert prepared(table).count("<td") == table.count("<td")


def test_a_table_of_data_inside_one_for_layout_stays() -> None:
    inner = "<table><tr><th>Port</th></tr><tr><td>Orm</td></tr></table>"

    assert prepared(f"<table><tr><td>{PROSE}{inner}</td></tr></table>").count("<table") == 1


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("said <q>we cannot fill it</q> and left", "said “we cannot fill it” and left"),
        ("said <q><b>we</b> cannot</q>.", "said “we cannot”."),
        ("<q>he said <q>never</q> twice</q>", "“he said ‘never’ twice”"),
        ("said “<q>we cannot</q>”", "said “we cannot”"),
        ("said <q>“we cannot”</q>", "said “we cannot”"),
        ("<q></q>none", "none"),
    ],
)
def test_a_quotation_element_keeps_its_marks(html: str, text: str) -> None:
    tree = document_fromstring(f"<html><body><p>{html}</p></body></html>")

    prepare(tree)

    assert tree.find("body").text_content() == text
    assert tree.find(".//q") is None


def test_a_giant_paragraph_becomes_several_with_the_same_words_in_their_order() -> None:
    words = [f"<i>{n}</i>, " for n in range(2 * MOST_IN_PARAGRAPH + 3)]
    giant = f"<p class='body'>first {''.join(words)}</p>after<p>next</p>"

    tree = document_fromstring(giant)
    before = tree.text_content()
    prepare(tree)

    assert tree.text_content() == before
    assert [len(each) for each in tree.iter("p")] == [MOST_IN_PARAGRAPH] * 2 + [3, 0]
    assert [each.get("class") for each in tree.iter("p")] == ["body"] * 3 + [None]
    assert [each.tail for each in tree.iter("p")] == [None, None, "after", None]


def test_a_long_paragraph_stays_one() -> None:
    tree = document_fromstring(f"<p>{'<i>a</i>' * MOST_IN_PARAGRAPH}</p>")
    prepare(tree)

    assert len(list(tree.iter("p"))) == 1
