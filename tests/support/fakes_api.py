"""A fake service: invented articles, and answers found by shared words."""

import re
import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

from index.build_report import BuildReport
from index.documents import Article, Boilerplate, BoilerplateKind, Filter, Passage, Reject, Span
from index.errors import (
    AbandonedError,
    GenerationGoneError,
    QuestionError,
    UnknownArticleError,
    UnknownGenerationError,
)
from index.maintenance.erased_rows import ErasedRows
from index.maintenance.erasing import Erasure
from index.maintenance.rollback import KeptGeneration, Rollback
from index.progress import NOTHING_PENDING, IndexPart, Progress, Until, never
from index.statements import Resolution, SourceType, Speaker, StatementKind
from index.stores.archive.article_queries import Revision
from rag.citations import Citation, CitationVerdict, Claim
from rag.replies import (
    Answer,
    AnswerKind,
    Hit,
    IndexState,
    InterpretedDates,
    Refusal,
    RefusalReason,
    Reply,
    SearchHit,
    SearchReply,
    StatementsReply,
)
from tests.support.fakes_speech import FakeStatements, passes, said

BUILT = datetime(2025, 4, 2, 6, 30, tzinfo=UTC)


def hit_on(citation: Citation, score: float) -> Hit:
    """A hit whose passage is the quote."""
    article, span = citation.article, Span(citation.start, citation.end)
    passage = Passage(1, article.id, article.revision, span)
    return Hit(passage, score, score, 0.25, {"lexical": score, "date": 0.0})


TOLLS = Article(
    id="harbour-tolls",
    title="Harbour tolls to end in spring",
    text=(
        "The harbour tolls will go. After four hours of argument the council of Port Alder voted "
        "nine to four on Tuesday to abolish the charge that every ferry has paid since 1974. "
        "“Nobody should pay to come home,” said Ines Calder, who leads the council.\n"
        "\n"
        "Tobias Renn, the treasurer, opposed the vote. He put the loss at £2.1 million a year and "
        "said that the breakwater would go unrepaired. 🚢 Ferries sail free from 1 April.\n"
        "\n"
        "Sign up for our harbour newsletter"
    ),
    url="https://courier.example/2025/03/harbour-tolls",
    outlet="The Quay Courier",
    authors=("Maud Ferrier",),
    published_at=datetime(2025, 3, 4, 17, 5, tzinfo=UTC),
    language="en",
    metadata={"section": "Harbour"},
)
FERRIES = Article(
    id="ferries/spring timetable",
    title="Ferries add a late crossing",
    text=(
        "The Alder Line will sail until midnight from May. The operator said that free crossings, "
        "which began when the harbour tolls ended, had filled its evening ferries.\n"
        "\n"
        "A sixth boat is to join the fleet in June."
    ),
    url="https://tidings.example/ferries",
    outlet="Island Tidings",
    authors=("Jon Abara", "Lise Holm"),
    published_at=datetime(2025, 3, 28, 8, 0, tzinfo=UTC),
)
ORCHARD = Article(
    id="orchard-frost",
    title="Frost takes a third of the <b>plum</b> blossom",
    text="Growers lost a third of their plum blossom to frost, Petra Lindqvist said.",
    url="javascript:alert(1)",
    outlet="Island Tidings",
    published_at=None,
)
ARTICLES = (TOLLS, FERRIES, ORCHARD)
NEWSLETTER = "Sign up for our harbour newsletter"

CALDER = said(
    TOLLS,
    "“Nobody should pay to come home,” said Ines Calder, who leads the council.",
    "“Nobody should pay to come home,”",
    source="Ines Calder",
    speaker="Ines Calder",
    role="who leads the council",
    kind=StatementKind.DIRECT,
)
RENN = said(
    TOLLS,
    "He put the loss at £2.1 million a year and said that the breakwater would go unrepaired.",
    "that the breakwater would go unrepaired",
    source="He",
    speaker="Tobias Renn",
    named="Tobias Renn",
    role="the treasurer",
    resolution=Resolution.PRONOUN,
)
OPERATOR = said(
    FERRIES,
    "The operator said that free crossings, which began when the harbour tolls ended, "
    "had filled its evening ferries.",
    "that free crossings, which began when the harbour tolls ended, had filled its evening ferries",
    source="The operator",
    speaker="The Alder Line",
    named="The Alder Line",
    source_type=SourceType.ORGANISATION,
    resolution=Resolution.DESCRIPTION,
)
LINDQVIST = said(
    ORCHARD,
    "Growers lost a third of their plum blossom to frost, Petra Lindqvist said.",
    "Growers lost a third of their plum blossom to frost",
    source="Petra Lindqvist",
    speaker="Petra Lindqvist",
)
SPOKEN = (CALDER, RENN, OPERATOR, LINDQVIST)

