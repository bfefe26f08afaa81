"""Another year, another measure and several names do not answer, and the refusal says so."""

from dataclasses import replace

import pytest

from rag.answering.order.admission import admissible_accounts, on_the_point, otherwise
from rag.query.query import parse
from rag.reading.evidence import with_leads
from rag.replies import RefusalReason
from tests.support.candidates import Told, candidates


def kept(question: str, *told: Told) -> list[str]:
    query = parse(question, longest=200)
    given = on_the_point(query, candidates(*told))
    return [each.sentence for each in admissible_accounts(query, given)]


WON = Told("Ada Pell won the Lisk Cup.", "2022-06-01", "Ada Pell")


@pytest.mark.parametrize(
    "question",
    [
        "Who won the Lisk Cup in 2019?",
        "Who won the 2019 Lisk Cup?",
        "Who won Lisk Cup 2019?",
        "In 2019 who won the Lisk Cup?",
        "Who won the Lisk Cup of 2019?",
    ],
)
def test_an_article_of_another_year_does_not_answer(question: str) -> None:
    reason, message = otherwise(parse(question, longest=200), candidates(WON)) or (None, "")

    assert kept(question, WON) == []
    assert reason is RefusalReason.OUTSIDE_DATES
    assert message == "Nothing found for this is of 2019; the nearest article is from 1 June 2022."


@pytest.mark.parametrize(
    "told",
    [
        Told("Ada Pell won the Lisk Cup.", "2019-06-01", "Ada Pell"),
        Told("Ada Pell won the Lisk Cup in 2019.", "2022-06-01", "Ada Pell"),
        Told("Ada Pell won it.", "2022-06-01", "Ada Pell", before="The 2019 cup was close."),
        Told("Ada Pell won it.", "2022-06-01", "Ada Pell", title="Lisk Cup 2019 in pictures"),
        Told("Ada Pell won the Lisk Cup.", "2020-01-05", "Ada Pell"),
        Told("Ada Pell won the Lisk Cup last year.", "2020-11-05", "Ada Pell"),
        Told("Ada Pell won the Lisk Cup.", "", "Ada Pell"),
    ],
)
def test_an_article_that_is_of_the_year_or_names_it_may_answer(told: Told) -> None:
    assert kept("Who won the Lisk Cup in 2019?", told) == [told.sentence]


@pytest.mark.parametrize(
    "question",
    [
        "Who has won the Lisk Cup since 2019?",
        "Who won the Lisk Cup before 2023?",
        "Who killed 2000 people in Lisk?",
        "Who won the Lisk Cup?",
    ],
)
def test_a_year_that_is_only_compared_with_keeps_all_articles(question: str) -> None:
    assert kept(question, WON) == [WON.sentence]


@pytest.mark.parametrize(
    ("question", "right", "wrong"),
    [
        ("How much did “Orla” gross?", "“Orla” grossed $80 million.", "Seats cost $15."),
        ("How much was Borel fined?", "Borel was fined £5 million.", "Borel has 40 shops."),
        ("How much did the bridge cost?", "The bridge cost $9m.", "The bridge is 900 feet long."),
        ("How long was Pell sentenced?", "Pell was sentenced to nine years.", "Pell is 51."),
        ("How long was Pell jailed for?", "Pell was jailed for life.", "Pell ran for 9 years."),
        ("How long was Pell suspended?", "Pell is banned for 3 weeks.", "Pell played for 9 years."),
    ],
)
def test_the_measure_and_what_is_measured_have_to_agree(
    question: str, right: str, wrong: str
) -> None:
    assert kept(question, Told(right), Told(wrong)) == [right]


def test_a_refusal_names_the_measure_that_is_missing() -> None:
    query = parse("How long was Pell sentenced?", longest=200)

    assert otherwise(query, candidates(Told("Pell is 51."))) == (
        RefusalReason.NO_EVIDENCE,
        "No sentence found for this gives a prison term.",
    )


