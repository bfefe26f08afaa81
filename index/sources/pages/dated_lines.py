"""Dates that stand in the lines of a page as dates, not in its sentences."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.language.calendar import ABBREVIATED_WEEKDAY, MONTH
from index.language.word_classes import word_set
from index.sources.pages.lines import TIME_MARK, PageLine

_MONTH = MONTH.replace("?P<month>", "?:")
_ORDINAL = r"\d{1,2}(?:st|nd|rd|th)?"
_DAY = (
    rf"(?:{ABBREVIATED_WEEKDAY}\.?,? )?"
    rf"(?:{_ORDINAL}(?: of)?[ -]{_MONTH},?[ -]\d{{4}}|{_MONTH} {_ORDINAL},? \d{{4}}"
    r"|\d{4}(?P<a>[-/.])\d{1,2}(?P=a)\d{1,2}|\d{1,2}(?P<b>[-/.])\d{1,2}(?P=b)\d{4})"
)
_DATE = re.compile(
    rf"{TIME_MARK}(?P<stated>[^{TIME_MARK}]+){TIME_MARK}"
    rf"|(?<![\w/.-])(?P<day>{_DAY})(?=\b(?![/.-]\d)|T\d)",
    re.IGNORECASE,
)
_CLOCK = re.compile(
    r",?(?: at| @|T)? ?\b\d{1,2}(?:[:.]\d{2}(?::\d{2})?(?: ?[ap]\.?m\b\.?)?| ?[ap]\.?m\b\.?)"
    r"(?: ?(?-i:[A-Z]{2,5}\b|\([A-Z]{2,5}\)))?",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(r"[|•·–—;/()\[\]]| - ")
_WORD = re.compile(r"[^\W\d_]+")
_PUBLISHED = word_set(
    "published posted publication pubdate publish written released issued uploaded"
)
_MODIFIED = word_set(
    "updated update modified modification edited revised corrected amended changed reviewed"
)
_LABELS = (
    _PUBLISHED
    | _MODIFIED
    | word_set("date day first last originally was is this story article on at in time")
)
_LONGEST = 250
_NAME_WORDS = 6
_LABEL_WORDS = 9


@dataclass(frozen=True, slots=True)
class DatedLine:
    """A date as written; whether it is called the publication's, and is meant for machines."""

    written: str
    published: bool
    stated: bool


def dated_lines(lines: Sequence[PageLine]) -> Iterator[DatedLine]:
    """Every date that is alone in a part of its line and is not called the day of a change."""
    for text, match, start in _dates(lines):
        before, after = text[start : match.start()], text[match.end() :]
        last = _called(before)
        opens = _opens(before) or bool(match["stated"] and _is_name(before))
        if last not in _MODIFIED and opens and _closes(after):
            yield DatedLine(
                match["stated"] or match["day"], last in _PUBLISHED, bool(match["stated"])
            )


def first_date(written: str) -> str | None:
    """The first date in a value that has more in it, such as the name of a time zone."""
    match = _DATE.search(written)
    return match["day"] if match else None


def all_dates(lines: Sequence[PageLine]) -> list[str]:
    """Every date in short lines, also those of changes: they show the order of day and month."""
    return [match["stated"] or match["day"] for _, match, _ in _dates(lines)]


def changes(lines: Sequence[PageLine]) -> list[str]:
    """The dates in short lines that are called the day of a change."""
    return [
        match["stated"] or match["day"]
        for text, match, start in _dates(lines)
        if _called(text[start : match.start()]) in _MODIFIED
    ]


def _called(before: str) -> str:
    """The last word before a date that says which day it is, or nothing."""
    said = (word for word in reversed(_words(before)) if word in _PUBLISHED | _MODIFIED)
    return next(said, "")


def _dates(lines: Sequence[PageLine]) -> Iterator[tuple[str, re.Match[str], int]]:
    """(the line, the date in it, where the date before it ends)."""
    label = ""
    for line in lines:
        text = f"{label} {line.text}" if label else line.text
        label = line.text if _is_label(line.text) else ""
        start = 0
        for match in _DATE.finditer(text) if len(text) <= _LONGEST else ():
            yield text, match, start
            start = match.end()


def _is_label(text: str) -> bool:
    words = _words(text)
    known = bool(words) and (text.endswith(":") or _LABELS.issuperset(words))
    return known and len(words) <= _LABEL_WORDS and not _DATE.search(text)


def _opens(before: str) -> bool:
    """Nothing stands between the last break and the date but a label or a byline."""
    *_, part = _SEPARATOR.split(_CLOCK.sub(" ", before).strip() + " ")
    words = _words(part)
    if part.rstrip().endswith(",") and (len(words) == 1 or _is_name(part.rstrip(" ,"))):
        return True
    labelled = words[:1] and (words[0] in _PUBLISHED or words[0] == "by")
    return _LABELS.issuperset(words) or bool(labelled and len(words) <= _LABEL_WORDS)


def _is_name(text: str) -> bool:
    """Of a person, an outlet or a place: a few words with capitals."""
    names = text.split()
    return 1 < len(names) <= _NAME_WORDS and all(name[:1].isupper() for name in names)


def _closes(after: str) -> bool:
    part, *_ = _SEPARATOR.split(_CLOCK.sub("", after, count=1))
    words = _words(part)
    return not words or words[0] in _PUBLISHED | _MODIFIED | {"by", "last", "first"}


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text)]