_SAY = re.compile(r"What did (?P<speaker>.+?) say(?: about (?P<about>.+))?\?")


class FakeArchive:
    """Articles in memory, with every earlier text."""

    def __init__(self, articles: Iterable[Article] = ARTICLES) -> None:
        self.kept: dict[str, list[Article]] = {}
        for article in articles:
            self.put(article)

    def put(self, article: Article) -> str:
        """Return what it changed, as the build report calls it."""
        texts = self.kept.setdefault(article.id, [])
        current = texts[0] if texts else None
        if current == article:
            return "unchanged"
        texts[:] = [article, *(old for old in texts if old.revision != article.revision)]
        if current is None:
            return "added"
        return "updated" if current.revision == article.revision else "revised"

    def article(self, article_id: str, revision: str | None = None) -> Article:
        for text in self.kept.get(article_id, []):
            if revision in {None, text.revision}:
                return text
        raise UnknownArticleError(f"No article has the id {article_id!r} (revision: {revision}).")

    def revisions(self, article_id: str) -> list[Revision]:
        self.article(article_id)
        return [Revision(text.revision, BUILT) for text in self.kept[article_id]]

    def revisions_at(self, ids: Sequence[str], at: datetime) -> dict[str, str]:
        """Every text came at `BUILT`: before, there was only the first."""
        kept = {each: self.kept[each] for each in ids if each in self.kept}
        return {name: texts[0 if at >= BUILT else -1].revision for name, texts in kept.items()}

    def boilerplate(self, article_id: str, revision: str) -> tuple[Boilerplate, ...]:
        start = self.article(article_id, revision).text.find(NEWSLETTER)
        if start < 0:
            return ()
        return (Boilerplate(Span(start, start + len(NEWSLETTER)), BoilerplateKind.NEWSLETTER),)

    def page(
        self,
        *,
        after: str | None = None,
        limit: int = 50,
        filter: Filter = Filter(),  # noqa: B008  a frozen value
    ) -> list[Article]:
        later = sorted(each for each in self.kept if after is None or each > after)
        seen = [self.kept[each][0] for each in later]
        return [article for article in seen if passes(article, filter)][:limit]


