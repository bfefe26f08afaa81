"""The sample archive and its questions: well formed, and as varied as they are meant to be."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import combinations
from typing import Any

from eval.datasets.loading import QUESTIONS, demo_questions
from index.documents import Span
from index.sources.publication_date import parse_date
from index.sources.sample import sample_path
from index.text.normalization import normalise
from index.text.sentences import sentences

Record = dict[str, Any]

KEYS = {"id", "title", "text", "url", "outlet", "authors", "published_at", "language"}
EXTRAS = {"section", "correction", "note"}
TAGS = {"fact", "who_said", "date", "wire", "furniture", "absent_person", "absent_topic"}
TAGS |= {"wrong_speaker", "demo", "what_said", "pronoun", "short_name", "namesake", "group"}
TAGS |= {"state_media", "mixed", "declined", "outside_dates", "never_quoted"}
REASONS = {"no_evidence", "no_such_name", "no_such_speaker", "not_about_topic", "said_by_other"}
REASONS |= {"outside_dates"}
FURNITURE = re.compile(
    r"\(Photo: |^(See also|Read more): |^Sign up for |^Leave a Reply$|^Comments are closed\.$"
    r"|^Share this article$|^©",
    re.MULTILINE,
)
FIVE_PEOPLE = (
    "Rachel Minyoung Lee",
    "Eul-Chul Lim",
    "Robert O\N{RIGHT SINGLE QUOTATION MARK}Brien",
    "Duyeon Kim",
    "Edward Howell",
)
COPIED = 0.5
"""Two articles that share this much of their five-word runs carry the same report."""


def read(lines: str) -> list[Record]:
    return [json.loads(line) for line in lines.splitlines()]


ARTICLES = read(sample_path().read_text(encoding="utf-8"))
QUESTION_RECORDS = read(QUESTIONS.read_text(encoding="utf-8"))
TEXTS: dict[str, str] = {article["id"]: article["text"] for article in ARTICLES}


def test_there_are_enough_articles_and_questions_to_try_the_service() -> None:
    assert 30 <= len(ARTICLES) <= 60
    assert 50 <= len(QUESTION_RECORDS) <= 200


def test_no_two_articles_share_an_id_or_a_url() -> None:
    assert len({article["id"] for article in ARTICLES}) == len(ARTICLES)
    assert len({article["url"] for article in ARTICLES}) == len(ARTICLES)


def test_no_two_questions_share_an_id_or_a_wording() -> None:
    assert len({question["id"] for question in QUESTION_RECORDS}) == len(QUESTION_RECORDS)
    assert len({question["question"] for question in QUESTION_RECORDS}) == len(QUESTION_RECORDS)


def test_an_article_has_the_documented_keys() -> None:
    for article in ARTICLES:
        assert set(article) >= KEYS
        assert set(article) <= KEYS | EXTRAS
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", article["id"])
        assert re.match(r"https://[a-z]+\.example/", article["url"])
        assert article["language"] == "en"
        assert article["authors"]


def test_an_article_is_of_reading_length() -> None:
    lengths = {name: len(text.split()) for name, text in TEXTS.items()}

    assert {name: length for name, length in lengths.items() if not 150 <= length <= 450} == {}


def test_an_article_is_stored_as_it_is_written_so_its_offsets_hold() -> None:
    assert [name for name, text in TEXTS.items() if text != normalise(text).strip()] == []


def test_articles_date_from_june_2024_to_october_2026() -> None:
    moments = [parse_date(article["published_at"]) for article in ARTICLES]

    assert datetime(2024, 6, 1, tzinfo=UTC) <= min(moments) < datetime(2024, 7, 1, tzinfo=UTC)
    assert datetime(2026, 10, 1, tzinfo=UTC) <= max(moments) < datetime(2026, 11, 1, tzinfo=UTC)


def test_dates_are_written_in_several_ways() -> None:
    dates = [article["published_at"] for article in ARTICLES]

    assert any(re.fullmatch(r"\d{4}-\d{2}-\d{2}", date) for date in dates)
    assert any(date.endswith("Z") for date in dates)
    assert any(date.endswith("+09:00") for date in dates)


def test_the_korea_article_names_the_five_people() -> None:
    text = TEXTS["korea-new-administration"]

    for name in FIVE_PEOPLE:
        assert name in text
    assert text.index("Rachel Minyoung Lee") < text.index("Lee said")


def test_another_lee_speaks_in_another_outlet() -> None:
    outlets = {article["outlet"] for article in ARTICLES if "Lee said" in article["text"]}

    assert len(outlets) >= 2


def test_at_least_three_reports_are_carried_by_several_outlets() -> None:
    groups = copies()

    assert len(groups) >= 3
    for group in groups:
        outlets = {article["outlet"] for article in ARTICLES if article["id"] in group}
        assert len(outlets) == len(group)


def test_corrected_articles_say_so_in_the_text_and_beside_it() -> None:
    noted = {article["id"] for article in ARTICLES if "correction" in article}
    written = {name for name, text in TEXTS.items() if "\n\nCorrection, " in text}

    assert len(noted) >= 2
    assert noted == written


def test_many_articles_carry_page_furniture_and_most_do_not() -> None:
    furnished = [name for name, text in TEXTS.items() if FURNITURE.search(text)]

    assert 8 <= len(furnished) < len(ARTICLES) / 2


def test_every_tag_occurs_and_no_other() -> None:
    assert {tag for question in QUESTION_RECORDS for tag in question["tags"]} == TAGS


def test_the_demo_is_five_questions_on_the_record_and_one_that_is_not() -> None:
    demo = [question for question in QUESTION_RECORDS if "demo" in question["tags"]]

    assert demo_questions()[0] == "What did Rachel Minyoung Lee say?"
    assert [question["question"] for question in demo] == demo_questions()
    assert [question["answerable"] for question in demo].count(True) == 5
    assert [question.get("reason") for question in demo].count("no_such_name") == 1


def test_a_question_has_either_evidence_or_a_reason_why_not() -> None:
    for question in QUESTION_RECORDS:
        assert question["answerable"] == bool(question["evidence"]) == bool(question["answers"])
        assert question["answerable"] != (question.get("reason") in REASONS), question["id"]


def test_every_offset_marks_whole_words_of_one_paragraph() -> None:
    for mark in marks("answers") + marks("evidence"):
        text = TEXTS[mark["article"]]
        marked = text[mark["start"] : mark["end"]]

        assert 0 <= mark["start"] < mark["end"] <= len(text)
        assert "\n" not in marked
        assert marked == marked.strip()
        assert not re.search(r"\w\w", text[mark["start"] - 1 : mark["start"] + 1])
        assert not re.match(r"\w\w", text[mark["end"] - 1 : mark["end"] + 1])


def test_every_piece_of_evidence_is_one_sentence() -> None:
    for mark in marks("evidence"):
        span = Span(mark["start"], mark["end"])

        assert span in sentences(TEXTS[mark["article"]], Span(0, len(TEXTS[mark["article"]])))


def test_every_answer_lies_inside_evidence_of_its_question() -> None:
    for question in QUESTION_RECORDS:
        for answer in question["answers"]:
            assert any(holds(evidence, answer) for evidence in question["evidence"]), question["id"]


def test_no_evidence_is_page_furniture() -> None:
    for mark in marks("evidence"):
        text = TEXTS[mark["article"]]
        line_start = text.rfind("\n", 0, mark["start"]) + 1

        assert not FURNITURE.search(text[line_start : mark["end"]])


def test_evidence_is_listed_in_every_copy_of_a_report() -> None:
    for question in QUESTION_RECORDS:
        cited = {mark["article"] for mark in question["evidence"]}

        for mark in question["evidence"]:
            sentence = TEXTS[mark["article"]][mark["start"] : mark["end"]]
            assert {name for name, text in TEXTS.items() if sentence in text} <= cited


def test_a_question_about_wire_copy_has_evidence_in_several_articles() -> None:
    for question in tagged("wire"):
        assert len({mark["article"] for mark in question["evidence"]}) >= 2, question["id"]


def test_an_absent_person_is_nowhere_in_the_archive() -> None:
    for question in tagged("absent_person"):
        name = re.findall(r"[A-Z]\w+ [A-Z]\w+", question["question"])[0]

        assert question["reason"] in {"no_such_name", "no_such_speaker"}
        assert not any(name in text for text in TEXTS.values())


def test_a_wrong_speaker_is_somebody_the_archive_knows() -> None:
    for question in tagged("wrong_speaker"):
        name = question["question"].removeprefix("What did ").split(" say about ")[0]

        assert question["reason"] in {"said_by_other", "not_about_topic"}
        assert any(name.casefold() in text.casefold() for text in TEXTS.values())


def test_a_question_of_who_said_what_names_the_speaker_as_the_archive_does() -> None:
    for question in [*tagged("who_said"), *tagged("what_said"), *tagged("declined")]:
        held = [TEXTS[mark["article"]].casefold() for mark in question["evidence"]]

        assert held
        assert all(question["speaker"].casefold() in text for text in held), question["id"]


def test_what_someone_said_is_asked_by_name_and_who_said_it_without_one() -> None:
    for question in tagged("who_said"):
        assert question["speaker"] not in question["question"].partition('"')[0] or (
            question["id"] == "q40"  # each denies it of both
        )
    for question in tagged("pronoun") + tagged("short_name"):
        sentences_of = [read_mark(mark) for mark in question["evidence"]]
        assert any(question["speaker"] not in sentence for sentence in sentences_of)


def test_namesakes_are_two_people_of_one_surname() -> None:
    [both] = [question for question in QUESTION_RECORDS if "speakers" in question]

    surname = both["question"].split()[2]
    assert {name.split()[-1] for name in both["speakers"]} == {surname}
    assert all(any(name in text for text in TEXTS.values()) for name in both["speakers"])


def test_every_feature_of_speech_is_asked_for() -> None:
    wordings = " ".join(question["question"] for question in QUESTION_RECORDS)

    for part in ("According to", "'s view on", "Who said", "Who warned", "comment on", "since"):
        assert part in wordings
    assert {question.get("reason") for question in QUESTION_RECORDS} >= REASONS


def read_mark(mark: Record) -> str:
    text: str = TEXTS[mark["article"]]
    return text[mark["start"] : mark["end"]]


def marks(kind: str) -> list[Record]:
    return [mark for question in QUESTION_RECORDS for mark in question[kind]]


def tagged(tag: str) -> list[Record]:
    return [question for question in QUESTION_RECORDS if tag in question["tags"]]


def holds(outer: Record, inner: Record) -> bool:
    return bool(
        outer["article"] == inner["article"]
        and outer["start"] <= inner["start"]
        and inner["end"] <= outer["end"]
    )


def copies() -> list[frozenset[str]]:
    """Articles grouped by how many five-word runs they share; single ones left out."""
    groups = {name: frozenset({name}) for name in TEXTS}
    for one, other in alike():
        merged = groups[one] | groups[other]
        groups |= dict.fromkeys(merged, merged)
    return [group for group in set(groups.values()) if len(group) > 1]


def alike() -> Iterator[tuple[str, str]]:
    runs = {name: shingles(text) for name, text in TEXTS.items()}
    for one, other in combinations(runs, 2):
        if len(runs[one] & runs[other]) >= COPIED * len(runs[one] | runs[other]):
            yield one, other


def shingles(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.casefold())
    return {tuple(words[i : i + 5]) for i in range(len(words) - 4)}
