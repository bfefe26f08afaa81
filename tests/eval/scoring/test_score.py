"""A town's three articles and five questions, with predictions whose scores are known."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from eval.datasets.questions import Dataset, Gold, Question
from eval.measures.squad import Attempt, squad2
from eval.runs.predictions import PredictedCitation, PredictedStatement, Prediction, RankedItem
from eval.scoring.results import aggregate_intervals
from eval.scoring.score import Scores, score
from index.documents import Article

FERRY = Article(
    "ferry",
    "Ferry fire",
    "A fire broke out on the ferry. Nobody of the 212 aboard was hurt.",
    outlet="Gazette",
    published_at=datetime(2024, 5, 2, tzinfo=UTC),
)
COPY = replace(FERRY, id="copy", outlet="Courier")
BRIDGE = Article("bridge", "Bridge", "The bridge will cost nine crowns. Mayor Ada Birk said so.")
ABOARD, COST, SAID = Gold("ferry", 31, 65), Gold("bridge", 0, 33), Gold("bridge", 34, 57)

QUESTIONS = (
    Question(
        "aboard",
        "How many were aboard?",
        answers=(Gold("ferry", 45, 48),),
        evidence=(ABOARD,),
        distractors=(Gold("ferry", 0, 30),),
        texts=("212",),
        relevant={"ferry": 1},
        as_of=datetime(2024, 5, 1, tzinfo=UTC),
    ),
    Question(
        "cost",
        "What will the bridge cost?",
        answers=(Gold("bridge", 21, 32),),
        texts=("nine crowns",),
        relevant={"bridge": 1},
    ),
    Question(
        "who",
        "Who said so?",
        evidence=(SAID,),
        texts=("Ada Birk",),
        relevant={"bridge": 1},
        speaker="Ada Birk",
        tags=("who_said",),
    ),
    Question("gone", "Who won the race?", answerable=False, tags=("withheld",)),
    Question("swap", "What did Bo Lund say?", answerable=False, speaker="Bo Lund", tags=("swap",)),
)
TOWN = Dataset("town", (FERRY, COPY, BRIDGE), QUESTIONS, groups={"ferry": "fire", "copy": "fire"})
BY_ID = {question.id: question for question in QUESTIONS}


def ranked(place: Gold, score: float = 1.0) -> RankedItem:
    return RankedItem(place.article, place.start, place.end, score, lexical=score, dense=1 - score)


def cited(place: Gold, *, verbatim: bool = True) -> PredictedCitation:
    article = next(each for each in TOWN.articles if each.id == place.article)
    published = article.published_at.isoformat() if article.published_at else None
    quote = article.text[place.start : place.end]
    return PredictedCitation(
        place.article, "r", place.start, place.end, quote, article.outlet, published, verbatim
    )


def answer(question: str, place: Gold, *, confidence: float = 0.9) -> Prediction:
    """Everything found, read and cited at one place."""
    return Prediction(
        question,
        passages=(ranked(place),),
        sentences=(ranked(place),),
        gold_sentences=(ranked(place),),
        answered=True,
        text=cited(place).quote,
        confidence=confidence,
        citations=(cited(place),),
        timings_ms={"read": 2.0},
    )


def stated(
    question: str, place: Gold, speaker: str | None, *, content: Gold | None = None
) -> Prediction:
    """An answer that is somebody's statement: of an unsure speaker where there is none."""
    said_there = content or place
    given = answer(question, place)
    said = PredictedStatement(
        speaker,
        resolution="full_name" if speaker else "unresolved",
        kind="indirect",
        sure=speaker is not None,
        confidence=0.9,
        content=((said_there.start, said_there.end),),
    )
    return replace(given, citations=(replace(given.citations[0], said=said),))


def refusal(question: str, *, confidence: float = 0.1) -> Prediction:
    return Prediction(question, confidence=confidence, reason="no_evidence")


RIGHT = {
    "aboard": answer("aboard", ABOARD),
    "cost": answer("cost", COST),
    "who": stated("who", SAID, "Ada Birk"),
    "gone": refusal("gone"),
    "swap": refusal("swap"),
}


