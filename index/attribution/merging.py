"""Attributions of the tagger and of the patterns in, one list without repetitions out.

Of nested speech only the outermost attribution is kept. Knows spans and marks, but no speakers.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from index.attribution.annotations import Attribution
from index.attribution.content_bounds import fuller_content
from index.attribution.cues import (
    ACCORDING_TO,
    does_a_deed,
    is_heard,
    is_passive,
    lemma_of,
    reports,
)
from index.attribution.nearby import Nearby
from index.attribution.quotation_owners import MARKS, is_tied, with_own_quotations
from index.documents import Span
from index.language.verbs.reporting import COGNITION_VERBS, DEED_VERBS, SPEECH_VERBS
from index.statements import Origin
from index.text.paragraphs import paragraphs, within
from index.text.sentences import sentences_of

PRECISE = 0.8
"""Next to a tagger, patterns with less confidence are not used."""
DOUBTED, UNKNOWN, NEVER = 0.7, 0.76, 1.0
"""The least confidence of the tagger alone for words that are done as often as said, for others
that are not known to report, and for those without a source.

It mistakes actions for speech ("signed the bill"): most false statements in news read by eye.
"""
SAME = 0.5
"""Two contents are the same if they share at least this part of the smaller one."""
_DOUBLE = '“”„«»"'

_MORE = re.compile(r"[.!?]\W*\s|\n")
"""Perhaps the end of a sentence or of a paragraph, with more after it."""

Spans = tuple[Span, ...]
_UNSPOKEN = COGNITION_VERBS | DEED_VERBS


def merge_attributions(
    by_tagger: Sequence[Attribution] | None, patterned: Sequence[Attribution], text: str
) -> list[Attribution]:
    """In the order of the text. What both found has the origin BOTH and the tagger's spans.

    The pattern's content is used instead if it is a longer quotation that contains the tagger's, or
    the paragraph after a speaker's label. Without a tagger all patterns are used, else only the
    precise ones.
    """
    tagged = [_in_one_sentence(each, text) for each in by_tagger or ()]
    least = 0.0 if by_tagger is None else PRECISE
    partner = _partners(tagged, patterned)
    tagged = with_own_quotations(tagged, patterned, partner, text)
    both = [
        _united(each, patterned[partner[at]], text) if at in partner else each
        for at, each in enumerate(tagged)
    ]
    taken, near = set(partner.values()), Nearby(both)
    alone = [
        each
        for at, each in enumerate(patterned)
        if at not in taken
        and each.confidence >= least
        and not any(_shares(each.content, both[other].content) for other in near.of(each))
    ]
    believed = [each for each in both if each.content and not _doubtful(each, text)]
    found = _each_once(_outermost([*believed, *alone]))
    return [_without_listener(each, text) for each in found]


def _in_one_sentence(attribution: Attribution, text: str) -> Attribution:
    """With each source up to the end of its sentence: “…,” said Jane Cole. Peter Marsh left.

    Of several sentences in a source the one nearest to the cue has the speaker.
    """
    if not attribution.cue:
        return attribution
    cue = attribution.cue[0]
    sources = (_nearest_sentence(text, span, cue) for span in attribution.source)
    return replace(attribution, source=tuple(sources))


def _nearest_sentence(text: str, source: Span, cue: Span) -> Span:
    more = _MORE.search(text, source.start, source.end)
    parts = sentences_of(text, _paragraphs_of(text, source)) if more else []
    if len(parts) < 2:  # noqa: PLR2004 - one sentence is whole
        return source
    part = parts[0] if source.start >= cue.end else parts[-1]
    return Span(part.start, part.end - (text[part.end - 1] == "."))


def _paragraphs_of(text: str, source: Span) -> list[Span]:
    return within(text, paragraphs(text), source) if "\n" in source.of(text) else [source]


def _doubtful(attribution: Attribution, text: str) -> bool:
    words = " ".join(span.of(text) for span in attribution.cue)
    lemma = lemma_of(words)
    known = (reports(lemma) or lemma in {"", ACCORDING_TO}) and not does_a_deed(words)
    least = DOUBTED if known else UNKNOWN if attribution.source else NEVER
    if attribution.origin is not Origin.TAGGER or attribution.confidence >= least:
        return False
    content = " ".join(span.of(text) for span in attribution.content)
    if any(mark in content for mark in _DOUBLE):
        return False
    spoken = known and lemma not in _UNSPOKEN
    going_on = words.split()[0].endswith("ing") if words else False
    unsaid = not (attribution.source or going_on or is_passive(words))
    return unsaid or not (spoken or content.startswith(("that ", "whether ")))


def _partners(tagged: Sequence[Attribution], patterned: Sequence[Attribution]) -> dict[int, int]:
    """For each attribution of the tagger the first pattern whose cue overlaps its cue."""
    partner: dict[int, int] = {}
    near = Nearby(tagged)
    for given, pattern in enumerate(patterned):
        touching = (at for at in near.of(pattern) if _touch(tagged[at].cue, pattern.cue))
        free = next((at for at in touching if at not in partner), None)
        if free is not None:
            partner[free] = given
    return partner


def _united(tagged: Attribution, pattern: Attribution, text: str) -> Attribution:
    if _is_quoted_as_saying(pattern, text):
        return replace(pattern, origin=Origin.BOTH)
    confidence = 1 - (1 - tagged.confidence) * (1 - pattern.confidence)
    if _is_fuller(pattern, tagged):
        return replace(pattern, confidence=confidence, origin=Origin.BOTH)
    if any(is_passive(span.of(text)) for span in pattern.cue) or _is_heard(pattern, text):
        return _agentive(tagged, pattern, text)
    content = (
        pattern.content if _completes(pattern.content, tagged.content, text) else tagged.content
    )
    content = fuller_content(content, pattern.content, text)
    if _is_turn(pattern, tagged, text):
        content = pattern.content[:1]
    return replace(
        tagged,
        source=_source(tagged, pattern, text),
        content=content,
        confidence=confidence,
        origin=Origin.BOTH,
    )


def _agentive(tagged: Attribution, passive: Attribution, text: str) -> Attribution:
    """With the source after "by", which the tagger often takes for a part of the content."""
    apart = [each for span in passive.source for each in tagged.content if each.touches(span)]
    content = passive.content if apart or _is_heard(passive, text) else tagged.content
    return replace(
        tagged,
        source=passive.source,
        content=content,
        confidence=1 - (1 - tagged.confidence) * (1 - passive.confidence),
        origin=Origin.BOTH,
    )


def _is_fuller(pattern: Attribution, tagged: Attribution) -> bool:
    """Whether the tagger counts a word of the cue to the content: "made it" of "made it clear"."""
    return _shared(pattern.cue, tagged.content) > 0 and _shared(pattern.cue, tagged.cue) > 0


def _is_quoted_as_saying(pattern: Attribution, text: str) -> bool:
    """The tagger takes who quotes for who speaks: "was quoted by X as saying"."""
    return any(span.of(text).endswith(" as saying") for span in pattern.cue)


def _is_heard(attribution: Attribution, text: str) -> bool:
    return any(is_heard(span.of(text)) for span in attribution.cue)


def _without_listener(attribution: Attribution, text: str) -> Attribution:
    """The subject of "was told" or "was accused" is no source; a pattern finds the agent."""
    alone = attribution.origin is Origin.TAGGER and attribution.cue
    words = " ".join(span.of(text) for span in attribution.cue)
    spoken_of = is_passive(words) and lemma_of(words) in SPEECH_VERBS
    if not alone or not (spoken_of or _is_heard(attribution, text)):
        return attribution
    after = tuple(span for span in attribution.source if span.start > attribution.cue[0].start)
    return replace(attribution, source=after)


def _source(tagged: Attribution, pattern: Attribution, text: str) -> Spans:
    """The tagger's, unless a tied quotation has its source elsewhere."""
    if not tagged.source or not pattern.source or not is_tied(pattern, text):
        return tagged.source or pattern.source
    touching = tuple(span for span in tagged.source if _touch((span,), pattern.source))
    return touching or pattern.source


