"""Parses a question and asks it of the generation that is current when it arrives."""

from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime
from time import monotonic

from index.documents import EVERYTHING, Filter
from index.neural.embedder import Embedder
from index.statements import Speaker, StatementKind
from index.stores.archive.archive import Archive
from index.stores.generation.generation import Generation, Generations
from rag.answering.coverage import why_nothing_visible
from rag.answering.from_passages import Limits, Resources
from rag.articles import ArticleCache
from rag.query.query import parse
from rag.question_run import QuestionRun, state_of
from rag.reading.reader import Reader
from rag.replies import Reply, SearchReply, StatementsReply
from rag.settings import ServiceSettings
from rag.statements.as_of import statement_collection
from rag.statements.listing import ListingRequest, list_statements
from rag.timing import Stopwatch
from rag.trace import Trace


@dataclass(frozen=True, slots=True)
class TracedReply:
    """A reply and what it was chosen from."""

    reply: Reply
    trace: Trace
    gold: Trace | None
    """The trace as if there were only the articles in `only`; None where none were given."""


class Pipeline:
    """Uses the generation that is current when a question arrives; safe to use from threads."""

    def __init__(
        self,
        archive: Callable[[], Archive],
        generations: Callable[[], Generations],
        embedder: Callable[[], Embedder],
        reader: Callable[[], Reader | None],
        settings: ServiceSettings,
        clock: Callable[[], datetime],
    ) -> None:
        self._archive = archive
        self._generations = generations
        self._embedder = embedder
        self._reader = reader
        self._settings = settings
        self._clock = clock

    def ask(
        self,
        question: str,
        *,
        filter: Filter = EVERYTHING,
        alternatives: int = 3,
        dates: bool = True,
    ) -> Reply:
        """One answer or one refusal; QuestionError, GenerationError or ModelError otherwise.

        With `dates=False`, dates in the question are words like any others.
        """
        run = self._run(question, filter, self._now(filter), dates=dates)
        return run.reply(alternatives)

    def ask_with_trace(
        self,
        question: str,
        *,
        filter: Filter = EVERYTHING,
        alternatives: int = 3,
        only: AbstractSet[str] | None = None,
    ) -> TracedReply:
        """The reply of `ask` and what it was chosen from; its timings are those of `ask`.

        Passages are searched even where statements answered. With `only`, they are also read as if
        there were no other articles than these. The clock is not read: "last week" is worked out
        from the filter's `as_of`, or not at all.
        """
        run = self._run(question, filter, filter.as_of)
        reply = run.reply(alternatives)
        return TracedReply(reply, run.trace(), run.trace(only) if only is not None else None)

    def trace(
        self, question: str, *, filter: Filter = EVERYTHING, only: AbstractSet[str] | None = None
    ) -> Trace:
        """Everything up to the decision; `only` keeps the candidates of these articles alone."""
        return self._run(question, filter, self._now(filter)).trace(only)

    def search(
        self, question: str, *, filter: Filter = EVERYTHING, limit: int = 10, dates: bool = True
    ) -> SearchReply:
        """Passages, nothing decided."""
        return self._run(question, filter, self._now(filter), dates=dates).search(limit)

    def statements(
        self,
        *,
        speaker: str | None = None,
        about: str | None = None,
        kinds: Sequence[StatementKind] = (),
        filter: Filter = EVERYTHING,
        limit: int = 20,
        offset: int = 0,
    ) -> StatementsReply:
        """A page of statements on a topic, of everybody the name may mean; all where None."""
        watch = Stopwatch()
        generation = self._open(watch)
        articles = ArticleCache(self._archive())
        collection = statement_collection(generation, articles, filter.as_of)
        request = ListingRequest(speaker, about, tuple(kinds), filter)
        with watch("statements"):
            found = list_statements(collection, request, limit=limit, offset=offset)
        return StatementsReply(
            found.speakers,
            found.total,
            found.citations,
            state_of(generation),
            watch.timings_ms,
            found.similar,
            None if found.total else why_nothing_visible(generation.passage_table, filter),
        )

    def speakers(
        self, name: str, *, limit: int = 20, as_of: datetime | None = None
    ) -> list[Speaker]:
        """Speakers whose names hold these words; similar names where there are none."""
        generation, articles = self._generations().current(), ArticleCache(self._archive())
        index = statement_collection(generation, articles, as_of).index
        return index.speakers(name, limit) or index.nearest_speakers(name, limit)

    def _run(
        self, question: str, filter: Filter, asked_at: datetime | None, *, dates: bool = True
    ) -> QuestionRun:
        watch, settings = Stopwatch(), self._settings
        query = parse(question, longest=settings.max_question_chars, as_of=asked_at, dates=dates)
        generation = self._open(watch)
        articles = ArticleCache(self._archive())
        limits = Limits(
            filter,
            asked_at,
            deadline=monotonic() + settings.read_within_ms / 1000,
            min_confidence=settings.min_confidence,
            cited=settings.story_shown,
        )
        resources = Resources(generation, articles, self._embedder, self._reader)
        return QuestionRun(query, resources, limits, watch)

    def _now(self, filter: Filter) -> datetime:
        """The instant of asking."""
        return filter.as_of or self._clock()

    def _open(self, watch: Stopwatch) -> Generation:
        with watch("open"):
            return self._generations().current()