def mean(scores: Scores, measure: str) -> float:
    values = scores.per_question[measure].values()
    return sum(values) / len(values)


def test_an_oracle_has_everything_right() -> None:
    scores = score(TOWN, RIGHT)

    all_right = "doc@1 doc@10 recall@10 mrr@10 ndcg@10 map ev@1 sentence@1 gold_sentence@1 verbatim"
    all_right += " citation_precision citation_recall answered_answerable refused_unanswerable"
    all_right += " swap_refused right_outlet right_date right_speaker"
    assert {name: mean(scores, name) for name in all_right.split()} == dict.fromkeys(
        all_right.split(), 1.0
    )
    assert mean(scores, "answered") == pytest.approx(3 / 5)
    assert mean(scores, "distractor") == 0
    assert scores.aggregate["auroc"] == scores.aggregate["auroc_withheld"] == 1.0
    assert scores.aggregate["coverage@80"] == pytest.approx(3 / 5)


def test_no_predictions_at_all_count_0_and_not_as_refusals() -> None:
    scores = score(TOWN, {})

    means = {name: mean(scores, name) for name, values in scores.per_question.items() if values}
    assert set(means.values()) == {0.0}
    assert means.keys() >= {"doc@1", "sentence@1", "f1", "refused_unanswerable", "swap_refused"}
    assert scores.aggregate["auroc"] == 0.5
    assert scores.aggregate["squad2_best_f1"] == 0


def test_a_missing_prediction_counts_0_beside_the_others() -> None:
    scores = score(TOWN, {id: each for id, each in RIGHT.items() if id != "cost"})

    assert scores.per_question["doc@1"] == {"aboard": 1, "cost": 0, "who": 1}


def test_an_error_is_no_prediction() -> None:
    failed = RIGHT | {"gone": Prediction("gone", error="ModelError: weights are missing")}

    assert score(TOWN, failed).per_question["refused_unanswerable"] == {"gone": 0, "swap": 1}


def test_predictions_of_other_questions_are_passed_over() -> None:
    assert score(TOWN, RIGHT | {"else": refusal("else")}) == score(TOWN, RIGHT)


def test_a_copy_of_the_article_is_as_relevant() -> None:
    copied = RIGHT | {"aboard": answer("aboard", Gold("copy", 31, 65))}

    scores = score(TOWN, copied)

    assert scores.per_question["doc@1"]["aboard"] == 1
    assert scores.per_question["recall@10"]["aboard"] == 1


def test_measures_of_answers_are_over_the_questions_answered() -> None:
    scores = score(TOWN, RIGHT | {"who": refusal("who")})

    assert scores.per_question["verbatim"].keys() == {"aboard", "cost"}
    assert scores.per_question["distractor"].keys() == {"aboard"}
    assert scores.per_question["citation_precision"]["who"] == 0


def test_a_measure_nothing_was_measured_by_is_still_named() -> None:
    refusing = {question.id: refusal(question.id) for question in QUESTIONS}

    assert score(TOWN, refusing).per_question["verbatim"] == {}


@pytest.mark.parametrize(
    "broken",
    [
        pytest.param(cited(ABOARD, verbatim=False), id="the run found it not so"),
        pytest.param(replace(cited(ABOARD), quote="Nobody"), id="the data set reads otherwise"),
        pytest.param(replace(cited(ABOARD), article="lost"), id="no such article"),
    ],
)
def test_verbatim_is_what_the_run_and_the_data_set_both_say(broken: PredictedCitation) -> None:
    given = replace(RIGHT["aboard"], citations=(broken, cited(ABOARD)))

    assert score(TOWN, RIGHT | {"aboard": given}).per_question["verbatim"]["aboard"] == 0.5


