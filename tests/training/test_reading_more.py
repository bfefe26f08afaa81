"""The uniform reading data: lines are checked, questions rationed, twins kept together."""

import gzip
import json
import random
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from eval.errors import DataError
from index.neural.embedder import bundled_folder
from index.neural.word_pieces import FILE, word_pieces
from training.reading_batches import drawn, plan
from training.reading_data import Example, Pieces
from training.reading_more import Ration, held_out, rationed, twins, uniform

TOWER = "The lighthouse at Orrin was finished in 1889. It was designed by Ines Aalto."


@pytest.fixture(scope="module")
def pieces() -> Pieces:
    return Pieces(word_pieces(bundled_folder() / FILE))


def line(**changes: Any) -> dict[str, Any]:
    answer = {"text": "Ines Aalto", "start": TOWER.index("Ines")}
    whole = {"id": "a", "context": TOWER, "question": "Who designed it?", "answers": [answer]}
    return {**whole, "answerable": True, **changes}


def unanswerable(**changes: Any) -> dict[str, Any]:
    return line(**{"id": "b", "answers": [], "answerable": False, **changes})


def written(folder: Path, *lines: dict[str, Any]) -> Path:
    path = folder / "towers.jsonl.gz"
    path.write_bytes(gzip.compress("\n".join(map(json.dumps, lines)).encode()))
    return path


def example(pieces: Pieces, context: str, question: str = "Who?") -> Example:
    return Example(question, pieces.passage(context), ())


def test_the_pieces_of_an_answer_are_those_of_its_text(tmp_path: Path, pieces: Pieces) -> None:
    [read] = uniform(written(tmp_path, line()), pieces)

    [(first, last)] = read.example.answers
    offsets = read.example.passage.offsets
    assert TOWER[offsets[first, 0] : offsets[last, 1]] == "Ines Aalto"
    assert read.example.group == "towers"


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        (line(answers=[{"text": "Ines Aalto", "start": 3}]), "'Ines Aalto' isn't at 3"),
        (line(answers=[{"text": "Ines", "start": -4}]), "isn't at -4"),
        (line(answers=[{"text": " ", "start": 3}]), "' ' isn't at 3"),
        (line(answers=[{"text": "Ines"}]), "no 'start'"),
        (line(answerable=False), "`answerable` is False, with 1 answers"),
        (unanswerable(answerable=True), "`answerable` is True, with 0 answers"),
        ({"id": "a"}, "no 'context'"),
        (line(answers=[7]), "not subscriptable"),
    ],
)
def test_a_bad_line_is_refused_with_its_number(
    tmp_path: Path, pieces: Pieces, bad: dict[str, Any], said: str
) -> None:
    path = written(tmp_path, line(), bad)

    with pytest.raises(DataError, match=rf"towers\.jsonl\.gz, line 2: .*{said}"):
        list(uniform(path, pieces))


def test_a_line_that_is_not_json_is_refused(tmp_path: Path, pieces: Pieces) -> None:
    path = tmp_path / "towers.jsonl.gz"
    path.write_bytes(gzip.compress(b'{"id": "a", "contex'))

    with pytest.raises(DataError, match="line 1"):
        list(uniform(path, pieces))


def test_an_unanswerable_question_joins_the_one_it_was_made_of(
    tmp_path: Path, pieces: Pieces
) -> None:
    path = written(
        tmp_path,
        line(),
        unanswerable(id="b", question="Who painted it?", pair="a"),
        unanswerable(id="c", question="Who sold it?", pair="a"),
        unanswerable(id="d", question="Who left it?", pair="elsewhere"),
    )

    units = twins(list(uniform(path, pieces)))

    asked = [[each.question for each in unit] for unit in units]
    assert asked == [["Who designed it?", "Who painted it?", "Who sold it?"], ["Who left it?"]]


def test_no_context_and_no_set_gets_more_than_its_ration(pieces: Pieces) -> None:
    units = [
        (example(pieces, f"Context {number % 5}."), example(pieces, f"Context {number % 5}."))
        for number in range(60)
    ]

    kept = rationed(units, Ration("set", most=15, a_context=4), random.Random(1))

    of_context = Counter(each.passage.text for unit in kept for each in unit)
    assert max(of_context.values()) <= 4
    assert sum(of_context.values()) == 14  # a unit of two is not parted for the fifteenth


def test_a_context_is_held_out_in_every_spelling() -> None:
    contexts = [f"Tower {number}, of Orrin." for number in range(400)]

    held = [each for each in contexts if held_out(each)]

    assert 5 < len(held) < 60
    assert all(held_out(each.lower().replace(",", " ,")) for each in held)


def test_a_pair_is_read_in_one_batch_and_through_one_window(pieces: Pieces) -> None:
    long = " ".join(f"Room {number} held a clerk." for number in range(60))
    chance = random.Random(1)
    units = []
    for number in range(30):
        passage = pieces.passage(f"{long} In the end, man {number} won.")
        end = len(passage.ids) - 2
        answerable = Example(f"Who won game {number}?", passage, ((end, end),), ("won",))
        units.append((answerable, Example(f"Who lost game {number}?", passage, ())))

    batches = plan(units, pieces, (64, 96), 96 * 8, chance)
    made = [drawn(batch, pieces, 0.0, chance) for batch in batches]

    assert sorted(u[0].question for b in batches for u in [p.unit for p in b]) == sorted(
        unit[0].question for unit in units
    )
    for batch in made:
        longest = max(len(row.packed) for row in batch.rows)
        assert longest <= 96
        assert len(batch.rows) * longest <= 96 * 8
        for one, other in zip(batch.rows[::2], batch.rows[1::2], strict=True):
            assert one.places
            assert not other.places
            assert one.packed.ids[-20:].tolist() == other.packed.ids[-20:].tolist()


def test_a_question_of_two_passages_is_marked_as_one(pieces: Pieces) -> None:
    passage, other = pieces.passage(TOWER), pieces.passage("The other tower has no designer.")
    unit = (
        Example("Who designed it?", passage, ((14, 16),)),
        Example("Who designed it?", other, ()),
    )
    chance = random.Random(1)
    alone = (Example("When?", passage, ((9, 9),)),)

    [batch] = plan([unit, alone], pieces, (64,), 1_000, chance)
    made = drawn(batch, pieces, 0.0, chance)

    [together] = made.questions
    assert len(made.rows) == 3
    assert [made.rows[row].name for row in together] == ["", ""]
    assert len({tuple(made.rows[row].packed.ids[:6]) for row in together}) == 1


def test_an_answer_longer_than_its_window_is_read_as_none(pieces: Pieces) -> None:
    passage = pieces.passage("word " * 300)
    unit = (Example("Which?", passage, ((20, 280),), ("word",)),)
    chance = random.Random(1)

    [batch] = plan([unit], pieces, (96,), 1_000, chance)
    made = drawn(batch, pieces, 0.0, chance)

    assert made.rows[0].places == ()
    assert len(made.rows[0].packed) == 96