class FakeService:
    """Answers with the sentence that shares most words with the question, or refuses.

    "What did X say about T?" is answered with the statements of X.
    """

    def __init__(
        self, articles: Iterable[Article] = ARTICLES, spoken: Sequence[Citation] = SPOKEN
    ) -> None:
        self.shelf = FakeArchive(articles)
        self.spoken = FakeStatements(spoken)
        self.failure: Exception | None = None
        """Raised by every method while it is set."""
        self.gate = threading.Event()
        """Questions and the check wait for it."""
        self.gate.set()
        self.asking = threading.Semaphore(0)
        """Released by each question as it begins."""
        self.replies: dict[str, Reply] = {}
        """Prepared replies, by question."""
        self.asked: list[tuple[str, Filter, int]] = []
        self.listed_as_of: list[datetime | None] = []
        self.pending = NOTHING_PENDING
        self.added_until: list[Until] = []
        self.removals: dict[str, datetime] = {}
        """When each article was removed that is not here now."""
        self.finished = 0
        self.purged: list[str] = []
        self.rebuilt: list[tuple[IndexPart, ...]] = []
        self.closed = False

    @property
    def archive(self) -> FakeArchive:
        self._work()
        return self.shelf

    def guarantee(self) -> None:
        """It promises nothing."""

    def ask(
        self,
        question: str,
        *,
        filter: Filter = Filter(),  # noqa: B008  a frozen value
        alternatives: int = 3,
        dates: bool = True,
        generation: str | None = None,
        is_abandoned: Callable[[], bool] = lambda: False,
    ) -> Reply:
        self.asking.release()
        self._work()
        if not question.strip():
            raise QuestionError("The question is empty.")
        self._named(generation)
        if is_abandoned():
            raise AbandonedError("The client left.")
        self.asked.append((question, filter, alternatives))
        if question in self.replies:
            return self.replies[question]
        if dates and (period := dated(question)):
            return replace(self._replied(question, filter, alternatives), period=period)
        return self._replied(question, filter, alternatives)

    def _replied(self, question: str, filter: Filter, alternatives: int) -> Reply:
        if asked := _SAY.fullmatch(question):
            return self._said(question, asked["speaker"], asked["about"], filter)
        ranked = self._ranked(question, filter)
        if not ranked or ranked[0][0] < 0.4:
            nearest = tuple(citation for _, citation in ranked[:2])
            refusal = Refusal(_reason(filter), "No passage shares enough words with it.", nearest)
            return Reply(question, refusal, (), self.state(), {"total": 1.5})
        score, best = ranked[0]
        others = tuple(each for _, each in ranked if each.article.id != best.article.id)
        answer = Answer(best.quote, "sentence", score, (best,))
        hits = tuple(hit_on(citation, score) for score, citation in ranked)
        shown = others[:alternatives]
        return Reply(question, answer, shown, self.state(), {"total": 1.5}, hits=hits)

    def search(
        self,
        question: str,
        *,
        filter: Filter = Filter(),  # noqa: B008  a frozen value
        limit: int = 10,
        dates: bool = True,
        generation: str | None = None,
    ) -> SearchReply:
        self._work()
        if not question.strip():
            raise QuestionError("The question is empty.")
        self._named(generation)
        ranked = self._ranked(question, filter)[:limit]
        hits = tuple(SearchHit(citation, hit_on(citation, score)) for score, citation in ranked)
        return SearchReply(question, hits, self.state(), {"total": 1.5})

    def statements(
        self,
        *,
        speaker: str | None,
        about: str | None,
        kinds: Sequence[StatementKind] = (),
        filter: Filter = Filter(),  # noqa: B008  a frozen value
        limit: int = 20,
        offset: int = 0,
    ) -> StatementsReply:
        self._work()
        speakers = tuple(self.spoken.speakers(speaker)) if speaker else ()
        found = self.spoken.of(speaker=speaker, about=about, kinds=kinds, filter=filter)
        return StatementsReply(
            speakers,
            len(found),
            tuple(found[offset : offset + limit]),
            self.state(),
            {"total": 1.5},
            nearest=tuple(self.spoken.nearest(speaker)) if speaker and not speakers else (),
        )

    def speakers(
        self, name: str, *, limit: int = 10, as_of: datetime | None = None
    ) -> list[Speaker]:
        self._work()
        self.listed_as_of.append(as_of)
        return (self.spoken.speakers(name) or self.spoken.nearest(name))[:limit]

    def verify(self, claims: Sequence[Claim]) -> list[CitationVerdict]:
        self._work()
        return [self._verdict(claim) for claim in claims]

    def state(self) -> IndexState:
        self._work()
        shelf = self.shelf.page(limit=1000)
        newest = max((each.published_at for each in shelf if each.published_at), default=None)
        return IndexState("g-0001", BUILT, newest, len(shelf), 2 * len(shelf), self.pending)

    def unfinished(self) -> bool:
        return bool(self.pending) or self.added_until[-1:] in ([Until.NONE], [Until.WORDS])

    def removed_at(self, article_id: str) -> datetime | None:
        return self.removals.get(article_id)

    def check(self) -> None:
        self._work()

    def add(
        self,
        items: Iterable[Article | Reject],
        *,
        progress: Progress,
        until: Until = Until.ALL,
        stop: Callable[[], bool] = never,
    ) -> BuildReport:
        self._work()
        self.added_until.append(until)
        given = list(items)
        changes = [self.shelf.put(item) for item in given if isinstance(item, Article)]
        for item in given:
            if isinstance(item, Article):
                self.removals.pop(item.id, None)
        progress("reading", len(given), None)
        return self._report(changes, tuple(item for item in given if isinstance(item, Reject)))

    def finish(self, *, progress: Progress, stop: Callable[[], bool] = never) -> BuildReport:
        self._work()
        self.finished += 1
        return self._report([], ())

    def remove(self, ids: Sequence[str], *, progress: Progress) -> BuildReport:
        self._work()
        gone = [each for each in ids if self.shelf.kept.pop(each, None)]
        self.removals |= dict.fromkeys(gone, datetime.now(UTC))
        progress("publishing", 1, 1)
        return self._report([], (), removed=len(gone))

    def purge(self, ids: Sequence[str], *, progress: Progress) -> BuildReport:
        self._work()
        self.purged += ids
        gone = [each for each in ids if self.shelf.kept.pop(each, None)]
        erased = Erasure(ErasedRows(len(gone), len(gone)), 1, 2000, 1000)
        return replace(self._report([], (), removed=len(gone)), erased=erased)

    def generations(self) -> list[KeptGeneration]:
        self._work()
        state = self.state()
        counts = (state.articles, state.passages, 0)
        return [KeptGeneration(state.generation, True, state.built_at, *counts)]

    def rollback(self, generation: str | None = None) -> Rollback:
        self._work()
        self._named(generation)
        return Rollback(generation or "g-0000", self.state().generation)

    def _named(self, generation: str | None) -> None:
        """Kept is one; of those before, all were once."""
        if generation is not None and generation < "g-0001":
            raise GenerationGoneError(f"The generation {generation} is no longer kept.")
        if generation not in {None, "g-0001"}:
            raise UnknownGenerationError(f"There is no generation {generation!r}.")

    def rebuild(
        self,
        only: Collection[IndexPart] = (),
        *,
        progress: Progress,
        stop: Callable[[], bool] = never,
    ) -> BuildReport:
        self._work()
        self.rebuilt.append(tuple(only))
        return self._report([], ())

    def close(self) -> None:
        self.closed = True

    def _said(self, question: str, speaker: str, about: str | None, filter: Filter) -> Reply:
        listed = self.statements(speaker=speaker, about=about, filter=filter)
        outcome: Answer | Refusal
        if listed.citations:
            first, *_ = listed.citations
            kind: AnswerKind = "statement" if listed.total == 1 else "statements"
            outcome = Answer(first.quote, kind, 0.9, listed.citations)
        elif listed.speakers:
            outcome = Refusal(RefusalReason.NOT_ABOUT_TOPIC, f"{speaker} is quoted, but not on it.")
        else:
            message = f"Nobody called {speaker} is quoted."
            outcome = Refusal(RefusalReason.NO_SUCH_SPEAKER, message, names=listed.nearest)
        total = listed.total or None
        return Reply(
            question, outcome, (), listed.index, {"total": 1.5}, listed.speakers, total=total
        )

    def _work(self) -> None:
        assert self.gate.wait(timeout=20), "the test never opened the gate"
        if self.failure is not None:
            raise self.failure

    def _ranked(self, question: str, filter: Filter) -> list[tuple[float, Citation]]:
        """By the share of the question's words in a sentence; ties by article and position."""
        words = _words(question)
        scored = [
            (round(len(words & _words(each.quote)) / max(1, len(words)), 2), each)
            for each in self._sentences(filter)
        ]
        found = [(score, each) for score, each in scored if score > 0]
        return sorted(found, key=lambda pair: (-pair[0], pair[1].article.id, pair[1].start))

    def _sentences(self, filter: Filter) -> Iterator[Citation]:
        for article in self.shelf.page(limit=1000, filter=filter):
            for match in re.finditer(r"[^\s.][^.\n]*\.(?:\d[^.\n]*\.)*”?", article.text):
                yield Citation(article, match.start(), match.end(), match.group())

    def _verdict(self, claim: Claim) -> CitationVerdict:
        try:
            text = self.shelf.article(claim.article_id, claim.revision).text
        except UnknownArticleError as error:
            return CitationVerdict(claim, verified=False, message=str(error), found=None)
        found = text[claim.start : claim.end]
        same = found == claim.quote
        return CitationVerdict(claim, same, "Verbatim." if same else "It reads otherwise.", found)

    def _report(
        self, changes: list[str], rejects: tuple[Reject, ...], *, removed: int = 0
    ) -> BuildReport:
        state = self.state()
        return BuildReport(
            added=changes.count("added"),
            revised=changes.count("revised"),
            updated=changes.count("updated"),
            unchanged=changes.count("unchanged"),
            removed=removed,
            rejects=rejects,
            embedded=2 * (changes.count("added") + changes.count("revised")),
            articles=state.articles,
            passages=state.passages,
            statements=0,
            pending=self.pending,
            generation=state.generation,
        )


def dated(question: str) -> InterpretedDates | None:
    """As if it were asked in March 2025."""
    if "last month" not in question:
        return None
    first, last = date(2025, 2, 1), date(2025, 2, 28)
    return InterpretedDates("last month", first, last, derived=True, narrowed=True)


def _words(text: str) -> set[str]:
    return {word for word in re.findall(r"\w+", text.casefold()) if len(word) > 3}


def _reason(filter: Filter) -> RefusalReason:
    return RefusalReason.NO_EVIDENCE if filter.empty else RefusalReason.OUTSIDE_FILTERS