def test_the_speaker_is_judged_by_whose_statement_is_given_not_by_the_words_quoted() -> None:
    quoted = score(TOWN, {"who": answer("who", SAID)})
    wrong = score(TOWN, {"who": stated("who", SAID, "Bo Lund")})

    assert (mean(quoted, "speaker_quoted"), mean(quoted, "right_speaker")) == (1.0, 0.0)
    assert (mean(wrong, "speaker_quoted"), mean(wrong, "right_speaker")) == (1.0, 0.0)


def test_a_short_answer_is_judged_by_its_words_and_its_citation_by_the_quote() -> None:
    short = replace(answer("cost", COST), text="nine crowns")
    named = replace(answer("who", SAID), text="so")

    scores = score(TOWN, {"cost": short, "who": named}).per_question

    assert [scores[name]["cost"] for name in ("em", "f1", "squad2_em")] == [1.0, 1.0, 1.0]
    assert scores["citation_precision"]["cost"] == scores["verbatim"]["cost"] == 1.0
    assert scores["speaker_quoted"]["who"] == 1.0


def test_with_the_article_given_the_short_answer_is_what_the_reader_sees_in_the_sentence() -> None:
    [sentence] = answer("cost", COST).gold_sentences
    seen = replace(answer("cost", COST), gold_sentences=(replace(sentence, short=(21, 32)),))

    whole, short = (score(TOWN, {"cost": each}) for each in (answer("cost", COST), seen))

    assert whole.per_question["gold_em"]["cost"] == 0.0
    assert short.per_question["gold_em"]["cost"] == 1.0


def test_the_accuracy_of_answers_is_over_the_questions_answered() -> None:
    scores = score(TOWN, {"cost": answer("cost", COST), "gone": answer("gone", COST)})

    assert scores.per_question["answered_accuracy"] == {"cost": 1.0, "gone": 0.0}


def test_crag_counts_a_right_answer_1_a_refusal_0_and_a_wrong_answer_minus_1() -> None:
    given = {
        "aboard": answer("aboard", ABOARD),
        "cost": answer("cost", SAID),
        "gone": answer("gone", COST),
        "swap": refusal("swap"),
    }

    assert score(TOWN, given).per_question["crag"] == {
        "aboard": 1.0,
        "cost": -1.0,
        "who": 0.0,  # no prediction
        "gone": -1.0,
        "swap": 0.0,
    }


def test_always_answering_gives_the_nearest_sentence_of_each_refusal() -> None:
    found = {
        "cost": replace(answer("cost", COST), answered=False, citations=()),
        "gone": replace(answer("gone", COST), answered=False, citations=()),
        "swap": refusal("swap"),  # nothing was found
    }

    scores = score(TOWN, found).per_question

    assert set(scores["crag"].values()) == {0.0}
    assert scores["crag_always"] == {"aboard": 0, "cost": 1, "who": 0, "gone": -1, "swap": 0}


def test_crag_is_measured_only_where_marks_tell_right_from_wrong() -> None:
    unmarked = replace(BY_ID["cost"], answers=())

    scores = score(replace(TOWN, questions=(unmarked,)), {"cost": answer("cost", COST)})

    assert scores.per_question["crag"] == scores.per_question["crag_always"] == {}


def test_a_wrong_speaker_is_counted_among_those_given_as_certain_only() -> None:
    right = score(TOWN, {"who": stated("who", SAID, "Mayor Ada Birk")})
    wrong = score(TOWN, {"who": stated("who", SAID, "Bo Lund")})
    unsure = score(TOWN, {"who": stated("who", SAID, None)})

    assert right.per_question["wrong_speaker"] == {"who": 0.0}
    assert wrong.per_question["wrong_speaker"] == {"who": 1.0}
    assert unsure.per_question["wrong_speaker"] == {}
    assert score(TOWN, {}).per_question["wrong_speaker"] == {}