def _is_turn(labelled: Attribution, tagged: Attribution, text: str) -> bool:
    """Whether the pattern is a label with its paragraph, of which the tagger found a part."""
    cues = [span.of(text) for span in labelled.cue]
    return cues == [":"] and _shared(labelled.content[:1], tagged.content) == _size(tagged.content)


def _completes(quotation: Spans, content: Spans, text: str) -> bool:
    """Whether a quotation contains all of a content and more."""
    marked = all(text[span.start] in MARKS for span in quotation)
    return marked and quotation != content and _shared(quotation, content) == _size(content)


def _shares(one: Spans, other: Spans) -> bool:
    """Whether the larger of two contents contains most of the smaller one."""
    shared = _shared(one, other)
    return shared > 0 and shared >= SAME * min(_size(one), _size(other))


def _outermost(attributions: Sequence[Attribution]) -> list[Attribution]:
    """Without attributions inside the content of another."""
    near = Nearby(attributions)
    return [
        each
        for at, each in enumerate(attributions)
        if not any(at != other and _nested(at, other, attributions) for other in near.of(each))
    ]


def _nested(at: int, other: int, attributions: Sequence[Attribution]) -> bool:
    """If each is inside the other, only the second counts as nested."""
    one, outer = attributions[at], attributions[other]
    return _inside(one, outer) and (at > other or not _inside(outer, one))


def _inside(one: Attribution, other: Attribution) -> bool:
    return all(_holds(other.content, span) for span in (*one.cue, *one.content))


def _holds(spans: Spans, span: Span) -> bool:
    return any(each.start <= span.start and span.end <= each.end for each in spans)


def _each_once(attributions: Sequence[Attribution]) -> list[Attribution]:
    """The most confident one for each cue and content."""
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
