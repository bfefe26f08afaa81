"""Short answers in a terminal: where they stand, the day they mean, who agrees and who does not."""

import json
from dataclasses import replace
from datetime import date

import pytest

from api.schemas.replies import ReplyBody
from api.terminal.reply import reply_lines
from index.statements import SourceType, Speaker
from rag.replies import HowRead
from tests.support.fakes_api import CALDER
from tests.support.fakes_cli import run
from tests.support.fakes_short import (
    ASKED,
    BOTH,
    EVENING,
    FOURTH,
    MANY,
    MONDAY,
    TUESDAY,
    brief,
    knowing,
    told,
)
from tests.support.fakes_speech import span_of
from tests.support.printing import printed

DERIVED = "worked out from the date of the article"


def test_without_colour_the_short_answer_and_its_day_are_above_the_quote() -> None:
    tuesday = printed(reply_lines(told(TUESDAY), marks=True, timings=False)).splitlines()
    evening = printed(reply_lines(told(EVENING), marks=True, timings=False)).splitlines()
    fourth = printed(reply_lines(told(FOURTH), marks=True, timings=False)).splitlines()

    assert tuesday[0] == f"on Tuesday = 4 March 2025, {DERIVED}"
    assert f"»{TUESDAY.quote}«" in tuesday[1]
    assert evening[0] == f"on Monday evening · on Monday = 3 March 2025, {DERIVED}"
    assert fourth[:2] == ["4 March", f"Pilots cheered. »{FOURTH.quote}« Fares stay."]


def test_in_colour_only_the_short_answer_is_bold_in_its_underlined_sentence() -> None:
    dated = printed(reply_lines(told(TUESDAY), marks=False, timings=False), color=True, width=500)
    plain = printed(reply_lines(told(FOURTH), marks=False, timings=False), color=True)

    assert dated.startswith(f"on Tuesday = 4 March 2025, {DERIVED}\n")
    assert "nine to four \x1b[0m\x1b[1;4mon Tuesday\x1b[0m\x1b[4m to abolish" in dated
    assert plain.startswith("Pilots cheered. \x1b[4mThe vote of \x1b[0m\x1b[1;4m4 March\x1b[0m")


def test_a_range_of_days_shows_its_first_and_last_day() -> None:
    first, last = date(2025, 3, 1), date(2025, 3, 31)
    march = brief(MONDAY, MONDAY.text, "Monday", words="Monday", first=first, last=last)

    shown = printed(reply_lines(told(march), marks=True, timings=False))

    assert shown.startswith(f"Monday = 1 March 2025 to 31 March 2025, {DERIVED}\n")


def test_agreeing_articles_are_counted_and_shown_with_outlet_and_date() -> None:
    reply = told(TUESDAY, agreeing=(FOURTH, EVENING))

    lines = printed(reply_lines(reply, marks=True, timings=False)).splitlines()

    assert lines[-4:-1] == ["", "2 other articles say the same:", source_of_pilots()]
    assert "Council <i>sat</i> late, The Mill Post, 5 March 2025" in lines[-1]


def source_of_pilots() -> str:
    return (
        "— Pilots welcome the end of tolls, Island Tidings, 6 March 2025"
        f" · https://tidings.example/pilots · article pilots-welcome-vote"
        f" {FOURTH.start}:{FOURTH.end}"
    )


def test_of_many_agreeing_articles_the_first_are_shown_and_the_rest_counted() -> None:
    shown = printed(reply_lines(told(TUESDAY, agreeing=(FOURTH,) * 8), marks=True, timings=False))

    assert "8 other articles say the same:\n" in shown
    assert shown.count("— Pilots") == 5
    assert shown.endswith("\nand 3 more\n")


def test_each_differing_answer_has_its_sentence_and_source() -> None:
    lines = printed(reply_lines(BOTH, marks=True, timings=False)).splitlines()

    assert "1 other article says the same:" in lines
    assert lines[-4:-1] == [
        "Sources differ:",
        f"· on Monday evening · on Monday = 3 March 2025, {DERIVED}",
        f"»{EVENING.quote}«",
    ]
    assert lines[-1].startswith("— Council <i>sat</i> late, The Mill Post, 5 March 2025 · ")


def test_a_short_answer_in_a_statement_is_shown_below_its_speaker() -> None:
    short = span_of(CALDER.article, "Ines Calder", after=CALDER.quote)
    named = told(replace(CALDER, short=short))

    plain = printed(reply_lines(named, marks=True, timings=False)).splitlines()
    colored = printed(reply_lines(named, marks=False, timings=False), color=True)

    assert plain[2] == "Ines Calder"
    assert "»“Nobody should pay to come home,”« said" in plain[3]
    assert "\x1b[4m“Nobody should pay to come home,”\x1b[0m said \x1b[1mInes Calder" in colored


@pytest.mark.parametrize(
    ("reading", "says"),
    [
        ("partial", "Some passages were ranked by keywords only: time ran out"),
        ("none", "No passage was read closely: sentences were ranked"),
    ],
)
def test_a_reply_that_was_not_read_in_full_says_so(reading: HowRead, says: str) -> None:
    shown = printed(reply_lines(told(TUESDAY, reading=reading), marks=True, timings=False))

    assert shown.splitlines()[-1].startswith(says)


@pytest.mark.parametrize("reading", ["full", None])
def test_a_reply_that_was_read_in_full_does_not_mention_reading(reading: HowRead | None) -> None:
    shown = printed(reply_lines(told(TUESDAY, reading=reading), marks=True, timings=False))

    assert shown.endswith("confidence 0.92\n")


def test_control_characters_in_a_short_answer_are_replaced() -> None:
    odd = replace(MONDAY, text="It came \x1b[2J late.")
    reply = told(brief(odd, odd.text, "\x1b[2J late", words="\x1b late", first=date(2025, 3, 3)))

    shown = printed(reply_lines(reply, marks=True, timings=False))

    assert "\x1b" not in shown
    assert shown.startswith("\ufffd[2J late · \ufffd late = 3 March 2025")


def test_the_command_prints_the_short_answer_and_the_same_json_as_http() -> None:
    in_words = run(knowing(BOTH), "ask", ASKED)
    as_json = run(knowing(BOTH), "ask", ASKED, "--json")

    assert in_words.stdout.startswith("on Tuesday = 4 March 2025")
    assert "Sources differ:\n" in in_words.stdout
    wanted = ReplyBody.of(BOTH).model_dump(mode="json", by_alias=True)
    assert json.loads(as_json.stdout) == wanted
    assert wanted["citations"][0]["short"]["resolved_date"]["from"] == "2025-03-04"


def test_sentences_that_answer_too_are_counted_on_one_line() -> None:
    several = printed(reply_lines(MANY, marks=True, timings=False)).splitlines()
    one = printed(reply_lines(replace(MANY, more=(FOURTH,)), marks=True, timings=False))
    none = printed(reply_lines(told(TUESDAY), marks=True, timings=False))

    assert several[-1] == "and 3 more sentences in 2 articles; --json lists them"
    assert "and 1 more sentence in 1 article;" in one
    assert "more sentence" not in none


def test_sentences_of_passages_are_no_statements_of_the_speaker_asked_about() -> None:
    speaker = Speaker("ines calder", "Ines Calder", SourceType.PERSON, (), (), 3, 2)

    shown = printed(reply_lines(replace(MANY, speakers=(speaker,)), marks=True, timings=False))

    assert "statements are shown" not in shown