def test_what_was_said_is_judged_by_its_speaker_and_its_characters() -> None:
    asked = replace(BY_ID["who"], tags=("what_said",))
    town = Dataset("town", TOWN.articles, (asked,))
    half = Gold("bridge", SAID.start, SAID.start + (SAID.end - SAID.start) // 2)

    scores = score(town, {"who": stated("who", SAID, "Ada Birk", content=half)})
    refused = score(town, {"who": refusal("who")})

    assert mean(scores, "asked_speaker") == mean(scores, "true_answered") == 1.0
    assert mean(scores, "content_f1") == pytest.approx(2 * 11 / (11 + 23))
    assert mean(refused, "asked_speaker") == mean(refused, "content_f1") == 0.0
    assert mean(refused, "true_answered") == 0.0


def test_a_source_marked_with_its_description_is_the_speaker_too() -> None:
    marked = replace(BY_ID["who"], answers=(Gold("bridge", 34, 48),), speaker="Birk")
    town = Dataset("town", TOWN.articles, (marked,))

    scores = score(town, {"who": stated("who", SAID, "Ada Birk")})

    assert mean(scores, "right_speaker") == 1.0


def test_the_reason_of_a_refusal_is_judged_where_the_set_gives_one() -> None:
    swapped = replace(BY_ID["swap"], reason="said_by_other")
    town = Dataset("town", TOWN.articles, (swapped, BY_ID["gone"]))
    told = replace(refusal("swap"), reason="said_by_other")

    assert score(town, {"swap": told}).per_question["right_reason"] == {"swap": 1.0}
    assert score(town, {"swap": refusal("swap")}).per_question["right_reason"] == {"swap": 0.0}


def test_citations_published_after_the_question_are_counted() -> None:
    scores = score(TOWN, RIGHT)

    assert scores.per_question["as_of"] == {"aboard": 0.0}


def test_a_cited_distractor_is_counted() -> None:
    astray = RIGHT | {"aboard": answer("aboard", Gold("ferry", 0, 30))}

    scores = score(TOWN, astray)

    assert scores.per_question["distractor"] == {"aboard": 1.0}
    assert scores.per_question["sentence@1"]["aboard"] == 0


def test_evidence_decides_which_sentence_is_right_where_it_is_marked() -> None:
    """ "nine crowns" as a whole for the cost, more than half of the evidence for who said so."""
    short = RIGHT | {
        "cost": answer("cost", Gold("bridge", 0, 28)),
        "who": answer("who", Gold("bridge", 40, 57)),
    }

    scores = score(TOWN, short)

    assert scores.per_question["sentence@1"] == {"aboard": 1, "cost": 0, "who": 1}


def test_baselines_are_measured_by_what_they_find() -> None:
    """The right passage has no term in common; the vectors have it first."""
    passages = (ranked(COST, 0.9), replace(ranked(ABOARD, 0.1), lexical=0.0))
    found = RIGHT | {"aboard": replace(RIGHT["aboard"], passages=passages)}

    scores = score(TOWN, found)

    assert scores.per_question["bm25:doc@10"]["aboard"] == 0
    assert scores.per_question["vectors:doc@1"]["aboard"] == 1
    assert scores.per_question["vectors:ev@1"]["aboard"] == 1
    assert scores.per_question["rrf:doc@10"]["aboard"] == 1
    assert "bm25:sentence@1" not in scores.per_question


def test_saying_nothing_is_right_where_nothing_is() -> None:
    scores = score(TOWN, RIGHT)

    attempts = [
        Attempt(RIGHT[question.id].text, RIGHT[question.id].confidence, question.texts)
        for question in QUESTIONS
    ]
    assert mean(scores, "squad2_em") == pytest.approx(squad2(attempts)["exact"])
    assert mean(scores, "squad2_f1") == pytest.approx(squad2(attempts)["f1"])
    assert scores.aggregate["squad2_best_f1"] == pytest.approx(squad2(attempts)["best_f1"])


def test_what_was_held_back_counts_for_the_thresholds() -> None:
    """Refused at .8 though its sentence was right: answering more would have been right."""
    held = replace(RIGHT["cost"], answered=False, text="", citations=(), confidence=0.8)

    scores = score(TOWN, RIGHT | {"cost": held})

    assert scores.aggregate["coverage@95"] == pytest.approx(3 / 5)
    assert scores.curves["risk_coverage"] == [
        [pytest.approx(2 / 5), 0.0],
        [pytest.approx(3 / 5), 0.0],
        [1.0, pytest.approx(2 / 5)],
    ]


def asked_often(right: int, wrong: int) -> tuple[Dataset, dict[str, Prediction]]:
    """The same question so many times, answered rightly where the service is surer."""
    ids = [f"q{number}" for number in range(right + wrong)]
    questions = tuple(replace(BY_ID["cost"], id=id) for id in ids)
    given = {
        id: answer(id, COST if place < right else SAID, confidence=1 - place / 1000)
        for place, id in enumerate(ids)
    }
    return replace(TOWN, questions=questions), given


def test_a_run_says_what_share_of_wrong_answers_could_be_promised() -> None:
    assert score(*asked_often(40, 0)).curves["promise"] == {
        "max_wrong": 0.1,
        "kept": {"max_wrong": 0.1, "coverage": 1.0, "least_confidence": pytest.approx(0.961)},
    }


def test_where_a_tenth_cannot_be_promised_it_is_the_least_that_can_be() -> None:
    kept = score(*asked_often(20, 20)).curves["promise"]["kept"]

    assert kept["max_wrong"] == pytest.approx(0.17)
    assert kept["coverage"] == pytest.approx(0.5)


def test_where_nothing_can_be_promised_none_is_kept() -> None:
    assert score(*asked_often(0, 40)).curves["promise"] == {"max_wrong": 0.1, "kept": None}


def test_an_answer_to_what_has_none_is_wrong() -> None:
    sure = RIGHT | {"gone": answer("gone", COST, confidence=0.9)}

    scores = score(TOWN, sure)

    assert scores.per_question["refused_unanswerable"] == {"gone": 0, "swap": 1}
    assert scores.aggregate["coverage@80"] == 0
    assert scores.aggregate["auroc_withheld"] == 0.5


def test_a_threshold_is_fitted_on_some_articles_and_kept_for_the_others() -> None:
    """Forty articles, one question each: right above .5, wrong below."""
    questions = [
        Question(f"q{i}", "What?", answers=(Gold(f"a{i}", 0, 4),), relevant={f"a{i}": 1})
        for i in range(40)
    ]
    articles = tuple(Article(f"a{i}", "Title", "Four words are here.") for i in range(40))
    given = {
        f"q{i}": replace(
            answer("who", SAID, confidence=i / 40),
            question=f"q{i}",
            citations=(replace(cited(SAID), article=f"a{i}", start=0 if i >= 20 else 5, end=20),),
        )
        for i in range(40)
    }

    scores = score(Dataset("forty", articles, tuple(questions)), given)

    assert 0.3 < scores.aggregate["threshold"] < 0.5
    assert scores.aggregate["answered_accuracy_fit"] >= 0.8
    assert scores.aggregate["answered_accuracy_frozen"] == pytest.approx(0.8, abs=0.2)


def test_measures_of_the_whole_set_have_intervals_too() -> None:
    intervals = aggregate_intervals(TOWN, RIGHT)

    found = intervals["brier"]
    assert found.value == pytest.approx(score(TOWN, RIGHT).aggregate["brier"])
    assert found.low <= found.value <= found.high
    assert found.n == 5
    assert "threshold" not in intervals


def test_the_stages_are_timed() -> None:
    scores = score(TOWN, RIGHT)

    assert scores.aggregate["p50_ms/read"] == 2.0
    assert scores.curves["latency"]["p99_ms/read"] == 2.0


def test_the_diagram_holds_every_question() -> None:
    bins = score(TOWN, RIGHT).curves["reliability"]

    assert [(each["n"], each["accuracy"]) for each in bins] == [(2, 0.0), (3, 1.0)]


def test_a_set_without_questions_has_no_numbers() -> None:
    empty = Dataset("empty", (), ())

    assert not any(score(empty, {}).per_question.values())
    assert aggregate_intervals(empty, {}) == {}
