r"""Train the reader; takes about two hours on two cores and can be resumed.

    export MALLOC_MMAP_MAX_=0 MALLOC_TRIM_THRESHOLD_=17179869184
    python -m training.train_reader ../shared/data --out runs/reader
    python -m training.train_reader ../shared/data --out runs/reader-more \
        --after runs/reader/checkpoint.pt --epochs 1.3 --rate 1.5e-4 --seed 2
    python -m training.train_reader ../shared/data --out runs/reader-all --squad2 all \
        --after runs/reader-more/checkpoint.pt --epochs 2 --rate 6e-5 --replayed 3000

(The first line keeps glibc from returning the memory of every batch: 1.4 times as fast.)

The first run learns from SQuADShifts, QED and CLAPnq, and from unanswerable examples made of them;
the second continues with new examples of this kind. Runs with `--squad2` continue with SQuAD 2.0:
`all` titles make the network that ships; `first` and `second` (with `--replayed 1500`) are each
measured on the other half. After an interruption, run the same command to continue from the last
checkpoint.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import torch
from torch import Tensor

from index.neural.embedder import bundled_folder
from index.neural.word_pieces import FILE, word_pieces
from rag.reading.spans import Packed, pack
from training.reader_model import Reader, batch_of, span_loss
from training.reading_data import (
    Example,
    Pieces,
    Place,
    clapnq,
    confused,
    news,
    qed,
    squad,
    swapped,
)
from training.resumable import Resumable, arguments_of

SHIFTS = ("new_wiki", "reddit", "amazon_reviews")
SENTENCE_ENDS = frozenset((1012, 1029, 999))
"""Word-pieces . ? !"""


@dataclass(frozen=True, slots=True)
class Recipe:
    epochs: float = 1.4
    batch: int = 32
    rate: float = 2e-4
    head_rate: float = 1e-3
    warmup: float = 0.05
    decay: float = 0.01
    averaged: float = 0.998
    lengths: tuple[int, ...] = (96, 128, 160)
    """Lengths of a batch's sequences; a longer passage is cut around an answer, or beside it."""
    beside: float = 0.12
    """Share of answerable questions paired with a part of their passage without the answer."""
    titled: float = 0.5
    """Share of titled passages that keep their title."""
    replayed: int = 0
    """Examples of the first run repeated in a run that continues it."""
    seed: int = 20_261_127


def main() -> None:
    parser = arguments_of(__doc__, Recipe())
    parser.add_argument("--squad2", choices=["first", "second", "all"])
    parser.add_argument("--rate", type=float, default=Recipe().rate)
    parser.add_argument("--replayed", type=int, default=Recipe().replayed)
    arguments = parser.parse_args()
    torch.manual_seed(arguments.seed)
    recipe = Recipe(epochs=arguments.epochs, rate=arguments.rate, seed=arguments.seed)
    if arguments.after:
        recipe = replace(
            recipe,
            head_rate=arguments.rate,
            averaged=0.99,
            lengths=(160, 192, 256) if arguments.squad2 else (128, 160, 192),
            replayed=arguments.replayed,
        )
    trainer = Trainer(arguments.data, arguments.out, recipe, arguments.squad2)
    trainer.run(after=arguments.after, limit=arguments.steps)


