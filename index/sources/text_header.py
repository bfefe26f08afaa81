"""Title, byline, date and outlet from the first lines of a text file.

Only unmistakable ones are taken: a city read as an outlet, or a job title as an author, would be a
wrong attribution.
"""

import re
from typing import Any

from index.sources.bylines import byline_authors
from index.sources.publication_date import parse_date
from index.text.captions import captions_before_title

_HEAD_LINES = 4
_LABELLED_LINES = 8
_LONGEST_HEAD_LINE = 120
_LONGEST_TITLE = 200
_LONGEST_FRONT_MATTER = 100

_FENCE = "---"
_KEYS = {
    "author": "authors",
    "headline": "title",
    "link": "url",
    "by": "authors",
    "byline": "authors",
    "date": "published_at",
    "published": "published_at",
    "posted": "published_at",
    "site": "outlet",
    "source": "outlet",
    "publication": "outlet",
    "lang": "language",
}
"""Other names for an article's fields, in front matter and as labels in the head."""

_FRONT_LINE = re.compile(r"([A-Za-z_][\w -]*):(?:\s+(.*))?")
_LABEL = re.compile(
    r"(title|headline|date|published|posted|outlet|source|publication|authors?|byline|url|link"
    r"|language)(?: on)?:\s*(.+)",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"https?://\S+")
_DAY_LABEL = re.compile(r"(?:published|posted)(?: on)?:?\s+(?=.*\d)", re.IGNORECASE)
_CITY = re.compile(r"[^\W\d_]+(?: [^\W\d_]+){0,2}, ")
_OUTLET = re.compile(r"(?!(?i:last|updated|modified)\b)[^\W\d_a-z].{1,59}")
_NUMERIC_DAY = re.compile(r"\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}(?:,? \d{1,2}:\d{2}.*)?")
_BYLINE = re.compile(r"by:?\s+(.+)", re.IGNORECASE)
_BARS = re.compile(r"\s+[|·•]\s+")
_AND = re.compile(r",?\s+(?:and|&)\s+|\s*;\s*")


def front_matter(text: str) -> tuple[dict[str, Any], str]:
    """(fields, the text after it); no fields and all of `text` if there is none.

    A small reader of `key: value` lines with `[a, b]` and `- a` lists; it is not YAML.
    """
    if not text.startswith(_FENCE + "\n"):
        return {}, text
    lines = text.split("\n")[1 : _LONGEST_FRONT_MATTER + 2]
    if _FENCE not in lines:
        return {}, text
    inside = lines[: lines.index(_FENCE)]
    fields = _fields(inside)
    if fields is None:
        return {}, text
    return fields, text[sum(len(line) + 1 for line in [_FENCE, *inside, _FENCE]) :]


def read_head(text: str) -> dict[str, Any]:
    """The fields that the first lines of `text` state, named as in a record.

    The title is the first line that is neither a labelled field nor a caption.
    """
    lines = [bare for line in text.split("\n") if (bare := line.strip().strip("*_").strip())]
    fields: dict[str, Any] = {}
    while lines and len(fields) < _LABELLED_LINES and (labelled := _labelled(lines[0])):
        fields = {**labelled, **fields}
        lines = lines[1:]
    title, *head = lines[_captions(lines) :][: _HEAD_LINES + 1] or [""]
    fields.setdefault("title", _title(title))
    for line in head:
        if len(line) > _LONGEST_HEAD_LINE:
            break
        for name, value in _stated(line).items():
            fields.setdefault(name, value)
    return fields


def _captions(lines: list[str]) -> int:
    """How many lines stand before the title; a byline or a date is no title."""
    count = captions_before_title(lines)
    return 0 if count and _stated(lines[count]) else count


def _fields(lines: list[str]) -> dict[str, Any] | None:
    """None if a line is not front matter: then the fence was a rule in the text."""
    fields: dict[str, Any] = {}
    name = ""
    for line in lines:
        if match := _FRONT_LINE.fullmatch(line):
            name = _KEYS.get(match[1].strip().lower(), match[1].strip().lower())
            fields[name] = _value(match[2] or "", name)
        elif name and line.startswith(("- ", " ", "\t")):
            fields[name] = _continued(fields[name], line.strip())
        elif line.strip() and not line.startswith("#"):
            return None
    return {name: value for name, value in fields.items() if value}


def _continued(value: str | list[str], line: str) -> str | list[str]:
    """Another item of a list, or another line of a folded string."""
    if line.startswith("- "):
        return [*value, _unquoted(line[2:])]
    return value if isinstance(value, list) else f"{value} {line}".strip()


def _value(written: str, name: str) -> str | list[str]:
    """A list if one is written, or for several authors; else the string."""
    bare = written.strip().removeprefix(">").removeprefix("|").strip()
    if bare.startswith("[") and bare.endswith("]"):
        return [_unquoted(item) for item in bare[1:-1].split(",") if item.strip()]
    return _AND.split(_unquoted(bare)) if name == "authors" and bare else _unquoted(bare)


def _unquoted(written: str) -> str:
    bare = written.strip()
    return bare[1:-1] if len(bare) > 1 and bare[0] == bare[-1] and bare[0] in "\"'" else bare


def _title(line: str) -> str:
    """The line without Markdown's marks, cut at a word if it is a paragraph."""
    bare = re.sub(r"^#{1,6}\s+|\s+#+$", "", line)
    if len(bare) <= _LONGEST_TITLE:
        return bare
    return bare[:_LONGEST_TITLE].rpartition(" ")[0] + "…"


def _stated(line: str) -> dict[str, Any]:
    """What one line states. A part next to a date, between bars, is the outlet."""
    if labelled := _labelled(line):
        return labelled
    stated: dict[str, Any] = {}
    rest = []
    for part in _BARS.split(line):
        if byline := _BYLINE.fullmatch(part):
            stated |= {"authors": names} if (names := byline_authors(byline[1])) else {}
        elif day := _day(part):
            stated.setdefault("published_at", day)
        else:
            rest.append(part)
    if "published_at" in stated and len(rest) == 1 and _OUTLET.fullmatch(rest[0]):
        stated["outlet"] = rest[0]
    return stated


def _labelled(line: str) -> dict[str, Any]:
    """The field of a line such as "Outlet: Harbour Courier"; nothing of another line."""
    label = _LABEL.fullmatch(line)
    if label is None:
        return {}
    name, written = _KEYS.get(label[1].lower(), label[1].lower()), label[2]
    if name == "authors":
        return {"authors": names} if (names := byline_authors(written)) else {}
    if name == "url" and not _ADDRESS.fullmatch(written):
        return {}
    return {name: written}


def _day(part: str) -> str | None:
    """The part as written, if all of it is a date; "London, " or "Published " may precede it.

    A numeric day is returned even if it is ambiguous: the caller then rejects it.
    """
    bare = _DAY_LABEL.sub("", part)
    for written in (bare, _CITY.sub("", bare, count=1)):
        if _NUMERIC_DAY.fullmatch(written) or _is_date(written):
            return written
    return None


def _is_date(written: str) -> bool:
    try:
        parse_date(written)
    except ValueError:
        return False
    return True