@pytest.mark.parametrize(
    "question",
    [
        "How long is the bridge?",
        "How much snow fell?",
        "How much did prices rise?",
        "How many ran?",
    ],
)
def test_other_amounts_need_no_such_measure(question: str) -> None:
    told = Told("It is as it was: much.")

    assert kept(question, told) == [told.sentence]


LIST = Told("Ada Pell, Bo Marsh and Cy Holm may follow.", short="Bo Marsh")
BOTH = Told("It is between Ada Pell or Bo Marsh.", short="Ada Pell")
ONE = Told("Ada Pell beat Bo Marsh, Cy Holm and Di Lind.", short="Ada Pell")


@pytest.mark.parametrize(
    "question",
    [
        "Who replaced Ina Frey?",
        "Who will succeed Ina Frey?",
        "Who is the new mayor?",
        "Who took over from Ina Frey?",
        "Who was named mayor?",
    ],
)
def test_a_list_of_names_does_not_answer_a_question_for_one(question: str) -> None:
    assert kept(question, LIST, BOTH, ONE) == [ONE.sentence]


@pytest.mark.parametrize("question", ["Who attended the meeting?", "Who are the candidates?"])
def test_a_list_answers_other_questions(question: str) -> None:
    assert kept(question, LIST) == [LIST.sentence]


def test_a_sentence_without_a_name_does_not_say_who_the_new_one_is() -> None:
    nobody = Told("Lisk has a new mayor, the council said.", short="the council")

    assert kept("Who is the new mayor of Lisk?", nobody) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "Pell faces up to 25 years in prison.",
        "Pell could be jailed for nine years.",
        "The charges carry a maximum term of nine years.",
        "If convicted, Pell goes to prison for nine years.",
    ],
)
def test_a_sentence_that_may_still_be_passed_is_no_sentence(sentence: str) -> None:
    assert kept("How long was Pell sentenced?", Told(sentence)) == []


def test_an_unread_sentence_does_not_answer_for_a_year_where_others_were_read() -> None:
    other, unread = candidates(WON, Told("The cup of 2019 was close.", "2022-06-01"))

    found = admissible_accounts(
        parse("Who won the Lisk Cup in 2019?", longest=200), [other, replace(unread, reading=None)]
    )

    assert found == []


@pytest.mark.parametrize(
    "teaser",
    [
        "How to watch Orrin vs. Lisk in the Weir Cup",
        "What to know about the Weir Cup winner",
        "Here's who won the Weir Cup",
        "Where to watch the Weir Cup",
        "Watch: Ada Pell wins the Weir Cup",
        "Live updates: Weir Cup final",
    ],
)
def test_a_headline_that_promises_an_answer_is_none(teaser: str) -> None:
    won = Told("Ada Pell won the Weir Cup.", "2024-05-02", "Ada Pell")

    assert kept("Who won the Weir Cup?", Told(teaser, "2024-05-01"), won) == [won.sentence]


def test_a_sentence_that_only_opens_like_one_may_answer() -> None:
    told = Told("What to know of the weir was told by Ada Pell, who won it.", "", "Ada Pell")

    assert kept("Who won the weir?", told) == [told.sentence]


NEXT = Told(
    "Ada Pell will be the next mayor of Lisk, succeeding Ivo Brandl.", "2024-05-01", "Ivo Brandl"
)
STANDING = Told("Two councillors said they will stand to be the new mayor of Lisk.", "2024-05-01")


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Who replaced Ada Pell as mayor of Lisk?", NEXT),
        ("Who is the new mayor of Lisk?", STANDING),
        ("Who became mayor of Lisk?", STANDING),
        (
            "When did the rowers of Lisk end their strike?",
            Told("The rowers of Lisk will vote on a deal to end their strike.", "2024-05-01"),
        ),
        (
            "Who won the Lisk regatta?",
            Told("Ada Pell is expected to win the Lisk regatta.", "2024-05-01", "Ada Pell"),
        ),
    ],
)
def test_what_is_only_expected_does_not_tell_what_happened(question: str, told: Told) -> None:
    reason, message = otherwise(parse(question, longest=200), candidates(told)) or (None, "")

    assert kept(question, told, Told("Lisk has geese.", "2024-05-03", "geese")) == []
    assert reason is RefusalReason.NO_EVIDENCE
    assert message == "The nearest only tells what was expected, on 1 May 2024."


