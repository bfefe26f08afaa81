"""The short answer as text: the date it means, and the articles that agree or differ.

With colour it is bold in its sentence; without colour it has its own line.
"""

from collections.abc import Iterator, Sequence

from rich.text import Text

from api.terminal.text import NAMED, one_line, set_off, source_lines
from index.language.calendar import day_words
from index.language.numbers import counted
from rag.citations import Citation, ResolvedDays
from rag.replies import Answer, HowRead

_UNREAD: dict[HowRead, str] = {
    "partial": "Some passages were ranked by keywords only: time ran out, or the reader does not "
    "support their language.",
    "none": "No passage was read closely: sentences were ranked by keywords only.",
}


def short_lines(citation: Citation, *, marks: bool) -> Iterator[Text]:
    """Lines above a quote, with what bold type in the quote cannot show."""
    parts = list(_words_and_date(citation)) if marks else [_meaning(citation.resolved)]
    if citation.short and any(parts):
        yield Text(" · ".join(filter(None, parts)))


def agreement_lines(answer: Answer, *, marks: bool) -> Iterator[Text]:
    """Other stories: those with the same short answer, then each that differs."""
    if count := len(answer.agreeing):
        yield Text()
        yield Text(f"{counted(count, 'other article')} say{'s' * (count == 1)} the same:", "bold")
        yield from _agreeing_lines(answer.agreeing)
    if answer.differing:
        yield Text()
        yield Text("Sources differ:", "bold")
    for citation in answer.differing:
        yield Text("· " + " · ".join(filter(None, _words_and_date(citation))))
        yield set_off([citation], (citation.start, citation.end), marks=marks)
        yield from source_lines([citation])


def reading_lines(reading: HowRead | None) -> Iterator[Text]:
    """Says when not all passages were read, so that better evidence may have been missed."""
    if reading in _UNREAD:
        yield Text()
        yield Text(_UNREAD[reading], "dim")


def _agreeing_lines(citations: Sequence[Citation]) -> Iterator[Text]:
    for citation in citations[:NAMED]:
        yield from source_lines([citation])
    if (more := len(citations) - NAMED) > 0:
        yield Text(f"and {more} more")


def _words_and_date(citation: Citation) -> Iterator[str | None]:
    """The short answer, unless the resolved words repeat it, and the date that they mean."""
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
