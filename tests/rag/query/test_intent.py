"""What a question wants of speech: whose words, on what, when; and what is no such question."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.documents import Filter
from index.statements import Act, Polarity
from rag.dates.period import period_in
from rag.query.intent import Intent, IntentKind
from rag.query.intent_parser import read_intent

SAID, COMMENTED, WHO, COUNTED = IntentKind


def intent(question: str) -> Intent:
    found = read_intent(question)
    assert found is not None, question
    return found


@pytest.mark.parametrize(
    ("question", "speaker", "about"),
    [
        ("What did Ada Obi say?", "Ada Obi", ""),
        ("what did ada obi say about the harbour", "ada obi", "the harbour"),
        ("what'd Ada say about geese", "Ada", "geese"),
        ("What does Dr Ada Obi think of the treaty?", "Dr Ada Obi", "the treaty"),
        ("What has the mayor said on flooding?", "the mayor", "flooding"),
        ("What is Ada Obi saying about the strike?", "Ada Obi", "the strike"),
        ("What is Ada Obi quoted as saying about the strike?", "Ada Obi", "the strike"),
        ("What did the White House announce about fish?", "the White House", "fish"),
        ("What did the weekly report say about bees?", "the weekly report", "bees"),
        ("What did Orm state media say about bees?", "Orm state media", "bees"),
        ("What did the state police chief say about bees?", "the state police chief", "bees"),
        ("What did the claim form say about bees?", "the claim form", "bees"),
        ("What did Ana Lee claim Obi would say about bees?", "Ana Lee", "Obi would say about bees"),
        ("What did Mr Claim claim about fish?", "Mr Claim", "fish"),
        ("What did Musa Bello, the conductor, say about choirs?", "Musa Bello", "choirs"),
        ("What did Musa and Ada say about choirs?", "Musa and Ada", "choirs"),
        ("What did Ada say the bank would do?", "Ada", "the bank would do"),
        ("How much did Ada say the strike had cost?", "Ada", "the strike had cost"),
        ("Why did Ada think the bank was wrong?", "Ada", "the bank was wrong"),
        ("How did the union respond to the offer?", "the union", "the offer"),
        ("How does Ada see the plan?", "Ada", "the plan"),
        ("What concerns did Ada voice about the dam?", "Ada", "the dam"),
        ("Which part of the plan did Ada criticise?", "Ada", "part of the plan"),
        ("What does Ada have to say about geese?", "Ada", "geese"),
        ("What did Ada go on to say about geese?", "Ada", "geese"),
        ("What did Ada point out about the dam?", "Ada", "the dam"),
        ("What has Ada pointed out about the dam?", "Ada", "the dam"),
        ("What did Ada rule out?", "Ada", ""),
        ("What did Ada call for?", "Ada", ""),
        ("What did Ada warn of?", "Ada", ""),
        ("What did Ada make clear about the dam?", "Ada", "the dam"),
        ("What did Ada speak of?", "Ada", ""),
        ("What did Ada complain about?", "Ada", ""),
        ("What did Ada speak out against?", "Ada", ""),
        ("How did Ada hit back at critics?", "Ada", "critics"),
        ("How did Ada justify joining the union?", "Ada", "joining the union"),
        ("How did Ada defend the toll?", "Ada", "the toll"),
        ("How does the mayor characterise the storm?", "the mayor", "the storm"),
        ("What reason did Orm's mayor give for fees?", "Orm's mayor", "fees"),
        ("What explanation has the bank offered for the error?", "the bank", "the error"),
        ("Which excuse did Ada give?", "Ada", ""),
        ("What estimate did the ministry give of the damage?", "the ministry", "the damage"),
        ("What promise did Ada make about tolls?", "Ada", "tolls"),
        ("what Ada pointed out about the dam", "Ada", "the dam"),
        ("What did Ada highlight about the coast?", "Ada", "the coast"),
        ("Which plan did Ada outline?", "Ada", "plan"),
        ("On trade, what did Ada say?", "Ada", "trade"),
        ("Tell me what Ada Obi said about the strike.", "Ada Obi", "the strike"),
        ("what experts say about ice", "experts", "ice"),
        ("Ada Obi's view on trade", "Ada Obi", "trade"),
        ("What did Harlow's say about trade?", "Harlow's", "trade"),
        ("What is Ada Obi’s latest position on the harbour?", "Ada Obi", "the harbour"),
        ("What's James’ stance on tolls?", "James", "tolls"),
        ("What was the reaction of the union to the offer?", "the union", "the offer"),
        ("According to Ada Obi, why did the ferry stop?", "Ada Obi", "why did the ferry stop"),
        ("Is the plan safe, according to experts?", "experts", "Is the plan safe"),
        ("according to experts is the plan safe", "experts", "is the plan safe"),
        ("Quotes by Ada Obi", "Ada Obi", ""),
        ("all statements from Ada Obi about trade", "Ada Obi", "trade"),
        ("What was said by Ada Obi about trade?", "Ada Obi", "trade"),
        ("What has been said about trade?", "", "trade"),
        ("What did people say about the strike?", "", "the strike"),
        ("Who said what about the merger?", "", "the merger"),
        ("Who did Ada blame for the fire?", "Ada", "the fire"),
        ("ada obi on trade", "ada obi", "trade"),
    ],
)
def test_many_forms_ask_what_a_person_said(question: str, speaker: str, about: str) -> None:
    found = intent(question)

    assert (found.kind, found.speaker, found.topic) == (SAID, speaker, about)


@pytest.mark.parametrize(
    ("question", "listener", "about"),
    [
        ("What did Ada tell the inquiry?", "the inquiry", ""),
        ("What did Ada tell reporters about the flood?", "reporters", "the flood"),
        ("What did Ada tell voters that she would do?", "voters", "she would do"),
        ("What did Ada warn the council about?", "the council", ""),
        ("What did Ada warn about?", "", ""),
        ("What did Ada say to the panel about geese?", "the panel", "geese"),
        ("What answer did Ada give to the panel about geese?", "the panel", "geese"),
    ],
)
def test_the_listener_is_not_the_topic(question: str, listener: str, about: str) -> None:
    found = intent(question)

    assert (found.speaker, found.listener, found.topic) == ("Ada", listener, about)


@pytest.mark.parametrize(
    ("question", "about"),
    [
        ("Who said the plan was a disaster?", "the plan was a disaster"),
        ("Who has warned about flooding?", "flooding"),
        ("who thinks the plan is bad", "the plan is bad"),
        ("Please tell me who said that the bridge is unsafe", "the bridge is unsafe"),
        ("Who told the Courier that geese are back?", "geese are back"),
        ("Who called the plan “a cold shower”?", "the plan “a cold shower”"),
        ("“We will not wait”: who said that?", "We will not wait"),
        ("Whose words are 'we will not wait'?", "we will not wait"),
    ],
)
def test_a_question_for_the_speaker_has_the_content_as_its_topic(question: str, about: str) -> None:
    found = intent(question)

    assert (found.kind, found.speaker, found.topic) == (WHO, "", about)


def test_quoted_words_are_searched_word_for_word() -> None:
    found = intent('Who is quoted as saying "we will not wait in 2024"?')

    assert found.phrases == ("we will not wait in 2024",)
    assert found.period == Filter()


def test_a_quoted_contraction_is_not_expanded() -> None:
    assert intent("Who said “I don't know”?").phrases == ("I don't know",)


def test_a_question_may_describe_the_speaker() -> None:
    found = intent("Which captain said the wait was hard?")

    assert (found.kind, found.speaker, found.topic) == (WHO, "captain", "the wait was hard")


@pytest.mark.parametrize(
    ("question", "polarity"),
    [
        ("What did Ada say about the leak?", Polarity.POSITIVE),
        ("Did Ada comment on the leak?", None),
        ("Has Ada ever said anything about the leak?", None),
        ("Did Ada decline to comment on the leak?", Polarity.NEGATIVE),
        ("Why did Ada not comment on the leak?", Polarity.NEGATIVE),
        ("Why didn't Ada comment on the leak?", Polarity.NEGATIVE),
    ],
)
def test_a_denial_also_answers_whether_a_person_commented(
    question: str, polarity: Polarity | None
) -> None:
    found = intent(question)

    assert (found.speaker, found.topic, found.polarity) == ("Ada", "the leak", polarity)


def test_a_question_with_deny_asks_for_denials() -> None:
    assert intent("What did Ada deny?").acts == (Act.DENY,)
    assert intent("Who denied that they were merging?").acts == (Act.DENY,)
    assert not intent("What did Ada say?").acts


@pytest.mark.parametrize(
    ("question", "speaker", "about"),
    [
        ("How often has Ada Obi spoken of the treaty?", "Ada Obi", "the treaty"),
        ("How many times is Ada Obi quoted?", "Ada Obi", ""),
        ("How many times has Ada been quoted on trade?", "Ada", "trade"),
        ("How many quotes are there by Ada Obi about trade?", "Ada Obi", "trade"),
    ],
)
def test_how_often_asks_for_a_count(question: str, speaker: str, about: str) -> None:
    found = intent(question)

    assert (found.kind, found.speaker, found.topic) == (COUNTED, speaker, about)


@pytest.mark.parametrize(
    "question",
    [
        "Who won the race?",
        "How many people came?",
        "What was the bridge made of?",
        "Is the bridge safe?",
        "What did the divers see?",
        "What did Ada defend?",
        "What gift did Ada give to the town?",
        "What bridge did the company make?",
        "Which ferry sank in 2019?",
        "What did he say?",
        "Why did it close?",
        "пожар в порту?",
        "",
        "?",
    ],
)
def test_other_questions_have_no_intent(question: str) -> None:
    assert read_intent(question) is None


def test_a_verb_of_speech_and_deed_makes_the_intent_uncertain() -> None:
    assert not intent("When did the bank announce its rate?").certain
    assert intent("When did the bank say it would meet?").certain


def day(year: int, month: int = 1, day: int = 1) -> datetime:
    return datetime(year, month, day, tzinfo=UTC)


@pytest.mark.parametrize(
    ("words", "first", "end"),
    [
        ("in 2019", day(2019), day(2020)),
        ("in September 2024", day(2024, 9), day(2024, 10)),
        ("during Dec. 2024", day(2024, 12), day(2025)),
        ("on 2 May 2021", day(2021, 5, 2), day(2021, 5, 3)),
        ("on May 2nd, 2021", day(2021, 5, 2), day(2021, 5, 3)),
        ("on 2024-12-31", day(2024, 12, 31), day(2025)),
        ("since March 2023", day(2023, 3), None),
        ("after March 2023", day(2023, 4), None),
        ("before 2020", None, day(2020)),
        ("until 2020", None, day(2021)),
        ("between 2019 and 2021", day(2019), day(2022)),
        ("from January 2020 to March 2020", day(2020), day(2020, 4)),
        ("in early 2020", day(2020), day(2021)),
    ],
)
def test_a_period_limits_the_dates_and_is_not_part_of_the_topic(
    words: str, first: datetime | None, end: datetime | None
) -> None:
    found = intent(f"What did Ada say {words} about geese?")

    assert found.period == Filter(first, end)
    assert (found.topic, found.when) == ("geese", words)


@pytest.mark.parametrize(
    "text", ["in May", "in 20191", "the 2019 summit", "on 31 February 2020", "since 3", "2019"]
)
def test_without_an_instant_of_asking_a_date_needs_a_year(text: str) -> None:
    assert period_in(text) is None


@given(st.text(max_size=120))
def test_no_text_makes_the_intent_parser_fail(text: str) -> None:
    for question in (text, f"What did {text} say about {text}?", f"Who said “{text}”?"):
        found = read_intent(" ".join(question.split()))

        assert found is None or found.speaker in found.speaker.strip()


@given(st.lists(st.sampled_from("what did who said say of by to quotes ’s “ ” in 2019".split())))
def test_no_order_of_known_words_makes_the_intent_parser_fail(words: list[str]) -> None:
    found = read_intent(" ".join(words))

    assert found is None or found.speaker == found.speaker.strip()


@pytest.mark.parametrize(
    ("question", "about", "verb"),
    [
        ("Who ruled out a second dam?", "a second dam", "rule out"),
        ("Who called for calm?", "calm", "call for"),
        ("Who spoke out against the sale?", "the sale", "speak out"),
        ("Who went on to say that the dam was old?", "the dam was old", "say"),
        ("Who called the dam a mistake?", "the dam a mistake", "call"),
    ],
)
def test_a_verb_of_two_words_asks_who_said_it(question: str, about: str, verb: str) -> None:
    found = intent(question)

    assert (found.kind, found.topic, found.verb) == (WHO, about, verb)


@pytest.mark.parametrize(
    "question",
    ["What did Ada set out to do?", "Who made the cake?", "Who set the record?", "Who hit Ada?"],
)
def test_the_first_word_alone_asks_for_no_speech(question: str) -> None:
    assert read_intent(question) is None


def test_a_question_about_a_denial_takes_what_was_not_said() -> None:
    assert intent("What did Ada deny saying?").polarity is None
