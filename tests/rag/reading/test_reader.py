"""The bundled reader: what it predicts, and what it leaves unread."""

import shutil
from pathlib import Path
from time import monotonic

import pytest

from index.attribution.tagger import tagger
from index.documents import Span
from index.errors import ModelError
from index.neural import sentence_encoder
from index.neural.engine_choice import ENGINES, MOST_DIFFERENT
from index.neural.network import Engine
from index.text.sentences import sentences
from rag.reading.reader import BUNDLED, NETWORK, NO_READER, Reader, Text, load_reader
from rag.reading.spans import SpanPrediction, pack
from tests.support.engines import difference_to_the_first

TOWER = (
    "The lighthouse at Orrin was finished in March 1889. It was designed by Ines Aalto, a miller's "
    "daughter, and cost 7,400 crowns. About 300 men worked on it for two years."
)
pytestmark = pytest.mark.real


@pytest.fixture(scope="module")
def reader() -> Reader:
    loaded = load_reader(BUNDLED)
    assert loaded is not None
    return loaded


def text(of: str) -> Text:
    return Text(of, tuple(sentences(of, Span(0, len(of)))))


def read(reader: Reader, question: str, *texts: Text) -> list[tuple[SpanPrediction, ...]]:
    found = reader.read(question, texts)
    assert all(each is not None for each in found)
    return [each for each in found if each is not None]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Who designed the lighthouse?", "Ines Aalto"),
        ("When was the lighthouse finished?", "March 1889"),
        ("How many men worked on the lighthouse?", "300"),
        ("How much did the lighthouse cost?", "7,400 crowns"),
    ],
)
def test_the_answer_is_found_in_its_sentence(reader: Reader, question: str, expected: str) -> None:
    [readings] = read(reader, question, text(TOWER))

    best = max(readings, key=lambda each: each.odds)
    assert best.answer.of(TOWER).startswith(expected)
    assert best.odds > 0


def test_an_answer_that_the_passage_does_not_have_gets_low_odds(reader: Reader) -> None:
    [asked] = read(reader, "Who designed the lighthouse?", text(TOWER))
    [other] = read(reader, "Who won the cup final in Corvania?", text(TOWER))

    assert max(each.odds for each in other) < 0 < max(each.odds for each in asked)


def test_each_sentence_has_a_prediction_within_it(reader: Reader) -> None:
    given = text(TOWER)

    [readings] = read(reader, "Who designed the lighthouse?", given)

    assert len(readings) == len(given.sentences)
    for sentence, reading in zip(given.sentences, readings, strict=True):
        assert sentence.start <= reading.answer.start < reading.answer.end <= sentence.end


def test_equal_passages_get_equal_predictions(reader: Reader) -> None:
    alone = read(reader, "Who designed the lighthouse?", text(TOWER))

    together = read(reader, "Who designed the lighthouse?", *[text(TOWER)] * 5)

    assert together == alone * 5


def test_a_passage_longer_than_the_window_is_read_to_its_end(reader: Reader) -> None:
    long = "The wind blew from the north and nobody went out that day. " * 60 + TOWER

    [readings] = read(reader, "Who designed the lighthouse?", text(long))

    best = max(readings, key=lambda each: each.odds)
    assert "Aalto" in best.answer.of(long)


def test_a_long_question_is_cut(reader: Reader) -> None:
    question = "Who designed the lighthouse at Orrin, " + "which stood there, " * 60 + "?"

    [readings] = read(reader, question, text(TOWER))

    assert len(readings) == len(text(TOWER).sentences)


def test_a_text_in_an_unknown_language_is_left_unread(reader: Reader) -> None:
    german = "Die Brücke in Orrin wurde im Mai gesperrt, und die Sanierung ist noch nicht fertig."
    foreign = "ไฟไหม้เรือข้ามฟากเมื่อวันอังคาร ไม่มีผู้ได้รับบาดเจ็บสาหัส"

    assert reader.read("Who designed the lighthouse?", [text(foreign), text(TOWER)])[0] is None
    assert reader.read("When was it closed?", [text(german)]) == [None]
    assert reader.read(foreign, [text(TOWER)]) == [None]


def test_nothing_is_read_after_the_deadline(reader: Reader) -> None:
    assert reader.read("Who?", [text(TOWER)] * 3, deadline=monotonic() - 1) == [None] * 3


def test_without_passages_there_are_no_predictions(reader: Reader) -> None:
    assert reader.read("Who?", []) == []


def test_a_folder_without_a_reader_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"ONRECORD_READER is .*reader\.onnx does not exist"):
        load_reader(str(tmp_path))


@pytest.mark.parametrize(
    "other",
    [tagger.NETWORK, sentence_encoder.GRAPH_INT8],
    ids=["the tagger", "the encoder"],
)
def test_a_network_of_another_architecture_is_refused(tmp_path: Path, other: Path) -> None:
    shutil.copy(other, tmp_path / NETWORK.name)

    with pytest.raises(ModelError, match=r"reader\.onnx is no reader: expected a start and an end"):
        load_reader(str(tmp_path))


def test_half_a_network_is_refused(tmp_path: Path) -> None:
    whole = NETWORK.read_bytes()
    (tmp_path / NETWORK.name).write_bytes(whole[: len(whole) // 2])

    with pytest.raises(ModelError, match=r"reader\.onnx cannot be read as a network"):
        load_reader(str(tmp_path))


def test_the_error_for_a_broken_tokenizer_names_the_setting(tmp_path: Path) -> None:
    shutil.copy(NETWORK, tmp_path)
    (tmp_path / "tokenizer.json").write_text("{")

    with pytest.raises(ModelError, match=r"ONRECORD_READER is .*tokenizer\.json.*Give a folder"):
        load_reader(str(tmp_path))


def test_a_folder_without_a_tokenizer_uses_the_bundled_one(tmp_path: Path, reader: Reader) -> None:
    shutil.copy(NETWORK, tmp_path)
    other = load_reader(str(tmp_path))

    assert other is not None
    asked = "Who designed the lighthouse?", [text(TOWER)]
    assert other.read(*asked) == reader.read(*asked)


def test_the_reader_can_be_switched_off() -> None:
    assert load_reader(NO_READER) is None


@pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: engine.name)
def test_every_engine_gives_nearly_the_same_scores(engine: Engine) -> None:
    packed = pack(range(2000, 2010), range(3000, 3200))
    inputs = {"ids": packed.ids[None], "kinds": packed.kinds[None]}

    difference = difference_to_the_first(engine, NETWORK, inputs)

    assert difference < MOST_DIFFERENT[8]
