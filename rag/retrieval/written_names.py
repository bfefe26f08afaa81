"""Whether an archive writes a name anywhere. Knows no speakers."""

from index.documents import Article, Filter, Passage
from index.language.terms import analyze
from index.stores.generation.generation import Generation
from rag.articles import ArticleCache

MOST_READ = 20
"""Passages with all words of a name, in which they are looked for side by side."""


def is_written(generation: Generation, articles: ArticleCache, until: Filter, name: str) -> bool:
    """Whether a passage that the filter allows, or its title, has these words one after another.

    One that more than `MOST_READ` passages have the words of counts as written.
    """
    terms, table = analyze(name), generation.passage_table
    if not terms:
        return False
    ids = generation.terms.holding(terms, MOST_READ + 1, until)
    if len(ids) > MOST_READ or (len(ids) and len(terms) == 1):
        return True
    passages = (table.passage_at(row) for row in table.rows(ids).tolist() if row >= 0)
    found = ((each, articles.article(each.article_id, each.revision)) for each in passages)
    return any(_has(article, passage, terms) for passage, article in found if article)


def _has(article: Article, passage: Passage, terms: list[str]) -> bool:
    name = f" {' '.join(terms)} "
    texts = (article.title, passage.span.of(article.text))
    return any(name in f" {' '.join(analyze(text))} " for text in texts)
