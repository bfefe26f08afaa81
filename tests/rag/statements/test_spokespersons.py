"""Who speaks for an organisation, and which works speak for a person."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from index.documents import Article
from index.statements import Resolution, SourceType
from rag.service import Service
from tests.support.fakes_statements import Mark, marked_service
from tests.support.replies import answer, refusal

TRUST, OBI = "The Lake Trust said swans had returned.", "Ada Obi said lunch was late."
ICE = "the ice was thin"
Ask = Callable[[str, str, str], Service]
"""A source, the speaker it names and its type -> a service over an article in which it said so."""


@pytest.fixture
def told_by(tmp_path: Path) -> Iterator[Ask]:
    with ExitStack() as opened:

        def serve(source: str, speaker: str, kind: str) -> Service:
            sentence = f"{source} said {ICE}."
            lake = SourceType.ORGANISATION
            marks = [
                _mark("trust", TRUST, "swans had returned", "The Lake Trust", lake),
                _mark("obi", OBI, "lunch was late", "Ada Obi", SourceType.PERSON),
                _mark("ice", sentence, ICE, source, SourceType(kind), speaker),
            ]
            texts = [("trust", TRUST), ("obi", OBI), ("ice", sentence)]
            articles = [Article(name, "News", text) for name, text in texts]
            return opened.enter_context(marked_service(tmp_path, articles, marks))

        yield serve


def _mark(
    article: str, sentence: str, said: str, source: str, kind: SourceType, speaker: str = ""
) -> Mark:
    named = speaker or source
    way = Resolution.FULL_NAME if kind is SourceType.PERSON else Resolution.ITSELF
    return Mark(article, sentence, (said,), source, named, source_type=kind, resolution=way)


@pytest.mark.parametrize(
    ("source", "speaker", "kind"),
    [
        ("A spokesman for the Lake Trust", "A spokesman for the Lake Trust", "unnamed"),
        ("Lake Trust press secretary Ines Falk", "Ines Falk", "person"),
        ("Ines Falk, a spokeswoman for the Lake Trust,", "Ines Falk", "person"),
        ("A Lake Trust survey", "A Lake Trust survey", "unnamed"),
        ("A report that the Lake Trust printed", "A report", "unnamed"),
    ],
)
def test_spokespersons_and_papers_of_an_organisation_speak_for_it(
    told_by: Ask, source: str, speaker: str, kind: str
) -> None:
    [citation] = answer(
        told_by(source, speaker, kind).ask("What did the Lake Trust say about thin ice?")
    ).citations

    assert citation.statement
    assert citation.statement.speaker == speaker


@pytest.mark.parametrize(
    ("source", "speaker", "kind"),
    [
        ("Lake Trust critic Ines Falk", "Ines Falk", "person"),
        ("Former Lake Trust treasurer Ines Falk", "Ines Falk", "person"),
    ],
)
def test_others_named_beside_an_organisation_do_not_speak_for_it(
    told_by: Ask, source: str, speaker: str, kind: str
) -> None:
    service = told_by(source, speaker, kind)

    assert refusal(service.ask("What did the Lake Trust say about thin ice?"))


@pytest.mark.parametrize(
    "source",
    [
        "An analysis by Ada Obi",
        "A study by the biologist Ada Obi",
        "A letter from Dr. Ada Obi",
        "Ada Obi’s memoir",
        "The book by Ada Obi",
    ],
)
def test_a_work_of_a_person_speaks_for_them(told_by: Ask, source: str) -> None:
    service = told_by(source, source, "unnamed")

    [citation] = answer(service.ask("What did Ada Obi say about thin ice?")).citations

    assert citation.statement
    assert citation.statement.speaker == source


@pytest.mark.parametrize(
    "source",
    [
        "A book about Ada Obi",
        "Ada Obi’s campaign",
        "Ada Obi’s lawyer",
        "An open letter to Ada Obi",
        "A friend of Ada Obi",
        "An account by a neighbour of Ada Obi",
        "A report by the Orm Post on Ada Obi",
        "A letter from lawyers for Ada Obi",
        "A memo by an aide to Ada Obi",
        "Ada Obi’s lawyer’s letter",
        "A letter from Ada Obi’s lawyer",
        "A letter from Ada Obinna to Ada Obi",
    ],
)
def test_others_who_are_described_with_a_person_do_not_speak_for_them(
    told_by: Ask, source: str
) -> None:
    assert refusal(told_by(source, source, "unnamed").ask("What did Ada Obi say about thin ice?"))
