"""Where a content starts and ends: with its whole clause, and inside its sentence.

The tagger may keep only the last clause of what was said ("…, where he lived, according to X"), end
before words in quotation marks, or run on into the next sentence. Knows sentences and marks, but
no speakers.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from index.attribution.annotations import Attribution
from index.attribution.cues import ACCORDING_TO, is_passive, lemma_of
from index.attribution.nearby import PartsInOrder
from index.documents import Span
from index.language.word_classes import (
    BE,
    HAVE,
    MODALS,
    NOUN_PREPOSITIONS,
    SENTENCE_LEADERS,
    SUBORDINATORS,
    word_set,
)
from index.text.paragraphs import paragraphs
from index.text.sentences import sentences_of

Spans = tuple[Span, ...]

_OPENING = re.compile(
    r"(?:who|whom|whose|which|where|when|from|of|to|with|by|than|using|including)\b", re.IGNORECASE
)
"""A content never starts with these if there are words before it: their head is there."""
_BOUNDARY = re.compile(r"(?:[,;:(\[—–―“”\"]|--|\b(?:and|but|so|while|that|or|because))\s*\Z")
_STOPS = re.compile(
    r";\s|(?:—|–|―|--|(?<=\s)-)\s|(?<!\d):\s(?=[A-Z])|[.!?•]\s+(?=[A-Z•])(?<!\b[A-Z]\.\s)"
)
"""What divides a sentence into statements on their own, a time before one included."""
_LEADING = re.compile(r"(?:[\s,.;:)\]—–-]|(?:[Aa]nd|[Bb]ut|[Ss]o|[Hh]owever|[Yy]et)\b,?)*")
_TAIL_GAP = re.compile(r"[\s,”\"'’—–-]*(?:as\s+)?(?:[\w’'.-]+\s+){0,2}")
_RUNS_ON = re.compile(r"[.!?][”\"’']?\s+(?=[A-Z])|\n")
_UNFINISHED = (
    BE
    | HAVE
    | MODALS - {"will", "can"}
    | NOUN_PREPOSITIONS
    | word_set("""
    the a an its his their our my your some every no that which who whose and or but than as if
    because
""")
) - word_set("in on to by about her")
_EMPTY = word_set("""
    well at least so yes no but and that is the all not now this it or more also too indeed still
    then here there even as a an to of in on he she they said says later
""")
LEADING_WORDS = 5
"""The most words of an adverbial before a clause of its own."""
SHORT = 16
"""Characters beside a source and a cue for no more than a day: "on Saturday"."""
_LETTERS = re.compile(r"[^\W\d_]+")
_MARKS = '“”"'
_ADVERBIAL = SENTENCE_LEADERS | SUBORDINATORS


def whole_contents(attributions: Sequence[Attribution], text: str) -> list[Attribution]:
    """In the same order, without those whose content has no word of its own."""
    sentences = sentences_of(text, paragraphs(text)) if attributions else []
    starts = [each.start for each in sentences]
    parts = PartsInOrder(attributions)
    found = []
    for each in attributions:
        widened = _apart_from_cue(each)
        if widened.content and widened.cue:
            widened = _in_sentence(_past_heading(widened, text), text, sentences, starts)
            widened = _to_clause_end(widened, text, sentences, starts, parts)
            widened = _from_clause_start(widened, text, sentences, starts, parts)
        if widened.content and not _says_nothing(widened, text, parts):
            found.append(widened)
    return found


def fuller_content(tagged: Spans, pattern: Spans, text: str) -> Spans:
    """The pattern's if it goes on with the quotation that the tagged one ends before."""
    if len(tagged) != 1 or len(pattern) != 1:
        return tagged
    one, other = tagged[0], pattern[0]
    rest = text[one.end : other.end].lstrip() if other.start == one.start else ""
    goes_on = text[one.end : one.end + 1] == " " and rest[:1] in {"“", '"'}
    return pattern if goes_on and text[one.end - 1].isalnum() else tagged


