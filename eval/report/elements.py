"""Elements of HTML, SVG and XML as text; what is not markup already is escaped on its way in."""

import re
from collections.abc import Iterable
from html import escape

VOID = frozenset(["br", "input", "meta"])
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters no XML document may hold, and no reader can see."""


class Markup(str):
    """Text that is markup already."""

    __slots__ = ()


def element(tag: str, *children: str, **attributes: object) -> Markup:
    """`<tag>`; `class_` stands for `class`, `_` for `-`; None and False leave an attribute out."""
    opening = f"<{tag}{''.join(_attribute(*item) for item in attributes.items())}>"
    return Markup(opening if tag in VOID else f"{opening}{join(children)}</{tag}>")


def join(children: Iterable[str]) -> Markup:
    return Markup("".join(map(_markup, children)))


def _markup(child: str) -> str:
    return child if isinstance(child, Markup) else escape(UNPRINTABLE.sub("\ufffd", child))


def _attribute(name: str, value: object) -> str:
    if value is None or value is False:
        return ""
    name = name.rstrip("_").replace("_", "-")
    text = "" if value is True else f"{value:.1f}" if isinstance(value, float) else str(value)
    return f' {name}="{_markup(str(text))}"'
