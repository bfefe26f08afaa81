"""The passive: who speaks after "by", and who only listens."""

from collections.abc import Sequence

import pytest

from index.attribution.annotations import Attribution, Mention
from index.attribution.attributor import ArticleAttributor
from index.attribution.patterns.extractor import extract_attributions
from index.attribution.quotations import find_quotes
from index.attribution.tagger.tagger import TaggerOutput
from index.documents import Article, Span
from index.statements import Origin

Read = tuple[str, str, str]


def _read(text: str) -> list[Read]:
    def written(spans: tuple[Span, ...]) -> str:
        return " … ".join(span.of(text) for span in spans)

    found = extract_attributions(text, find_quotes(text))
    return [(written(each.source), written(each.cue), written(each.content)) for each in found]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        (
            "Police were told by Maria Stenn that the gate was open.",
            ("Maria Stenn", "were told", "that the gate was open"),
        ),
        (
            "“You are late,” Nadia Holm was told by the clerk, Owen Brace.",
            ("the clerk, Owen Brace", "was told", "“You are late,”"),
        ),
        (
            "Residents were urged by Mayor Ines Coll to boil their water.",
            ("Mayor Ines Coll", "were urged", "to boil their water"),
        ),
        (
            "Shareholders were warned on Monday by Petra Lang that profits had fallen.",
            ("Petra Lang", "were warned", "that profits had fallen"),
        ),
        (
            "It was announced by Rita Vance that the school would close.",
            ("Rita Vance", "was announced", "that the school would close"),
        ),
        (
            "He was told by Maria Stenn, the warden, that the gate was open.",
            ("Maria Stenn, the warden", "was told", "that the gate was open"),
        ),
        (
            "Tom Hale heard from Lena Frost that his contract had ended.",
            ("Lena Frost", "heard from", "that his contract had ended"),
        ),
        (
            "Ana Ruiz was told to leave by the guard.",
            ("the guard", "was told", "to leave"),
        ),
        (
            "Rita Vance was asked by Paul Drey whether the school would close.",
            ("Paul Drey", "was asked", "whether the school would close"),
        ),
    ],
)
def test_the_agent_after_by_speaks(text: str, read: Read) -> None:
    assert _read(text) == [read]


@pytest.mark.parametrize(
    "text",
    [
        "Nadia Holm was told that she was late.",
        "Jurors have been told the driver was asleep.",
        "Crews were told by text message that the port would close.",
        "Residents were warned on Friday that the river would rise.",
        "Tom Hale was told by Friday that his contract had ended.",
        "“You are late,” Nadia Holm was told.",
    ],
)
def test_a_listener_without_an_agent_is_no_source(text: str) -> None:
    assert [source for source, _, _ in _read(text)] == [""]


@pytest.mark.parametrize(
    "text",
    [
        "Rita Vance was quoted as saying that the school would close.",
        "Rita Vance was quoted by the Herald as saying that the school would close.",
    ],
)
def test_the_one_who_is_quoted_speaks(text: str) -> None:
    [(source, _, content)] = _read(text)

    assert (source, content) == ("Rita Vance", "that the school would close")


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Maria Stenn told police that the gate was open.", "Maria Stenn"),
        ("Maria Stenn has warned that the gate was opened by boys.", "Maria Stenn"),
    ],
)
def test_the_subject_of_an_active_verb_speaks(text: str, source: str) -> None:
    assert source in [each for each, _, _ in _read(text)]


class _Listening:
    """A tagger that takes the listener for the speaker."""

    identity = "listening"

    def __init__(self, source: str, cue: str, content: str) -> None:
        self._words = source, cue, content

    def read(self, texts: Sequence[str]) -> list[TaggerOutput]:
        return [self._output(text) for text in texts]

    def _output(self, text: str) -> TaggerOutput:
        spans = [Span(text.index(each), text.index(each) + len(each)) for each in self._words]
        source, cue, content = ((span,) for span in spans)
        found = Attribution(source, cue, content, 0.9, Origin.TAGGER)
        return TaggerOutput((found,), (Mention(source[0], "PER"),))


@pytest.mark.parametrize(
    ("text", "source", "cue", "content", "speaker"),
    [
        ("Nadia Holm was told that it rained.", "Nadia Holm", "was told", "that it rained", None),
        ("Nadia Holm heard that it rained.", "Nadia Holm", "heard", "that it rained", None),
        (
            "Police were told by Ann Stenn that it rained.",
            "Police",
            "were told",
            "that it rained",
            "Ann Stenn",
        ),
    ],
)
def test_the_listener_is_never_the_speaker(
    text: str, source: str, cue: str, content: str, speaker: str | None
) -> None:
    attributor = ArticleAttributor(_Listening(source, cue, content))

    [statement] = attributor.attribute([Article("a", "", f"Ann Stenn spoke first. {text}")])[0]

    assert statement.speaker == speaker
