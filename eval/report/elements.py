"""Elements of SVG as text. Whatever is not markup already is escaped."""

import re
from collections.abc import Iterable

from markupsafe import Markup, escape

UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that no XML document may hold and no reader can see."""


def printable(text: str) -> str:
    """The text with a replacement character for each character that XML forbids."""
    return text if isinstance(text, Markup) else UNPRINTABLE.sub("\ufffd", text)


def element(tag: str, *children: str, **attributes: object) -> Markup:
    """`<tag>`; `class_` stands for `class`, `_` for `-`; None leaves an attribute out."""
    opening = "".join(_attribute(*item) for item in attributes.items() if item[1] is not None)
    return Markup(f"<{tag}{opening}>{join(children)}</{tag}>")  # noqa: S704  escaped by join


def join(children: Iterable[str]) -> Markup:
    return Markup("").join(printable(child) for child in children)


def _attribute(name: str, value: object) -> str:
    text = f"{value:.1f}" if isinstance(value, float) else str(value)
    return f' {name.rstrip("_").replace("_", "-")}="{escape(printable(text))}"'
