"""A reply in words for a terminal: every quote in its paragraph, and where it stands.

With colour a quote is bold and underlined; without, it stands between » and «, so that it shows
in a pipe too. Text from outside never reaches the terminal as control characters.
"""

import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import groupby

from rich.console import Console
from rich.text import Text

from api.printable import printable
from index.documents import Article
from rag.answer import Answer, Citation, Refusal, Reply, SearchReply

AROUND = 400
"""Of a long paragraph, this many characters before and after the quotes are shown."""
SHORT = 240
"""A quote that is only mentioned is cut after this many characters."""


def terminal() -> Console:
    """Standard output as it is now: colour only in a terminal, and never under NO_COLOR."""
    return Console(
        file=sys.stdout,
        color_system=None if os.environ.get("NO_COLOR") else "auto",
        highlight=False,
        markup=False,
        emoji=False,
    )


def marked(screen: Console) -> bool:
    """Whether quotes need marks because nothing can be bold or underlined."""
    return screen.color_system is None


def show(lines: Iterable[Text], screen: Console) -> None:
    """Print; prose wraps at the terminal's edge, one-line facts and pipes never do."""
    for line in lines:
        screen.print(line, soft_wrap=bool(line.no_wrap) or not screen.is_terminal)


def reply_lines(reply: Reply, *, marks: bool, timings: bool) -> Iterator[Text]:
    """The answer in its place or the refusal, then what else there is."""
    if isinstance(reply.outcome, Answer):
        yield from _answer_lines(reply.outcome, marks=marks)
        yield from _mentions("Also on the record:", reply.alternatives)
    else:
        yield from _refusal_lines(reply.outcome)
    if timings:
        yield _timing(reply.timings_ms)


def search_lines(reply: SearchReply, *, timings: bool) -> Iterator[Text]:
    """The passages found, best first, each with its fused score."""
    if not reply.hits:
        yield Text("Nothing found.")
    for place, hit in enumerate(reply.hits, start=1):
        yield Text(f"{place}. {hit.score:.2f}  {_brief(hit.citation.quote)}")
        yield from _source_lines([hit.citation])
    if timings:
        yield _timing(reply.timings_ms)


def date_words(instant: datetime) -> str:
    """As a newspaper writes it: 12 September 2024."""
    return f"{instant.day} {instant:%B %Y}"


def one_line(text: str) -> str:
    """Outside text on one line, safe to print."""
    return printable(" ".join(text.split()))


def _answer_lines(answer: Answer, *, marks: bool) -> Iterator[Text]:
    for _, group in groupby(answer.citations, key=_paragraph_of):
        together = sorted(group, key=lambda citation: citation.start)
        yield _in_place(together, marks=marks)
        yield from _source_lines(together)
        yield Text()
    yield Text(f"confidence {answer.confidence:.2f}")


def _refusal_lines(refusal: Refusal) -> Iterator[Text]:
    yield Text.assemble(("Not on the record. ", "bold"), printable(refusal.message))
    yield from _mentions("Nearest:", refusal.nearest)


def _mentions(heading: str, citations: Sequence[Citation]) -> Iterator[Text]:
    if citations:
        yield Text()
        yield Text(heading, "bold")
    for citation in citations:
        yield Text(f"· {_brief(citation.quote)}")
        yield from _source_lines([citation])


def _paragraph_of(citation: Citation) -> tuple[str, str, tuple[int, int]]:
    return citation.article.id, citation.article.revision, citation.paragraph


def _in_place(citations: Sequence[Citation], *, marks: bool) -> Text:
    """One paragraph with its quotes set off; `citations` ascend and share it."""
    text = citations[0].article.text
    first, last = _window(citations)
    line, at = Text(), first
    for citation in citations:
        line.append(printable(text[at : citation.start]))
        quote = printable(text[max(at, citation.start) : citation.end])
        line.append(f"»{quote}«" if marks else quote, "bold underline")
        at = max(at, citation.end)
    line.append(printable(text[at:last]))
    start, end = citations[0].paragraph
    return Text.assemble("… " if first > start else "", line, " …" if last < end else "")


def _window(citations: Sequence[Citation]) -> tuple[int, int]:
    """The paragraph, or of a long one the part around the quotes, cut between words."""
    text, (start, end) = citations[0].article.text, citations[0].paragraph
    first, last = citations[0].start, max(citation.end for citation in citations)
    if first - start > AROUND:
        start = text.find(" ", first - AROUND, first) + 1 or first
    if end - last > AROUND:
        cut = text.rfind(" ", last, last + AROUND)
        end = cut if cut >= 0 else last
    return start, end


def _source_lines(citations: Sequence[Citation]) -> Iterator[Text]:
    yield _attribution(citations)
    for note in citations[0].notes:
        yield Text(_brief(note), "italic")


def _attribution(citations: Sequence[Citation]) -> Text:
    """`— Title, Outlet, 12 September 2024 · url · article id 123:456`."""
    article = citations[0].article
    ranges = ", ".join(f"{citation.start}:{citation.end}" for citation in citations)
    where = [_source(article), article.url, f"article {article.id} {ranges}"]
    return _fact("— " + " · ".join(one_line(part) for part in where if part))


def _source(article: Article) -> str:
    date = date_words(article.published_at) if article.published_at else None
    return ", ".join(part for part in (article.title, article.outlet, date) if part)


def _timing(timings_ms: Mapping[str, float]) -> Text:
    return _fact(" · ".join(f"{name} {ms:.1f} ms" for name, ms in timings_ms.items()))


def _fact(words: str) -> Text:
    return Text(words, "dim", no_wrap=True)


def _brief(text: str) -> str:
    line = one_line(text)
    return line if len(line) <= SHORT else line[:SHORT].rsplit(" ", 1)[0] + " …"