def _apart_from_cue(attribution: Attribution) -> Attribution:
    """Without parts that lie inside the source or the cue."""
    own = (*attribution.source, *attribution.cue)
    kept = tuple(
        part
        for part in attribution.content
        if not any(each.start <= part.start and part.end <= each.end for each in own)
    )
    return replace(attribution, content=kept)


def _past_heading(attribution: Attribution, text: str) -> Attribution:
    """Without the headline above words that come before their cue."""
    first = attribution.content[0]
    line = text.rfind("\n", first.start, first.end) + 1
    heading = text[first.start : line]
    before = first.end <= attribution.cue[0].start
    if not line or not before or any(mark in heading for mark in _MARKS):
        return attribution
    return replace(attribution, content=(Span(line, first.end), *attribution.content[1:]))


def _in_sentence(
    attribution: Attribution, text: str, sentences: Sequence[Span], starts: Sequence[int]
) -> Attribution:
    """Up to the end of its sentence, where words that are not quoted run on into the next."""
    last = attribution.content[-1]
    if last.start < attribution.cue[0].end or text[last.start] in _MARKS + "‘'’«„":
        return attribution
    announced = text[attribution.cue[0].end - 1 : attribution.cue[0].end + 1]
    if ":" in announced or not _RUNS_ON.search(text, last.start, last.end):
        return attribution
    at = bisect_right(starts, last.start) - 1
    end = sentences[at].end if at >= 0 else last.end
    if not last.start < end < last.end or _is_in_quotation(text, last.start, end):
        return attribution
    end -= text[end - 1] == "."
    return replace(attribution, content=(*attribution.content[:-1], Span(last.start, end)))


def _to_clause_end(
    attribution: Attribution,
    text: str,
    sentences: Sequence[Span],
    starts: Sequence[int],
    parts: PartsInOrder,
) -> Attribution:
    """Up to its sentence's end after a word that ends no clause, or in "According to X, …"."""
    last = attribution.content[-1]
    words = _LETTERS.findall(last.of(text))
    unfinished = len(words) > 1 and words[-1].casefold() in _UNFINISHED
    goes_on = unfinished and text[last.end : last.end + 1] == " "
    if last.start < attribution.cue[0].end:
        return attribution
    if not goes_on and not _is_led_in(attribution, text, sentences, starts):
        return attribution
    at = bisect_right(starts, last.start) - 1
    end = sentences[at].end if at >= 0 else last.end
    later = parts.starting_in(Span(last.end, max(last.end, end)))
    end = min([end, *(start for start, _ in later)])
    end = last.end + len(text[last.end : end].rstrip(" .,;:"))
    return replace(attribution, content=(*attribution.content[:-1], Span(last.start, end)))


def _is_led_in(
    attribution: Attribution, text: str, sentences: Sequence[Span], starts: Sequence[int]
) -> bool:
    """Whether "According to X," opens the sentence: all of the rest is X's, if it is not quoted."""
    cue, last = attribution.cue[0], attribution.content[-1]
    at = bisect_right(starts, cue.start) - 1
    if at < 0 or lemma_of(cue.of(text)) != ACCORDING_TO or text[last.end - 1] in _MARKS:
        return False
    rest = text[last.end : sentences[at].end]
    return sentences[at].start == cue.start and not any(mark in rest for mark in _MARKS)


def _is_in_quotation(text: str, start: int, end: int) -> bool:
    """Also where a further quotation of the same speaker comes next."""
    words = text[start:end]
    following = text[end : end + 2].lstrip()[:1]
    again = following != "" and following in _MARKS + "'’‘„«"
    return again or words.count('"') % 2 == 1 or words.count("“") > words.count("”")


