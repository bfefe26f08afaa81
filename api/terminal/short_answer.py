"""The short answer in words for a terminal: the day it means, who says the same, who does not.

With colour it is bold in its sentence; without, it stands on a line of its own.
"""

from collections.abc import Iterator, Sequence

from rich.text import Text

from api.terminal.text import NAMED, counted, one_line, set_off, source_lines
from index.language.calendar import day_words
from rag.citations import Citation, ResolvedDays
from rag.replies import Answer, HowRead

_UNREAD: dict[HowRead, str] = {
    "partial": "Some passages were judged by their words alone: there was no time to read them, or "
    "they are in no language that the reader knows.",
    "none": "No passage was read closely: sentences were chosen by their words alone.",
}


def short_lines(citation: Citation, *, marks: bool) -> Iterator[Text]:
    """Above a quote, what bold type in it does not tell."""
    told = list(_told(citation)) if marks else [_meaning(citation.resolved)]
    if citation.short and any(told):
        yield Text(" · ".join(filter(None, told)))


def agreement_lines(answer: Answer, *, marks: bool) -> Iterator[Text]:
    """Other stories: those with the same short answer, then each with another."""
    if count := len(answer.agreeing):
        yield Text()
        yield Text(f"{counted(count, 'other article')} say{'s' * (count == 1)} the same:", "bold")
        yield from _agreeing_lines(answer.agreeing)
    if answer.differing:
        yield Text()
        yield Text("Sources differ:", "bold")
    for citation in answer.differing:
        yield Text("· " + " · ".join(filter(None, _told(citation))))
        yield set_off([citation], (citation.start, citation.end), marks=marks)
        yield from source_lines([citation])


def reading_lines(reading: HowRead | None) -> Iterator[Text]:
    """That better evidence may have been missed."""
    if reading in _UNREAD:
        yield Text()
        yield Text(_UNREAD[reading], "dim")


def _agreeing_lines(citations: Sequence[Citation]) -> Iterator[Text]:
    for citation in citations[:NAMED]:
        yield from source_lines([citation])
    if (more := len(citations) - NAMED) > 0:
        yield Text(f"and {more} more")


def _told(citation: Citation) -> Iterator[str | None]:
    """The words, unless those are all that was worked out, and the day that they mean."""
    short, resolved = citation.short, citation.resolved
    words = one_line(citation.reads(short)) if short else None
    yield words if resolved is None or one_line(resolved.words) != words else None
    yield _meaning(resolved)


def _meaning(resolved: ResolvedDays | None) -> str | None:
    """`on Tuesday = 4 March 2025, worked out from the date of the article`."""
    if resolved is None:
        return None
    days = dict.fromkeys(map(day_words, (resolved.first, resolved.last)))
    worked_out = "worked out from the date of the article"
    return f"{one_line(resolved.words)} = {' to '.join(days)}, {worked_out}"
