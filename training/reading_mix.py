"""What a reader learns from in an epoch: all sets by their rations, in units read together.

A unit is a question with its unanswerable twins, or a question with several passages.
"""

import random
from dataclasses import replace
from pathlib import Path

from training.reading_data import (
    Example,
    Pieces,
    clapnq,
    confused,
    news,
    qed,
    squad,
    swapped,
)
from training.reading_more import RATIONS, Ration, held_out, rationed, twins, uniform
from training.role_swaps import composed, in_place

Unit = tuple[Example, ...]
SHIFTS = ("new_wiki", "reddit", "amazon_reviews")
ROLES = Ration("roles", most=1_200, a_context=4)
PARTS = "squad_train_parts"
CONFUSED, CHANGED, ALONE, LONG = 1_500, 1_500, 1_500, 300
"""Questions of SQuADShifts and QED in an epoch: with a passage that retrieval confuses with theirs,
with a twin of another name or number, and by themselves; and questions of CLAPnq."""
NEWS = 8_000
"""Passages of news that retrieval may confuse with another."""


class ReadingMix:
    """All sets, read once; an epoch draws from them."""

    def __init__(
        self, data: Path, pieces: Pieces, seed: int, *, squad2: str | None, share: float = 1.0
    ) -> None:
        """`share` of the units of the sets with rations are learnt from, for learning curves."""
        self._seed = seed
        chance = random.Random(seed)
        reading, more = data / "reading", data / "reading_more"
        self.held_out: list[Example] = []
        self._rationed: list[tuple[Ration, list[Unit]]] = []
        for ration in RATIONS:
            lines = list(uniform(more / f"{ration.name}.jsonl.gz", pieces))
            units = twins(lines)
            self.held_out += [e for u in units if held_out(u[0].passage.text) for e in u]
            learnt = [u for u in units if not held_out(u[0].passage.text)]
            learnt = chance.sample(learnt, round(len(learnt) * share))
            self._rationed.append((ration, learnt))
        asked = [
            e for ration, units in self._rationed if "qa" in ration.name for u in units for e in u
        ]
        self._rationed.append((ROLES, list(composed(asked))))
        self._short = [
            example
            for name in SHIFTS
            for example in squad(reading / "squadshifts" / f"{name}.json.gz", pieces, titled=False)
        ] + list(qed(reading / "qed_dev" / "qed-dev.jsonlines", pieces))
        self._long = [
            example
            for path in sorted((reading / "clapnq_dev").iterdir())
            for example in clapnq(path, pieces)
        ]
        self._news = news(data / "qa/realtimeqa/corpus.jsonl.gz", pieces, most=NEWS, chance=chance)
        self._squad2 = squad2_part(data, pieces, squad2) if squad2 else []

    def epoch(self, number: int) -> list[Unit]:
        """The same for the same seed and number."""
        chance = random.Random(f"{self._seed} {number}")
        units = [
            unit for ration, every in self._rationed for unit in rationed(every, ration, chance)
        ]
        asked = chance.sample(self._short, CONFUSED + ALONE + 4 * CHANGED)
        own = list({id(each.passage): each.passage for each in self._short}.values())
        to_confuse, asked = asked[:CONFUSED], asked[CONFUSED:]
        half = len(to_confuse) // 2
        units += confused(to_confuse[:half], own, nearest=4, chance=chance)
        units += confused(to_confuse[half:], self._news, nearest=3, chance=chance)
        units += ((example,) for example in asked[:ALONE])
        units += self._changed(asked[ALONE:], chance)
        units += ((example,) for example in chance.sample(self._long, LONG))
        units += ((example,) for example in self._squad2)
        return units

    def _changed(self, asked: list[Example], chance: random.Random) -> list[Unit]:
        """Roles exchanged where that is possible, else another name or number."""
        parts = next(units for ration, units in self._rationed if ration.name == PARTS)
        exchanged = list(in_place([*asked, *(unit[0] for unit in parts)], chance))
        known = {id(example) for example, _ in exchanged}
        others = swapped([each for each in asked if id(each) not in known], chance)
        exchanged = chance.sample(exchanged, min(len(exchanged), CHANGED // 3))
        return [*exchanged, *list(others)[: CHANGED - len(exchanged)]]


def squad2_part(data: Path, pieces: Pieces, part: str) -> list[Example]:
    """SQuAD 2.0, `all` of it or a half: every other title is in the first one."""
    every = list(squad(data / "reading/squad2/squad2_dev.json", pieces, titled=True))
    titles = sorted({example.group for example in every})
    chosen = {"first": titles[::2], "second": titles[1::2], "all": titles}[part]
    return [replace(each, group="squad2") for each in every if each.group in chosen]
