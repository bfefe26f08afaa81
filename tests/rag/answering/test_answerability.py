"""What an article must have to answer, in whatever spelling."""

from dataclasses import replace

import pytest

from index.documents import EVERYTHING, Article, Passage, Span
from index.language.terms import analyze
from rag.answering.answerability import admissible, refuse
from rag.answering.candidates import AnswerCandidates
from rag.query.query import parse
from rag.reading.evidence import Evidence
from rag.reading.spans import SpanPrediction
from rag.replies import Hit


def evidence(*sentences: str, short: str = "") -> list[Evidence]:
    """The sentences of one article; `short` is what the reader finds, else all of each."""
    text = " ".join(sentences)
    article = Article("a", "Report", text)
    spans = [Span(at := text.index(each), at + len(each)) for each in sentences]
    hit = Hit(Passage(1, "a", article.revision, Span(0, len(text))), 0.5, 1.0, 0.5, {})
    first = Evidence(article, spans[0], Span(0, len(text)), hit, 0.5, 1.0)
    return [replace(first, span=each, reading=_read(text, each, short)) for each in spans]


def _read(text: str, span: Span, short: str) -> SpanPrediction:
    at = text.find(short, span.start, span.end) if short else -1
    return SpanPrediction(Span(at, at + len(short)) if at >= 0 else span, 5.0)


def answers(question: str, *sentences: str, short: str = "") -> list[str]:
    query = parse(question, longest=200)
    return [each.sentence for each in admissible(query, evidence(*sentences, short=short))]


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("Where did it stop on the M25?", "It stopped on the M25 near Dartley."),
        ("What will $4 billion pay for?", "Walls cost $4bn."),
        ("What will £1.25m pay for?", "A library costs £1.25 million."),
        ("Why were the 737s grounded?", "Borel grounded its 737 fleet."),
        ("Why was the F35 grounded?", "The F-35 was grounded."),
        ("What did covid 19 do in Marl?", "COVID19 doubled in Marl."),
        ("Who will the United States send?", "The U.S. will send Ada Pell."),
        ("Who will the WHO send?", "The World Health Organization will send Ada Pell."),
        ("Who ran in the 400m?", "Ada Pell ran the 400 metres."),
    ],
)
def test_an_article_with_another_spelling_may_answer(question: str, sentence: str) -> None:
    assert answers(question, sentence) == [sentence]


@pytest.mark.parametrize(
    ("question", "sentence", "missing"),
    [
        ("Where did it stop on the m6?", "It stopped on the M25 near Dartley.", "m6"),
        ("What will $5bn pay for?", "Walls cost $4bn, pumps $5m.", "$5bn"),
        ("Why were its 747s grounded?", "Borel grounded its 737s.", "747s"),
        ("Who will the European Union send?", "The U.S. will send us.", "European Union"),
    ],
)
def test_an_article_without_any_spelling_may_not(
    question: str, sentence: str, missing: str
) -> None:
    query, ranked = parse(question, longest=200), evidence(sentence)
    candidates = AnswerCandidates(query, tuple(admissible(query, ranked)))

    refused = refuse(
        candidates, ranked, min_confidence=0.1, filter=EVERYTHING, occurs=lambda _: True
    )

    assert candidates.evidence == ()
    assert refused is not None
    assert refused[1] == f"No article found for this question mentions {missing}."


@pytest.mark.parametrize(
    ("question", "archive", "known"),
    [
        ("Why was the COVID19 ward shut?", "covid 19", True),
        ("Why was the Covid 19 ward shut?", "COVID19", True),
        ("What will the United States send?", "the US", True),
        ("What will the World Health Organization send?", "who", True),
        ("What will the European Union send?", "the US", False),
        ("Why was the M6 shut?", "the M25", False),
        ("What will the Corvanian president send?", "Corvania", True),
        ("What will the Tarvani president send?", "Tarvan", True),
        ("What will the Corvanian president send?", "Corvus", False),
    ],
)
def test_a_name_is_unknown_only_where_no_spelling_of_it_occurs(
    question: str, archive: str, known: bool
) -> None:
    query, terms = parse(question, longest=200), set(analyze(archive))
    none = AnswerCandidates(query, ())

    refused = refuse(none, [], min_confidence=0.1, filter=EVERYTHING, occurs=terms.__contains__)

    assert refused is not None
    assert (refused[0] != "no_such_name") is known


