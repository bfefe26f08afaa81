"""Parts of the lines for a terminal: quotes in their context, counts and sources."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from rich.text import Text

from index.documents import Article, Span
from index.language.calendar import day_words
from index.language.numbers import counted

if TYPE_CHECKING:
    from rag.citations import Citation

NAMED = 5
"""At most this many outlets of a story are named."""
SHORT = 240
"""A quote that is only mentioned is cut to this many characters."""

_TURNING = (*range(0x202A, 0x202F), *range(0x2066, 0x206A))
"""Bidirectional controls, such as U+202E: what follows them may be shown backwards."""
_CONTROLS = {
    code: "\N{REPLACEMENT CHARACTER}"
    for code in (*range(0x20), *range(0x7F, 0xA0), *_TURNING)
    if chr(code) not in "\n\t"
}


def printable(text: str) -> str:
    """The text with controls replaced, also of its direction; its length stays the same."""
    return text.translate(_CONTROLS)


def readable(argument: str) -> str:
    """Replaces bytes of the command line that are not UTF-8; they arrive as surrogates."""
    return argument.encode(errors="surrogateescape").decode(errors="replace")


def one_line(text: str) -> str:
    """Text from outside on one line, safe to print."""
    return printable(" ".join(text.split()))


def fact(words: str) -> Text:
    """One line that is never wrapped."""
    return Text(words, "dim", no_wrap=True)


def copied(citation: "Citation") -> str:
    """Outlets are counted once, and not the one cited."""
    outlets = {copy.outlet for copy in citation.copies} - {citation.article.outlet, None}
    if outlets:
        return f" and {counted(len(outlets), 'other outlet')}"
    return f" and {counted(len(citation.copies), 'other article')}" if citation.copies else ""


def source_lines(citations: Sequence["Citation"], *, dated: bool = True) -> Iterator[Text]:
    """`— Title, Outlet, 12 September 2024 · url · article id 123:456`, then its notes.

    A passage also shows how many other articles carry its story, and names some of them.
    """
    article = citations[0].article
    ranges = ", ".join(f"{citation.start}:{citation.end}" for citation in citations)
    source = _source(article) if dated else article.title
    if dated:
        source += copied(citations[0])
    where = [source, article.url, f"article {article.id} {ranges}"]
    yield fact("— " + " · ".join(one_line(part) for part in where if part))
    if dated and (names := _outlets(citations[0].copies, article)):
        yield fact(f"Also in: {names}")
    if dated and citations[0].versions:
        yield fact(f"Other versions, without these words: {_named(citations[0].versions)}")
    for note in citations[0].notes:
        yield Text(brief(note), "italic")


def brief(text: str) -> str:
    """On one line, cut to SHORT characters."""
    line = one_line(text)
    return line if len(line) <= SHORT else line[: end_of_words(line, SHORT) or SHORT] + " …"


def end_of_words(line: str, most: int) -> int:
    """Where to cut, 0 if nowhere: between words, and not beside one with a capital.

    It may be a part of a name.
    """
    end = line.rfind(" ", 0, most)
    while end > 0 and line[line.rfind(" ", 0, end) + 1].isupper():
        end = line.rfind(" ", 0, end)
    return max(end, 0)


def set_off(citations: Sequence["Citation"], window: tuple[int, int], *, marks: bool) -> Text:
    """The text in the window with its quotes marked; of a statement only the content is marked.

    If there are short answers, only those are bold.
    """
    text, shorts = citations[0].article.text, [each.short for each in citations if each.short]
    line, at, last = Text(), *window
    for span in sorted(span for citation in citations for span in _quoted(citation)):
        line.append(printable(text[at : span.start]))
        quote = printable(text[max(at, span.start) : span.end])
        line.append(f"»{quote}«" if marks else quote, "underline" if shorts else "bold underline")
        at = max(at, span.end)
    line.append(printable(text[at:last]))
    for short in () if marks else shorts:
        line.stylize("bold", short.start - window[0], short.end - window[0])
    return line


def _quoted(citation: "Citation") -> tuple[Span, ...]:
    if citation.statement is None:
        return (Span(citation.start, citation.end),)
    within = (
        Span(max(span.start, citation.start), min(span.end, citation.end))
        for span in citation.statement.content
    )
    return tuple(span for span in within if span.start < span.end)


def _outlets(others: Sequence[Article], cited: Article) -> str:
    """The first other outlets, in order."""
    outlets = (other.outlet for other in others if other.outlet != cited.outlet)
    return _first(name for name in outlets if name)


def _named(versions: Sequence[Article]) -> str:
    """With ids, so that the reader can compare the versions."""
    return _first(f"{each.outlet or each.title} (article {each.id})" for each in versions)


def _first(names: Iterable[str]) -> str:
    known = list(dict.fromkeys(map(one_line, names)))
    return ", ".join(known[:NAMED]) + (", ..." if len(known) > NAMED else "")


def _source(article: Article) -> str:
    date = day_words(article.published_at) if article.published_at else None
    return ", ".join(part for part in (article.title, article.outlet, date) if part)
