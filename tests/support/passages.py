"""Articles of one passage each, and hits on them, for tests of ranking."""

from collections.abc import Sequence

from index.documents import Article, Passage, Span
from rag.replies import Hit
from rag.retrieval.excerpts import Excerpt, excerpts


def article(name: str, text: str, title: str = "") -> Article:
    return Article(id=name, title=title, text=text)


def hit(of: Article, *, number: int = 1, score: float = 0.0, part: str | None = None) -> Hit:
    """A hit on the whole article, or on the part with this text."""
    start = of.text.index(part) if part else 0
    span = Span(start, start + len(part or of.text))
    passage = Passage(number, of.id, of.revision, span)
    return Hit(passage, score, lexical=0.0, dense=0.0, parts={"retrieved": score})


def excerpts_of(*found: tuple[Article, float]) -> Sequence[Excerpt]:
    """Excerpts of whole articles with these retrieval scores."""
    return excerpts(
        (hit(each, number=number, score=score), each)
        for number, (each, score) in enumerate(found, 1)
    )
