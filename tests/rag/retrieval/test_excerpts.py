"""Passages are cut into sentences of terms."""

from rag.retrieval.excerpts import excerpts
from tests.support.passages import article, hit

FERRY = article("ferry", "The ferry sank. Nobody was aboard.\n\nTolls rose.", title="Night ferry")


def test_a_passage_is_its_whole_sentences_in_order() -> None:
    [excerpt] = excerpts([(hit(FERRY, part="Nobody was aboard.\n\nTolls rose."), FERRY)])

    read = [each.span.of(FERRY.text) for each in excerpt.sentences]
    assert read == ["Nobody was aboard.", "Tolls rose."]
    assert excerpt.terms == ("nobodi", "was", "aboard", "toll", "rose")


def test_the_terms_held_include_the_title() -> None:
    [excerpt] = excerpts([(hit(FERRY, part="Tolls rose."), FERRY)])

    assert excerpt.held == {"night", "ferri", "toll", "rose"}


def test_passages_of_one_article_share_their_sentences() -> None:
    one, other = excerpts(
        [(hit(FERRY, number=1), FERRY), (hit(FERRY, number=2, part="Tolls rose."), FERRY)]
    )

    assert one.sentences[-1] is other.sentences[0]
    assert (one.hit.passage.id, other.hit.passage.id) == (1, 2)