@pytest.mark.parametrize(
    ("question", "sentence", "short"),
    [
        ("How many divers died?", "No one died, but two divers were hurt.", "two"),
        ("How many people were charged?", "Police arrested 40 people.", "40 people"),
        ("How much did Borel rise?", "Borel fell 4 per cent.", "4 per cent"),
        ("How much did the fair raise?", "The fair spent 12,000 crowns.", "12,000 crowns"),
        ("How many workers did Borel hire?", "Borel dismissed 300 workers.", "300 workers"),
        ("Who sold the dairy?", "Zane Foods has acquired the dairy.", "Zane Foods"),
        ("Who was sacked as captain?", "Members picked Ulla Berg as captain.", "Ulla Berg"),
        ("How many seats did Arden win?", "Arden lost 12 seats.", "12 seats"),
    ],
)
def test_a_sentence_about_the_opposite_or_another_count_does_not_answer(
    question: str, sentence: str, short: str
) -> None:
    assert answers(question, sentence, short=short) == []


@pytest.mark.parametrize(
    ("question", "sentence", "short"),
    [
        ("How many divers were hurt?", "No one died, but two divers were hurt.", "two"),
        ("How many people died?", "The fire killed three and injured 12.", "three"),
        ("How many people were hurt?", "Three were killed and 12 injured.", "12"),
        ("How many people died?", "The death toll rose to 12.", "12"),
        ("How much did Borel drop?", "Borel fell 4 per cent, Zane rose 2.", "4 per cent"),
        ("How much was spent on it?", "It cost 40 million crowns.", "40 million crowns"),
        ("How many work at the prison?", "The prison employs 200 people.", "200 people"),
        ("Who sold the dairy?", "Zane bought the dairy from Otto Krall.", "Otto Krall"),
        ("Who won the match?", "Wexley lost to Arden 3-1.", "Arden"),
        ("Who died?", "Ada Pell was found at the scene.", "Ada Pell"),
    ],
)
def test_a_sentence_about_what_is_asked_may_answer(
    question: str, sentence: str, short: str
) -> None:
    assert answers(question, sentence, short=short) == [sentence]


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("Who did Wexley beat?", "Arden beat Wexley 3-1 on Saturday."),
        ("Who did Wexley beat?", "Wexley were beaten by Arden on Saturday."),
        ("Who did Wexley defeat?", "Arden beat Wexley 3-1 on Saturday."),
        ("Who beat Arden?", "Arden beat Wexley 3-1 on Saturday."),
        ("Who beat Arden?", "Wexley were beaten 3-1 by Arden."),
        ("Who sued Borel?", "Borel has sued Zane Foods over the name."),
        ("Whom did Ada Pell sack?", "Jon Orr sacked Ada Pell on Monday."),
        ("Who will Otto Krall replace?", "Petra Holm will replace Otto Krall."),
        ("Who hired Petra Holm?", "Petra Holm has hired Jan Orr."),
        ("Who did the Orm Herald sue?", "Ruth Gray sued the Orm Herald."),
        ("Who scored twice for Wexley?", "Lou Pell scored twice for Arden."),
        ("Who bought Ada Pell's boat?", "Pell bought the boat new from a yard in Orm."),
        (
            "Who bought Ada Pell’s boat?",
            f"Pell bought the boat, which has {', '.join(['a mast'] * 20)}, from a yard.",
        ),
        ("Who is the mayor of Tarn?", "Jon Orr, the mayor of Lisk, spoke."),
        ("Who was beaten by Wexley?", "Arden beat Wexley 3-1 on Saturday."),
        ("Who has been sacked by Petra Holm?", "Jon Orr sacked Petra Holm on Monday."),
        ("Which team beat Arden?", "Arden beat Wexley 3-1 on Saturday."),
        ("Which team did Wexley beat?", "Arden beat Wexley 3-1 on Saturday."),
        ("Which firm was bought by Borel?", "Zane Foods bought Borel in May."),
        ("Who scored for Wexley?", "Lou Pell scored twice for Arden."),
    ],
)
def test_a_sentence_that_swaps_the_roles_does_not_answer(question: str, sentence: str) -> None:
    assert answers(question, sentence) == []


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("Who did Arden beat?", "Arden beat Wexley 3-1 on Saturday."),
        ("Who did Arden beat?", "Wexley were beaten 3-1 by Arden."),
        ("Who beat Wexley?", "Arden beat Wexley 3-1 on Saturday."),
        ("Who beat Wexley?", "Wexley were beaten by Arden on Saturday."),
        ("Who beat Wexley?", "After Wexley scored, Arden beat them."),
        ("Who beat Wexley?", "Wexley, tired, lost as Arden beat them."),
        ("Who beat Wexley?", "Wexley's rivals beat the team."),
        ("Who married Ada Pell?", "Ada Pell married Jon Orr in May."),
        ("Who did Jon Orr meet?", "Ada Pell met Jon Orr in May."),
        ("Who did Ada Pell beat?", "Jon Orr, whom Ada Pell beat in May, left."),
        ("Who opened the pool in Marl?", "In Marl the pool was opened by Ada Pell."),
        ("Who won the Orm Cup?", "The Orm Cup was won by Arden."),
        ("Who bought Ada Pell's boat?", "Jon Orr bought the boat of Ada Pell."),
        ("Who did Tarn sell?", "At Tarn, Arden sold Lou Pell."),
        ("Who is Ada Pell?", "Ada Pell is the mayor."),
        ("Who is the mayor of Tarn?", "Jon Orr, the mayor of Greater Tarn, spoke."),
        ("Who scored twice for Wexley?", "Lou Pell scored twice for Wexley."),
        ("Who was beaten by Arden?", "Arden beat Wexley 3-1 on Saturday."),
        ("Which team beat Wexley?", "Arden beat Wexley 3-1 on Saturday."),
        ("Which team did Arden beat?", "Wexley were beaten 3-1 by Arden."),
        ("Which firm was bought by Borel?", "Borel bought Zane Foods in May."),
        ("Who scored for Wexley?", "Lou Pell scored twice for Wexley."),
        ("Who played for Wexley?", "Lou Pell played twice for Arden and once for Wexley."),
    ],
)
def test_a_sentence_with_the_roles_as_asked_may_answer(question: str, sentence: str) -> None:
    assert answers(question, sentence) == [sentence]


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("Who is the mayor of Tarn?", "Jon Orr is mayor of the town."),
        ("Who spoke in Tarn?", "Jon Orr spoke in May."),
    ],
)
def test_a_sentence_need_not_name_the_place(question: str, sentence: str) -> None:
    assert sentence in answers(question, "Tarn is old.", sentence)


