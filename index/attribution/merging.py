"""What the tagger and the patterns found, as one list: nothing twice, the outermost speaker only.

Knows spans and marks, neither people nor weights.
"""

from collections.abc import Sequence
from dataclasses import replace

from index.attribution.annotations import Attribution
from index.attribution.cues import lemma_of
from index.documents import Span
from index.language.reporting_verbs import ACTS
from index.statements import Origin

PRECISE = 0.8
"""Patterns less sure than this add nothing to what a tagger finds."""
DOUBTED = 0.7
"""The tagger alone, less sure than this of a word that is not known to report, is not believed:
it takes deeds for words ("signed the bill"). Most of what was invented in news read by eye."""
SAME = 0.5
"""Contents that share at least this part of the smaller one are the same words."""
STRETCH = 4_096
_DOUBLE = '“”„«»"'
_MARKS = "“”„«»\"'‘’`"

Spans = tuple[Span, ...]


def merge_attributions(
    found: Sequence[Attribution], patterned: Sequence[Attribution], text: str
) -> list[Attribution]:
    """Ascending by place. One that both have is of origin BOTH, with the tagger's spans.

    But the tagger's content gives way to a quotation of the pattern's that holds all of it, and to
    the paragraph after a speaker's label.
    Without anything from a tagger all patterns count, else only the precise ones.
    """
    least = PRECISE if found else 0.0
    partner = _partners(found, patterned)
    both = [
        _together(each, patterned[partner[at]], text) if at in partner else each
        for at, each in enumerate(found)
    ]
    taken, near = set(partner.values()), _Nearby(both)
    alone = [
        each
        for at, each in enumerate(patterned)
        if at not in taken
        and each.confidence >= least
        and not any(_shares(each.content, both[other].content) for other in near.of(each))
    ]
    believed = [each for each in both if not _doubtful(each, text)]
    return _each_once(_outermost([*believed, *alone]))


def _doubtful(attribution: Attribution, text: str) -> bool:
    if attribution.origin is not Origin.TAGGER or attribution.confidence >= DOUBTED:
        return False
    words = " ".join(span.of(text) for span in attribution.cue)
    content = " ".join(span.of(text) for span in attribution.content)
    reports = lemma_of(words) in ACTS or content.startswith(("that ", "whether "))
    return not reports and not any(mark in content for mark in _DOUBLE)


class _Nearby:
    """Which attributions have a span in the same stretch of text; the rest need no comparing."""

    def __init__(self, attributions: Sequence[Attribution]) -> None:
        self._held: dict[int, list[int]] = {}
        for at, each in enumerate(attributions):
            for stretch in self._stretches(each):
                self._held.setdefault(stretch, []).append(at)

    def of(self, attribution: Attribution) -> list[int]:
        stretches = self._stretches(attribution)
        return sorted({at for stretch in stretches for at in self._held.get(stretch, ())})

    def _stretches(self, attribution: Attribution) -> set[int]:
        spans = (*attribution.cue, *attribution.content)
        return {
            at for span in spans for at in range(span.start // STRETCH, span.end // STRETCH + 1)
        }


def _partners(found: Sequence[Attribution], patterned: Sequence[Attribution]) -> dict[int, int]:
    """To each attribution of the tagger the first pattern whose cue touches its own."""
    partner: dict[int, int] = {}
    near = _Nearby(found)
    for given, pattern in enumerate(patterned):
        touching = (at for at in near.of(pattern) if _touch(found[at].cue, pattern.cue))
        free = next((at for at in touching if at not in partner), None)
        if free is not None:
            partner[free] = given
    return partner


def _together(one: Attribution, other: Attribution, text: str) -> Attribution:
    content = other.content if _completes(other.content, one.content, text) else one.content
    if _is_turn(other, one, text):
        content = other.content[:1]
    return replace(
        one,
        source=one.source or other.source,
        content=content,
        confidence=1 - (1 - one.confidence) * (1 - other.confidence),
        origin=Origin.BOTH,
    )


def _is_turn(labelled: Attribution, found: Attribution, text: str) -> bool:
    """Whether a label's whole paragraph is said, of which the tagger has a part."""
    cues = [span.of(text) for span in labelled.cue]
    return cues == [":"] and _shared(labelled.content[:1], found.content) == _size(found.content)


def _completes(quotation: Spans, content: Spans, text: str) -> bool:
    """Whether a quotation holds all of a content and more."""
    marked = all(text[span.start] in _MARKS for span in quotation)
    return marked and quotation != content and _shared(quotation, content) == _size(content)


def _shares(one: Spans, other: Spans) -> bool:
    """Whether the smaller of two contents is for the most part in the other one."""
    shared = _shared(one, other)
    return shared > 0 and shared >= SAME * min(_size(one), _size(other))


def _outermost(attributions: Sequence[Attribution]) -> list[Attribution]:
    """Without those reported inside what another one reports."""
    near = _Nearby(attributions)
    return [
        each
        for at, each in enumerate(attributions)
        if not any(at != other and _nested(at, other, attributions) for other in near.of(each))
    ]


def _nested(at: int, other: int, attributions: Sequence[Attribution]) -> bool:
    """Where each lies in the other, they are one: the first stays."""
    one, outer = attributions[at], attributions[other]
    return _inside(one, outer) and (at > other or not _inside(outer, one))


def _inside(one: Attribution, other: Attribution) -> bool:
    return all(_holds(other.content, span) for span in (*one.cue, *one.content))


def _holds(spans: Spans, span: Span) -> bool:
    return any(each.start <= span.start and span.end <= each.end for each in spans)


def _each_once(attributions: Sequence[Attribution]) -> list[Attribution]:
    """The surest of each content and cue."""
    kept: dict[tuple[Spans, Spans], Attribution] = {}
    for each in attributions:
        before = kept.setdefault((each.cue, each.content), each)
        if each.confidence > before.confidence:
            kept[each.cue, each.content] = each
    return sorted(kept.values(), key=lambda each: (each.cue or each.content, each.content))


def _touch(one: Spans, other: Spans) -> bool:
    return any(a.touches(b) for a in one for b in other)


def _size(spans: Spans) -> int:
    return sum(span.end - span.start for span in spans)


def _shared(one: Spans, other: Spans) -> int:
    """How many characters both cover; the spans of each are disjoint."""
    return sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in one for b in other)