def test_the_later_outcome_of_what_was_expected_answers() -> None:
    chosen = Told("Mina Sato is the new mayor of Lisk.", "2024-06-01", "Mina Sato")

    assert kept("Who is the new mayor of Lisk?", STANDING, chosen) == [chosen.sentence]


def test_a_question_for_what_may_come_is_answered_by_what_is_expected() -> None:
    assert kept("Who will be the next mayor of Lisk?", NEXT) == [NEXT.sentence]


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Who won the Lisk regatta?", Told("Ada Pell rows in Lisk.", "", "Ada Pell")),
        ("Which horse won the Lisk Derby?", Told("Ada Pell trains for it.", "", "Ada Pell")),
        ("Who bought the mill of Lisk?", Told("The mill of Lisk was bought.", "", "the mill")),
        ("Who replaced Ada Pell?", Told("Ada Pell was replaced.", "", "Ada Pell")),
        ("What is the name of the rower?", Told("The rower fell asleep.", "", "The rower")),
    ],
)
def test_who_won_or_what_one_is_called_takes_somebody_new(question: str, told: Told) -> None:
    assert kept(question, told) == []


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Who won the match?", Told("Orrin lost to Lisk 3-1.", "", "Lisk")),
        ("Who beat Ada Pell?", Told("Her rivals beat Ada Pell.", "", "Her rivals")),
        ("What is the name of the rower?", Told("The rower is Mina Sato.", "", "Mina Sato")),
    ],
)
def test_somebody_new_may_be_described(question: str, told: Told) -> None:
    assert kept(question, told) == [told.sentence]


@pytest.mark.parametrize(
    "score", ["won 3-2", "won 145–69", "won 66 to 56", "won: Orrin 66, Lisk 56", "drew 1-1"]
)
def test_a_score_is_answered_by_a_score(score: str) -> None:
    told, other = Told(f"Orrin {score} in Lisk."), Told("Orrin won the match in Lisk in 2019.")

    assert kept("What was the final score when Orrin played Lisk?", other, told) == [told.sentence]


def test_an_account_that_opens_with_last_year_is_of_the_year_before() -> None:
    told = Told("Last year's final was won by Ada Pell.", "2024-05-01", "Ada Pell")

    assert kept("Who won the 2024 final?", told) == []
    assert kept("Who won the 2023 final?", told) == [told.sentence]


@pytest.mark.parametrize(
    ("question", "right", "wrong"),
    [
        (
            "How long did the mill strike last?",
            "The strike at the mill ended after 44 days.",
            "It was the first strike at the mill in nearly 50 years.",
        ),
        (
            "How long did it take to reach Ostra?",
            "The probe reached Ostra after a seven-year journey.",
            "The probe travelled 3 billion miles to reach Ostra.",
        ),
        (
            "How long was the ferry stranded?",
            "The ferry was stranded for several hours.",
            "A 51-year-old was on the ferry, which was stranded two days ago.",
        ),
        (
            "How long did the mill strike last?",
            "The mill strike took almost a week.",
            "The mill strike costs $5 million a day; the last one, in 1977, took 44 days.",
        ),
        ("How long has Pell been missing?", "Pell has been missing a week.", "Pell is 51."),
        ("How long will the bridge be closed?", "It closes for 3 weeks.", "It has 9 lanes."),
    ],
)
def test_a_length_of_time_is_told_by_one(question: str, right: str, wrong: str) -> None:
    assert kept(question, Told(wrong), Told(right)) == [right]


