"""Adding, revising, removing, erasing, going back and rebuilding in any order, beside a model.

The model is a dictionary. After every step the service must find what the model holds, and nothing
else: each article has a word of its own by which it is asked for.
"""

import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from index.documents import Article
from index.errors import NoIndexError
from index.progress import Until
from rag.replies import Answer
from rag.service import Service
from rag.settings import ServiceSettings
from tests.support.fakes import FakeAttributor, FakeEmbedder, no_reader, silent

NUMBERS = st.integers(0, 5)
"""Few ids, so that most steps meet an article that is there, was there or was changed."""
UNTIL = st.sampled_from(Until)


def word(number: int, edition: int) -> str:
    """What only this edition of this article says."""
    return "".join(chr(ord("a") + int(digit)) for digit in f"{number}{edition:05}") + "itz"


def article(number: int, edition: int) -> Article:
    own = word(number, edition)
    text = f'The {own} sank off the pier. Ann Lee said: "The {own} was old." Nobody was hurt.'
    return Article(id=f"a{number}", title=f"Loss of the {own}", text=text)


class Writing(RuleBasedStateMachine):
    """Rules write; invariants ask."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="onrecord-any-order-"))
        self.held: dict[int, int] = {}
        """The edition of each article that was added and not removed."""
        self.waiting: set[int] = set()
        """Those that nobody has indexed yet."""
        self.by_words: set[int] = set()
        """Those that are only found by their words yet."""
        self.gone: dict[str, tuple[int, int]] = {}
        """Words of editions that no answer may cite any more."""
        self.ever: dict[int, set[int]] = {}
        """All editions that were added and not erased since."""
        self.editions = 0
        self.opened()

    def opened(self) -> None:
        self.service = Service(
            ServiceSettings(data=self.folder),
            embedder=lambda _: FakeEmbedder(),
            attributor=FakeAttributor,
            reader=no_reader,
        )

    def teardown(self) -> None:
        self.service.close()
        shutil.rmtree(self.folder)

    def all_done(self) -> None:
        self.waiting, self.by_words = set(), set()

    def words_done(self) -> None:
        self.waiting, self.by_words = set(), self.by_words | self.waiting

    def forget(self, number: int) -> None:
        if number in self.held:
            edition = self.held.pop(number)
            self.gone[word(number, edition)] = number, edition
        self.words_done()
        self.by_words.discard(number)

    def files_with(self, words: set[str]) -> list[str]:
        files = [path for path in self.folder.rglob("*") if path.is_file()]
        wanted = [each.encode() for each in words]
        return [str(each) for each in files if any(own in each.read_bytes() for own in wanted)]

    @initialize(until=UNTIL)
    def begin(self, until: Until) -> None:
        self.add({0, 1}, until)

    @rule(numbers=st.sets(NUMBERS, min_size=1, max_size=4), until=UNTIL)
    def add(self, numbers: set[int], until: Until) -> None:
        """New ones, and new editions of those that are there."""
        self.editions += 1
        articles = [article(number, self.editions) for number in sorted(numbers)]
        report = self.service.add(articles, progress=silent, until=until)

        assert report.added + report.revised == len(numbers)
        for number in numbers:
            if number in self.held:
                self.gone[word(number, self.held[number])] = number, self.held[number]
            self.held[number] = self.editions
            self.ever.setdefault(number, set()).add(self.editions)
        self.waiting = self.waiting | numbers
        self.by_words -= numbers
        if until is Until.WORDS:
            self.words_done()
        elif until is Until.ALL:
            self.all_done()

    @rule(number=NUMBERS)
    def add_again_what_is_there(self, number: int) -> None:
        if number in self.held:
            report = self.service.add([article(number, self.held[number])], progress=silent)

            assert report.unchanged == 1
            self.all_done()

    @rule(number=NUMBERS)
    def remove(self, number: int) -> None:
        if number in self.held:
            self.service.remove([f"a{number}"], progress=silent)
            self.forget(number)

    @rule(number=NUMBERS)
    def purge(self, number: int) -> None:
        """Whether it is there or was removed; no byte of any edition is left."""
        if number not in self.ever:
            return
        report = self.service.purge([f"a{number}"], progress=silent)

        editions = self.ever.pop(number)
        assert report.erased
        assert report.erased.rows.revisions == len(editions)
        assert self.files_with({word(number, each) for each in editions}) == []
        self.forget(number)

    @rule()
    def compact(self) -> None:
        self.service.compact(progress=silent)
        self.words_done()

    @rule()
    def go_back_and_on(self) -> None:
        """To the generation before, and by the next write to all that the archive holds."""
        if len(kept := self.service.generations()) > 1 and kept[0].current:
            done = self.service.rollback()

            assert self.service.state().generation == done.generation == kept[1].name
            self.service.finish(progress=silent)
            self.all_done()

    @rule()
    def finish(self) -> None:
        self.service.finish(progress=silent)
        self.all_done()

    @rule()
    def rebuild(self) -> None:
        self.service.rebuild(progress=silent)
        self.all_done()

    @rule()
    def open_again(self) -> None:
        self.service.close()
        self.opened()

    @invariant()
    def every_indexed_article_is_cited_for_its_own_word(self) -> None:
        for number in self.held.keys() - self.waiting:
            own = word(number, self.held[number])
            outcome = self.service.ask(f"What sank off the pier, the {own}?").outcome

            assert isinstance(outcome, Answer), (own, outcome)
            cited = outcome.citations[0]
            assert cited.article == article(number, self.held[number])
            assert cited.quote == cited.article.text[cited.start : cited.end]

    @invariant()
    def nothing_that_is_gone_is_found(self) -> None:
        for own, (number, edition) in self.gone.items():
            if number in self.waiting:
                continue  # the index is that from before, as its writer wished
            hits = self.service.search(f"Loss of the {own}", limit=10).hits

            assert article(number, edition).text not in [hit.citation.article.text for hit in hits]

    @invariant()
    def the_archive_holds_what_the_model_holds(self) -> None:
        try:
            assert self.service.archive.count() == len(self.held)
        except NoIndexError:
            assert not self.held
        assert self.service.unfinished() is bool(self.waiting or self.by_words)


@pytest.mark.slow
def test_the_service_holds_what_was_written_whatever_the_order() -> None:
    run_state_machine_as_test(
        Writing, settings=settings(max_examples=15, stateful_step_count=12, deadline=None)
    )