def _from_clause_start(
    attribution: Attribution,
    text: str,
    sentences: Sequence[Span],
    starts: Sequence[int],
    parts: PartsInOrder,
) -> Attribution:
    """From the start of its clause, where source and cue come after all of it."""
    first = attribution.content[0]
    own = min(each.start for each in (*attribution.source[:1], *attribution.cue[:1]))
    at = bisect_right(starts, first.start) - 1
    if at < 0 or not attribution.source or not sentences[at].start < first.start < own:
        return attribution
    if attribution.content[-1].end > own or own > sentences[at].end:
        return attribution
    if not _TAIL_GAP.fullmatch(text, attribution.content[-1].end, own):
        return attribution
    according = lemma_of(attribution.cue[0].of(text)) == ACCORDING_TO
    if not according and not _is_set_off(attribution, own, text):
        return attribution
    start = _clause_start(Span(sentences[at].start, first.start), text, parts)
    lead = text[start : first.start]
    words = _LETTERS.findall(lead)
    headless = _OPENING.match(text, first.start) or not _BOUNDARY.search(lead)
    whole = not headless and (not according or _leads_in(lead, text[first.start : first.end]))
    if not words or whole or any(mark in lead for mark in _MARKS):
        return attribution
    return replace(attribution, content=(Span(start, attribution.content[-1].end),))


def _leads_in(lead: str, content: str) -> bool:
    """Whether a clause of its own comes after "In May," or "As it stands,"."""
    opening, last = lead.split(maxsplit=1)[0].strip(","), lead.rstrip()[-1:]
    word = _LETTERS.match(content)
    plain = opening.casefold()
    adverbial = plain in _ADVERBIAL or plain.endswith("ly")
    going_on = word is not None and word.group().endswith("ing")
    short = len(lead.split()) <= LEADING_WORDS or plain in SUBORDINATORS
    return last == "," and lead.count(",") == 1 and adverbial and short and not going_on


def _is_set_off(attribution: Attribution, own: int, text: str) -> bool:
    """Whether a mark divides the content from "X said"; not in "the files X requested"."""
    cue = attribution.cue[0]
    gap = text[attribution.content[-1].end : own]
    agent = text[cue.end : attribution.source[0].start].split()[-1:] == ["by"]
    return not gap.isspace() and not agent and not is_passive(cue.of(text))


def _clause_start(lead: Span, text: str, parts: PartsInOrder) -> int:
    """After the last statement or mark in the lead that does not belong to the clause."""
    start = lead.start
    for stop in _STOPS.finditer(text, lead.start, lead.end + 1):
        headless = stop.end() >= lead.end and _OPENING.match(text, lead.end)
        start = start if headless else stop.end()
    for _, each in parts.starting_in(lead):
        spans = (*each.source, *each.cue)
        inside = spans and all(lead.start <= span.start and span.end <= lead.end for span in spans)
        if not inside:
            continue
        end = max(span.end for span in spans)
        if each.content and each.content[-1].end <= end:
            start = max(start, end)
    leading = _LEADING.match(text, start, lead.end)
    return leading.end() if leading else start


def _says_nothing(attribution: Attribution, text: str, parts: PartsInOrder) -> bool:
    """As in "well, at least": or only the words around another statement, "she said on Monday"."""
    written = [part.of(text) for part in attribution.content]
    if any(mark in each for each in written for mark in _MARKS):
        return False
    words = [word.casefold() for each in written for word in _LETTERS.findall(each)]
    if all(word in _EMPTY for word in words) and lemma_of(_cue(attribution, text)) == ACCORDING_TO:
        return True
    first = attribution.content[0]
    for _, each in parts.starting_in(first):
        spans = (*each.source, *each.cue)
        inside = each.cue and all(first.start <= s.start and s.end <= first.end for s in spans)
        apart = inside and not any(part.touches(first) for part in each.content)
        rest = first.end - first.start - sum(span.end - span.start for span in spans)
        if apart and rest <= SHORT:
            return True
    return False


def _cue(attribution: Attribution, text: str) -> str:
    return attribution.cue[0].of(text) if attribution.cue else ""