@pytest.mark.parametrize(
    ("question", "right", "wrong"),
    [
        ("Who bought the Lisk mill?", "Ada Pell has sold Bo Marsh the mill.", "Bo Marsh likes it."),
        (
            "Which hotel chain bought the Lisk mill?",
            "The mill went to Marsh Inns in a deal.",
            "Marsh Inns opens near the mill.",
        ),
        ("Who beat Ada Pell?", "Bo Marsh defeated Pell.", "Voters split over Pell and Bo Marsh."),
        ("Who won the Lisk Cup?", "Bo Marsh lifted it as winner.", "Marsh won’t be at the cup."),
    ],
)
def test_who_did_something_is_not_told_without_a_word_for_it(
    question: str, right: str, wrong: str
) -> None:
    assert kept(question, Told(wrong, short="Marsh"), Told(right, short="Bo Marsh")) == [right]


@pytest.mark.parametrize(
    ("sentence", "short", "answers"),
    [
        ("The porter, who has not been identified, slept in the hold.", "The porter", False),
        ("Police have not yet named the Lisk porter.", "Lisk porter", False),
        ("Lisk Air didn't release the name of Porter Two.", "Porter Two", False),
        ("The porter was named as Ivo Brandl.", "Ivo Brandl", True),
    ],
)
def test_a_name_that_was_withheld_is_not_told(sentence: str, short: str, answers: bool) -> None:
    asked = "What is the name of the porter who slept in the hold?"

    assert bool(kept(asked, Told(sentence, short=short))) is answers


@pytest.mark.parametrize(
    ("sentence", "answers"),
    [
        ("Will the flood close the Lisk bridge?", False),
        ("“Is the Lisk bridge shut?”", False),
        ("But did you know the flood shut the Lisk bridge?", True),
        ("“Is it shut?” asked Pell, who runs the Lisk bridge.", True),
    ],
)
def test_a_question_answers_none(sentence: str, answers: bool) -> None:
    assert bool(kept("What shut the Lisk bridge?", Told(sentence))) is answers


def test_a_question_may_be_what_somebody_said() -> None:
    assert kept("What did Ada Pell ask?", Told("“Is the Lisk bridge shut?”"))


@pytest.mark.parametrize(
    ("sentence", "answers"),
    [
        ("Bo Marsh will defeat Ada Pell in Lisk, Channel Nine projects.", True),
        ("Bo Marsh is the projected winner and will beat Ada Pell.", True),
        ("Bo Marsh will beat Ada Pell, his mother hopes.", False),
        ("Bo Marsh is the favourite to defeat Ada Pell.", False),
        ("Only a win will help Bo Marsh against Ada Pell.", False),
    ],
)
def test_a_projected_winner_has_won_and_a_favourite_has_not(sentence: str, answers: bool) -> None:
    assert bool(kept("Who beat Ada Pell?", Told(sentence, short="Bo Marsh"))) is answers


def test_what_lacks_the_measure_throws_no_doubt_on_what_has_it() -> None:
    query = parse("What was the score of the Lisk match?", longest=200)
    told = Told("Lisk played well in the match."), Told("Lisk won 3-2."), Told("Lisk won 1-0 then.")
    given = with_leads(candidates(*told))

    first, *_ = on_the_point(query, given)

    assert given[1].lead < 0 < first.lead
    assert first.sentence == "Lisk won 3-2."


def test_a_measure_that_stands_alone_is_not_behind() -> None:
    query = parse("What was the score of the Lisk match?", longest=200)
    given = with_leads(candidates(Told("Lisk played well."), Told("Lisk won 3-2.")))

    assert [each.lead for each in on_the_point(query, given)] == [0.0]


def test_an_unread_sentence_is_no_answer_because_those_read_lack_the_deed() -> None:
    query = parse("Who bought the Lisk mill?", longest=200)
    read, unread = candidates(Told("Bo Marsh runs the mill."), Told("Ada Pell sells flour."))

    given = on_the_point(query, [read, replace(unread, reading=None)])

    assert list(given) == []
