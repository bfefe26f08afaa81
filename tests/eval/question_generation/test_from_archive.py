"""Question sets made from an archive: quotations found, stories withheld, marks that hold."""

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from eval.datasets.loading import faults, load
from eval.datasets.questions import Dataset
from eval.question_generation.from_archive import GeneratedSet, make
from eval.question_generation.quotations import quotations
from eval.question_generation.templates import stories_of
from index.documents import Article
from index.errors import SourceError
from index.stores.archive.archive import Archive

QUAY = "“The quay will be finished before autumn storms arrive,”"


def article(name: str, text: str, title: str = "") -> Article:
    return Article(
        name, title, text, outlet="Gazette", published_at=datetime(2024, 5, 1, tzinfo=UTC)
    )


@pytest.mark.parametrize(
    ("text", "speaker", "whole"),
    [
        (f"{QUAY} said Ada Obi.", "Ada Obi", f"{QUAY} said Ada Obi"),
        (f"{QUAY} Ada Obi said on Monday.", "Ada Obi", f"{QUAY} Ada Obi said"),
        (f"{QUAY} says Sen. Ada N. Obi, who chairs.", "Ada N. Obi", f"{QUAY} says Sen. Ada N. Obi"),
        (f"{QUAY} said Eul-Chul O’Brien of the board", "Eul-Chul O’Brien", None),
        (f"{QUAY} said Ursula von der Berg in June.", "Ursula von der Berg", None),
        (f"{QUAY} Pier Director Ada Obi said at noon.", "Ada Obi", None),
        (
            '"The quay will be 🚢 finished before autumn," said Ada Obi.',
            "Ada Obi",
            '"The quay will be 🚢 finished before autumn," said Ada Obi',
        ),
    ],
)
def test_a_plain_quotation_has_its_speaker_and_its_range(
    text: str, speaker: str, whole: str | None
) -> None:
    [found] = quotations(article("a", f"🚢 News. {text}"))

    assert found.name == speaker
    assert found.words.startswith("The quay will be")
    assert not found.words.endswith((",", "”"))
    body = f"🚢 News. {text}"
    assert found.speaker.of(body) == found.name
    assert found.content.of(body) == found.words
    assert whole is None or found.whole.of(body) == whole


@pytest.mark.parametrize(
    "text",
    [
        f"{QUAY} she said.",
        f"{QUAY} said Obi.",
        f"{QUAY} said the mayor.",
        f"{QUAY} said Ada Obi’s lawyer.",
        f"{QUAY} said Ada Obi campaign manager Bela Cox.",
        f"{QUAY} said Monday.",
        f"{QUAY} Ada Obi, who chairs the board, said.",
        f"{QUAY} The Harbour said.",
        "“Too short,” said Ada Obi.",
        "“The quay will be finished before autumn storms arrive” said Ada Obi.",
        "“The quay will be finished\nbefore autumn storms arrive,” said Ada Obi.",
        f"{QUAY}",
        "",
    ],
)
def test_a_quotation_that_leaves_a_doubt_is_passed_over(text: str) -> None:
    assert list(quotations(article("a", text))) == []


def test_words_that_two_people_are_said_to_have_said_make_no_story() -> None:
    ada, bela = (article(name, f"{QUAY} said {name} Obi.") for name in ("Ada", "Bela"))
    wire = article("wire", f"{QUAY} Dr. Ada Obi said.")

    assert len(stories_of([*quotations(ada), *quotations(wire)])) == 1
    assert stories_of([*quotations(ada), *quotations(bela)]) == []


SPEAKERS = ("Ada Obi", "Bela Cox", "Cora Dale", "Dara Fell", "Edna Grove", "Faye Heath")
SUBJECTS = (
    ("lighthouse keepers", "granite steps"),
    ("orchard owners", "cider presses"),
    ("museum guards", "bronze statues"),
    ("railway signallers", "copper cables"),
    ("hospital porters", "oxygen bottles"),
    ("theatre painters", "velvet curtains"),
)
STORIES = [
    article(
        f"n{place}",
        f"The town council met. “Every {thing} must wait until {who} return safely,” said {name}.",
        f"{who.title()} want new {thing} soon",
    )
    for place, (name, (who, thing)) in enumerate(zip(SPEAKERS, SUBJECTS, strict=True))
]
PLAIN = [
    article(f"p{number}", f"Nothing was said in village {number} of late.") for number in range(24)
]


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    archive = Archive.open(tmp_path / "archive.sqlite")
    yield archive
    archive.close()


def made(
    archive: Archive, out: Path, *, questions: int = 9, seed: int = 1
) -> tuple[GeneratedSet, Dataset]:
    return make(archive, out, questions=questions, seed=seed), load(str(out))


