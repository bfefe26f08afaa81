"""Features of a sentence without the reader: its words, its position, the kind of thing it holds.

Knows the words of a question, not its meaning.
"""

from collections.abc import Iterator

from index.documents import Article
from rag.query.answer_type import holds_type
from rag.query.names import holds
from rag.query.query import SPEECH, Query
from rag.retrieval.excerpts import Excerpt, Sentence
from rag.retrieval.hybrid import OPENING
from rag.retrieval.term_matching import TermMatcher

FEWEST_WORDS = 4
"""Of a sentence that may be quoted as an answer."""
QUOTES = '"“”„«»'


def signals(
    query: Query,
    matcher: TermMatcher,
    excerpt: Excerpt,
    before: Sentence | None,
    sentence: Sentence,
) -> dict[str, float]:
    """Features by name, each in [0, 1] except the scores of its passage."""
    held = sentence.held
    text = sentence.span.of(excerpt.article.text)
    fits = holds_type(query.answer_type, text, question_terms=query.terms)
    return {
        "passage": excerpt.hit.score,
        "own": matcher.coverage(held),
        "context": matcher.coverage(held | before.held if before else held),
        "pairs": matcher.pairing(sentence.terms),
        "dense": excerpt.hit.dense,
        "lead": 1 / (1 + sentence.span.start / OPENING),
        query.answer_type: float(fits),
    }


def with_previous(excerpt: Excerpt) -> Iterator[tuple[Sentence | None, Sentence]]:
    """Each sentence that is long enough to be quoted, after the sentence before it."""
    for before, sentence in zip((None, *excerpt.sentences), excerpt.sentences, strict=False):
        span = sentence.span
        if len(span.of(excerpt.article.text).split()) >= FEWEST_WORDS:
            yield before, sentence


def reports_speech(query: Query, article: Article, sentence: Sentence) -> bool:
    """Whether it has a quotation mark or a verb of speech, and part of a name of the question."""
    if not query.about_speech:
        return False
    text, terms = sentence.span.of(article.text), sentence.held
    named = not query.names or any(holds(terms, part) for n in query.names for part in n.split())
    return named and (bool(SPEECH.search(text)) or any(mark in text for mark in QUOTES))
