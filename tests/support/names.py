"""Names counted in a list of all speakers, as the archive counts them in its tables."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from functools import cached_property

from index.identity.quoted import Quoted


class CountedNames:
    """Counted in a list of all speakers."""

    def __init__(self, quoted: Sequence[Quoted]) -> None:
        self._quoted = quoted

    @property
    def articles(self) -> int:
        return len(self._in_article)

    def bearers(self, word: str) -> int:
        return self._bearers[word]

    def called(self, key: str) -> int:
        return self._called[key]

    def said(self, name: str) -> int:
        return self._said[name]

    def said_under(self, surname: str) -> int:
        return self._said_under[surname]

    def quoted_in(self, article: int) -> Collection[str]:
        return self._in_article[article]

    def articles_of(self, names: Sequence[str]) -> Sequence[int]:
        return [self._articles_of[name] for name in names]

    @cached_property
    def _bearers(self) -> Counter[str]:
        return _names_with((each, each.words) for each in self._quoted)

    @cached_property
    def _called(self) -> Counter[str]:
        return _names_with((each, each.called) for each in self._quoted)

    @cached_property
    def _said(self) -> Counter[str]:
        said = Counter[str]()
        for each in self._full_names:
            said[each.plain_key] += each.speaker.statements
        return said

    @cached_property
    def _said_under(self) -> Counter[str]:
        said = Counter[str]()
        for each in self._full_names:
            said[each.bare.surname] += each.speaker.statements
        return said

    @property
    def _full_names(self) -> Iterable[Quoted]:
        return (each for each in self._quoted if each.person and each.bare.full)

    @cached_property
    def _in_article(self) -> dict[int, set[str]]:
        found: dict[int, set[str]] = defaultdict(set)
        for each in self._quoted:
            for article in each.articles:
                found[article].add(each.plain_key)
        return found

    @cached_property
    def _articles_of(self) -> Counter[str]:
        counted = Counter[str]()
        for each in self._quoted:
            counted[each.plain_key] += len(each.articles)
        return counted


def _names_with(words: Iterable[tuple[Quoted, Iterable[str]]]) -> Counter[str]:
    """In how many names each word is."""
    pairs = {(word, each.plain_key) for each, theirs in words for word in theirs}
    return Counter(word for word, _ in pairs)