def test_where_a_sentence_swaps_the_roles_one_without_the_verb_does_not_answer() -> None:
    beat, scored, again = "Arden beat Wexley.", "Lou Pell scored for Arden.", "Tarn beat Arden."

    assert answers("Who beat Arden?", beat, scored) == []
    assert answers("Who beat Arden?", beat, scored, again) == [again]
    assert answers("Who beat Wexley?", beat, scored) == [beat]


def test_a_pronoun_stands_for_what_was_named_before_it() -> None:
    bridge, cost = "The bridge opened in 2021.", "It cost 38 million crowns."
    tunnel, sum_ = "The tunnel opened in 2019.", "It is 3 miles long."
    text = (bridge, cost, tunnel, sum_)

    assert cost not in answers("How much did the tunnel cost?", *text)
    assert cost in answers("How much did the bridge cost?", *text)
    assert cost in answers("How much did the new bridge cost?", *text, "New cars came.")
    assert sum_ in answers("How long is the tunnel?", *text)
    assert cost in answers("How much did the crossing cost?", *text)


@pytest.mark.parametrize("noun", ["troops", "cars", "houses"])
def test_a_counted_noun_may_be_another_word_for_it(noun: str) -> None:
    sentence = "It lost 40 soldiers, 12 homes and 9 vehicles."

    assert answers(f"How many {noun} did it lose?", sentence, short="40") == [sentence]
    assert answers("How many boats did it lose?", sentence, short="40") == []


def test_an_answer_that_restates_the_question_comes_last() -> None:
    gate, name = "The man believed to be the bomber ran.", "They named him as Idris Kamal."

    assert answers("Who was the bomber?", gate, name) == [gate, name]  # each is its own answer
    found = admissible(
        parse("Who was the bomber?", longest=99),
        [*evidence(gate, short="man believed to be the bomber"), *evidence(name)],
    )
    assert [each.sentence for each in found] == [name, gate]


@pytest.mark.parametrize("text", ["ferry", "the ferry", "Ferry?", "Ada Pell", "Grey Heron"])
def test_one_word_or_name_is_a_search(text: str) -> None:
    query, ranked = parse(text, longest=99), evidence("Ada Pell saw the Grey Heron ferry.")
    candidates = AnswerCandidates(query, tuple(ranked))

    refused = refuse(candidates, ranked, min_confidence=0, filter=EVERYTHING, occurs=bool)

    assert refused is not None
    assert refused[0] == "not_a_question"


@pytest.mark.parametrize(
    "text", ["Why?", "ferry fire", "Who is Ada Pell?", "ferry opening date", "Ada Pell ferry"]
)
def test_more_than_one_word_or_name_may_be_a_question(text: str) -> None:
    assert not parse(text, longest=99).is_bare


def test_a_sentence_with_another_sum_of_its_article_does_not_answer() -> None:
    walls, pumps = "It will spend $4bn on walls.", "It will spend $300m on pumps."

    assert answers("What is the $300 million for?", walls, pumps) == [pumps]
    assert answers("What is the $4 billion for?", walls, pumps) == [walls]
