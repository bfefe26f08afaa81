"""What was read for a question is not read again."""

from collections.abc import Sequence

from index.documents import Span
from rag.reading.reader import Text
from rag.reading.remembering_reader import RememberingReader
from rag.reading.spans import SpanPrediction
from tests.support.fakes import FakeReader

ONE = Text("The ferry sank. Nobody was hurt.", (Span(0, 15), Span(16, 32)))
TWO = Text("It sank off Orrin.", (Span(0, 18),))


class CountingReader(FakeReader):
    def __init__(self, unread: int = 0) -> None:
        super().__init__({"Orrin": 4.0}, unread)
        self.texts: list[Text] = []

    def read(
        self, question: str, texts: Sequence[Text], *, deadline: float | None = None
    ) -> list[tuple[SpanPrediction, ...] | None]:
        self.texts += texts
        return super().read(question, texts, deadline=deadline)


def test_a_text_is_read_once_for_each_question() -> None:
    counting = CountingReader()
    reader = RememberingReader(counting)

    first = reader.read("Where?", [ONE, TWO])
    again = reader.read("Where?", [TWO, ONE])
    reader.read("When?", [TWO])

    assert again == first[::-1]
    assert first == FakeReader({"Orrin": 4.0}).read("Where?", [ONE, TWO])
    assert counting.texts == [ONE, TWO, TWO]


def test_the_same_sentences_of_another_text_are_read_too() -> None:
    counting = CountingReader()
    reader = RememberingReader(counting)

    reader.read("Where?", [TWO, Text("It sank off Lisk..", TWO.sentences)])

    assert len(counting.texts) == 2


def test_what_time_ran_out_for_is_read_when_it_is_asked_for_again() -> None:
    counting = CountingReader(unread=1)
    reader = RememberingReader(counting)

    assert reader.read("Where?", [ONE, TWO])[1] is None

    counting.unread = 0
    assert reader.read("Where?", [ONE, TWO])[1] is not None
    assert counting.texts == [ONE, TWO, TWO]
