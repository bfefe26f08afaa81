"""Fit the pronoun ranker on GUM and GAP, and print its accuracy on held-out documents.

    python -m training.fit_pronouns --data ../shared/data/attribution

A pronoun is right if it is resolved to the annotated person; only pronouns of named persons count.
Each document is read as in use: earlier pronouns are joined by the ranker's own choices, including
wrong ones.
"""

import argparse
import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import torch

from index.attribution.attributor import names_in
from index.attribution.entities.entities import Entities, find_entities
from index.attribution.quotations import find_quotes
from index.attribution.speakers.pronoun_features import FEATURES, Candidate
from index.attribution.speakers.pronouns import (
    WEIGHTS,
    Floats,
    PendingPronoun,
    Ranker,
    given_odds,
    walk,
)
from index.attribution.tagger.tagger import ShippedTagger
from index.documents import Span
from training.gum import held_out
from training.pronoun_data import Document, NamesIn, gap, gum

UNITS = 24
STEPS = 800
ROUNDS = 2
"""Times that the documents are read again with the ranker fitted last."""
FOLDS = 5
DECAY = 3e-3
NETWORKS = 3
"""Their scores are averaged: together they are one network with more units."""
GUM_WEIGHT = 3
"""Weight of GUM's news, interviews and courts against GAP's sentences from an encyclopedia."""
SURE = 0.6
Counts = dict[str, list[int]]
Choose = Callable[[PendingPronoun], int]


