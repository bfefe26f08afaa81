"""Which of a speaker's many statements come first."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import pytest

from api.schemas.replies import ReplyBody
from index.documents import Article
from index.statements import StatementKind
from rag.replies import Answer
from rag.service import Service
from rag.statements.ranking.features import WEIGHTS, contributions, matrix
from tests.support.fakes_statements import Mark, marked_service
from tests.support.statement_archive import at

FALK = "Ines Falk"
ABOUT = "What did Ines Falk say about the tolls?"
TELLING = "“Whoever sails past the mill after dark shall pay double for the tolls,” Ines Falk said."
TOUTED = "Ines Falk touted the tolls."
GOOD = at(2025, 3, 1)


@contextmanager
def asked(folder: Path, *told: tuple[str, str, datetime]) -> Iterator[Service]:
    """An archive of one article a statement; content in quotation marks, or after the verb."""
    articles = [
        Article(f"a{n}", f"Weir {n}", sentence, published_at=day)
        for n, (sentence, _, day) in enumerate(told)
    ]
    marks = [_mark(f"a{n}", sentence, content) for n, (sentence, content, _) in enumerate(told)]
    with marked_service(folder, articles, marks) as service:
        yield service


def _mark(article: str, sentence: str, content: str) -> Mark:
    direct = content.startswith("“")
    cue, lemma = next(pair for pair in CUES if f" {pair[0]}" in sentence)
    kind = StatementKind.DIRECT if direct else StatementKind.INDIRECT
    return Mark(article, sentence, (content,), FALK, FALK, cue, lemma, kind)


CUES = [("touted", "tout"), ("said", "say"), ("announced", "announce")]


def first(service: Service, question: str) -> str:
    outcome = service.ask(question).outcome
    assert isinstance(outcome, Answer), outcome
    return outcome.text


def quoted(sentence: str) -> str:
    return sentence[sentence.index("“") : sentence.index("”") + 1]


def test_words_of_ones_own_come_before_a_mention_of_the_topic(tmp_path: Path) -> None:
    told = (TELLING, quoted(TELLING), GOOD)
    with asked(tmp_path, (TOUTED, "the tolls", at(2025, 3, 2)), told) as service:
        assert first(service, ABOUT) == TELLING


def test_the_good_one_is_found_among_hundreds_of_mentions(tmp_path: Path) -> None:
    day = at(2025, 3, 2)
    locks = [f"the tolls of lock {n}" for n in range(200)]
    mentions = [(f"Ines Falk touted {lock}.", lock, day) for lock in locks]
    with asked(tmp_path, *mentions, (TELLING, quoted(TELLING), GOOD)) as service:
        assert first(service, ABOUT) == TELLING


def test_of_two_alike_the_newer_comes_first(tmp_path: Path) -> None:
    old = "“The tolls pay for boats, locks, nets and bread,” Ines Falk said."
    new = "“The tolls cost us timber, grain, salt and sleep,” Ines Falk said."
    told = [(old, quoted(old), at(2022, 3, 1)), (new, quoted(new), GOOD)]
    with asked(tmp_path, *told) as service:
        assert first(service, ABOUT) == new
        assert first(service, "What did Ines Falk say?") == new


def test_without_a_topic_what_is_recent_and_quoted_comes_first(tmp_path: Path) -> None:
    old = "“All my life I have mended nets, boats, locks and old quarrels,” Ines Falk said."
    told = [
        (old, quoted(old), at(2021, 1, 1)),
        (TELLING, quoted(TELLING), GOOD),
        ("Ines Falk announced a feast.", "a feast", at(2025, 3, 4)),
    ]
    with asked(tmp_path, *told) as service:
        assert first(service, "What did Ines Falk say?") == TELLING


@pytest.mark.parametrize(
    "idle",
    [
        "What has Ines Falk said about the new tolls for barges, boats and rafts on the river?",
        "Ines Falk said the new tolls for barges, boats and rafts are near",
    ],
)
def test_a_headline_or_the_writers_question_is_never_the_answer(tmp_path: Path, idle: str) -> None:
    content = idle[idle.index("the new tolls") :]
    beside = (TELLING, quoted(TELLING), GOOD), (idle, content, at(2025, 3, 2))
    with asked(tmp_path / "beside", *beside) as service:
        assert first(service, ABOUT) == TELLING
    with asked(tmp_path / "alone", (idle, content, GOOD)) as service:
        assert not isinstance(service.ask(ABOUT).outcome, Answer) or idle not in first(
            service, ABOUT
        )


def test_another_article_comes_before_more_of_the_same(tmp_path: Path) -> None:
    same = [
        "“The tolls feed forty lock keepers and their mothers in winter,” Ines Falk said.",
        "“The tolls mend gates, chains, ropes and lamps every spring,” Ines Falk said.",
    ]
    other = "“Without tolls no barge would reach the mill by night,” Ines Falk said."
    articles = [
        Article("one", "Locks", "\n\n".join(same), published_at=GOOD),
        Article("two", "Mill", other, published_at=at(2025, 2, 20)),
    ]
    marks = [_mark("one", each, quoted(each)) for each in same]
    marks.append(_mark("two", other, quoted(other)))
    with marked_service(tmp_path, articles, marks) as service:
        outcome = service.ask(ABOUT).outcome

    assert isinstance(outcome, Answer)
    assert [each.article.id for each in outcome.citations] == ["one", "two", "one"]


def test_a_near_repeat_comes_last(tmp_path: Path) -> None:
    again = "“Whoever sails past the mill after dark will pay double,” Ines Falk said of tolls."
    other = "Ines Falk said the tolls were fair to millers."
    told = [
        (TELLING, quoted(TELLING), GOOD),
        (again, quoted(again), at(2025, 2, 27)),
        (other, "the tolls were fair to millers", at(2025, 2, 20)),
    ]
    with asked(tmp_path, *told) as service:
        outcome = service.ask(ABOUT).outcome

    assert isinstance(outcome, Answer)
    assert [each.quote for each in outcome.citations] == [TELLING, other, again]


def test_the_parts_of_a_score_are_explained_on_request(tmp_path: Path) -> None:
    with asked(tmp_path, (TELLING, quoted(TELLING), GOOD)) as service:
        reply = service.ask(ABOUT)
    silent, told = ReplyBody.of(reply), ReplyBody.of(reply, explain=True)

    assert silent.explained_statements is None
    assert told.explained_statements
    [only] = told.explained_statements
    assert only.statement_id == reply.ranked_statements[0].statement.id
    assert only.parts
    assert sum(only.parts.values()) == pytest.approx(only.score, abs=1e-3)
    assert only.parts["quoted"] == WEIGHTS["quoted"]


def test_features_make_a_row_in_the_order_of_the_weights() -> None:
    found = [{"quoted": 1.0, "age": 2.0}, {}]

    rows = matrix(found)

    assert rows.shape == (2, len(WEIGHTS))
    assert rows @ list(WEIGHTS.values()) == pytest.approx(
        [sum(contributions(each).values()) for each in found]
    )
    assert matrix([]).shape == (0, len(WEIGHTS))