def examples(data: Path, pieces: Pieces, chance: random.Random) -> list[Example]:
    """All but SQuAD 2.0, with unanswerable examples made from them."""
    reading = data / "reading"
    shifted = [
        example
        for name in SHIFTS
        for example in squad(
            reading / "squadshifts" / f"{name}.json.gz", pieces, titled=name == "new_wiki"
        )
    ]
    short = [*shifted, *qed(reading / "qed_dev" / "qed-dev.jsonlines", pieces)]
    long = [
        example
        for path in sorted((reading / "clapnq_dev").iterdir())
        for example in clapnq(path, pieces)
    ]
    own = list({id(each.passage): each.passage for each in short}.values())
    other = news(data / "qa/realtimeqa/corpus.jsonl.gz", pieces, most=20_000, chance=chance)
    asked = chance.sample(short, len(short) // 3)
    half = len(asked) // 2
    return [
        *short,
        *long,
        *confused(asked[:half], own, nearest=4, chance=chance),
        *confused(asked[half:], other, nearest=3, chance=chance),
        *swapped(chance.sample(short, len(short) // 2), chance),
    ]


def squad2_part(data: Path, pieces: Pieces, part: str) -> list[Example]:
    """SQuAD 2.0, `all` of it or a half: every other title is in the first one."""
    every = list(squad(data / "reading/squad2/squad2_dev.json", pieces, titled=True))
    titles = sorted({example.group for example in every})
    chosen = {"first": titles[::2], "second": titles[1::2], "all": titles}[part]
    return [each for each in every if each.group in chosen]


class Trainer(Resumable):
    def __init__(self, data: Path, out: Path, recipe: Recipe, squad2: str | None) -> None:
        folder = bundled_folder()
        self.pieces = Pieces(word_pieces(folder / FILE))
        chance = random.Random(recipe.seed)
        self.examples = examples(data, self.pieces, chance)
        if squad2:
            chosen = squad2_part(data, self.pieces, squad2)
            again = chance.sample(self.examples, recipe.replayed)
            made = list(swapped([e for e in chosen if e.answers], chance))
            self.examples = [*chosen, *made[: len(chosen) // 4], *again]
        model = Reader(folder)
        self.per_epoch = len(self.examples) // recipe.batch
        total = int(self.per_epoch * recipe.epochs)
        super().__init__(out, recipe, model, total=total)
        answerable = sum(bool(each.answers) for each in self.examples)
        self._say(f"{len(self.examples)} examples, {answerable} answerable, {self.total} steps")

    def _learn(self, batch: list[tuple[Packed, list[Place]]]) -> tuple[tuple[float, ...], int]:
        packed = [each for each, _ in batch]
        starts, ends = self.model(batch_of(packed))
        loss = span_loss(starts, _marked(starts, [[s for s, _ in places] for _, places in batch]))
        loss = loss + span_loss(
            ends, _marked(ends, [[e for _, e in places] for _, places in batch])
        )
        (loss / (2 * len(packed))).backward()
        return (loss.item() / (2 * len(packed)),), sum(map(len, packed))

    def _batches(self) -> Iterator[list[tuple[Packed, list[Place]]]]:
        while True:
            yield self._batch()

    def _batch(self) -> list[tuple[Packed, list[Place]]]:
        """Depends on the step alone."""
        epoch, at = divmod(self.step, self.per_epoch)
        order = list(range(len(self.examples)))
        random.Random(self.recipe.seed + epoch).shuffle(order)
        rows = order[at * self.recipe.batch : (at + 1) * self.recipe.batch]
        chance = random.Random(self.recipe.seed * 1_000_003 + self.step)
        size = chance.choice(self.recipe.lengths)
        return [self._drawn(self.examples[row], size, chance) for row in rows]

    def _drawn(
        self, example: Example, size: int, chance: random.Random
    ) -> tuple[Packed, list[Place]]:
        question, passage = self.pieces.question(example.question), example.passage
        title = passage.title_ids if chance.random() < self.recipe.titled else ()
        room = size - len(pack(question, (), title))
        beside = bool(example.golds) and chance.random() < self.recipe.beside
        first = _window(passage.ids, room, example.answers, chance, beside=beside)
        packed = pack(question, passage.ids[first : first + room], title)
        moved = packed.start - first
        inside = [
            (start + moved, end + moved)
            for start, end in example.answers
            if start >= first and end < first + packed.size
        ]
        return packed, inside or [(0, 0)]


def _window(
    ids: Sequence[int],
    room: int,
    answers: Sequence[Place],
    chance: random.Random,
    *,
    beside: bool,
) -> int:
    """Start of a window of `room` pieces: around an answer, or `beside` all answers."""
    last = len(ids) - room
    if last <= 0:
        return 0
    if not answers:
        return chance.randint(0, last)
    if beside:
        clear = [at for at in range(last + 1) if all(e < at or s >= at + room for s, e in answers)]
        return chance.choice(clear) if clear else chance.randint(0, last)
    start, end = chance.choice(answers)
    first = chance.randint(min(last, max(0, end + 1 - room)), max(0, min(last, start)))
    ends = (at + 1 for at in range(first - 1, start) if at >= 0 and ids[at] in SENTENCE_ENDS)
    return min(last, next(ends, first))


def _marked(scores: Tensor, places: Sequence[Sequence[int]]) -> Tensor:
    marked = torch.zeros_like(scores, dtype=torch.bool)
    for row, each in enumerate(places):
        marked[row, list(each)] = True
    return marked


if __name__ == "__main__":
    main()
