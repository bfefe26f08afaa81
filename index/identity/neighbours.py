"""Names that changed -> the people of whom anything is decided again. Knows rules and no storage.

Decided again are the changed names, those joined with them, and those told by any of these: who
shares a block with them, has only their surname, or may be a piece of a headline about them. What
comes out otherwise than before counts as changed, too. All other names stay with their person.

This differs from joining all names only where a count has passed a threshold (how many names have a
word, how many statements are under a surname, how often a companion is quoted), for names of which
nothing else changed. They are decided by the new count when something does, or when all are.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import chain
from typing import Protocol

from index.identity.blocks import telling, told_by
from index.identity.evidence import NameCounts
from index.identity.quoted import Quoted
from index.identity.same_person import one_for_each_person
from index.statements import Speaker


class KnownNames(NameCounts, Protocol):
    """Every name there is, and whose it was when names were last joined."""

    def named(self, keys: Collection[str]) -> Sequence[Quoted]:
        """Those of the keys that are quoted now."""
        ...

    def filed(self, blocks: Collection[str]) -> AbstractSet[str]:
        """Keys of the names in any of the blocks: see `index.identity.blocks`."""
        ...

    def leaders(self, keys: Collection[str]) -> Mapping[str, str]:
        """The key of each name's person; nothing for a new name or a piece of a headline."""
        ...

    def led_by(self, leaders: Collection[str]) -> AbstractSet[str]:
        """Keys of the names of these people."""
        ...


@dataclass(frozen=True, slots=True)
class JoinedAgain:
    """The keys that were decided again, and everybody who has one of them now."""

    keys: frozenset[str]
    people: tuple[Speaker, ...]

    @property
    def leaders(self) -> dict[str, str]:
        """The key of each name's person; names of nobody are left out."""
        return {key: each.key for each in self.people for key in each.keys}


def joined_again(changed: Iterable[Quoted], known: KnownNames) -> JoinedAgain:
    """From every changed name as it was and as it is."""
    versions = list(changed)
    keys = frozenset(each.speaker.key for each in versions)
    while True:
        found = _joined_around(keys, versions, known)
        moved = _moved(found, known)
        if moved <= keys:
            return found
        keys |= moved


def _joined_around(
    changed: AbstractSet[str], versions: Sequence[Quoted], known: KnownNames
) -> JoinedAgain:
    mates = _together(changed, known)
    told = _blocks(telling, [*versions, *known.named(mates)])
    keys = mates | _together(known.filed(told), known)
    decided = known.named(keys)
    around = _together(known.filed(_blocks(told_by, decided)), known) - keys
    somebody = known.leaders(around).keys()
    everybody = [*decided, *known.named(around & somebody)]
    people = one_for_each_person(sorted(everybody, key=_key), known)
    return JoinedAgain(
        frozenset(keys), tuple(each for each in people if not keys.isdisjoint(each.keys))
    )


def _moved(found: JoinedAgain, known: KnownNames) -> set[str]:
    """Everybody who was or is with a name that has another person than before."""
    after = found.leaders
    before = known.leaders(found.keys | after.keys())
    moved = {key for key in before.keys() | after if before.get(key) != after.get(key)}
    now = (each.keys for each in found.people if not moved.isdisjoint(each.keys))
    return _together(moved.union(*now), known)


def _together(keys: AbstractSet[str], known: KnownNames) -> set[str]:
    """These names, and all that belong to the same people."""
    return {*keys} | known.led_by(set(known.leaders(keys).values()))


def _blocks(read: Callable[[Quoted], set[str]], quoted: Iterable[Quoted]) -> set[str]:
    return set(chain.from_iterable(map(read, quoted)))


def _key(each: Quoted) -> str:
    return each.speaker.key
