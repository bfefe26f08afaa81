"""A reply as text: every quote in its paragraph, with its source and position.

With colour a quote is bold and underlined, or underlined with a bold short answer; without colour
it is set between » and «, so that a pipe shows it too. No control character is printed.
"""

import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from rich.console import Console
from rich.text import Text

from api.terminal.short_answer import agreement_lines, reading_lines, short_lines
from api.terminal.statements import (
    more_lines,
    names_words,
    namesakes_lines,
    naming_lines,
    respelling_lines,
    speaker_lines,
    speakers_lines,
)
from api.terminal.text import (
    brief,
    end_of_words,
    fact,
    one_line,
    printable,
    set_off,
    source_lines,
)
from index.language.numbers import counted
from rag.answering.date_check import range_words
from rag.citations import Citation
from rag.replies import Answer, InterpretedDates, Refusal, Reply, SearchReply

AROUND = 400
"""Of a long paragraph, this many characters before and after the quotes are shown."""


def terminal() -> Console:
    """Standard output as it is now: colour only in a terminal, and never under NO_COLOR."""
    return Console(
        file=sys.stdout,
        color_system=None if os.environ.get("NO_COLOR") else "auto",
        highlight=False,
        markup=False,
        emoji=False,
    )


def marked() -> bool:
    """Whether quotes need » and « because nothing can be bold or underlined."""
    return terminal().color_system is None


def show(lines: Iterable[Text], screen: Console | None = None) -> None:
    """Print; prose wraps at the terminal's edge, one-line facts and pipes never do."""
    screen = screen or terminal()
    for line in lines:
        screen.print(line, soft_wrap=bool(line.no_wrap) or not screen.is_terminal)


def reply_lines(reply: Reply, *, marks: bool, timings: bool) -> Iterator[Text]:
    """The answer or the refusal, then other evidence and notes."""
    yield from respelling_lines(reply.respelling)
    if isinstance(reply.outcome, Answer):
        yield from speakers_lines(reply.speakers)
        yield from _answer_lines(reply.outcome, marks=marks)
        yield from agreement_lines(reply.outcome, marks=marks)
        if reply.total_articles is None:
            yield from more_lines(len(reply.outcome.citations), reply.total, reply.speakers)
        yield from namesakes_lines(reply.namesakes)
        yield from _mentions("Also on the record:", reply.alternatives)
        yield from _more_lines(reply.more)
    else:
        yield from _refusal_lines(reply.outcome)
    if reply.guarantee and isinstance(reply.outcome, Answer):
        least = reply.guarantee.threshold.least_confidence
        yield fact(f"Shown from {least:.2f}: {reply.guarantee.words}.")
    yield from _period_lines(reply.period)
    yield from reading_lines(reply.reading)
    if timings:
        yield _timing(reply.timings_ms)


def search_lines(reply: SearchReply, *, timings: bool) -> Iterator[Text]:
    """The passages found, best first, each with its fused score."""
    if not reply.hits:
        yield Text(one_line(reply.note or "Nothing found."))
    for place, hit in enumerate(reply.hits, start=1):
        yield Text(f"{place}. {hit.hit.score:.2f}  {brief(hit.citation.quote)}")
        yield from source_lines([hit.citation])
    yield from _period_lines(reply.period)
    if timings:
        yield _timing(reply.timings_ms)


def _answer_lines(answer: Answer, *, marks: bool) -> Iterator[Text]:
    for _, group in groupby(answer.citations, key=_together):
        together = sorted(group, key=lambda citation: citation.start)
        yield from speaker_lines(together[0])
        for citation in together:
            yield from short_lines(citation, marks=marks)
        yield _in_place(together, marks=marks)
        yield from naming_lines(together[0])
        yield from source_lines(together, dated=together[0].statement is None)
        yield Text()
    yield Text(f"confidence {answer.confidence:.2f}")


def _refusal_lines(refusal: Refusal) -> Iterator[Text]:
    yield Text.assemble(("Not on the record. ", "bold"), printable(refusal.message))
    unsaid = [each for each in refusal.names if each.name not in refusal.message]
    if unsaid:
        yield Text(f"Similar names: {names_words(unsaid)}.")
    yield from _mentions("Nearest:", refusal.nearest)


def _period_lines(period: InterpretedDates | None) -> Iterator[Text]:
    """How the dates in the question were read, and the option that ignores them."""
    if period and period.narrowed:
        read = f"“{one_line(period.words)}” was read as {range_words(period)}"
        yield fact(f"{read}; --ignore-dates searches all dates.")


def _mentions(heading: str, citations: Sequence[Citation]) -> Iterator[Text]:
    if citations:
        yield Text()
        yield Text(heading, "bold")
    for citation in citations:
        yield Text(f"· {brief(citation.quote)}")
        yield from source_lines([citation])


def _more_lines(more: Sequence[Citation]) -> Iterator[Text]:
    """How many sentences answer that are not shown."""
    if more:
        articles = counted(len({each.article.id for each in more}), "article")
        yield Text()
        yield Text(f"and {counted(len(more), 'more sentence')} in {articles}; --json lists them")


def _together(citation: Citation) -> tuple[str, str, tuple[int, int], str]:
    """The key of quotes shown in one paragraph; every statement is shown alone."""
    statement = citation.statement.id if citation.statement else ""
    return citation.article.id, citation.article.revision, citation.paragraph, statement


def _in_place(citations: Sequence[Citation], *, marks: bool) -> Text:
    """One paragraph with its quotes marked; `citations` are in ascending order."""
    first, last = _window(citations)
    line = set_off(citations, (first, last), marks=marks)
    start, end = citations[0].paragraph
    return Text.assemble("… " if first > start else "", line, " …" if last < end else "")


def _window(citations: Sequence[Citation]) -> tuple[int, int]:
    """The paragraph, or of a long one the part around the quotes, cut between words."""
    text, (start, end) = citations[0].article.text, citations[0].paragraph
    first, last = citations[0].start, max(citation.end for citation in citations)
    if first - start > AROUND:
        start = _start_of_words(text, first - AROUND, first)
    if end - last > AROUND:
        end = last + end_of_words(text[last : last + AROUND], AROUND)
    return start, end


def _start_of_words(text: str, at: int, quote: int) -> int:
    """Between words, and not between two with capitals, which may be one name."""
    while at < quote and (text[at - 1] != " " or text[at].isupper()):
        at += 1
    return at


def _timing(timings_ms: Mapping[str, float]) -> Text:
    return fact(" · ".join(f"{name} {ms:.1f} ms" for name, ms in timings_ms.items()))
