"""A page as the lines that a reader sees, its headline, and the lines near it.

A line ends where a block element does. Dates and authors are looked for near the headline: other
parts of a page belong to other stories.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice

from lxml.etree import iterwalk
from lxml.html import HtmlElement

PART = " | "
"""Between the parts of a line that elements of their own hold."""
PROSE_WORDS = 25
"""A line with at least so many words is a paragraph of the article."""
_LINES_ABOVE, _LINES_BELOW = 8, 40
_LEVELS_ABOVE = 3
_TITLE_WORDS = 3
_HEADLINE_WORDS = 5
"""A link of so many words is a headline."""
_HEADINGS = frozenset("h2 h3 h4".split())
_TITLED = re.compile(r"title|headline", re.IGNORECASE)

_BLOCKS = frozenset(
    """
    address article aside blockquote body br button caption dd details div dl dt fieldset figcaption
    figure footer form h1 h2 h3 h4 h5 h6 header hr iframe li main nav ol option p pre section select
    summary table tbody td tfoot th thead tr ul
    """.split()
)
_PARTS = frozenset("span small abbr cite label".split())
_UNSEEN = frozenset("script style noscript template svg head".split())
_OUTER = frozenset("html body main".split())
_OTHER_TAGS = frozenset("aside nav footer form figure iframe".split())
_OTHER_PARTS = re.compile(
    r"comment|related|recommend|teaser|promo|side-?bar|widget|popular|trending|most-?read"
    r"|masthead|site-?header|top-?bar|today|current-?date|(?<!post-)(?<!entry-)(?<!article-)footer"
    r"|more-(?:from|on|stor|news)|latest|also-?read|read-?(?:more|next)|newsletter|caption|carousel"
    r"|reply|replies|respond|disqus|(?:^|[\s_-])(?:nav|menu|ads?|aside|breadcrumbs?)(?:[\s_-]|$)",
    re.IGNORECASE,
)
_WORD = re.compile(r"\w+")
_BARS = re.compile(r"(?: ?\| ?){2,}")
_STATED = {"abbr": "title"}
_ISO_LIKE = re.compile(r"\d{4}-\d\d-\d\d")
TIME_MARK = "\ue000"
"""Around the time that a `time` element states for machines: it stands for what the reader sees."""
TIME_LABELS = re.compile(r"\b(?:published|posted|updated|modified|edited|revised)\b", re.IGNORECASE)
"""What a `time` element, or its class, calls its time."""


@dataclass(frozen=True, slots=True)
class PageLine:
    """`element` is the innermost one that holds the beginning of the line."""

    text: str
    element: HtmlElement


@dataclass(frozen=True)
class PageLines:
    """The lines of a page, and where its headline is."""

    tree: HtmlElement
    titles: Sequence[str]
    """What the page declares as its title, in any form."""
    lines: Sequence[PageLine] = field(repr=False)

    @cached_property
    def headline(self) -> int | None:
        """The position of the headline's line."""
        titles = [words for title in self.titles if (words := _words(title))]
        ranked = [
            (-_likeness(line, titles), -len(_words(line.text)), at)
            for at, line in enumerate(self.lines)
            if _likeness(line, titles)
        ]
        return min(ranked, default=(0, 0, None))[2]

    @cached_property
    def near(self) -> Sequence[PageLine]:
        """The lines between the headline and the first paragraph, then those just above it."""
        if (at := self.headline) is None:
            return ()
        headline = self.lines[at].element
        below = [*self._below(at, headline)]
        above = [
            line
            for line in self.lines[max(at - _LINES_ABOVE, 0) : at]
            if _shares_block(line.element, headline)
            and not is_other_part(line.element, headline)
            and not _is_teaser(line.element, headline)
        ]
        return [*below, *above]

    @cached_property
    def after(self) -> Sequence[PageLine]:
        """The lines of the same article element from its first paragraph on, or nothing."""
        if (at := self.headline) is None:
            return ()
        headline = self.lines[at].element
        whole = next(headline.iterancestors("article", "main"), None)
        inside = set() if whole is None else set(whole.iter())
        return [
            line
            for line in self.lines[at + 1 :]
            if line.element in inside and not is_other_part(line.element, headline)
        ]

    def _below(self, at: int, headline: HtmlElement) -> Iterator[PageLine]:
        for line in self.lines[at + 1 : at + 1 + _LINES_BELOW]:
            if is_other_part(line.element, headline) or _is_teaser(line.element, headline):
                continue
            if len(_words(line.text)) >= PROSE_WORDS:
                return
            yield line


def page_lines(tree: HtmlElement, titles: Sequence[str]) -> PageLines:
    body = tree.find("body")
    return PageLines(tree, titles, _lines(tree if body is None else body))


