"""Questions, passages and the positions of their answers in word-pieces, to train a reader.

Reads SQuAD 2.0 and SQuADShifts in SQuAD's format, QED and CLAPnq in their own. Unanswerable
examples come from SQuAD 2.0, from CLAPnq, from passages that retrieval confuses with the right one,
and from questions whose name or number was replaced by another.
"""

import gzip
import json
import random
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer
from tokenizers import Encoding, Tokenizer

NAME = re.compile(r"(?<=[\w,] )(?:[A-Z][\w'’-]+)(?: (?:of |the |de )?[A-Z][\w'’-]+)*")
"""Capitalised words that do not begin the sentence."""
NUMBER = re.compile(r"\b\d[\d,.]*\b")
WORDS, FEWEST_WORDS = 110, 40
"""Words of a passage of news; a remainder of at most `FEWEST_WORDS` is dropped."""
Place = tuple[int, int]
"""First and last word-piece."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A text with its title, in word-pieces without special pieces."""

    text: str
    title: str
    ids: NDArray[np.int32]
    title_ids: NDArray[np.int32]
    offsets: NDArray[np.int32]
    """Shape (n, 2): code points of each word-piece."""


@dataclass(frozen=True, slots=True)
class Example:
    """A question and a passage; `answers` is empty where the passage does not answer it."""

    question: str
    passage: Passage
    answers: tuple[Place, ...]
    golds: tuple[str, ...] = ()
    """The texts of the annotated answers."""
    group: str = ""
    """The title or the collection it comes from."""


class Pieces:
    """Cuts texts into word-pieces; each passage is cut once."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer
        self._known: dict[tuple[str, str], Passage] = {}

    def question(self, text: str) -> list[int]:
        return self._encode(text).ids

    def passage(self, text: str, title: str = "") -> Passage:
        if (text, title) not in self._known:
            encoded = self._encode(text)
            self._known[text, title] = Passage(
                text,
                title,
                np.array(encoded.ids, np.int32),
                np.array(self._encode(title).ids, np.int32),
                np.array(encoded.offsets, np.int32).reshape(-1, 2),
            )
        return self._known[text, title]

    def _encode(self, text: str) -> Encoding:
        return self._tokenizer.encode(text, add_special_tokens=False)


def squad(path: Path, pieces: Pieces, *, titled: bool) -> Iterator[Example]:
    """SQuAD's format, 1.1 or 2.0; `titled` if its titles say what the text is about."""
    packed = path.read_bytes()
    text = gzip.decompress(packed) if path.suffix == ".gz" else packed
    for article in json.loads(text)["data"]:
        title = article.get("title", "").replace("_", " ") if titled else ""
        for paragraph in article["paragraphs"]:
            passage = pieces.passage(paragraph["context"], title)
            for asked in paragraph["qas"]:
                found = [(a["answer_start"], a["text"]) for a in asked["answers"]]
                yield Example(
                    asked["question"],
                    passage,
                    places(passage, [(s, s + len(t)) for s, t in found]),
                    tuple(dict.fromkeys(text for _, text in found)),
                    article.get("title", path.name) if titled else path.name,
                )


def qed(path: Path, pieces: Pieces) -> Iterator[Example]:
    for line in path.read_text().splitlines():
        record = json.loads(line)
        passage = pieces.passage(record["paragraph_text"], record["title_text"])
        given = list(chain.from_iterable(record["original_nq_answers"]))
        found = places(passage, [(each["start"], each["end"]) for each in given])
        golds = tuple(each["string"] for each in given)
        yield Example(record["question_text"], passage, found, golds, "qed")


def clapnq(path: Path, pieces: Pieces) -> Iterator[Example]:
    """Its answers are long: every piece of a selected sentence counts as an answer."""
    for line in path.read_text().splitlines():
        record = json.loads(line)
        given = record["passages"][0]
        passage = pieces.passage(given["text"], given["title"])
        chosen = chain.from_iterable(
            out.get("selected_sentences", ()) for out in record.get("output", ())
        )
        found = ((passage.text.find(sentence), len(sentence)) for sentence in chosen)
        ranges = [(start, start + size) for start, size in found if start >= 0]
        inside = (range(first, last + 1) for first, last in places(passage, ranges))
        answers = tuple((at, at) for at in dict.fromkeys(chain.from_iterable(inside)))
        if answers or not record.get("output", [{}])[0].get("answer"):
            yield Example(record["input"], passage, answers, (), "clapnq")


def swapped(
    examples: Iterable[Example], chance: random.Random
) -> Iterator[tuple[Example, Example]]:
    """Each example with itself, another name or number in the question: an unanswerable one."""
    known = list(examples)
    names = [name for each in known for name in NAME.findall(each.question)]
    for example in known:
        for pattern, others in ((NAME, names), (NUMBER, ())):
            if asked := _other(example, pattern, others, chance):
                yield example, replace(example, question=asked, answers=(), golds=())
                break


def _other(
    example: Example, pattern: re.Pattern[str], others: Sequence[str], chance: random.Random
) -> str | None:
    found = list(pattern.finditer(example.question))
    if not found:
        return None
    match = chance.choice(found)
    here = {name for name in pattern.findall(example.passage.text) if name not in example.question}
    away = [chance.choice(others)] if others else []
    if pattern is NUMBER:
        year = len(match[0]) == len("1066")
        away = [str(chance.randint(1700, 2030) if year else chance.randint(2, 99))]
    choices: list[str] = [
        name for name in (*sorted(here), *away) if name.lower() not in match[0].lower()
    ]
    if not choices:
        return None
    before, after = example.question[: match.start()], example.question[match.end() :]
    return before + chance.choice(choices) + after


def confused(
    examples: Sequence[Example], passages: Sequence[Passage], *, nearest: int, chance: random.Random
) -> Iterator[tuple[Example, Example]]:
    """Each example with its question over a passage that shares its words but lacks its answer."""
    model = TfidfVectorizer(sublinear_tf=True, stop_words="english", dtype=np.float32)
    matrix = model.fit_transform([f"{each.title} {each.text}" for each in passages]).T.tocsr()
    lowered = [each.text.lower() for each in passages]
    for start in range(0, len(examples), 256):
        some = examples[start : start + 256]
        scores = (model.transform([each.question for each in some]) @ matrix).toarray()
        best = np.argsort(-scores, axis=1)[:, : nearest + 4]
        for example, rows in zip(some, best, strict=True):
            lacking = [r for r in rows if not any(g.lower() in lowered[r] for g in example.golds)]
            if lacking:
                passage = passages[chance.choice(lacking[:nearest])]
                yield example, replace(example, passage=passage, answers=(), golds=())


def news(path: Path, pieces: Pieces, *, most: int, chance: random.Random) -> list[Passage]:
    """Passages of a corpus, about a hundred words each, without questions."""
    with gzip.open(path, "rt") as lines:
        records = [json.loads(line) for line in lines]
    cut = [
        (record["title"], " ".join(words[at : at + WORDS]))
        for record in records
        for words in (record["text"].split(),)
        for at in range(0, len(words), WORDS)
        if len(words) - at > FEWEST_WORDS
    ]
    return [pieces.passage(text, title) for title, text in chance.sample(cut, most)]


def places(passage: Passage, ranges: Iterable[Place]) -> tuple[Place, ...]:
    """The word-pieces that touch each range of code points, each place once."""
    found: dict[Place, None] = {}
    for start, end in ranges:
        touching = np.flatnonzero((passage.offsets[:, 0] < end) & (passage.offsets[:, 1] > start))
        if len(touching):
            found[int(touching[0]), int(touching[-1])] = None
    return tuple(found)
