"""Questions with their roles exchanged: "Who beat Wexley?" for a text in which Wexley won.

The same words are asked for and held, so only who did what to whom tells that no answer is here.
"""

import random
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from training.reading_data import NAME, Example

SUBJECT = re.compile(r"Who (\w+ed) some(?:one|thing)\?")
OBJECT = re.compile(r"(?:Who|What) did someone (\w+)\?")
MUTUAL = re.compile(
    r"\b(?:met|meet|marr|spous|wife|husband|partner|friend|brother|sister|sibling|twin|fac|play|"
    r"fought|fight|battl|rival|join|contact|match|tie|dat|team|with|and|or|versus|between|against|"
    r"both|same|equal|link|connect|relat|talk|collaborat|alli|border|near)",
    re.IGNORECASE,
)
"""What holds both ways, so that an exchange may be true."""
PRONOUNS = frozenset(
    "i me you he him she her it we us they them his hers its their theirs our this that these "
    "those who himself herself itself themselves someone something".split()
)
MOST_WORDS = 5
"""Of an answer that is put into a question."""


def composed(examples: Iterable[Example]) -> Iterator[tuple[Example, ...]]:
    """From "Who informed someone?" and "Who did someone inform?", which QA-SRL asks of a sentence.

    Two questions with the other's answer in place of "someone", and the two with the wrong one.
    """
    of_text: dict[str, list[Example]] = defaultdict(list)
    for example in examples:
        of_text[example.passage.text].append(example)
    for asked in of_text.values():
        subjects = [(m, each) for each in asked if (m := SUBJECT.fullmatch(each.question))]
        objects = [(m, each) for each in asked if (m := OBJECT.fullmatch(each.question))]
        for subject, doing in subjects:
            for thing, done in objects:
                if _same_verb(subject[1], thing[1]) and _apart(doing, done):
                    yield _exchanged(doing, done, subject[1], thing[1])


def _exchanged(doing: Example, done: Example, past: str, verb: str) -> tuple[Example, ...]:
    who, what = doing.golds[0], done.golds[0]
    word = "Who" if done.question.startswith("Who") else "What"
    return (
        replace(doing, question=f"Who {past} {what}?"),
        replace(done, question=f"{word} did {who} {verb}?"),
        replace(doing, question=f"Who {past} {who}?", answers=(), golds=()),
        replace(done, question=f"{word} did {what} {verb}?", answers=(), golds=()),
    )


def _same_verb(past: str, verb: str) -> bool:
    return past in {f"{verb}ed", f"{verb}d", f"{verb}{verb[-1]}ed", f"{verb[:-1]}ied"}


def _apart(doing: Example, done: Example) -> bool:
    """Whether the two may be exchanged, and no exchange is true."""
    if not doing.golds or not done.golds or MUTUAL.search(f"{doing.question} {done.question}"):
        return False
    who, what = (each.golds[0].lower().split() for each in (doing, done))
    return not (
        max(len(who), len(what)) > MOST_WORDS
        or what[0] in {"to", "that"}
        or set(who) & set(what)
        or PRONOUNS & {*who, *what}
    )


def in_place(
    examples: Sequence[Example], chance: random.Random
) -> Iterator[tuple[Example, Example]]:
    """Each "who" question with itself about its own answer: "Who did Carrow beat?" -> "Carrow"."""
    for example in examples:
        named = [
            match
            for match in NAME.finditer(example.question)
            if match[0].lower() in example.passage.text.lower()
        ]
        answer = next((gold for gold in example.golds if _is_name(gold)), "")
        if not named or not answer or MUTUAL.search(example.question):
            continue
        match = chance.choice(named)
        if example.question.lower().startswith("who ") and not _share(answer, match[0]):
            before, after = example.question[: match.start()], example.question[match.end() :]
            asked = f"{before}{answer}{after}"
            yield example, replace(example, question=asked, answers=(), golds=())


def _is_name(text: str) -> bool:
    words = text.split()
    return 0 < len(words) <= MOST_WORDS and all(word[:1].isupper() for word in words)


def _share(one: str, other: str) -> bool:
    return bool({*one.lower().split()} & {*other.lower().split()})
