"""The composition root: makes each part when it is first needed, and asks the questions."""

import gc
from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import UTC, datetime
from time import monotonic
from typing import TYPE_CHECKING

from index.documents import EVERYTHING, Filter
from index.errors import NoIndexError
from index.neural.embedder import Embedder, load_embedder
from index.statements import Speaker, StatementKind
from index.stores.archive.archive import Archive
from index.stores.generation.generation import Generation, Generations
from rag.answering.confidence import recipe
from rag.answering.from_passages import Limits, Resources
from rag.articles import ArticleCache
from rag.citations import CitationVerdict, Claim, verify
from rag.earlier_texts import RevisedArticles
from rag.guarantee.guarantee import Guarantee, guarantee
from rag.kept_answers import AskedQuestion, KeptAnswers
from rag.query.query import parse
from rag.question_run import QuestionRun
from rag.reading.reader import Reader, load_reader
from rag.replies import IndexState, Reply, SearchReply, StatementsReply, state_of
from rag.settings import ServiceSettings
from rag.statement_branch import listed
from rag.statements.as_of import statement_collection
from rag.statements.listing import ListingRequest
from rag.timing import Stopwatch
from rag.trace import TracedReply
from rag.upkeep import Lazy, Upkeep

if TYPE_CHECKING:
    from index.attribution.attributor import Attributor


class Service(Upkeep):
    """All that HTTP, command line and evaluation need, over one data folder."""

    def __init__(
        self,
        settings: ServiceSettings,
        *,
        embedder: Callable[[str], Embedder] = load_embedder,
        attributor: "Callable[[], Attributor] | None" = None,
        reader: Callable[[str], Reader | None] = load_reader,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        super().__init__(
            settings, embedder=embedder, attributor=attributor, reader=reader, clock=clock
        )
        self._kept = KeptAnswers(settings.answers_kept)
        self._revised = RevisedArticles()
        self._guarantee = Lazy(
            lambda: guarantee(
                settings.data,
                settings.max_wrong,
                settings.max_wrong_by,
                lambda: recipe(settings.reader),
            )
        )
        self._generations = Lazy(
            lambda: Generations(
                settings.data, settings=settings.index, embedder=self._embedder().identity
            )
        )

    @property
    def archive(self) -> Archive:
        """The archive, opened for reading; NoIndexError before anything was added."""
        return self._archive()

    def ask(
        self,
        question: str,
        *,
        filter: Filter = EVERYTHING,
        alternatives: int = 3,
        dates: bool = True,
        generation: str | None = None,
        is_abandoned: Callable[[], bool] = lambda: False,
    ) -> Reply:
        """One answer or one refusal; QuestionError, GenerationError or ModelError otherwise.

        With `dates=False`, dates in the question are words like any others. An earlier
        `generation` of the index answers as it did on the same day; UnknownGenerationError if it is
        not kept. AbandonedError if `is_abandoned` is true where a stage begins.
        """
        asked_at = filter.as_of or self._clock()
        run = self._run(
            question,
            filter,
            asked_at,
            dates=dates,
            generation=generation,
            is_abandoned=is_abandoned,
        )
        day = asked_at.astimezone(UTC).date()
        name = run.resources.generation.name
        asked = AskedQuestion(name, question, filter, day, alternatives, dates)
        return self._kept.reply(asked, run)

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
        return TracedReply(reply, run.trace, None if only is None else run.trace_within(only))

    def search(
        self,
        question: str,
        *,
        filter: Filter = EVERYTHING,
        limit: int = 10,
        dates: bool = True,
        generation: str | None = None,
    ) -> SearchReply:
        """Passages, nothing decided."""
        asked_at = filter.as_of or self._clock()
        run = self._run(question, filter, asked_at, dates=dates, generation=generation)
        return run.search(limit)

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
        resources = self._open(watch, filter.as_of)
        request = ListingRequest(speaker, about, tuple(kinds), filter)
        return listed(*resources, request, watch, limit=limit, offset=offset)

    def speakers(
        self, name: str, *, limit: int = 20, as_of: datetime | None = None
    ) -> list[Speaker]:
        """Speakers whose names hold these words; similar names where there are none."""
        generation, articles = self._open(Stopwatch())
        index = statement_collection(generation, articles, as_of).index
        return index.speakers(name, limit) or index.nearest_speakers(name, limit)

    def guarantee(self) -> Guarantee | None:
        """What is promised of the answers; None if nothing is. SettingsError if it cannot be."""
        return self._guarantee()

    def verify(self, claims: Sequence[Claim]) -> list[CitationVerdict]:
        return verify(self.archive, claims)

    def state(self) -> IndexState:
        """The generation that would answer now; GenerationError when there is none.

        `pending` also counts what the archive has got since that generation was made.
        """
        from index.maintenance.unfinished import pending_of  # noqa: PLC0415  a question needs none of it

        generation = self._generations().current()
        pending = pending_of(self._archive(), generation.manifest)
        return replace(state_of(generation), pending=pending)

    def unfinished(self) -> bool:
        """Whether the archive holds what the index lacks: a killed writer may have left it so."""
        from index.maintenance.unfinished import is_unfinished  # noqa: PLC0415  only a start needs it

        try:
            archive = self._archive()
        except NoIndexError:
            return False
        try:
            manifest = self._generations().current().manifest
        except NoIndexError:
            return archive.count() > 0
        return is_unfinished(archive, manifest)

    def removed_at(self, article_id: str) -> datetime | None:
        """When an article was removed; None if it was not, or was erased since."""
        try:
            return self._archive().removed_at(article_id)
        except NoIndexError:
            return None

    def check(self) -> None:
        """Load everything a question needs; raises whatever would keep it from being answered.

        The garbage collector looks through none of this again: to do so takes 60 ms of processor,
        in the middle of some question.
        """
        self._archive()
        self._generations().current()
        self._reader()
        self._guarantee()
        self._embedder().embed_questions(["ready"])
        gc.collect()
        gc.freeze()

    def close(self) -> None:
        for archive in self._archive.made:
            archive.close()

    def _run(
        self,
        question: str,
        filter: Filter,
        asked_at: datetime | None,
        *,
        dates: bool = True,
        generation: str | None = None,
        is_abandoned: Callable[[], bool] = lambda: False,
    ) -> QuestionRun:
        watch, settings = Stopwatch(is_abandoned), self.settings
        query = parse(question, longest=settings.max_question_chars, as_of=asked_at, dates=dates)
        opened, articles = self._open(watch, filter.as_of, generation)
        limits = Limits(
            filter,
            asked_at,
            deadline=monotonic() + settings.read_within_ms / 1000,
            min_confidence=settings.min_confidence,
            cited=settings.story_shown,
            guarantee=self._guarantee(),
        )
        resources = Resources(opened, articles, self._embedder, self._reader)
        return QuestionRun(query, resources, limits, watch)

    def _open(
        self, watch: Stopwatch, as_of: datetime | None = None, generation: str | None = None
    ) -> tuple[Generation, ArticleCache]:
        """With the texts that the archive had `as_of` an instant."""
        with watch("open"):
            generations, archive = self._generations(), self._archive()
            found = generations.at(generation) if generation else generations.current()
            articles = ArticleCache(archive)
            if as_of is not None:
                found = self._revised.as_of(found, archive, articles, as_of)
            return found, articles
