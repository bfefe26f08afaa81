"""Judged questions are asked again; what the same answer is worth now is kept."""

from pathlib import Path

from eval.calibrating.calibrate import ask_again, calibrate, to_judge
from eval.calibrating.judged_file import QuestionVerdict
from rag.answering.confidence import recipe
from rag.guarantee.judged_answers import FILE, read_judged
from rag.replies import Answer
from tests.support.fakes import FakeReader, silent
from tests.support.newsroom import newsroom

HOW_MANY = "How many passengers did the ferry fire on the Grey Heron leave adrift?"
SENTENCE = "A fire on the ferry Grey Heron left 212 passengers adrift on Tuesday."
READER = FakeReader({"212 passengers": 9.0})


def asked(text: str, answer: str = "", *, right: bool | None = True) -> QuestionVerdict:
    return QuestionVerdict(2, text, None, answer, right)


def test_only_the_answer_that_was_judged_counts(tmp_path: Path) -> None:
    questions = [
        asked(HOW_MANY),
        asked(HOW_MANY, "212 passengers"),
        asked(HOW_MANY, SENTENCE.replace(" ", "\n"), right=False),
        asked(HOW_MANY, "198 passengers"),
        asked(HOW_MANY, right=None),
        asked("What did Zebulon Quark say?", right=False),
        asked("x" * 3000),
    ]
    with newsroom(tmp_path, lambda _: READER) as service:
        found = calibrate(service, ask_again(service, questions, silent), "judged.csv")
        answer = service.ask(HOW_MANY).outcome

    assert isinstance(answer, Answer)
    sure = answer.confidence
    assert [(each.confidence, each.right) for each in found.judged.pooled] == [
        *((sure, True), (sure, True), (sure, False))
    ]
    assert (found.judged.questions, found.refused, found.other, found.unjudged) == (6, 2, 1, 1)
    kept = read_judged(tmp_path / FILE)
    assert kept is not None
    assert kept.recipe == recipe("bundled")
    assert "ferry" not in (tmp_path / FILE).read_text()


def test_the_question_limits_of_the_archive_hold(tmp_path: Path) -> None:
    late = QuestionVerdict(2, HOW_MANY, None, "", right=True)
    with newsroom(tmp_path, lambda _: READER) as service:
        before = service.archive.count()
        ask_again(service, [late], silent)

        assert service.archive.count() == before


def test_what_is_written_to_be_judged_keeps_verdicts_of_the_same_answer(tmp_path: Path) -> None:
    questions = [asked(HOW_MANY), asked(HOW_MANY, "198", right=True), asked("Who is Zeb Quark?")]
    with newsroom(tmp_path, lambda _: READER) as service:
        same, other, refused = to_judge(ask_again(service, questions, silent))

    assert same["answer"] == f"212 passengers | {SENTENCE}"
    assert (same["verdict"], same["article"]) == ("right", "ferry")
    assert (other["verdict"], refused["verdict"], refused["answer"]) == ("", "", "")
