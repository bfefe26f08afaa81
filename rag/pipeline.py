"""The one way through: a question is parsed and asked of the generation current when it arrives."""

from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime
from time import monotonic

from index.documents import Filter
from index.neural.embedder import Embedder
from index.statements import Speaker, StatementKind
from index.stores.archive.archive import Archive
from index.stores.generation.generation import Generation, Generations
from rag.answering.coverage import nothing_seen
from rag.articles import ArticleCache
from rag.citations import cite
from rag.query.query import parse
from rag.question_run import QuestionRun, state_of
from rag.reading.reader import Reader
from rag.replies import Reply, SearchHit, SearchReply, StatementsReply
from rag.retrieval.scope import DateScope
from rag.settings import Shown
from rag.statements.as_of import record_of
from rag.statements.listing import Listing, page
from rag.timing import Stopwatch
from rag.trace import Trace

EVERYTHING = Filter()


@dataclass(frozen=True, slots=True)
class TracedReply:
    """A reply and all that it was chosen from."""

    reply: Reply
    trace: Trace
    gold: Trace | None
    """The same with passages of the articles named alone; None where none were named."""


class Pipeline:
    """Answers from whatever generation is current when a question arrives; safe from threads."""

    def __init__(
        self,
        archive: Callable[[], Archive],
        generations: Callable[[], Generations],
        embedder: Callable[[], Embedder],
        reader: Callable[[], Reader | None],
        *,
        longest_question: int,
        clock: Callable[[], datetime],
        read_within_ms: int,
        least: float,
        story_shown: Shown = "best",
    ) -> None:
        self._archive = archive
        self._generations = generations
        self._embedder = embedder
        self._reader = reader
        self._read_within = read_within_ms / 1000
        self._least = least
        self._longest = longest_question
        self._story_shown = story_shown
        self._clock = clock

    def ask(
        self,
        question: str,
        *,
        filter: Filter = EVERYTHING,
        alternatives: int = 3,
        dates: bool = True,
    ) -> Reply:
        """One answer or one refusal. QuestionError, GenerationError or ModelError otherwise.

        Where `dates` is false, dates in the question are words like any others.
        """
        now = self._now(filter)
        return self._asking(question, filter, now, dates=dates).reply(alternatives)

    def asked(
        self,
        question: str,
        *,
        filter: Filter = EVERYTHING,
        alternatives: int = 3,
        only: AbstractSet[str] | None = None,
    ) -> TracedReply:
        """The reply of `ask`, timed like it, with what lay behind it; nothing is done twice.

        Passages are looked for here where statements answered, too. With `only`, they are also
        read as if retrieval had let through none but those of these articles. No clock is looked
        at: "last week" is told from the filter's `as_of`, or not at all.
        """
        asking = self._asking(question, filter, filter.as_of)
        reply = asking.reply(alternatives)
        return TracedReply(reply, asking.trace(), asking.trace(only) if only is not None else None)

    def trace(
        self, question: str, *, filter: Filter = EVERYTHING, only: AbstractSet[str] | None = None
    ) -> Trace:
        """Everything up to the decision; `only` keeps the candidates of these articles alone."""
        return self._asking(question, filter, self._now(filter)).trace(only)

    def search(
        self, question: str, *, filter: Filter = EVERYTHING, limit: int = 10, dates: bool = True
    ) -> SearchReply:
        """Passages, nothing decided."""
        watch = Stopwatch()
        asking = self._asking(question, filter, self._now(filter), watch, dates=dates)
        hits = asking.hits
        with watch("cite"):
            found = tuple(
                SearchHit(asking.stories.with_copies(cite(article, hit.passage.span)), hit)
                for hit, article in asking.library.held(hits, limit)
            )
        return SearchReply(
            asking.query.text,
            found,
            state_of(asking.generation),
            watch.timings_ms,
            asking.understood(narrowed=asking.scopes[0].name is DateScope.DATES),
            asking.unseen or (None if found else asking.none_of_dates()),
        )

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
        """A page of the statements of whom the name may mean, on a topic; all where None."""
        watch = Stopwatch()
        generation = self._open(watch)
        library = ArticleCache(self._archive())
        record = record_of(generation, library, filter.as_of)
        wanted = Listing(speaker, about, tuple(kinds), filter)
        with watch("statements"):
            found = page(record, wanted, limit=limit, offset=offset)
        return StatementsReply(
            found.speakers,
            found.total,
            found.citations,
            state_of(generation),
            watch.timings_ms,
            found.nearest,
            None if found.total else nothing_seen(generation.columns, filter),
        )

    def speakers(
        self, name: str, *, limit: int = 20, as_of: datetime | None = None
    ) -> list[Speaker]:
        """Those whose names hold these words; of nearly that name where there are none."""
        index = record_of(self._generations().current(), ArticleCache(self._archive()), as_of).index
        return index.speakers(name, limit) or index.nearest_speakers(name, limit)

    def _asking(
        self,
        question: str,
        filter: Filter,
        as_of: datetime | None,
        watch: Stopwatch | None = None,
        *,
        dates: bool = True,
    ) -> QuestionRun:
        watch = watch or Stopwatch()
        query = parse(question, longest=self._longest, as_of=as_of, dates=dates)
        generation = self._open(watch)
        library = ArticleCache(self._archive())
        return QuestionRun(
            query,
            generation,
            library,
            self._embedder,
            self._reader,
            filter=filter,
            as_of=as_of,
            watch=watch,
            until=monotonic() + self._read_within,
            least=self._least,
            shown=self._story_shown,
        )

    def _now(self, filter: Filter) -> datetime:
        """The instant of asking."""
        return filter.as_of or self._clock()

    def _open(self, watch: Stopwatch) -> Generation:
        with watch("open"):
            return self._generations().current()
