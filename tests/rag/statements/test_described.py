"""Somebody asked for by a noun and what an article is about: "Tarv's wife", "the Orm director".

Every description and every article is made up.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

import pytest

from index.documents import Article
from index.language.offices import office_of
from index.statements import Resolution, SourceType, StatementKind
from rag.replies import Reply
from rag.service import Service
from rag.statements.speakers.description import role_description
from tests.support.fakes_statements import Mark, marked_service
from tests.support.replies import answer, refusal

DEAD = "The dancer was found on Monday, confirmed his wife Ella Marsh."
HUSBAND = "“He was the best husband,” she told the Orm Post."
FAN = "“He was great,” said Tom Dale, the singer."
ANOTHER = "“We are all sad he died,” said his wife Una Dale."
MOTHER = "Her mother said the charges were late."
GUEST = "“The strike was close,” President Jan Oye said on his way from Latvia to Moldova."
OUTAGE = "The resignation leaves co-CEO Ines Falk as the sole CEO of the company."
REPAIR = "Falk said the servers would be moved."
RIVAL = "“We had no outage,” said Bo Lind, the Netlo CEO."
REPLAY = "“We have thought about replay,” tournament director Luc Perrin said."
PLAYER = "“They should use replay,” said Mia Stone, a player."
CHARGED = "Jon and Ann Reed, the parents of the gunman, were charged on Friday."
LAWYER = "“The charges are wrong,” said Kay Boll, an attorney for Jon and Ann Reed."
UNION = "“The charges are overdue,” said Max Hart, a lawyer for the police union."
CROWD = "Nobody could move, said Pia Wren, an English teacher from Lisk."
LADY = (
    "Moldovan President Ivo Tarn condemned the strike, while first lady Olia Tarn called it insane."
)
VISITOR = "“The strike was a crime,” said Norwegian President Per Aas."
OWN = "The family's lawyer said the verdict was fair."
ANY = "A lawyer said the verdict was harsh."
RATES = "“Rates will rise,” said Sten Holm, governor of the central bank."
SHOP = "“Rates are too high,” said Ulf Berg, the head of a bakery."
DEPUTY = "“Rates may fall,” said Nils Ek, deputy governor of the central bank."


def dated(name: str, title: str, *paragraphs: str) -> Article:
    day = datetime(2024, 5, 2, tzinfo=UTC)
    return Article(name, title, "\n\n".join(paragraphs), published_at=day)


def mark(
    article: str, sentence: str, content: str, name: str, source: str = "", **more: object
) -> Mark:
    return Mark(article, sentence, (content,), source or name, name, **more)  # type: ignore[arg-type]


ARTICLES = [
    dated("dancer", "Stephan 'Tarv' Moss dead at 40", DEAD, HUSBAND, f"{FAN} {ANOTHER}"),
    dated("outage", "Kalmo's co-CEO steps down after outage", OUTAGE, REPAIR, RIVAL),
    dated("open", "No replay at the Orm Open", REPLAY, PLAYER),
    dated("charged", "Charges after the Verrin shooting", CHARGED, LAWYER, UNION, MOTHER),
    dated("crowd", "The crush at Sandow Square", "Many died at Sandow Square.", CROWD),
    dated("strike", "Strike on a ward in Moldova", LADY, VISITOR, GUEST),
    dated("verdict", "A verdict for the Obi family", OWN, ANY),
    dated("rates", "Rates", RATES, SHOP, DEPUTY),
]
SAID = [
    mark("dancer", DEAD, "The dancer was found on Monday", "Ella Marsh", cue="confirmed"),
    mark(
        "dancer",
        HUSBAND,
        "“He was the best husband,”",
        "Ella Marsh",
        "she",
        cue="told",
        kind=StatementKind.DIRECT,
        source_type=SourceType.PRONOUN,
        resolution=Resolution.PRONOUN,
    ),
    mark("dancer", ANOTHER, "“We are all sad he died,”", "Una Dale"),
    mark("strike", GUEST, "“The strike was close,”", "Jan Oye"),
    mark(
        "charged",
        MOTHER,
        "the charges were late",
        "Her mother",
        source_type=SourceType.UNNAMED,
        resolution=Resolution.ITSELF,
    ),
    mark("dancer", FAN, "“He was great,”", "Tom Dale"),
    mark(
        "outage",
        REPAIR,
        "the servers would be moved",
        "Ines Falk",
        "Falk",
        resolution=Resolution.SHORT_NAME,
    ),
    mark("outage", RIVAL, "“We had no outage,”", "Bo Lind", role="the Netlo CEO"),
    mark("open", REPLAY, "“We have thought about replay,”", "Luc Perrin", role="director"),
    mark("open", PLAYER, "“They should use replay,”", "Mia Stone", role="a player"),
    mark("charged", LAWYER, "“The charges are wrong,”", "Kay Boll"),
    mark("charged", UNION, "“The charges are overdue,”", "Max Hart"),
    mark("crowd", CROWD, "Nobody could move", "Pia Wren"),
    mark("strike", LADY, "it insane", "Olia Tarn", cue="called", lemma="call", role="first lady"),
    mark("strike", VISITOR, "“The strike was a crime,”", "Per Aas"),
    mark(
        "verdict",
        OWN,
        "the verdict was fair",
        "The family's lawyer",
        source_type=SourceType.UNNAMED,
        resolution=Resolution.ITSELF,
    ),
    mark(
        "verdict",
        ANY,
        "the verdict was harsh",
        "A lawyer",
        source_type=SourceType.UNNAMED,
        resolution=Resolution.ITSELF,
    ),
    mark("rates", RATES, "“Rates will rise,”", "Sten Holm"),
    mark("rates", SHOP, "“Rates are too high,”", "Ulf Berg"),
    mark("rates", DEPUTY, "“Rates may fall,”", "Nils Ek"),
]


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    with marked_service(tmp_path_factory.mktemp("described"), ARTICLES, SAID) as service:
        yield service


def quotes(reply: Reply) -> Sequence[str]:
    return [each.quote for each in answer(reply).citations]


@pytest.mark.parametrize(
    ("question", "first", "role"),
    [
        ("What did Tarv's wife say after he died?", HUSBAND, "wife"),
        ("What did Kalmo's remaining CEO say about the servers?", REPAIR, "co-CEO"),
        ("What did the chief executive of Kalmo say about the servers?", REPAIR, "co-CEO"),
        ("What did the Orm Open tournament director say about replay?", REPLAY, "tournament dir"),
        ("What did the Orm Open director say about replay?", REPLAY, "director"),
        ("What did the lawyer for the gunman's parents say about the charges?", LAWYER, "an att"),
        ("What did the attorney of the gunman's parents say about the charges?", LAWYER, "an att"),
        ("What did the English teacher who was at Sandow Square say?", CROWD, "an English tea"),
        ("What did the young English teacher from Lisk say?", CROWD, "an English teacher"),
        ("What did Moldova's first lady say about the strike?", LADY, "first lady"),
        ("What did the first lady of Moldova say about the strike?", LADY, "first lady"),
        ("What did the family's lawyer say about the verdict?", OWN, ""),
        ("What did the lawyer for the family say about the verdict?", OWN, ""),
        ("What did the head of the central bank say about rates?", RATES, "governor of"),
        ("What did the boss of the central bank say about rates?", RATES, "governor of"),
    ],
)
def test_who_an_article_calls_so_answers_and_the_place_is_cited(
    service: Service, question: str, first: str, role: str
) -> None:
    citation = answer(service.ask(question)).citations[0]

    assert first in citation.quote
    if role:
        assert citation.statement
        assert citation.statement.role
        assert citation.reads(citation.statement.role).startswith(role)


@pytest.mark.parametrize(
    "question",
    [
        "What did Tarv's brother say after he died?",
        "What did Tarv's former wife say after he died?",
        "What did Stone's wife say about replay?",
        "What did Kalmo's former CEO say about the servers?",
        "What did Kalmo's chairman say about the servers?",
        "What did Sandow's remaining CEO say about the servers?",
        "What did the Lisk Open director say about replay?",
        "What did the lawyer for the gunman's teacher say about the charges?",
        "What did the French teacher who was at Sandow Square say?",
        "What did Moldova's former first lady say about the strike?",
        "What did Norway's first lady say about the strike?",
        "What did Moldova's president say about the strike?",
        "What did the gunman's mother say about the charges?",
        "What did the head of the central library say about rates?",
    ],
)
def test_nobody_is_claimed_whom_no_article_calls_so(service: Service, question: str) -> None:
    assert refusal(service.ask(question))


@pytest.mark.parametrize(
    ("question", "never"),
    [
        ("What did Tarv's wife say after he died?", ANOTHER),
        ("What did Kalmo's CEO say about the outage?", RIVAL),
        ("What did the lawyer for the gunman's parents say about the charges?", UNION),
        ("What did the head of the central bank say about rates?", SHOP),
        ("What did the head of the central bank say about rates?", DEPUTY),
        ("What did the family's lawyer say about the verdict?", ANY),
    ],
)
def test_the_same_noun_of_somebody_else_is_left_out(
    service: Service, question: str, never: str
) -> None:
    reply = service.ask(question)

    assert never not in [each.quote for each in getattr(reply.outcome, "citations", ())]


@pytest.mark.parametrize(
    ("asked", "told", "fits"),
    [
        ("Norway's defence minister", "Norwegian foreign minister", False),
        ("Norway's defence minister", "Norwegian defence minister", True),
        ("Corvex's marketing director", "Corvex finance director", False),
        ("Corvex's embattled director", "Corvex director", True),
        ("the English teacher who was in Sandow", "an English teacher from Lisk", True),
        ("the English teacher who was in Sandow", "a French teacher", False),
        ("the teenage British volunteer", "a volunteer from Leeds", True),
        ("the teenage British volunteer", "a Belgian volunteer", False),
        ("Kalmo's remaining CEO", "co-CEO", True),
        ("Kalmo's remaining CEO", "the Netlo CEO", False),
        ("Kalmo's chief executive", "chief executive of Kalmo Corp", True),
        ("Kalmo's chief executive", "Kalmo Asia CEO", False),
        ("the Kalmo boss", "executive director of the Kalmo Harbour Fund", False),
        ("the head of Kalmo", "managing director of Kalmo", True),
        ("the UN chief", "UN Secretary-General", True),
    ],
)
def test_a_role_of_something_else_does_not_fit(asked: str, told: str, fits: bool) -> None:
    description, office = role_description(asked), office_of(told)

    assert description
    assert office
    assert description.is_kind_of(office)
    assert (not description.beyond(office)) is fits
