"""Questions as templates filled from quotations, with the marks of what would be right."""

import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from eval.measures.statements import fold
from eval.question_generation.quotations import Quotation
from index.documents import Span
from index.language.terms import analyze

OPENING_WORDS = 14
"""Of a quotation, as much as a question repeats."""
TOPIC_WORDS = 2
_PLAIN = re.compile(r"(?<![\w’'-])[a-zà-ž]{5,}(?![\w’'-])")

Record = dict[str, Any]
"""One line of our question format."""
Story = tuple[Quotation, ...]
"""The same words of the same speaker, wherever they were printed."""


def stories_of(found: Iterable[Quotation]) -> list[Story]:
    """Those with one speaker; words attributed to two people make no question."""
    printed: dict[tuple[str, ...], list[Quotation]] = defaultdict(list)
    for quotation in found:
        printed[tuple(analyze(_opening(quotation)))].append(quotation)
    stories = (tuple(each) for each in printed.values())
    return [story for story in stories if len({fold(each.name) for each in story}) == 1]


def shuffle_by_article(stories: Sequence[Story], chance: random.Random) -> list[Story]:
    """In random order, but one of each article before a second of any."""
    order = list(stories)
    chance.shuffle(order)
    nth: Counter[str] = Counter()
    places: list[int] = []
    for story in order:
        places.append(nth[story[0].article])
        nth[story[0].article] += 1
    return [story for _, story in sorted(zip(places, order, strict=True), key=lambda each: each[0])]


def speaker_questions(
    stories: Sequence[Story], frequency: Counter[str], expected: int
) -> Iterator[Record]:
    """The first half asks who, the rest what; no story is asked about twice."""
    half = (min(expected, len(stories)) + 1) // 2
    asked = (_what_said(story, stories, frequency) for story in stories[half:])
    yield from _numbered("who", (_who_said(story) for story in stories[:half]))
    yield from _numbered("what", islice(filter(None, asked), expected - half))


def withheld_questions(questions: Iterable[str]) -> Iterator[Record]:
    """Questions about stories that were withheld from the set."""
    tags = ["synthetic", "withheld"]
    return _numbered(
        "withheld", ({"question": each, "answerable": False, "tags": tags} for each in questions)
    )


def _who_said(story: Story) -> Record:
    return {
        "question": f"Who said “{_opening(story[0])}”?",
        "answers": [_mark(each, each.speaker) for each in story],
        "evidence": [_mark(each, each.whole) for each in story],
        "speaker": story[0].name,
        "tags": ["synthetic", "who_said"],
    }


def _what_said(story: Story, stories: Sequence[Story], frequency: Counter[str]) -> Record | None:
    """Right is whatever the same speaker is quoted with on both words of the topic."""
    topic = _topic(story[0].words, frequency)
    if len(topic) < TOPIC_WORDS:
        return None
    speaker, terms = fold(story[0].name), {term for word in topic for term in analyze(word)}
    right = [
        each
        for other in stories
        for each in other
        if fold(each.name) == speaker and terms <= set(analyze(each.words))
    ]
    return {
        "question": f"What did {story[0].name} say about {' and '.join(topic)}?",
        "answers": [_mark(each, each.content) for each in right],
        "evidence": [_mark(each, each.whole) for each in right],
        "speaker": story[0].name,
        "tags": ["synthetic", "what_said"],
    }


def _opening(quotation: Quotation) -> str:
    return " ".join(quotation.words.split()[:OPENING_WORDS])


def _topic(words: str, frequency: Counter[str]) -> list[str]:
    """The rarest words that are not names, in the order of the quotation."""
    plain = [word for word in dict.fromkeys(_PLAIN.findall(words)) if len(analyze(word)) == 1]
    rarest = sorted(plain, key=lambda word: (frequency[analyze(word)[0]], word))[:TOPIC_WORDS]
    return [word for word in plain if word in rarest]


def _mark(quotation: Quotation, span: Span) -> Record:
    """With the hash of the article's text, so that a later change of it is detected."""
    place = {"article": quotation.article, "start": span.start, "end": span.end}
    return place | {"sha256": quotation.revision}


def _numbered(kind: str, records: Iterable[Record]) -> Iterator[Record]:
    for number, record in enumerate(records, 1):
        yield {"id": f"{kind}-{number:04}", **record}