def test_a_set_is_made_that_the_validator_finds_sound(archive: Archive, tmp_path: Path) -> None:
    archive.put([*STORIES, *PLAIN])

    report, dataset = made(archive, tmp_path / "own")

    assert faults(str(tmp_path / "own"), None) == []
    assert (report.who_said + report.what_said + report.withheld) == len(dataset.questions)
    assert report.withheld == 3
    assert report.articles == len(dataset.articles) == len(STORIES) + len(PLAIN) - 3
    assert all("synthetic" in question.tags for question in dataset.questions)


def test_what_is_marked_is_what_the_article_says(archive: Archive, tmp_path: Path) -> None:
    archive.put([*STORIES, *PLAIN])

    _, dataset = made(archive, tmp_path / "own", questions=6)

    texts = {article.id: article.text for article in dataset.articles}
    said = [question for question in dataset.questions if question.answerable]
    assert said
    for question in said:
        evidence, answer = question.evidence[0], question.answers[0]
        assert texts[evidence.article][evidence.start : evidence.end].startswith("“Every ")
        inside = texts[answer.article][answer.start : answer.end]
        expected = question.speaker if "who_said" in question.tags else "Every "
        assert inside.startswith(expected or "?")
    whats = [question for question in said if "what_said" in question.tags]
    assert all(question.speaker in question.text for question in whats if question.speaker)


def test_withheld_articles_are_listed_and_left_out(archive: Archive, tmp_path: Path) -> None:
    archive.put([*STORIES, *PLAIN])

    _, dataset = made(archive, tmp_path / "own")

    listed = json.loads((tmp_path / "own" / "withheld.json").read_text("utf-8"))
    withheld = {each["id"] for each in listed["withheld"]}
    assert listed["synthetic"] is True
    assert len(withheld) == 3
    assert withheld.isdisjoint(article.id for article in dataset.articles)
    refused = [question for question in dataset.questions if "withheld" in question.tags]
    assert [question.answerable for question in refused] == [False] * 3


def test_a_story_that_another_article_tells_too_is_not_withheld(
    archive: Archive, tmp_path: Path
) -> None:
    copies = [article(f"w{each.id}", each.text, each.title) for each in STORIES]
    archive.put([*STORIES, *copies])

    report, _ = made(archive, tmp_path / "own")

    assert report.withheld == 0


def test_copies_of_a_quotation_are_all_right(archive: Archive, tmp_path: Path) -> None:
    archive.put([STORIES[0], article("wire", f"LONDON — {STORIES[0].text}"), *PLAIN])

    _, dataset = made(archive, tmp_path / "own", questions=1)

    [question] = dataset.questions
    assert {gold.article for gold in question.evidence} == {"n0", "wire"}


def test_the_same_seed_makes_the_same_files_whatever_the_order_of_arrival(
    archive: Archive, tmp_path: Path
) -> None:
    other = Archive.open(tmp_path / "other.sqlite")
    archive.put([*STORIES, *PLAIN])
    other.put([*PLAIN, *reversed(STORIES)])

    for source, name in ((archive, "one"), (other, "two")):
        make(source, tmp_path / name, questions=9, seed=5)
    other.close()

    for file in ("questions.jsonl", "articles.jsonl", "withheld.json"):
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes()
    assert question_texts(archive, tmp_path / "three", 6) != question_texts(
        archive, tmp_path / "four", 7
    )


def question_texts(archive: Archive, out: Path, seed: int) -> Sequence[str]:
    return [question.text for question in made(archive, out, seed=seed)[1].questions]


def test_articles_come_back_as_they_were(archive: Archive, tmp_path: Path) -> None:
    whole = Article(
        "full",
        "A 🚢 title",
        STORIES[0].text + "\u2028More.",
        url="https://gazette.example/full",
        outlet="Gazette",
        authors=("Ada Obi",),
        published_at=datetime(2024, 5, 1, 8, 30, tzinfo=UTC),
        language="en",
        metadata={"section": "town"},
    )
    archive.put([whole])

    _, dataset = made(archive, tmp_path / "own")

    [back] = dataset.articles
    assert back.revision == whole.revision
    assert (back.title, back.url, back.authors) == (whole.title, whole.url, whole.authors)
    assert (back.published_at, back.metadata) == (whole.published_at, whole.metadata)


def test_an_archive_without_a_plain_quotation_says_what_is_missing(
    archive: Archive, tmp_path: Path
) -> None:
    archive.put(PLAIN[:2])

    with pytest.raises(SourceError, match=r"2 articles.*quotation marks"):
        make(archive, tmp_path / "own", questions=9, seed=1)


def test_a_folder_that_holds_something_is_left_alone(archive: Archive, tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "mine.txt").write_text("mine")
    archive.put(STORIES)

    with pytest.raises(SourceError, match="not empty"):
        make(archive, tmp_path / "own", questions=9, seed=1)

    assert [path.name for path in (tmp_path / "own").iterdir()] == ["mine.txt"]
