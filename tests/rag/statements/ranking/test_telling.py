"""What the words of a statement are, and which answer nothing."""

import pytest

from index.documents import Article
from index.statements import Act, Statement, StatementKind
from rag.statements.ranking.telling import Idle, Wording, asks, form_of, idle, is_empty, is_mention
from tests.support.fakes_statements import Mark, statement

BODY = "Ines Falk keeps the weir. "


def told(
    sentence: str,
    content: str,
    cue: str = "said",
    lemma: str = "say",
    kind: StatementKind = StatementKind.INDIRECT,
    act: Act = Act.SAY,
    title: str = "The weir",
) -> tuple[Article, Statement]:
    article = Article("a", title, f"{BODY}\n\n{sentence}")
    mark = Mark("a", sentence, (content,), "Falk", "Falk", cue, lemma, kind, act)
    return article, statement(article, mark)


@pytest.mark.parametrize(
    ("content", "lemma", "form"),
    [
        ("the weir would hold", "say", Wording.CLAUSE),
        ("that the toll will fall", "announce", Wording.CLAUSE),
        ("she would leave by June", "announce", Wording.CLAUSE),
        ("to repair the weir", "promise", Wording.CLAUSE),
        ("her plan for the weir", "tout", Wording.PHRASE),
        ("about the flood", "speak", Wording.PHRASE),
        ("the ban", "criticise", Wording.PHRASE),
        ("her plea for a weir -- a wall that could hold the flood", "reiterate", Wording.PHRASE),
        ("the toll, which would fall by June", "discuss", Wording.PHRASE),
        ("a plan whose cost has doubled", "outline", Wording.PHRASE),
        ("the weir, old as it is, would hold", "say", Wording.CLAUSE),
        ("that the weir, old as it is, would hold", "reiterate", Wording.CLAUSE),
    ],
)
def test_a_clause_says_something_and_a_bare_phrase_names_it(
    content: str, lemma: str, form: Wording
) -> None:
    _, said = told(f"Falk said {content}.", content, lemma=lemma)

    assert form_of(said, content) is form


def test_a_quotation_is_the_most_telling_form_even_if_it_is_short() -> None:
    _, said = told("Falk said “a mess”.", "“a mess”", kind=StatementKind.DIRECT)

    assert form_of(said, "“a mess”") is Wording.QUOTED


@pytest.mark.parametrize(
    ("lemma", "mention"), [("tout", True), ("discuss", True), ("criticise", False), ("call", False)]
)
def test_to_mention_a_thing_is_not_to_judge_it(lemma: str, mention: bool) -> None:
    _, said = told("Falk said the weir.", "the weir", lemma=lemma)

    assert is_mention(said, Wording.PHRASE) is mention
    assert not is_mention(said, Wording.CLAUSE)


@pytest.mark.parametrize(
    ("sentence", "content"),
    [
        ("What, exactly, has Falk said about the weir?", "about the weir"),
        ("Why has Falk said the weir must go?", "the weir must go"),
        ("Has Falk said “the weir is lost” in public?", "“the weir is lost” in public"),
    ],
)
def test_the_writers_question_answers_nothing(sentence: str, content: str) -> None:
    article, said = told(sentence, content, kind=StatementKind.MIXED)

    assert idle(said, article) is Idle.QUESTION


def test_the_speakers_own_question_is_a_statement() -> None:
    sentence = "“Who will pay for the weir?” Falk said."
    article, said = told(sentence, "“Who will pay for the weir?”", kind=StatementKind.DIRECT)

    assert idle(said, article) is None
    assert asks(said, article.text)


@pytest.mark.parametrize(
    ("sentence", "content", "title"),
    [
        ("Falk said to address the flood in spring", "to address the flood in spring", "Old"),
        ("Falk said the weir holds.", "the weir holds", "Falk said the weir holds."),
    ],
)
def test_a_headline_in_the_text_answers_nothing(sentence: str, content: str, title: str) -> None:
    article, said = told(sentence, content, title=title)

    assert idle(said, article) is Idle.HEADLINE


@pytest.mark.parametrize(
    ("sentence", "content", "cue", "lemma"),
    [
        ("Falk speaks about rain in Orrin on May 3, 2021.", "about rain", "speaks", "speak"),
        ("Falk discusses the weir. (AP Photo/Jo Lind)", "the weir", "discusses", "discuss"),
        ("Falk, pictured, said the weir holds.", "the weir holds", "said", "say"),
    ],
)  # fmt: skip
def test_a_caption_answers_nothing(sentence: str, content: str, cue: str, lemma: str) -> None:
    article, said = told(sentence, content, cue, lemma)

    assert idle(said, article) is Idle.CAPTION


@pytest.mark.parametrize("lead", ["may be", "is probably", "seems to be", "is surely"])
def test_what_a_writer_guesses_that_somebody_hopes_answers_nothing(lead: str) -> None:
    sentence = f"Falk {lead} hoping for rain."
    article, said = told(sentence, "for rain", "hoping", "hope", act=Act.ATTITUDE)

    assert idle(said, article) is Idle.GUESS


@pytest.mark.parametrize(
    ("sentence", "content", "cue", "lemma", "act"),
    [
        ("Falk hopes for rain.", "for rain", "hopes", "hope", Act.ATTITUDE),
        ("Falk said it may rain.", "it may rain", "said", "say", Act.SAY),
        ("Falk said the flood of 2021 was the worst.", "the flood of 2021 was the worst", "said",
         "say", Act.SAY),
        ("In May 2021 Falk announced the ban.", "the ban", "announced", "announce", Act.ANNOUNCE),
    ],
)  # fmt: skip
def test_what_was_said_may_answer(
    sentence: str, content: str, cue: str, lemma: str, act: Act
) -> None:
    article, said = told(sentence, content, cue, lemma, act=act)

    assert idle(said, article) is None


@pytest.mark.parametrize(
    ("sentence", "content", "cue", "lemma", "new_words", "empty"),
    [
        ("Falk said which.", "which", "said", "say", 0, True),
        ("Falk touted the tolls.", "the tolls", "touted", "tout", 0, True),
        ("Falk touted the tolls of May.", "the tolls of May", "touted", "tout", 1, False),
        ("Falk praised the tolls.", "the tolls", "praised", "praise", 0, False),
        ("Falk said the tolls fell.", "the tolls fell", "said", "say", 0, False),
    ],
)
def test_a_mention_of_what_was_asked_adds_nothing(
    sentence: str, content: str, cue: str, lemma: str, new_words: int, *, empty: bool
) -> None:
    _, said = told(sentence, content, cue, lemma)
    words = len(content.split()) - (content == "which")

    assert is_empty(said, form_of(said, content), words, new_words) is empty
