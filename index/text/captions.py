"""Captions that stand before the title of a saved text.

A picture at the top of a page leaves its caption as the first line: a whole sentence, with the
title on a short line without a full stop below it.
"""

import re
from collections.abc import Sequence

from index.documents import BoilerplateKind
from index.text.boilerplate_patterns import PATTERNS
from index.text.line_shapes import compiled

MOST = 2
"""A caption, and the credit of its picture."""
_CAPTION_WORDS = range(4, 51)
_TITLE_WORDS = range(3, 19)
_LINES_READ = 80
_STOPPED = re.compile(r"\.[\"'”’)\]]*\Z")
_OPEN_END = (".", "!", ":", ";", ",", "…", "-", "–", "—")
_REPORTS = compiled(r"[\"“‘'«#*>-]|.*\b(?:said|says|told|tells|announced|according to)\b")
"""The first paragraph of a report, a quotation or a heading, not a caption."""
_PICTURED = compiled(
    r".*(?:\b(?:pictured|seen (?:here|in)|photo(?:graph)?|image|picture|(?:above|left|right|centre"
    r"|center)\b[,.)])|,? (?:1[89]|20)\d\d\.\Z)"
)
"""The wording of a caption, or its day at the end."""


def captions_before_title(lines: Sequence[str]) -> int:
    """How many of the first lines, none of them blank, are captions; 0 if in doubt.

    A text without a title whose first paragraph stands above a heading looks the same. So a text
    with more headings only counts if the first line is worded as a caption.
    """
    count = 0
    while count < min(MOST, len(lines) - 1) and _is_caption(lines[count]):
        count += 1
    if not count or not _is_title(lines[count]):
        return 0
    clear = any(_is_credit(line) or _PICTURED.match(line) for line in lines[:count])
    return count if clear or not _has_headings(lines[count + 1 : _LINES_READ]) else 0


def _is_caption(line: str) -> bool:
    if _is_credit(line):
        return True
    words = line.count(" ") + 1
    return words in _CAPTION_WORDS and bool(_STOPPED.search(line)) and not _REPORTS.match(line)


def _is_credit(line: str) -> bool:
    words, lowered = line.count(" ") + 1, line.lower()
    return any(
        words <= pattern.most_words and pattern.hint in lowered and pattern.pattern.match(line)
        for pattern in PATTERNS
        if pattern.kind is BoilerplateKind.CAPTION
    )


def _is_title(line: str) -> bool:
    words = line.lstrip("#* ").count(" ") + 1
    return words in _TITLE_WORDS and not line[0].islower() and not line.endswith(_OPEN_END)


def _has_headings(lines: Sequence[str]) -> bool:
    """Whether a short line without a full stop stands between two paragraphs."""
    return any(
        _STOPPED.search(before) and _is_title(line) and _STOPPED.search(after)
        for before, line, after in zip(lines, lines[1:], lines[2:], strict=False)
    )
