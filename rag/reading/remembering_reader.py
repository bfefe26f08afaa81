"""A reader that remembers what it has read: the scopes of a question share many passages."""

from collections.abc import Sequence

from rag.reading.reader import Reader, Text
from rag.reading.spans import SpanPrediction


class RememberingReader:
    """For one question; not for several threads. What time ran out for is not remembered."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._known: dict[tuple[str, Text], tuple[SpanPrediction, ...]] = {}

    def read(
        self, question: str, texts: Sequence[Text], *, deadline: float | None = None
    ) -> list[tuple[SpanPrediction, ...] | None]:
        new = [text for text in texts if (question, text) not in self._known]
        for text, predicted in zip(
            new, self._reader.read(question, new, deadline=deadline), strict=True
        ):
            if predicted is not None:
                self._known[question, text] = predicted
        return [self._known.get((question, text)) for text in texts]
