"""Rewrites what the extraction of text would lose or spoil: tables used for layout, `q`, giants.

A table of data stays one. A table used for layout becomes blocks, so that its paragraphs are not
cells; a `q` gets the quotation marks that a browser shows. A paragraph of thousands of elements
becomes several.
"""

from collections.abc import Iterator
from itertools import chain

from lxml.html import HtmlElement

PROSE_WORDS = 30
"""A cell with so many words holds text, not data."""
_DATA_TAGS = ("th", "caption", "thead", "colgroup")
_TEXT_TAGS = ("h1", "h2", "article", "section", "blockquote", "table")
_TABLE_PARTS = ("table", "tbody", "thead", "tfoot", "tr", "td", "th", "caption")
_MARKS = (("“", "”"), ("‘", "’"))
"""Of a quotation, and of one inside it."""
_ANY_MARK = "\"'“”‘’«»„"


MOST_IN_PARAGRAPH = 500
"""Elements: extraction takes the square of their number. Of 210 news pages none has over 60."""


def prepare(tree: HtmlElement) -> None:
    """Changes the tree in place."""
    for table in [each for each in tree.iter("table") if _is_layout(each)]:
        for part in (table, *_own_parts(table)):
            part.tag = "div"
    quotations = list(tree.iter("q"))
    for quotation in quotations:
        _mark(quotation)
    for quotation in quotations:  # as an element of its own it would end its paragraph
        quotation.drop_tag()
    for paragraph in [each for each in tree.iter("p") if len(each) > MOST_IN_PARAGRAPH]:
        _divide(paragraph)


def _divide(paragraph: HtmlElement) -> None:
    """Into paragraphs with the same attributes; what follows the paragraph follows the last."""
    elements, tail = list(paragraph), paragraph.tail
    paragraph.tail = None
    last = paragraph
    for start in range(MOST_IN_PARAGRAPH, len(elements), MOST_IN_PARAGRAPH):
        part = paragraph.makeelement("p", dict(paragraph.attrib))
        part.extend(elements[start : start + MOST_IN_PARAGRAPH])
        last.addnext(part)
        last = part
    last.tail = tail


def _is_layout(table: HtmlElement) -> bool:
    if (table.get("role") or "").lower() in ("presentation", "none"):
        return True
    parts = [*_own_parts(table)]
    if any(part.tag in _DATA_TAGS for part in parts):
        return False
    rows = [[cell for cell in row if cell.tag == "td"] for row in parts if row.tag == "tr"]
    cells = [*chain.from_iterable(rows)]
    return max(map(len, rows), default=1) == 1 or any(map(_holds_text, cells))


def _holds_text(cell: HtmlElement) -> bool:
    paragraphs = sum(1 for _ in cell.iter("p"))
    words = sum(len(text.split()) for text in cell.itertext() if text)
    return paragraphs > 1 or words >= PROSE_WORDS or next(cell.iter(*_TEXT_TAGS), None) is not None


def _own_parts(table: HtmlElement) -> Iterator[HtmlElement]:
    """Its rows and cells, without those of tables inside it."""
    for part in table.iterdescendants(*_TABLE_PARTS, "colgroup"):
        if part.tag != "table" and next(part.iterancestors("table"), None) is table:
            yield part


def _mark(quotation: HtmlElement) -> None:
    """Puts marks around it, unless the page wrote some."""
    depth = sum(1 for _ in quotation.iterancestors("q"))
    opening, closing = _MARKS[depth % len(_MARKS)]
    text = "".join(quotation.itertext()).strip()
    if text and text[0] not in _ANY_MARK and not _before(quotation).endswith(tuple(_ANY_MARK)):
        _put(quotation, opening, closing)


def _before(element: HtmlElement) -> str:
    previous = element.getprevious()
    parent = element.getparent()
    text = previous.tail if previous is not None else parent.text if parent is not None else ""
    return text or ""


def _put(quotation: HtmlElement, opening: str, closing: str) -> None:
    quotation.text = opening + (quotation.text or "").lstrip()
    if len(quotation):
        last = quotation[-1]
        last.tail = (last.tail or "").rstrip() + closing
    else:
        quotation.text = quotation.text.rstrip() + closing
