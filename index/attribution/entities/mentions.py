"""Names by their capitals and what stands around them: for where no learned tagger is at hand.

Rules alone miss names and mistake kinds; where in doubt they call a name MISC, which is nobody. A
paragraph in capitals has no names that can be told from its other words; a headline only those
that running text bears out.
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
"""A headline writes these without capitals."""
SHOUTED, SHOUTED_WORDS = 0.7, 3
"""A line with so large a part of its letters in capitals, of so many words, tells no names."""
HEADLINE_WORDS, HEADLINE, CLOSED_HEADLINE = 4, 0.75, 0.92
"""Words, and the part of them with capitals; more where the line ends as a sentence does."""


def find_mentions(text: str) -> list[Mention]:
    """Ascending and disjoint; titles are left out: "President Joko" is a mention of "Joko"."""
    lines = [line for line in paragraphs(text) if not _shouts(line.of(text))]
    running, headlines = _parted(text, lines)
    seen = Casing.of(running)
    runs = [run for sentence in running for run in find_runs(text, sentence, seen)]
    kinds = classify_runs(text, runs)
    known = {key for key, kind in kinds.items() if kind != "MISC"}
    held = [Mention(run.span, kinds[run.key]) for run in runs]
    borne_out = (run for words in headlines for run in _borne_out(words, known))
    held += [Mention(run.span, kinds[run.key]) for run in borne_out]
    return sorted(held, key=lambda mention: mention.span)


def _shouts(line: str) -> bool:
    """Whether capitals tell nothing there: three words or more, nearly all in capitals."""
    letters = [letter for letter in line if letter.isalpha()]
    capitals = sum(map(str.isupper, letters))
    return capitals > SHOUTED * len(letters) and len(line.split()) >= SHOUTED_WORDS


def _parted(
    text: str, lines: Sequence[Span]
) -> tuple[list[list[WrittenWord]], list[list[WrittenWord]]]:
    """The words of sentences, and those of headlines that give most words a capital."""
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


def _borne_out(words: Sequence[WrittenWord], known: AbstractSet[str]) -> Iterator[CapitalizedRun]:
    """The longest runs of a headline that running text has as names."""
    at = 0
    while at < len(words):
        for size in range(min(LONGEST, len(words) - at), 0, -1):
            run = CapitalizedRun(tuple(words[at : at + size]), titled=False)
            if run.key in known and words[at].capital:
                yield run
                at += size - 1
                break
        at += 1
