"""Who said what by patterns: sources, cues and contents of sentences made up for it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.attribution.annotations import Attribution
from index.attribution.patterns.extractor import extract_attributions
from index.attribution.quotations import find_quotes
from index.documents import Span
from index.statements import Origin
from tests.support.timing import growth

Read = tuple[str, str, list[str]]


def _found(text: str) -> list[Attribution]:
    return extract_attributions(text, find_quotes(text))


def _read(text: str) -> list[Read]:
    return [
        (
            " … ".join(_slices(text, each.source)),
            " … ".join(_slices(text, each.cue)),
            _slices(text, each.content),
        )
        for each in _found(text)
    ]


def _slices(text: str, spans: tuple[Span, ...]) -> list[str]:
    return [span.of(text) for span in spans]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("“We wait,” she said.", ("she", "said", ["“We wait,”"])),
        ("“We wait,” said Ann Low.", ("Ann Low", "said", ["“We wait,”"])),
        ("“Why?” asked Low.", ("Low", "asked", ["“Why?”"])),
        ("“Why?” Low asked.", ("Low", "asked", ["“Why?”"])),
        ("Low said: “We wait.”", ("Low", "said", ["“We wait.”"])),
        ("Low told the Hull Post, “We wait.”", ("Low", "told", ["“We wait.”"])),
        ("On Monday Low said, “We wait.”", ("Low", "said", ["“We wait.”"])),
        (
            "“The tide is high,” Low said. “We wait.”",
            ("Low", "said", ["“The tide is high,”", "“We wait.”"]),
        ),
        (
            "“The tide,” he said, “is high.”",
            ("he", "said", ["“The tide,”", "“is high.”"]),
        ),
        (
            "“The tide is high,” said Ann Low, a pilot from Hull. “We wait.”",
            ("Ann Low, a pilot from Hull", "said", ["“The tide is high,”", "“We wait.”"]),
        ),
        (
            "“The tide is high,” Ann Low, who runs the port, said.",
            ("Ann Low, who runs the port", "said", ["“The tide is high,”"]),
        ),
        (
            "“The tide is high,” Ms. Low has repeatedly said.",
            ("Ms. Low", "has repeatedly said", ["“The tide is high,”"]),
        ),
        ("“Enough,” Low shot back.", ("Low", "shot", ["“Enough,”"])),
    ],
)
def test_the_source_of_a_quotation_is_the_subject_of_the_verb(text: str, read: Read) -> None:
    assert _read(text) == [read]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Low said that the tide is high.", ("Low", "said", ["that the tide is high"])),
        ("The pilot said the tide is high.", ("The pilot", "said", ["the tide is high"])),
        ("Two officials said the tide is high.", ("Two officials", "said", ["the tide is high"])),
        ("Low asked whether the tide is high.", ("Low", "asked", ["whether the tide is high"])),
        ("She vowed to stay in Hull.", ("She", "vowed", ["to stay in Hull"])),
        ("The tide is still high, Low said.", ("Low", "said", ["The tide is still high"])),
        (
            "The tide, he said on Monday, “is a menace.”",
            ("he", "said", ["“is a menace.”"]),
        ),
        (
            "Low told reporters that the tide is “a menace” to us.",
            ("Low", "told", ["that the tide is “a menace” to us"]),
        ),
        (
            "A spokesman for the port said the tide is high.",
            ("A spokesman for the port", "said", ["the tide is high"]),
        ),
        (
            "According to the port authority, the tide is high.",
            ("the port authority", "According to", ["the tide is high"]),
        ),
        (
            "The tide is high, according to a report by the port.",
            ("a report by the port", "according to", ["The tide is high"]),
        ),
        ("Low declined to comment on it.", ("Low", "declined", ["to comment on it"])),
        (
            "When Low said that the tide was high, everybody left.",
            ("Low", "said", ["that the tide was high"]),
        ),
    ],
)
def test_the_content_ends_with_its_clause(text: str, read: Read) -> None:
    assert _read(text) == [read]


def test_a_second_verb_of_the_same_subject_is_another_statement() -> None:
    assert _read(
        "Low said the tide is high and warned that it will rise, adding that she is calm."
    ) == [
        ("Low", "said", ["the tide is high"]),
        ("Low", "warned", ["that it will rise"]),
        ("Low", "adding", ["that she is calm"]),
    ]


def test_speech_inside_speech_is_not_a_statement_of_its_own() -> None:
    assert _read("“My boss said that we must wait,” Low said.") == [
        ("Low", "said", ["“My boss said that we must wait,”"])
    ]


def test_the_listener_is_not_the_speaker() -> None:
    assert _read("“We wait,” Low told Reuters.") == [("Low", "told", ["“We wait,”"])]


def test_paragraphs_of_one_quotation_are_one_statement() -> None:
    text = "“The tide is high.\n\n“It will fall,” Low said.\n\n“Then we sail.”\n\nHe left."

    assert _read(text) == [
        ("Low", "said", ["“The tide is high.", "“It will fall,”", "“Then we sail.”"])
    ]


def test_a_line_that_ends_with_a_colon_has_its_quotation_on_the_next() -> None:
    assert _read("Low continued:\n\n“The tide is high.”") == [
        ("Low", "continued", ["“The tide is high.”"])
    ]


def test_a_paragraph_that_is_a_quotation_has_no_source_after_reported_words() -> None:
    assert _read("Low said the tide is high.\n\n“It will fall.”") == [
        ("Low", "said", ["the tide is high"]),
        ("", "", ["“It will fall.”"]),
    ]


def test_a_quotation_without_reported_words_before_it_is_not_attributed() -> None:
    assert _read("The port is closed.\n\n“It will fall.”") == []


def test_alternating_labels_are_speakers() -> None:
    text = "LOW: The tide is high.\n\nHIGH: I think it will fall.\n\nLOW: We wait.\n\nAnd for long."

    assert _read(text) == [
        ("LOW", ":", ["The tide is high."]),
        ("HIGH", ":", ["I think it will fall."]),
        ("LOW", ":", ["We wait."]),
    ]


def test_a_turn_of_several_paragraphs_ends_at_the_next_label() -> None:
    text = "LOW: One.\n\nTwo.\n\nHIGH: Three.\n\nLOW: Four."

    assert _read(text)[0] == ("LOW", ":", ["One.", "Two."])


def test_the_labels_of_a_transcript_in_quotation_marks_are_its_speakers() -> None:
    text = 'The talk:\n\n"LOW: The tide is high.\n\n"HIGH: It will fall.\n\n"LOW: We wait."'

    assert [(source, said[0][:6]) for source, _, said in _read(text)] == [
        ("LOW", "The ti"),
        ("HIGH", "It wil"),
        ("LOW", "We wai"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Q: Is the tide high?\n\nA: It is.\n\nQ: Will it fall?\n\nA: Soon.",
        "Monday: rain.\n\nTuesday: rain.\n\nMonday: sun.",
        "Note: The port is closed.\n\nPhoto: A boat.",
        "The Port: The tide is high.",
        "WINNER: Ann Low held on.\n\nLOSER: Ben Moor fell back.\n\nWINNER: The tide turned.",
        "Hull: Oak\n\nMast: Pine\n\nHull: Elm\n\nMast: Larch, of the old forest",
        "AGE: He is 40.\n\nEDUCATION: He went to sea.\n\nPOLITICAL EXPERIENCE: He has none.",
        "Best moment: The best moment.\n\nWorst day: The worst day.\n\nBest moment: A tide.",
    ],
)
def test_labels_that_are_not_names_are_not_speakers(text: str) -> None:
    assert _read(text) == []


@pytest.mark.parametrize("text", ["“We wait.” — Ann Low, pilot", "“We wait.”\n\n— Ann Low, pilot"])
def test_a_signature_after_a_dash_is_the_source(text: str) -> None:
    assert _read(text) == [("Ann Low, pilot", "—", ["“We wait.”"])]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("“WE WAIT,” ANN LOW SAID.", "ANN LOW"),
        ("“Мы ждём,” Анна Лоу said.", "Анна Лоу"),
        ("“We wait,” 林 said.", "林"),
        ("“We wait,” X said.", "X"),
    ],
)
def test_names_of_any_script_and_size_are_read(text: str, source: str) -> None:
    assert [each[0] for each in _read(text)] == [source]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Roses are red\nViolets are blue\nThe tide is high\nAnd so are you",
        "The plan's claims were wide of the mark, and the states held a vote.",
        "The port released a report on Monday.",
        "He sailed for “The Long Tide” and its “expert” crew.",
    ],
)
def test_text_without_speech_has_no_attributions(text: str) -> None:
    assert _read(text) == []


def test_a_mark_that_never_closes_quotes_only_its_paragraph() -> None:
    text = "“The tide is high, Low said.\n\nHigh said that it will fall."

    assert _read(text)[-1] == ("High", "said", ["that it will fall"])


PIECES = """
    said told saying he Low “ ” " '' , . : that according to and who adding the pilot — ( ) Q: ’s
"""
WORDS = st.sampled_from([*PIECES.split(), "\n", "\n\n"])


@settings(deadline=None)
@given(st.one_of(st.text(), st.lists(WORDS, max_size=40).map(" ".join)))
def test_every_span_lies_inside_any_text(text: str) -> None:
    found = _found(text)

    for each in found:
        assert each.content
        assert 0 < each.confidence <= 1
        assert each.origin is Origin.PATTERN
        for spans in (each.source, each.cue, each.content):
            ends = 0
            for span in spans:
                assert ends <= span.start < span.end <= len(text)
                ends = span.end


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece",
    [
        "“We wait,” said Ann Low, a pilot. She added that the tide is high.\n\n",
        "said that he ",
        "“We wait,” ",
        "Low: “a” ",
        "LOW: yes\n",
    ],
)
def test_time_grows_linearly_with_the_text(piece: str) -> None:
    small, large = (piece * (size // len(piece)) for size in (10_000, 50_000))

    most = 20
    assert growth(lambda: _found(small), lambda: _found(large), most=most) <= most
