"""Names that changed: joining again around them gives what joining all names gives."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from zlib import crc32

from hypothesis import given, settings
from hypothesis import strategies as st

from index.identity.blocks import filed_under
from index.identity.neighbours import joined_again
from index.identity.quoted import Quoted
from index.identity.same_person import one_for_each_person
from index.language.names import name_key
from index.statements import SourceType, Speaker, SpeakerMention

Article = Sequence[tuple[str, str]]
"""Names with their roles, one for each statement."""

GIVEN = ("Mike", "Michael", "Maren", "Marin", "Karin", "Karen", "Ana")
LAST = ("Orlov", "Orlovsky", "Orlowsky", "Ferrow", "Lind", "Lindqvist", "Linqvist")
FRAMES = ("{}", "{}", "{}", "Senator {}", "Tarn's {}", "{} of Orm", "{} Effect", "{} Jr.")
ROLES = ("", "", "senator", "mayor of Orm", "the Orm mayor", "poet", "known as Bonov")
OTHERS = ("Bonov", "The Tarn Post", "Tarn Post", "Ana Lind-Falk", "Ana Lind-Mike Ferrow")
FULL = st.builds("{} {}".format, st.sampled_from(GIVEN), st.sampled_from(LAST))
HEADLINES = st.builds("{} {}".format, st.sampled_from(("Limiting", "Under")), st.sampled_from(LAST))
NAMES = st.one_of(
    st.builds(str.format, st.sampled_from(FRAMES), st.one_of(FULL, FULL, st.sampled_from(LAST))),
    HEADLINES,
    st.sampled_from(OTHERS),
)
ARTICLES = st.lists(st.tuples(NAMES, st.sampled_from(ROLES)), max_size=5)
STEPS = st.lists(
    st.lists(st.tuples(st.integers(0, 40), ARTICLES), min_size=1, max_size=12), max_size=6
)


class SteadyCounts:
    """Names that are filed here; their counts never change, so that none passes a threshold."""

    articles = 60

    def __init__(self, bearers: int = 12) -> None:
        """A word is in fewer than so many names."""
        self._bearers = bearers
        self.content: dict[int, Article] = {}
        self.quoted: dict[str, Quoted] = {}
        self.leader: dict[str, str] = {}

    def bearers(self, word: str) -> int:
        return crc32(word.encode()) % self._bearers

    def called(self, key: str) -> int:
        return 1

    def said(self, name: str) -> int:
        return 0

    def said_under(self, surname: str) -> int:
        return crc32(surname.encode()) % 30

    def quoted_in(self, article: int) -> Collection[str]:
        names = {name_key(name) for name, _ in self.content[article]}
        return {self.quoted[key].plain_key for key in names}

    def articles_of(self, names: Sequence[str]) -> Sequence[int]:
        return [1 + crc32(name.encode()) % 9 for name in names]

    def named(self, keys: Collection[str]) -> Sequence[Quoted]:
        return [self.quoted[key] for key in keys if key in self.quoted]

    def filed(self, blocks: Collection[str]) -> set[str]:
        wanted = set(blocks)
        return {key for key, each in self.quoted.items() if wanted & filed_under(each)}

    def leaders(self, keys: Collection[str]) -> Mapping[str, str]:
        return {key: self.leader[key] for key in keys if key in self.leader}

    def led_by(self, leaders: Collection[str]) -> set[str]:
        return {key for key, leader in self.leader.items() if leader in leaders}

    def put(self, articles: Iterable[tuple[int, Article]]) -> list[Quoted]:
        """Every name of these articles as it was and as it is."""
        before, keys = dict(self.quoted), set()
        for number, content in articles:
            keys |= {name_key(name) for name, _ in (*self.content.get(number, ()), *content)}
            self.content[number] = content
        self.quoted = {each.speaker.key: each for each in self._all()}
        return [known[key] for known in (before, self.quoted) for key in keys if key in known]

    def everybody(self) -> list[Speaker]:
        names = sorted(self.quoted.values(), key=lambda each: each.speaker.key)
        return one_for_each_person(names, self)

    def _all(self) -> Iterable[Quoted]:
        mentions: dict[str, list[SpeakerMention]] = defaultdict(list)
        for number, content in sorted(self.content.items()):
            for name, role in content:
                mentions[name_key(name)].append(mention(name, role, number))
        for key, theirs in mentions.items():
            numbers = frozenset(each.article for each in theirs)
            yield Quoted(Speaker.from_mentions(key, theirs), numbers)


def mention(name: str, role: str, article: int) -> SpeakerMention:
    body = "Post" in name
    kind = SourceType.ORGANISATION if body else SourceType.PERSON
    return SpeakerMention(name, kind, role or None, article)


@given(STEPS)
@settings(max_examples=150, deadline=None)
def test_where_no_count_changes_adding_in_pieces_is_joining_all(
    steps: list[list[tuple[int, Article]]],
) -> None:
    known, people = SteadyCounts(), dict[str, Speaker]()
    for articles in steps:
        people = joined_to(known, people, articles)

        assert [people[key] for key in sorted(people)] == known.everybody()


def joined_to(
    known: SteadyCounts, people: dict[str, Speaker], articles: list[tuple[int, Article]]
) -> dict[str, Speaker]:
    """The people by key, once articles have changed."""
    again = joined_again(known.put(articles), known)
    keys = again.keys | again.leaders.keys()
    found = {key: each for key, each in people.items() if key not in keys}
    found |= {each.key: each for each in again.people}
    known.leader = {key: each.key for each in found.values() for key in each.keys}
    return found


def test_a_name_of_which_nothing_changed_is_decided_again_where_a_changed_one_tells_it() -> None:
    known = SteadyCounts()
    people = joined_to(known, {}, [(1, [("Ana Lind-Bo Renn", "")]), (2, [("Ana Lind", "")])])
    assert sorted(people) == ["ana lind", "ana lindborenn"]

    people = joined_to(known, people, [(3, [("Bo Renn", "")])])
    assert sorted(people) == ["ana lind", "bo renn"]

    people = joined_to(known, people, [(3, [])])
    assert sorted(people) == ["ana lind", "ana lindborenn"]


def test_only_names_around_a_change_are_decided_again() -> None:
    known = SteadyCounts()
    articles: list[tuple[int, Article]] = [(at, [(f"Ida {LAST[at]}", "")]) for at in range(6)]
    joined_to(known, {}, articles)

    again = joined_again(known.put([(9, [("Bo Ferrow", "")])]), known)

    assert again.keys == {"bo ferrow"}
    assert [each.key for each in again.people] == ["bo ferrow"]


def test_who_is_joined_anew_tells_others_in_turn() -> None:
    """Orlowsky fits two until one leaves; then its office says whose the surname is."""
    known, between = SteadyCounts(bearers=1), ("Maren Orlowsky", "Orm senator")
    orlovsky, orlofsky = "Maren Orlovsky", "Maren Orlofsky"
    people = joined_to(
        known,
        {},
        [
            (1, [(orlovsky, "")] * 9 + [between]),
            (2, [(orlofsky, "")] * 9 + [between]),
            (3, [("Orm Senator Orlovsky", "")]),
        ],
    )
    assert [each.also for each in people.values()] == [()] * 4

    people = joined_to(known, people, [(2, [])])

    assert [each.keys for each in people.values()] == [
        ("maren orlovsky", "maren orlowsky", "orm senatororlovsky")
    ]