def is_other_part(element: HtmlElement, headline: HtmlElement | None = None) -> bool:
    """Whether it is in a part of the page that belongs to other stories, readers or the site.

    An element around the headline is never such a part, whatever its class says; an `article`
    beside it is one.
    """
    around = set() if headline is None else {headline, *headline.iterancestors()}
    alone = headline is not None and not any(each.tag == "article" for each in around)
    for each in (element, *element.iterancestors()):
        if each in around or each.tag in _OUTER:
            return False
        if each.tag in _OTHER_TAGS and not (each.tag == "footer" and _ends(each, around)):
            return True
        if _OTHER_PARTS.search(_names(each)):
            return True
        if each.tag == "article" and headline is not None and not (alone and _is_long(each)):
            return True
    return False


def _ends(footer: HtmlElement, around: set[HtmlElement]) -> bool:
    """Whether it is the footer of the article with the headline."""
    return next(footer.iterancestors("article"), None) in around


def _is_long(article: HtmlElement) -> bool:
    """Whether it is a story and not a teaser."""
    return len(_words(" ".join(article.itertext("p")))) >= 2 * PROSE_WORDS


def _is_teaser(element: HtmlElement, headline: HtmlElement) -> bool:
    """Whether a block around it, but not around the headline, links to another headline."""
    around = {headline, *headline.iterancestors()}
    for level, each in enumerate((element, *element.iterancestors())):
        if level > _LEVELS_ABOVE or each in around:
            return False
        if any(len(_words("".join(link.itertext()))) >= _HEADLINE_WORDS for link in each.iter("a")):
            return True
    return False


def _names(element: HtmlElement) -> str:
    return f"{element.get('class', '')} {element.get('id', '')}"


def _shares_block(element: HtmlElement, headline: HtmlElement) -> bool:
    """Whether both are in one of the smallest blocks around the headline."""
    ancestors = set(element.iterancestors())
    for level, each in enumerate(headline.iterancestors()):
        if level >= _LEVELS_ABOVE or each.tag in _OUTER:
            return False
        if each in ancestors:
            return True
    return False


def _likeness(line: PageLine, titles: Sequence[list[str]]) -> int:
    """4 for a first-level heading with the page's title, 1 for any other first-level heading."""
    around = [line.element, *islice(line.element.iterancestors(), _LEVELS_ABOVE)]
    words, first = _words(line.text), any(each.tag == "h1" for each in around)
    if not words or any(each.tag in _OTHER_TAGS for each in line.element.iterancestors()):
        return 0
    if len(words) < _TITLE_WORDS or not any(_is_part(words, title) for title in titles):
        return first
    titled = any(each.tag in _HEADINGS or _TITLED.search(_names(each)) for each in around)
    return 4 if first else 2 + titled


def _is_part(words: list[str], title: list[str]) -> bool:
    """Whether a title is these words, before or after the name of the site."""
    return words in (title[: len(words)], title[-len(words) :])


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


class _LineCollector:
    """Collects text and cuts it into lines."""

    def __init__(self) -> None:
        self.done: list[PageLine] = []
        self._held: list[str] = []
        self._first: HtmlElement = None

    def add(self, text: str | None, element: HtmlElement) -> None:
        if text and text.strip():
            self._first = element if self._first is None else self._first
        self._held.append(text or "")

    def part(self) -> None:
        self._held.append(PART)

    def end(self) -> None:
        text = _BARS.sub(PART, " ".join("".join(self._held).split())).strip(PART)
        if text:
            self.done.append(PageLine(text, self._first))
        self._held, self._first = [], None


def _lines(body: HtmlElement) -> list[PageLine]:
    lines = _LineCollector()
    walk = iterwalk(body, events=("start", "end", "comment", "pi"))
    for event, element in walk:
        if event == "start":
            _start(lines, element)
            if element.tag in _UNSEEN or stated_time(element):
                walk.skip_subtree()
            continue
        if event == "end":
            _end_of_element(lines, element.tag)
        if element is not body:
            lines.add(element.tail, element.getparent())
    lines.end()
    return lines.done


def _start(lines: _LineCollector, element: HtmlElement) -> None:
    _end_of_element(lines, element.tag)
    if time := stated_time(element):
        told = " ".join([_names(element), *element.itertext()])
        lines.add(f"{' '.join(TIME_LABELS.findall(told))} {TIME_MARK}{time}{TIME_MARK}", element)
    elif element.tag not in _UNSEEN:
        lines.add(element.text, element)


def _end_of_element(lines: _LineCollector, tag: str) -> None:
    if tag in _BLOCKS:
        lines.end()
    elif tag in _PARTS:
        lines.part()


def stated_time(element: HtmlElement) -> str:
    """The time that the element states for machines, or nothing."""
    written = element.get(_STATED.get(element.tag, "datetime"), "").strip()
    return written if _ISO_LIKE.match(written) else ""
