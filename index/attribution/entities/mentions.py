"""Text in, the names in it out, by capital letters and context. Knows no network and no entities.

Rules miss names and confuse kinds; if in doubt a name is MISC. No names are found in a line in
capitals, and in a headline only those that the text of the article confirms.
"""

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet

from index.attribution.annotations import Mention
from index.attribution.entities.capitalized_runs import (
    LONGEST,
    CapitalizedRun,
    Casing,
    WrittenWord,
    find_runs,
    words_of,
)
from index.attribution.entities.entity_types import classify_runs
from index.documents import Span
from index.text.paragraphs import paragraphs
from index.text.sentences import sentences_of

_SMALL = frozenset("a an the of in on at to for and or but with from by as is vs over".split())
"""Headlines do not capitalize these."""
CAPITALS, CAPITALS_WORDS = 0.7, 3
"""A line in capitals: the share of its letters that are capitals, and its least words."""
HEADLINE_WORDS, HEADLINE, CLOSED_HEADLINE = 4, 0.75, 0.92
"""The least words, and the share of them that is capitalized; the last if it has an end mark."""


def find_mentions(text: str) -> list[Mention]:
    """Ascending and disjoint, without titles: in "President Joko" the mention is "Joko"."""
    lines = [line for line in paragraphs(text) if not _in_capitals(line.of(text))]
    running, headlines = _split_headlines(text, lines)
    seen = Casing.of(running)
    runs = [run for sentence in running for run in find_runs(text, sentence, seen)]
    kinds = classify_runs(text, runs)
    known = {key for key, kind in kinds.items() if kind != "MISC"}
    found = [Mention(run.span, kinds[run.key]) for run in runs]
    confirmed = (run for words in headlines for run in _confirmed(words, known))
    found += [Mention(run.span, kinds[run.key]) for run in confirmed]
    return sorted(found, key=lambda mention: mention.span)


def _in_capitals(line: str) -> bool:
    """Whether the line is in capitals, so that they mark no names."""
    letters = [letter for letter in line if letter.isalpha()]
    capitals = sum(map(str.isupper, letters))
    return capitals > CAPITALS * len(letters) and len(line.split()) >= CAPITALS_WORDS


def _split_headlines(
    text: str, lines: Sequence[Span]
) -> tuple[list[list[WrittenWord]], list[list[WrittenWord]]]:
    """The words of ordinary sentences, and the words of headlines."""
    running: list[list[WrittenWord]] = []
    headlines: list[list[WrittenWord]] = []
    for sentence in sentences_of(text, lines):
        words = words_of(text, sentence)
        (headlines if _is_headline(text, sentence, words) else running).append(words)
    return running, headlines


def _is_headline(text: str, sentence: Span, words: Sequence[WrittenWord]) -> bool:
    telling = [word for word in words if word.plain not in _SMALL]
    capitals = sum(word.capital for word in telling)
    ends = text[sentence.end - 1] in ".?!”\"’'"
    least = CLOSED_HEADLINE if ends else HEADLINE
    return len(telling) >= HEADLINE_WORDS and capitals > least * len(telling)


def _confirmed(words: Sequence[WrittenWord], known: AbstractSet[str]) -> Iterator[CapitalizedRun]:
    """The longest runs of a headline that are names in ordinary sentences."""
    at = 0
    while at < len(words):
        for size in range(min(LONGEST, len(words) - at), 0, -1):
            run = CapitalizedRun(tuple(words[at : at + size]), titled=False)
            if run.key in known and words[at].capital:
                yield run
                at += size - 1
                break
        at += 1
