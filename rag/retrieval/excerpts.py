"""Hits -> their passages' text, cut into sentences of terms. Each article is analysed once."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, islice

from index.documents import Article, Span
from index.language.spellings import with_spellings
from index.text.layout import TextLayout
from rag.articles import ArticleCache
from rag.replies import Hit


@dataclass(frozen=True)
class Sentence:
    """A sentence of an article with its analysed terms, and those of other spellings at the end."""

    span: Span
    terms: tuple[str, ...]

    @cached_property
    def held(self) -> frozenset[str]:
        return frozenset(self.terms)


@dataclass(frozen=True)
class Excerpt:
    """A passage with its text, as whole sentences."""

    hit: Hit
    article: Article
    title: frozenset[str]
    """Terms of the article's title."""
    sentences: tuple[Sentence, ...]

    @property
    def terms(self) -> tuple[str, ...]:
        return tuple(chain.from_iterable(sentence.terms for sentence in self.sentences))

    @cached_property
    def held(self) -> frozenset[str]:
        """Terms of passage and title."""
        return self.title.union(*(sentence.terms for sentence in self.sentences))


def with_articles(
    hits: Iterable[Hit], articles: ArticleCache, limit: int
) -> list[tuple[Hit, Article]]:
    """The first hits with their articles; those of articles removed since are skipped."""
    found = ((hit, articles.article(hit.passage.article_id, hit.passage.revision)) for hit in hits)
    return list(islice(((hit, article) for hit, article in found if article), limit))


def excerpts(found: Iterable[tuple[Hit, Article]]) -> list[Excerpt]:
    """In the order given; passages of one article share its analysed sentences."""
    pages: dict[str, _Page] = {}
    made = []
    for hit, article in found:
        page = pages.setdefault(article.id, _Page(article))
        made.append(Excerpt(hit, article, page.title, page.sentences(hit.passage.span)))
    return made


class _Page:
    """One article, of which only the sentences in its passages are analysed."""

    def __init__(self, article: Article) -> None:
        self._layout = TextLayout(article.text)
        self._known: dict[Span, Sentence] = {}
        self._title = article.title

    @cached_property
    def title(self) -> frozenset[str]:
        return frozenset(with_spellings(self._title))

    def sentences(self, part: Span) -> tuple[Sentence, ...]:
        return tuple(self._sentence(span) for span in self._layout.sentences_in(part))

    def _sentence(self, span: Span) -> Sentence:
        if span not in self._known:
            self._known[span] = Sentence(span, tuple(with_spellings(span.of(self._layout.text))))
        return self._known[span]
