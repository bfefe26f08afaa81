"""Which cue a quotation belongs to, where the tagger gives it to two.

A pattern that ties a quotation to the cue beside it is more certain than the tagger, which in
“A,” X said. “B,” Y said. likes to give both to both. Knows spans and marks, but no speakers.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from index.attribution.annotations import Attribution
from index.documents import Span
from index.text.paragraphs import trimmed

TIED, TIED_BY_BOTH = 0.93, 0.87
"""The least confidence of a pattern of a quotation and its cue; less if the tagger agrees."""
MARKS = "“”„«»\"'‘’`"

Spans = tuple[Span, ...]


def with_own_quotations(
    tagged: Sequence[Attribution],
    patterned: Sequence[Attribution],
    partner: Mapping[int, int],
    text: str,
) -> list[Attribution]:
    """The tagged attributions, in the same order, without quotations that another cue owns.

    `partner` gives the number of the pattern with the same cue. Content may become empty.
    """
    agreed = {number: tagged[at].content for at, number in partner.items()}
    owned = [
        (span, number)
        for number, each in enumerate(patterned)
        for span in each.content
        if is_tied(each, text) or _is_agreed(each, span, agreed.get(number, ()), text)
    ]
    owned.sort()
    reach = max((span.end - span.start for span, _ in owned), default=0)
    return [
        _without_foreign(each, patterned, partner.get(at), _near(owned, each.content, reach), text)
        for at, each in enumerate(tagged)
    ]


def is_tied(pattern: Attribution, text: str) -> bool:
    """Whether it is a quotation with a cue of its own, by a pattern that is seldom wrong."""
    return _is_quoted(pattern, text, TIED)


def _is_agreed(pattern: Attribution, quotation: Span, content: Spans, text: str) -> bool:
    """Whether the tagger, too, gives the quotation to the pattern's cue."""
    touching = any(quotation.touches(span) for span in content)
    return touching and _is_quoted(pattern, text, TIED_BY_BOTH)


def _is_quoted(pattern: Attribution, text: str, least: float) -> bool:
    quoted = all(text[span.start] in MARKS for span in pattern.content)
    return quoted and bool(pattern.cue) and pattern.confidence >= least


def _near(
    owned: Sequence[tuple[Span, int]], content: Spans, reach: int
) -> Iterator[tuple[Span, int]]:
    """The owned quotations that touch the content; `reach` is the length of the longest."""
    if not content:
        return
    first = bisect_left(owned, content[0].start - reach, key=lambda each: each[0].start)
    for span, number in owned[first:]:
        if span.start >= content[-1].end:
            return
        if any(span.touches(each) for each in content):
            yield span, number


def _without_foreign(
    tagged: Attribution,
    patterned: Sequence[Attribution],
    own: int | None,
    near: Iterator[tuple[Span, int]],
    text: str,
) -> Attribution:
    foreign = [span for span, number in near if number != own]
    if not foreign:
        return tagged
    if own is not None and _is_quoted(patterned[own], text, TIED_BY_BOTH):
        return replace(tagged, content=patterned[own].content)
    rest = tagged.content
    for span in foreign:
        rest = tuple(part for each in rest for part in _apart(each, span, text))
    return replace(tagged, content=rest)


def _apart(whole: Span, taken: Span, text: str) -> Iterator[Span]:
    """What is left of a span without another, where that has more than a word."""
    if not whole.touches(taken):
        yield whole
        return
    for start, end in ((whole.start, taken.start), (taken.end, whole.end)):
        if len(text[start:end].split()) > 1 and any(map(str.isalnum, text[start:end])):
            yield trimmed(text, start, end) or Span(start, end)
