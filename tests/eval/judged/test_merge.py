"""Readers' labels, merged into the judgements of a set."""

import json
from pathlib import Path
from typing import Any

import pytest

from eval.errors import DataError
from eval.judged.judgements import read_judgements
from eval.judged.merge import DISAGREEMENTS, Merged, merge
from eval.judged.pool import POOL, unjudged, write_pool
from eval.judged.questions import read_questions
from index.documents import Article
from tests.support.eval_files import write_lines
from tests.support.judged import (
    ARTICLES,
    GIFT,
    JUNE,
    QUOTE,
    RAIN,
    asked,
    judge,
    show,
    showing,
    write_set,
)

TOWN = [Article(id=each["id"], title=each["title"], text=each["text"]) for each in ARTICLES]


class Readers:
    """Two readers of a pool of four places, of two questions."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.set = write_set(folder / "set", [asked("said"), asked("fact", "fact")])
        shown = {
            "said": showing("said", show(QUOTE, "Maud Ferrier"), show(GIFT, "Otto Brandt")),
            "fact": showing("fact", show(JUNE), show(RAIN)),
        }
        pooled = unjudged(read_questions(self.set), [{"service": shown}], [])
        write_pool(folder, pooled, TOWN)
        lines = map(json.loads, (folder / POOL).read_text().splitlines())
        self.items = {line["text"]: line["item"] for line in lines}

    def label(self, name: str, **labels: str | None) -> Path:
        words = {"quote": QUOTE, "gift": GIFT, "june": JUNE, "rain": RAIN}
        return write_lines(
            self.folder / f"{name}.jsonl",
            [{"item": self.items[words[key]], "label": label} for key, label in labels.items()],
        )

    def merge(self, first: Path, second: Path, settled: Path | None = None) -> Merged:
        return merge(self.set, first, second, settled, pool=self.folder / POOL)

    @property
    def open(self) -> list[Any]:
        return [json.loads(line) for line in (self.folder / DISAGREEMENTS).read_text().splitlines()]


@pytest.fixture
def readers(tmp_path: Path) -> Readers:
    return Readers(tmp_path)


def test_labels_become_judgements_without_text(readers: Readers) -> None:
    both = [readers.label(name, quote="telling", june="right") for name in ("a", "b")]

    merged = readers.merge(*both)

    found = {each.question: each for each in read_judgements(readers.set)}
    assert (merged.judged, merged.by_one, merged.open) == (2, 0, 0)
    assert found["said"].label == "telling"
    assert (found["said"].speaker, found["fact"].label) == ("Maud Ferrier", "right")
    assert "penny" not in (readers.set / "judgements.jsonl").read_text()


def test_disagreements_wait_and_are_settled_by_a_third_file(readers: Readers) -> None:
    first = readers.label("a", quote="telling", gift="off")
    second = readers.label("b", quote="empty", gift="off")

    before = readers.merge(first, second)
    waiting = [each["text"] for each in readers.open]
    after = readers.merge(first, second, readers.label("c", quote="empty"))

    assert (before.open, waiting) == (1, [QUOTE])
    assert (after.open, readers.open) == (0, [])
    assert sorted(each.label or "" for each in read_judgements(readers.set)) == ["empty", "off"]


def test_places_with_one_label_are_left_out_and_counted(readers: Readers) -> None:
    first = readers.label("a", quote="telling", gift="off", june="off")

    merged = readers.merge(first, readers.label("b", quote="telling", june=None))

    assert (merged.judged, merged.by_one) == (1, 2)


def test_earlier_judgements_stay(readers: Readers) -> None:
    write_set(readers.set, [asked("said"), asked("fact", "fact")], [judge("fact", RAIN, "off")])

    readers.merge(*(readers.label(name, quote="telling") for name in ("a", "b")))

    assert len(read_judgements(readers.set)) == 2


def test_agreement_is_given_by_type_and_over_all(readers: Readers) -> None:
    first = readers.label("a", quote="telling", gift="off", june="right", rain="off")
    second = readers.label("b", quote="telling", gift="empty", june="right", rain="off")

    found = readers.merge(first, second).agreement

    assert {name: (each.n, each.share) for name, each in found.items()} == {
        "who_said": (2, 0.5),
        "fact": (2, 1.0),
        "all": (4, 0.75),
    }


def test_a_label_of_another_type_is_an_error(readers: Readers) -> None:
    with pytest.raises(DataError, match="'label' is 'telling', expected one of right, outdated"):
        readers.merge(readers.label("a", june="telling"), readers.label("b", june="right"))


def test_an_item_outside_the_pool_is_an_error(readers: Readers) -> None:
    stray = write_lines(readers.folder / "a.jsonl", [{"item": "x", "label": "off"}])

    with pytest.raises(DataError, match="which is not in the pool"):
        readers.merge(stray, stray)


def test_a_missing_pool_says_how_to_name_it(readers: Readers) -> None:
    labels = readers.label("a", june="right")

    with pytest.raises(DataError, match="with --pool"):
        merge(readers.set, labels, labels, None, pool=readers.folder / "none.jsonl")
