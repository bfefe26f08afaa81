"""The day on which a page says it was published; None if it does not say it.

What the page declares counts, by rank: JSON-LD, meta elements, microdata, times and dates near
the headline, the day in its address. A day elsewhere (in the text, a picture's path, a comment, a
copyright line) does not count, nor does the day of a change. A wrong date is worse than none: where
readers are shown nothing but a change long after the declared day, the page is undated.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import chain

from index.language.calendar import month_of
from index.sources.pages.dated_lines import all_dates, changes, dated_lines, first_date
from index.sources.pages.declarations import Declarations
from index.sources.pages.lines import PageLines, is_other_part, stated_time
from index.sources.publication_date import parse_date

_PUBLISHED = """
    article:published_time article:published article:publish_date og:article:published_time
    og:published_time og:pubdate published_time article.published article_date_original
    article:post_date datepublished rnews:datepublished shareaholic:article_published_time
    parsely-pub-date sailthru.date cxenseparse:recs:publishtime cxenseparse:publishtime
    publish-date publish_date publishdate pubdate pub_date pub-date published published_date
    published-date published_at date_published publication_date publication-date publicationdate
    date.published originalpublicationdate displaydate firstpublished first_published bt:pubdate
    dc.date.issued dc:date:issued dcterms.issued dcterms:issued prism.publicationdate
    citation_publication_date citation_date citation_online_date
""".split()
"""Names of meta elements; the commonest first."""
_PLAIN = """
    dc.date dc:date dcterms.date dcterms.created dc.date.created date date.created datecreated
""".split()
"""They may be the day of a change: they count if they differ from it."""
_MODIFIED = """
    article:modified_time og:updated_time article:modified last-modified lastmod modified
    dcterms.modified dc.date.modified date.modified datemodified revised
""".split()

_URL_DAY = re.compile(
    r"/(?P<year>(?:19|20)\d\d)"
    r"(?:[/-](?P<month>\d{1,2}|[a-z]{3,9})[/-](?P<day>\d{1,2})(?!\d)"
    r"|(?P<compact>(?:0[1-9]|1[0-2])[0-3]\d)(?=/))",
    re.IGNORECASE,
)
_URL_MONTH = re.compile(r"/((?:19|20)\d\d)[/-](\d{1,2})(?!\d)")
_NUMERIC = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?!\d)")
_OFFSET = re.compile(r"T.*[+-](?!00:?00)\d\d:?\d\d$")
_PLACEHOLDER = date(1970, 1, 1)
_LONG_AFTER = timedelta(days=7)
"""A later change is no correction of the news: the text was rewritten."""


def published(declared: Declarations, lines: PageLines) -> str | None:
    """As the page writes it, or an ISO day where only the rest of the page says which day it is."""
    ranked = [*dict.fromkeys(_ranked(declared, lines))]
    for written in ranked:
        day = _day(written)
        if day and day != _PLACEHOLDER:
            return None if _is_rewritten(day, declared, lines) else _local(written, ranked)
        if decided := _decided(written, ranked, declared, lines):
            return decided.isoformat()
    return None


def _is_rewritten(day: date, declared: Declarations, lines: PageLines) -> bool:
    """Whether readers see only the day of a much later change, neither this day nor its address."""
    changed = [_day(each) or day for each in changes(lines.near)]
    if max(changed, default=day) <= day + _LONG_AFTER:
        return False
    shown = {_day(each.written) for each in dated_lines(lines.near)}
    return day not in shown.union(_url_days(declared.urls))


def _local(written: str, ranked: list[str]) -> str:
    """The same instant as the publisher's own clock shows it, if the page states that too."""
    instant = parse_date(written)
    same = (each for each in ranked if _OFFSET.search(each) and _day(each))
    return next((each for each in same if parse_date(each) == instant), written)


def _ranked(declared: Declarations, lines: PageLines) -> Iterator[str]:
    yield from _agreed(each.get("datePublished") for each in declared.articles)
    for name in _PUBLISHED:
        yield from _agreed(declared.meta.get(name, ()))
    yield from _microdata(declared, lines)
    near = [*dated_lines(lines.near)]
    yield from (each.written for each in near if each.published)
    yield from (each.written for each in near if each.stated)
    yield from (day.isoformat() for day in _url_days(declared.urls))
    yield from (each.written for each in near)
    changed = {_day(each) for name in _MODIFIED for each in declared.meta.get(name, ())}
    for name in _PLAIN:
        yield from (each for each in declared.meta.get(name, ()) if _day(each) not in changed)
    yield from _agreed(each.written for each in dated_lines(lines.after) if each.published)


def _agreed(values: Iterable[object]) -> list[str]:
    """The values, unless they are of several days."""
    written = [
        _dated(value.strip()) for value in values if isinstance(value, str) and value.strip()
    ]
    return written if len({_day(each) or each for each in written}) == 1 else []


def _dated(written: str) -> str:
    """Without what is no part of a date, where that makes it one."""
    return written if _day(written) else first_date(written) or written


def _microdata(declared: Declarations, lines: PageLines) -> Iterator[str]:
    """`itemprop=datePublished`, and `time` with `pubdate`, of the page's own story."""
    at = lines.headline
    headline = None if at is None else lines.lines[at].element
    values = []
    for element in declared.tree.iter("meta", "time", "span", "div", "p", "abbr", "li"):
        named = "datepublished" in (element.get("itemprop") or "").lower().split()
        if (named or element.get("pubdate") is not None) and not is_other_part(element, headline):
            text = " ".join(" ".join(element.itertext()).split())
            values.append(element.get("content") or stated_time(element) or text)
    return iter(_agreed(values))


def _url_days(urls: Iterable[str]) -> Iterator[date]:
    for match in chain.from_iterable(map(_URL_DAY.finditer, urls)):
        year, month, day = match["year"], match["month"], match["day"]
        if match["compact"]:
            month, day = match["compact"][:2], match["compact"][2:]
        try:
            yield date(int(year), month_of(month), int(day))
        except (ValueError, StopIteration):
            continue


def _day(written: str) -> date | None:
    try:
        return parse_date(written).date()
    except ValueError:
        return None


def _decided(
    written: str, ranked: list[str], declared: Declarations, lines: PageLines
) -> date | None:
    """Which day a numeric date such as 03/04/2024 is, if something else on the page says so.

    Another declared day does, or the month in the address, or the order of day and month in a
    date that can only be read one way.
    """
    readings = _readings(written)
    if len(readings) <= 1:
        return None
    days = {day for each in ranked if (day := _day(each))}
    months = {(int(y), int(m)) for url in declared.urls for y, m in _URL_MONTH.findall(url)}
    orders = {_order(each) for each in [*ranked, *all_dates(lines.near)]} - {None}
    fitting = (
        [day for day in readings.values() if day in days],
        [day for day in readings.values() if (day.year, day.month) in months],
        [readings[order] for order in orders if order],
    )
    return next((found[0] for found in fitting if len(found) == 1), None)


def _readings(written: str) -> dict[str, date]:
    """The days that a numeric date can be, by the order of day and month."""
    match = _NUMERIC.search(written)
    if not match:
        return {}
    first, second, year = int(match[1]), int(match[3]), int(match[4])
    found = {}
    for order, month, day in (("day first", second, first), ("month first", first, second)):
        try:
            found[order] = date(year, month, day)
        except ValueError:
            continue
    return found


def _order(written: str) -> str | None:
    readings = _readings(written)
    return next(iter(readings)) if len(readings) == 1 else None
