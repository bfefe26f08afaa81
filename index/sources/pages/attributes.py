"""Whether a page has a tag with more attributes than any page needs.

libxml2 compares each attribute of a tag with those before it, and looks for one from the first on:
50,000 attributes of one tag take 13 seconds.
"""

import re

MOST_ATTRIBUTES = 2_000
"""Of one tag. Of 210 news pages none has more than 64."""

_ATTRIBUTE = r"""[\s/]*+[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>]++)?+)?+"""
_TAG = re.compile(
    r"<!--.*?(?:-->|\Z)|<(?P<raw>script|style)\b.*?(?:</(?P=raw)|\Z)"
    rf"|<[a-z][^\s/>]*+(?P<attributes>(?:{_ATTRIBUTE})*+)",
    re.IGNORECASE | re.DOTALL,
)
"""Comments, scripts and styles hold no tags; what looks like one in them is read over."""
_EACH = re.compile(_ATTRIBUTE)


def has_crowded_tag(page: str) -> bool:
    return any(_is_crowded(tag["attributes"] or "") for tag in _TAG.finditer(page))


def _is_crowded(attributes: str) -> bool:
    """The shortest attribute is a letter and the space before it."""
    if len(attributes) <= 2 * MOST_ATTRIBUTES:
        return False
    return sum(1 for _ in _EACH.finditer(attributes)) > MOST_ATTRIBUTES
