"""A reply in words: the quote in its place, the attribution on one line, nothing obeyed."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.terminal.reply import AROUND, reply_lines, search_lines
from api.terminal.text import printable, source_lines
from index.documents import Article
from index.statements import SourceType, Speaker
from rag.citations import Citation
from rag.query.respelling import Respelling
from rag.replies import Answer, IndexState, Refusal, RefusalReason, Reply, SearchHit, SearchReply
from tests.support.fakes_api import CALDER, FERRIES, ORCHARD, RENN, TOLLS, hit_on
from tests.support.fakes_speech import as_ambiguous, said
from tests.support.printing import printed

STATE = IndexState("00000001-aa", datetime(2025, 4, 2, tzinfo=UTC), None, 1, 1)
BRIDGE = Article(
    id="bridge",
    title="Bridge to close",
    text="First paragraph.\nThe bridge closes in May. Buses go round. It opens in June.\nLast.",
    url="https://mill.example/bridge",
    outlet="The Mill Post",
    published_at=datetime(2024, 9, 12, 8, tzinfo=UTC),
)


def quote(words: str, article: Article = BRIDGE) -> Citation:
    start = article.text.index(words)
    return Citation(article, start, start + len(words), words)


def answer(*citations: Citation, alternatives: tuple[Citation, ...] = ()) -> Reply:
    text = " ".join(citation.quote for citation in citations)
    outcome = Answer(text, "sentence", 0.871, citations)
    return Reply("When?", outcome, alternatives, STATE, {"read": 2.0, "total": 12.34})


def test_without_colour_a_quote_stands_between_marks_in_its_whole_paragraph() -> None:
    reply = answer(quote("The bridge closes in May."))

    lines = printed(reply_lines(reply, marks=True, timings=False)).splitlines()

    assert lines == [
        "»The bridge closes in May.« Buses go round. It opens in June.",
        (
            "— Bridge to close, The Mill Post, 12 September 2024 · https://mill.example/bridge"
            " · article bridge 17:42"
        ),
        "",
        "confidence 0.87",
    ]


def test_in_colour_a_quote_is_bold_and_underlined_without_marks() -> None:
    reply = answer(quote("The bridge closes in May."))

    shown = printed(reply_lines(reply, marks=False, timings=False), color=True)

    assert "\x1b[1;4mThe bridge closes in May.\x1b[0m Buses" in shown
    assert "»" not in shown


def test_two_quotes_of_one_paragraph_are_shown_in_it_together() -> None:
    reply = answer(quote("The bridge closes in May."), quote("It opens in June."))

    first, where, *_ = printed(reply_lines(reply, marks=True, timings=False)).splitlines()

    assert first == "»The bridge closes in May.« Buses go round. »It opens in June.«"
    assert where.endswith("article bridge 17:42, 59:76")


def test_a_terminal_wraps_the_paragraph_but_never_the_attribution() -> None:
    reply = answer(quote("The bridge closes in May."))

    shown = printed(reply_lines(reply, marks=True, timings=False), color=True, width=30)

    assert max(len(line) for line in shown.splitlines() if "https" not in line) < 60
    assert "https://mill.example/bridge · article bridge 17:42" in shown


def test_a_long_paragraph_is_cut_between_words_around_the_quote() -> None:
    article = Article(id="long", title="Long", text="word " * 300 + "Here it is. " + "more " * 300)

    shown, *_ = printed(
        reply_lines(answer(quote("Here it is.", article)), marks=True, timings=False)
    ).splitlines()

    assert shown.startswith("… word word")
    assert shown.endswith("more more …")
    assert AROUND < len(shown) < 2 * AROUND + 40


def test_an_article_without_metadata_is_cited_by_title_and_id() -> None:
    article = Article(id="bare", title="Bare", text="It rained.")

    shown = printed(reply_lines(answer(quote("It rained.", article)), marks=True, timings=False))

    assert "— Bare · article bare 0:10\n" in shown


def test_the_notes_of_an_article_are_shown_below_it() -> None:
    told = {"note": "Names were changed.", "correction": "It rained\ntwice.", "section": "Weather"}
    article = Article(id="bare", title="Bare", text="It rained.", metadata=told)

    shown = printed(reply_lines(answer(quote("It rained.", article)), marks=True, timings=False))

    assert "bare 0:10\nNote: Names were changed.\nCorrection: It rained twice.\n" in shown
    assert "Weather" not in shown


def test_alternatives_and_timings_follow_the_answer() -> None:
    reply = answer(quote("It opens in June."), alternatives=(quote("Last."),))

    lines = printed(reply_lines(reply, marks=True, timings=True)).splitlines()

    assert lines[3:7] == ["confidence 0.87", "", "Also on the record:", "· Last."]
    assert lines[-1] == "read 2.0 ms · total 12.3 ms"


def test_a_statement_shows_its_speaker_kind_date_and_the_place_of_the_name() -> None:
    copied = replace(RENN, copies=(ORCHARD, FERRIES))

    lines = printed(reply_lines(answer(copied), marks=True, timings=False)).splitlines()

    assert lines[:2] == [
        "Tobias Renn, the treasurer",
        "paraphrased by the outlet (“said”) · 4 March 2025, The Quay Courier and 1 other outlet",
    ]
    assert "put the loss at £2.1 million a year and said »that the breakwater would go" in lines[2]
    assert lines[3] == "“He” is Tobias Renn, named at 248:259"
    assert lines[4].startswith("— Harbour tolls to end in spring · https://courier.example/")
    assert lines[4].endswith("· article harbour-tolls 294:382")


def test_a_passage_shows_the_outlets_that_carry_its_story() -> None:
    others = [replace(FERRIES, id=f"f{n}", outlet=f"Outlet {n}") for n in range(6)]
    copied = replace(quote("It opens in June."), copies=tuple(others))

    lines = printed(reply_lines(answer(copied), marks=True, timings=False)).splitlines()

    assert "The Mill Post, 12 September 2024 and 6 other outlets · " in lines[1]
    assert lines[2] == "Also in: Outlet 0, Outlet 1, Outlet 2, Outlet 3, Outlet 4, ..."


def test_in_colour_only_the_content_is_bold_and_underlined() -> None:
    shown = printed(reply_lines(answer(CALDER), marks=False, timings=False), color=True)

    assert "\x1b[1;4m“Nobody should pay to come home,”\x1b[0m said Ines Calder, who" in shown
    assert "quoted (“said”) · 4 March 2025, The Quay Courier" in shown
    assert "named at" not in shown


def test_statements_of_one_paragraph_are_shown_one_by_one() -> None:
    other = said(
        TOLLS,
        RENN.quote,
        "the loss at £2.1 million a year",
        cue="put",
        source="He",
        speaker="Tobias Renn",
    )

    shown = printed(reply_lines(answer(RENN, other), marks=True, timings=False))

    assert shown.count("Tobias Renn, the treasurer\n") == 1
    assert "»the loss at £2.1 million a year«" in shown
    assert "»that the breakwater would go unrepaired«" in shown


def test_an_uncertain_speaker_is_shown_as_uncertain() -> None:
    unsure = as_ambiguous(RENN, "Tobias Renn", "Marta\x1b Renn")

    shown = printed(reply_lines(answer(unsure), marks=True, timings=False))

    assert shown.startswith("It is not certain who: Tobias Renn or Marta\ufffd Renn\n")


def test_several_speakers_are_all_named_with_a_hint_to_the_full_list() -> None:
    tobias, marta = speaker("Tobias Renn", 1), speaker("Marta O'Renn", 4)
    both = replace(answer(RENN), speakers=(tobias, marta), total=5)
    one = replace(answer(RENN), speakers=(marta,), total=5)

    shared = printed(reply_lines(both, marks=True, timings=False)).splitlines()
    alone = printed(reply_lines(one, marks=True, timings=False)).splitlines()

    first = "Statements by 2 speakers: Tobias Renn (1 statement), Marta O'Renn (4 statements)."
    assert shared[0] == first
    assert shared[-1] == "1 of 5 statements is shown; `onrecord quotes NAME` lists them."
    assert alone[-1].endswith("""`onrecord quotes 'Marta O'"'"'Renn'` lists them.""")


def test_a_misspelt_name_is_said_to_be_read_as_another() -> None:
    respelling = Respelling("Ines Caldar", "Ines Calder", "Caldar", "Calder")
    answered = replace(answer(quote("The bridge closes in May.")), respelling=respelling)
    refused = replace(answered, outcome=Refusal(RefusalReason.NOT_ABOUT_TOPIC, "Never on this."))

    for reply in (answered, refused):
        shown = printed(reply_lines(reply, marks=True, timings=False))
        assert "“Ines Caldar” is not in the archive; read as Ines Calder." in shown


def test_a_refusal_adds_the_names_that_its_message_omits() -> None:
    names = (speaker("Tobias Renn", 1), speaker("Marta Renn", 4))
    refusal = Refusal(RefusalReason.NO_SUCH_SPEAKER, "Nobody; Tobias Renn is.", names=names)
    reply = Reply("Who?", refusal, (), STATE, {})

    lines = printed(reply_lines(reply, marks=True, timings=False)).splitlines()

    assert lines == [
        "Not on the record. Nobody; Tobias Renn is.",
        "Similar names: Marta Renn (4 statements).",
    ]


def speaker(name: str, statements: int) -> Speaker:
    return Speaker(name.lower(), name, SourceType.PERSON, (), (), statements, 1)


def test_a_refusal_gives_its_reason_and_the_nearest_passages() -> None:
    refusal = Refusal(RefusalReason.NO_EVIDENCE, "Nothing is about this.", (quote("Last."),))
    reply = Reply("Who?", refusal, (), STATE, {})

    lines = printed(reply_lines(reply, marks=True, timings=False)).splitlines()

    assert lines[0] == "Not on the record. Nothing is about this."
    assert lines[2:4] == ["Nearest:", "· Last."]


def test_a_search_lists_scores_and_passages_or_says_that_there_are_none() -> None:
    cited = quote("Buses go round.")
    hit = SearchHit(cited, hit_on(cited, 0.5))

    found = printed(search_lines(SearchReply("q", (hit,), STATE, {}), timings=False))
    nothing = printed(search_lines(SearchReply("q", (), STATE, {}), timings=False))

    assert found.splitlines()[0] == "1. 0.50  Buses go round."
    assert nothing == "Nothing found.\n"


def test_text_from_outside_cannot_control_the_terminal_or_add_markup() -> None:
    article = Article(id="e", title="T\x1b[2J\nX", text="a \x1b]0;owned\x07 [red]b[/red] :smile:")
    reply = answer(quote(article.text, article))

    shown = printed(reply_lines(reply, marks=True, timings=False))

    assert "\x1b" not in shown
    assert "\x07" not in shown
    assert "[red]b[/red] :smile:" in shown
    assert "— T\ufffd[2J X · article e 0:" in shown


@given(st.text())
def test_printable_keeps_offsets_and_removes_controls_except_line_ends_and_tabs(text: str) -> None:
    safe = printable(text)

    assert len(safe) == len(text)
    assert all(new in (old, "\ufffd") for old, new in zip(text, safe, strict=True))
    assert not any(ord(c) < 32 or 127 <= ord(c) < 160 for c in safe if c not in "\n\t")


@pytest.mark.parametrize("turning", "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
def test_what_turns_the_direction_of_text_is_shown_as_a_mark(turning: str) -> None:
    article = Article(id="e", title=f"A {turning}title", text=f"He said “no”{turning}, then yes.")

    shown = printed(reply_lines(answer(quote(article.text, article)), marks=True, timings=False))

    assert turning not in shown
    assert "A \ufffdtitle" in shown


@pytest.mark.parametrize("kept", ["\u200f", "\u200d", "\u0301", "\xa0"])
def test_letters_of_other_scripts_keep_their_joiners_and_marks(kept: str) -> None:
    assert printable(f"a{kept}b") == f"a{kept}b"


def test_a_version_without_the_words_is_not_listed_as_a_copy() -> None:
    corrected = replace(quote("It opens in June."), versions=(ORCHARD,))

    told = "\n".join(str(line) for line in source_lines([corrected]))

    assert "Also in" not in told
    assert "other outlet" not in told
    assert "Other versions, without these words: Island Tidings (article orchard-frost)" in told
