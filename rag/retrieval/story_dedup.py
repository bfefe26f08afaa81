"""Keeps one article of each story among the hits. Knows no question and no text.

A story is a group of near-duplicate articles, as the passage table has it.
"""

from collections.abc import Sequence

import numpy as np

from index.stores.search.passage_table import PassageTable
from rag.articles import ArticleCache
from rag.replies import Hit


def one_article_per_story(
    hits: Sequence[Hit], table: PassageTable, articles: ArticleCache
) -> tuple[Hit, ...]:
    """Of each story, only the hits of the article with the best one; their order is kept.

    Articles removed since the index was built are left out first, so they represent no story.
    """
    live = articles.live({hit.passage.article_id for hit in hits})
    kept = [hit for hit in hits if hit.passage.article_id in live]
    rows = table.rows(np.array([hit.passage.id for hit in kept], np.int64))
    stories = table.story[table.article[rows]].tolist()
    best: dict[int, str] = {}
    for hit, story in zip(kept, stories, strict=True):
        best.setdefault(story, hit.passage.article_id)
    return tuple(
        hit
        for hit, story in zip(kept, stories, strict=True)
        if hit.passage.article_id == best[story]
    )
