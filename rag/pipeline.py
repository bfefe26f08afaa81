"""The one way through: a question is parsed and asked of the generation current when it arrives."""

from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from index.documents import Filter
from index.embedding import Embedder
from index.statements import Kind, Speaker
from index.stores.archive import Archive
from index.stores.generation import Generation, Generations
from rag.answer import Found, Reply, SearchReply, StatementsReply
from rag.asking import Asking, Trace, state_of
from rag.cite import cite
from rag.library import Library
from rag.listing import Listing, page
from rag.question import parse
from rag.settings import Shown
from rag.statements import Record
from rag.timing import Stopwatch

EVERYTHING = Filter()


@dataclass(frozen=True, slots=True)
class Asked:
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
        *,
        longest_question: int,
        story_shown: Shown = "best",
    ) -> None:
        self._archive = archive
        self._generations = generations
        self._embedder = embedder
        self._longest = longest_question
        self._story_shown = story_shown

    def ask(self, question: str, *, filter: Filter = EVERYTHING, alternatives: int = 3) -> Reply:
        """One answer or one refusal. QuestionError, GenerationError or ModelError otherwise."""
        return self._asking(question, filter).reply(alternatives)

    def asked(
        self,
        question: str,
        *,
        filter: Filter = EVERYTHING,
        alternatives: int = 3,
        only: AbstractSet[str] | None = None,
    ) -> Asked:
        """The reply of `ask`, timed like it, with what lay behind it; nothing is done twice.

        Passages are looked for here where statements answered, too. With `only`, they are also
        read as if retrieval had let through none but those of these articles.
        """
        asking = self._asking(question, filter)
        reply = asking.reply(alternatives)
        return Asked(reply, asking.trace(), asking.trace(only) if only is not None else None)

    def trace(
        self, question: str, *, filter: Filter = EVERYTHING, only: AbstractSet[str] | None = None
    ) -> Trace:
        """Everything up to the decision; `only` keeps the candidates of these articles alone."""
        return self._asking(question, filter).trace(only)

    def search(self, question: str, *, filter: Filter = EVERYTHING, limit: int = 10) -> SearchReply:
        """Passages, nothing decided."""
        watch = Stopwatch()
        asking = self._asking(question, filter, watch)
        hits = asking.found().hits
        with watch("cite"):
            found = tuple(
                Found(
                    asking.stories.with_copies(cite(article, hit.passage.span)),
                    hit.score,
                    hit.lexical,
                    hit.dense,
                )
                for hit, article in asking.library.held(hits, limit)
            )
        return SearchReply(asking.query.text, found, state_of(asking.generation), watch.timings_ms)

    def statements(
        self,
        *,
        speaker: str | None = None,
        about: str | None = None,
        kinds: Sequence[Kind] = (),
        filter: Filter = EVERYTHING,
        limit: int = 20,
        offset: int = 0,
    ) -> StatementsReply:
        """A page of the statements of whom the name may mean, on a topic; all where None."""
        watch = Stopwatch()
        generation = self._open(watch)
        library = Library(self._archive())
        record = Record(generation.statements, library.article, library.furniture)
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
        )

    def speakers(self, name: str, *, limit: int = 20) -> list[Speaker]:
        """Those whose names hold these words; of nearly that name where there are none."""
        index = self._generations().current().statements
        return index.speakers(name, limit) or index.nearest_speakers(name, limit)

    def _asking(self, question: str, filter: Filter, watch: Stopwatch | None = None) -> Asking:
        watch = watch or Stopwatch()
        query = parse(question, longest=self._longest)
        generation = self._open(watch)
        library = Library(self._archive())
        return Asking(
            query,
            generation,
            library,
            self._embedder,
            filter=filter,
            watch=watch,
            shown=self._story_shown,
        )

    def _open(self, watch: Stopwatch) -> Generation:
        with watch("open"):
            return self._generations().current()