@dataclass(frozen=True, slots=True)
class Example:
    rows: Floats
    right: np.ndarray
    document: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result for one pronoun that means a named person."""

    document: str
    right: bool
    subject: bool
    reachable: bool
    confidence: float
    named: bool
    """Whether a named person was chosen."""


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--data", type=Path, default=Path("../shared/data/attribution"))
    options.add_argument("--out", type=Path, default=WEIGHTS)
    options.add_argument("--seed", type=int, default=7)
    chosen = options.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(chosen.seed)
    held = held_out(chosen.data / "gum" / "splits.md")
    names = names_by(ShippedTagger())
    archive, shelf = chosen.data / "gum" / "dep.tar.gz", chosen.data / "gap"
    gold, found = list(gum(archive)), list(gum(archive, names))
    part = shelf / "gap-development.tsv.gz"
    train_gap = [*gap(part), *gap(part, names)]
    test_gap = list(gap(shelf / "gap-validation.tsv.gz", names))
    learn = [each for each in (*gold, *found) if each.id not in held]
    ranker = fit([*learn, *train_gap])
    for label, documents in (("names as annotated", gold), ("names as found", found)):
        tested = [each for each in documents if each.id in held]
        report(f"GUM dev+test, {label}", tested, ranker)
    report("GAP validation, names as found", test_gap, ranker)
    cross = cross_fitted(gold, found, train_gap)
    print_outcomes("GUM, all documents, cross-fitted by document", cross)
    for genre in ("news", "interview", "court"):
        part = [each for each in cross if f"_{genre}_" in each.document]
        print_outcomes(f"  {genre}", part)
    save(ranker, counts_of([*learn, *train_gap]), chosen.out)


def names_by(tagger: ShippedTagger) -> NamesIn:
    return lambda text: names_in(text, next(iter(tagger.read([text]))))


def fit(documents: Sequence[Document]) -> Ranker:
    """The first round uses a simple rule, each later one the ranker of the round before."""
    given = _odds_held_out(documents)
    choose: Choose = nearest_subject
    for _ in range(ROUNDS):
        examples = [
            example
            for document in documents
            for example in examples_of(document, given[document.id], choose)
            for _ in range(GUM_WEIGHT if document.id.startswith("GUM") else 1)
        ]
        odds = given_odds(counts_of(documents))
        ranker = joined([trained(examples, odds) for _ in range(NETWORKS)])
        choose = by(ranker)
    return ranker


def joined(rankers: Sequence[Ranker]) -> Ranker:
    return Ranker(
        np.concatenate([each.hidden for each in rankers], axis=1),
        np.concatenate([each.bias for each in rankers]),
        np.concatenate([each.out for each in rankers]) / len(rankers),
        rankers[0].given,
    )


def by(ranker: Ranker) -> Choose:
    return lambda pending: int(ranker.odds(pending.rows).argmax())


def nearest_subject(pending: PendingPronoun) -> int:
    """The latest subject whose gender fits, else the latest candidate."""
    sign = 1 if pending.pronoun.gender == "m" else -1
    fitting = [at for at, each in enumerate(pending.candidates) if sign * each.odds >= 0]
    subjects = [at for at in fitting if pending.candidates[at].last.subject]
    return next(iter(subjects or fitting), 0)


def _odds_held_out(documents: Sequence[Document]) -> dict[str, Mapping[str, float]]:
    """By document. Given names are counted in the other folds: its own contains the answer."""
    ids = sorted({document.id for document in documents})
    given: dict[str, Mapping[str, float]] = {}
    for fold in range(10):
        part = set(ids[fold::10])
        odds = given_odds(counts_of(each for each in documents if each.id not in part))
        given |= dict.fromkeys(part, odds)
    return given


def counts_of(documents: Iterable[Document]) -> Counts:
    counts: Counts = {}
    seen: set[tuple[str, str]] = set()
    for document in documents:
        for cluster, name in document.names.items():
            gender = document.genders.get(cluster)
            if gender and name.isalpha() and len(name) > 1 and (document.id, cluster) not in seen:
                seen.add((document.id, cluster))
                counts.setdefault(name, [0, 0])[gender == "f"] += 1
    return counts


def examples_of(document: Document, given: Mapping[str, float], choose: Choose) -> list[Example]:
    examples = []
    for pending, right in walked(document, given):
        if right is not None and right.any() and len(right) > 1:
            examples.append(Example(pending.rows, right, document.id))
        if pending.candidates:
            pending.join(choose(pending))
    return examples


def walked(
    document: Document, given: Mapping[str, float]
) -> Iterable[tuple[PendingPronoun, np.ndarray | None]]:
    """Each pronoun, and which candidates are right; None if it is not annotated."""
    entities, quotes = _read(document)
    heads = {head: key for key, each in document.clusters.items() for head in each}
    named = {
        number: [span for span, numbers in entities.at.items() if numbers == (number,)]
        for number in range(len(entities.all))
    }
    for pending in walk(document.text, entities, quotes, given):
        cluster, right = document.pronouns.get(pending.pronoun.span), None
        if cluster is not None:
            right = np.array(
                [_is(each, cluster, heads, named) for each in pending.candidates], np.bool_
            )
        yield pending, right


@lru_cache(maxsize=8192)
def _read(document: Document) -> tuple[Entities, list[Span]]:
    quoted = [each.span for each in find_quotes(document.text) if not each.scare]
    return find_entities(document.text, document.named), quoted


def _is(
    candidate: Candidate, cluster: str, heads: Mapping[Span, str], named: Mapping[int, list[Span]]
) -> bool:
    """Whether its names and nouns, also those to come, contain heads of this cluster most often."""
    nouns = [mention.span for mention in candidate.mentions if mention.kind == "noun"]
    names = named[candidate.entity] if candidate.entity is not None else []
    votes = Counter(
        key for head, key in heads.items() if any(_holds(each, head) for each in (*nouns, *names))
    )
    return bool(votes) and votes[cluster] == max(votes.values())


def trained(examples: Sequence[Example], given: Mapping[str, float]) -> Ranker:
    """Trained with a softmax over the candidates of each pronoun."""
    rows, mask, right = _stacked(examples)
    network = torch.nn.Sequential(
        torch.nn.Linear(len(FEATURES), UNITS), torch.nn.ReLU(), torch.nn.Dropout(0.2),
        torch.nn.Linear(UNITS, 1, bias=False),
    )  # fmt: skip
    optimizer = torch.optim.AdamW(network.parameters(), lr=5e-3, weight_decay=DECAY)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, STEPS)
    for _ in range(STEPS):
        batch = torch.randint(0, len(rows), (256,))
        scores = network(rows[batch]).squeeze(-1).masked_fill(~mask[batch], -1e9)
        chances = scores.log_softmax(-1).masked_fill(~right[batch], -1e9)
        loss = -chances.logsumexp(-1).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        schedule.step()
    first, last = network[0], network[3]
    return Ranker(
        first.weight.detach().numpy().T.copy(),
        first.bias.detach().numpy().copy(),
        last.weight.detach().numpy()[0].copy(),
        given,
    )


def _stacked(examples: Sequence[Example]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    most = max(len(example.right) for example in examples)
    rows = np.zeros((len(examples), most, len(FEATURES)), np.float32)
    mask = np.zeros((len(examples), most), np.bool_)
    right = np.zeros((len(examples), most), np.bool_)
    for at, example in enumerate(examples):
        size = len(example.right)
        rows[at, :size], mask[at, :size], right[at, :size] = example.rows, True, example.right
    return torch.from_numpy(rows), torch.from_numpy(mask), torch.from_numpy(right)


def outcomes(
    documents: Iterable[Document], ranker: Ranker, choose: Choose | None = None
) -> list[Outcome]:
    choose = choose or by(ranker)
    found = []
    for document in documents:
        for pending, right in walked(document, ranker.given):
            best = choose(pending) if pending.candidates else None
            if right is not None and _named(document, pending.pronoun.span):
                chosen = None if best is None else pending.candidates[best]
                found.append(
                    Outcome(
                        document.id,
                        best is not None and bool(right[best]),
                        pending.pronoun.case == "subject",
                        bool(right.any()),
                        float(ranker.odds(pending.rows).max()) if pending.candidates else 0.0,
                        chosen is not None and chosen.entity is not None,
                    )
                )
            if best is not None:
                pending.join(best)
    return found


def _named(document: Document, pronoun: Span) -> bool:
    heads = document.clusters[document.pronouns[pronoun]]
    return any(
        _holds(mention.span, head)
        for mention in document.named
        if mention.kind == "PER"
        for head in heads
    )


def _holds(outer: Span, inner: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def cross_fitted(
    gold: Sequence[Document], found: Sequence[Document], others: Sequence[Document]
) -> list[Outcome]:
    outcome = []
    for fold in range(FOLDS):
        tested = [each for at, each in enumerate(gold) if at % FOLDS == fold]
        away = {each.id for each in tested}
        learn = [each for each in (*gold, *found) if each.id not in away]
        outcome += outcomes(tested, fit([*learn, *others]))
    return outcome


def report(label: str, documents: Sequence[Document], ranker: Ranker) -> None:
    print_outcomes(label, outcomes(documents, ranker))
    print_outcomes("  the nearest subject instead", outcomes(documents, ranker, nearest_subject))


def print_outcomes(label: str, found: Sequence[Outcome]) -> None:
    parts = [("all", found), ("he/she", [each for each in found if each.subject])]
    parts.append(("answered above .6", [each for each in found if each.confidence > SURE]))
    printed = ", ".join(
        f"{name} {np.mean([each.right for each in part]):.3f} of {len(part)}"
        for name, part in parts
        if part
    )
    reach = np.mean([each.reachable for each in found])
    print(f"{label}: {printed}; among the candidates {reach:.3f}")


def save(ranker: Ranker, counts: Counts, path: Path) -> None:
    stored = {
        "features": list(FEATURES),
        "hidden": np.round(ranker.hidden, 4).tolist(),
        "bias": np.round(ranker.bias, 4).tolist(),
        "out": np.round(ranker.out, 4).tolist(),
        "given": dict(sorted(counts.items())),
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(stored, separators=(",", ":")) + "\n")
    print(f"wrote {path} ({path.stat().st_size // 1024} KiB)")


if __name__ == "__main__":
    main()
