"""Words that nobody has said are no statements."""

import pytest

from index.attribution.annotations import Attribution
from index.attribution.attributor import ArticleAttributor
from index.attribution.unsaid import is_statement
from index.documents import Article, Span
from index.statements import Origin


def _attribution(text: str, source: str, cue: str, content: str) -> Attribution:
    def spans(words: str) -> tuple[Span, ...]:
        start = text.index(words)
        return (Span(start, start + len(words)),) if words else ()

    return Attribution(spans(source), spans(cue), spans(content), 0.9, Origin.TAGGER)


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        ("Weiss must convince them that it sails.", "Weiss", "must convince", "that it sails"),
        ("Weiss must now explain that it sails.", "Weiss", "explain", "that it sails"),
        ("Weiss needs to show that she listens.", "Weiss", "needs to show", "that she listens"),
        ("Weiss ought to admit that it is late.", "Weiss", "ought to admit", "that it is late"),
        ("Weiss hopes to persuade them that it sails.", "Weiss", "hopes", "to persuade them"),
        ("Weiss plans to tell them that it sails.", "Weiss", "plans to", "tell them that"),
        ("Weiss is expected to say that it sails.", "Weiss", "expected to say", "that it sails"),
        ("Weiss will have to explain that it left.", "Weiss", "have to explain", "that it left"),
        ("Weiss will say on Monday that it sails.", "Weiss", "will say", "that it sails"),
        ("Weiss may argue that it is old.", "Weiss", "may argue", "that it is old"),
        ("Weiss has yet to explain why it left.", "Weiss", "yet to explain", "why it left"),
        ("Weiss had hoped to tell them that it left.", "Weiss", "had hoped to", "that it left"),
        ("Should Weiss say that it sails, they sing.", "Weiss", "say", "that it sails"),
        ("If Weiss says it sails, they will cheer.", "Weiss", "says", "it sails"),
        ("They wait unless the mayor says it sails.", "mayor", "says", "it sails"),
        ("Weiss opened the debate on the bill.", "Weiss", "opened the debate on", "the bill"),
        ("Weiss led the talks about a bridge.", "Weiss", "led the talks about", "a bridge"),
    ],
)
def test_what_somebody_is_yet_to_say_is_no_statement(
    text: str, source: str, cue: str, content: str
) -> None:
    assert not is_statement(_attribution(text, source, cue, content), text)


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        ("Asked about the plan, Faber left.", "", "Asked about", "the plan"),
        ("Asked whether it sails, Faber said no.", "Faber", "Asked", "whether it sails"),
        ("Faber, asked if it sails, smiled.", "Faber", "asked", "if it sails"),
        ("Faber was asked about the plan.", "", "was asked about", "the plan"),
        ("The storm is expected to turn.", "", "is expected", "The storm"),
        ("The river is known as the Low.", "", "is known as", "The river"),
        ("Kolar pleaded guilty to fraud.", "Kolar", "pleaded", "guilty to fraud"),
        ("Kolar pleaded not guilty.", "Kolar", "pleaded", "not guilty"),
        ("They are best known as the Lows.", "", "are best known", "as the Lows"),
        ("Kolar refused to pay the fine.", "Kolar", "refused", "to pay the fine"),
        ("I think that it is late.", "I", "think", "that it is late"),
        ("No one knows when it sails.", "No one", "knows", "when it sails"),
    ],
)
def test_a_question_put_to_somebody_a_passive_and_a_plea_are_no_statements(
    text: str, source: str, cue: str, content: str
) -> None:
    assert not is_statement(_attribution(text, source, cue, content), text)


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        ("Weiss has said that it must sail.", "Weiss", "has said", "that it must sail"),
        ("Weiss would say only that it sails.", "Weiss", "would say only", "that it sails"),
        ("Weiss could not say when it sails.", "Weiss", "could not say", "when it sails"),
        ("Weiss can confirm that it sails.", "Weiss", "can confirm", "that it sails"),
        ("Theresa May said that it sails.", "Theresa May", "said", "that it sails"),
        ("When Weiss said it sails, they sang.", "Weiss", "said", "it sails"),
        ("Weiss will say: “The ferry comes back.”", "Weiss", "will say", "“The ferry comes back.”"),
        ("Weiss had to admit that it was late.", "Weiss", "had to admit", "that it was late"),
        ("Weiss hoped that it would sail.", "Weiss", "hoped", "that it would sail"),
        ("Weiss wants to lower the fares.", "Weiss", "wants", "to lower the fares"),
        ("“Why now?” asked Weiss.", "Weiss", "asked", "“Why now?”"),
        ("Weiss asked whether it sails.", "Weiss", "asked", "whether it sails"),
        ("Weiss was asked by Drey whether it sails.", "Drey", "was asked", "whether it sails"),
        ("Weiss refused to say why.", "Weiss", "refused", "to say why"),
        ("Weiss declined to be named.", "Weiss", "declined", "to be named"),
        ("Weiss pleaded with them to wait.", "Weiss", "pleaded", "with them to wait"),
        ("It was announced that it sails.", "", "was announced", "that it sails"),
        ("The plan was called “a bad joke” there.", "", "was called", "“a bad joke”"),
    ],
)
def test_what_was_said_or_is_held_is_a_statement(
    text: str, source: str, cue: str, content: str
) -> None:
    assert is_statement(_attribution(text, source, cue, content), text)


@pytest.mark.parametrize(
    ("source", "statements"),
    [("Ann Weis", 0), ("The video", 0), ("A survey", 1), ("Two polls", 1)],
)
def test_a_study_reports_what_it_shows_but_no_person_and_no_picture(
    source: str, statements: int
) -> None:
    text = f"Ann Weis came home. {source} showed that it was late."

    [found] = ArticleAttributor(None).attribute([Article("a", "", text)])

    assert len(found) == statements
