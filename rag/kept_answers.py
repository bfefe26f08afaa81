"""Keeps the latest answers, for equal questions to one generation.

An answer is given again only while each article that was read for it reads as it did then.
"""

import threading
from collections import OrderedDict
from dataclasses import dataclass, replace
from datetime import date

from index.documents import Filter
from rag.articles import ArticleCache, ArticleKey
from rag.question_run import QuestionRun
from rag.replies import Reply


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """All that an answer depends on besides the articles and the settings."""

    generation: str
    text: str
    filter: Filter
    day: date
    """Of asking, in UTC: recent news is preferred."""
    alternatives: int
    dates: bool


@dataclass(frozen=True, slots=True)
class _KeptAnswer:
    reply: Reply
    read: tuple[ArticleKey, ...]
    digest: str
    """Of all articles in `read`."""


class KeptAnswers:
    """Safe to use from many threads. Two equal questions at the same time are both answered."""

    def __init__(self, most: int) -> None:
        """With 0, none is kept."""
        self._most = most
        self._lock = threading.Lock()
        self._kept: OrderedDict[AskedQuestion, _KeptAnswer] = OrderedDict()

    def reply(self, asked: AskedQuestion, run: QuestionRun) -> Reply:
        """The kept answer, or that of the run; `timings_ms` are always those of this question."""
        kept = self._find(asked)
        if kept and run.resources.articles.digest(kept.read) == kept.digest:
            return replace(kept.reply, timings_ms=run.watch.timings_ms)
        reply = run.reply(asked.alternatives)
        if self._most and _may_be_kept(asked, reply):
            self._keep(asked, reply, run.resources.articles)
        return reply

    def _find(self, asked: AskedQuestion) -> _KeptAnswer | None:
        with self._lock:
            if asked in self._kept:
                self._kept.move_to_end(asked)
            return self._kept.get(asked)

    def _keep(self, asked: AskedQuestion, reply: Reply, articles: ArticleCache) -> None:
        read = articles.read
        digest = articles.digest(read)
        if digest is None:
            return
        with self._lock:
            if any(each.generation != asked.generation for each in self._kept):
                self._kept.clear()  # an older one is seldom asked again
            self._kept[asked] = _KeptAnswer(reply, read, digest)
            if len(self._kept) > self._most:
                self._kept.popitem(last=False)


def _may_be_kept(asked: AskedQuestion, reply: Reply) -> bool:
    """False where the clock decided: "last week", or passages for which time ran out."""
    by_clock = asked.filter.as_of is None and reply.period is not None and reply.period.derived
    return not by_clock and reply.reading != "partial"
