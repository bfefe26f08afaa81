"""Speakers in, one for each person out: spellings and slips of one name are joined.

Joined is only what both name and evidence show; what may be is listed as possible. Statements keep
the name of their article.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain, combinations

from index.identity.blocks import alike_blocks
from index.identity.evidence import NameCounts, Register
from index.identity.headlines import Headlines
from index.identity.joining import joined
from index.identity.likeness import likeness
from index.identity.quoted import Quoted
from index.identity.same_name import same_names
from index.identity.surnames import whose_surnames
from index.identity.verdict import Verdict, judged
from index.statements import Speaker

LARGEST_BLOCK = 40
"""Of speakers with names that may be alike, those with most statements are compared."""
MUCH_RARER = 0.25
"""A slip has at most this share of the statements under the right name."""
MANY_BEARERS = 3
"""A word in so many names is a name itself, so it is rarely a slip of another."""
COMMON_SURNAME = 10
"""Speakers with one: Mike and Michael with it, professors at two places, may be two."""
MOST_POSSIBLE = 3
"""Other speakers; those with most statements."""
RULES = 2
"""Raise when names are joined otherwise: the next publish then joins all names again."""


def one_for_each_person(quoted: Sequence[Quoted], counts: NameCounts) -> list[Speaker]:
    """By ascending key; a person has the key of the spelling with most statements.

    First who has one name with other words around it, then who has a name spelt otherwise, then
    whose the surnames are. Pieces of headlines are nobody.
    """
    headlines = Headlines(quoted, Register(quoted, counts))
    named = [each for each in quoted if not headlines.are_all_of(each)]
    named = joined(named, same_names(named, Register(named, counts)))
    register = Register(named, counts)
    pairs = {
        pair: verdict
        for pair in _pairs(named)
        if (verdict := _verdict(named, register, *pair)) is not Verdict.APART
    }
    leader = _leaders(named, pairs)
    possible = _possible(named, pairs, leader)
    people = joined(named, leader)
    people = joined(people, whose_surnames(people, Register(people, counts)))
    return _with_possible([each.speaker for each in people], possible)


def _verdict(quoted: Sequence[Quoted], register: Register, one: int, other: int) -> Verdict:
    left, right = quoted[one], quoted[other]
    alike = likeness(left.bare.name, right.bare.name)
    if alike is None:
        return Verdict.SAME if register.calls_so(one, other) else Verdict.APART
    shares = sorted(each.speaker.statements for each in (left, right))
    bearers = register.counts.bearers
    both_names = not alike.other_form and any(
        min(bearers(a), bearers(b)) >= MANY_BEARERS for a, b in alike.differing
    )
    agreement = register.agreement(one, other)
    common = bearers(left.words[-1]) >= COMMON_SURNAME
    return judged(
        alike,
        agreement._replace(elsewhere=agreement.elsewhere and common),
        rarer=shares[0] <= MUCH_RARER * shares[1],
        famous=register.is_famous(one) or register.is_famous(other),
        both_names=both_names,
        full=" " in left.speaker.key and " " in right.speaker.key,
    )


def _pairs(quoted: Sequence[Quoted]) -> Iterator[tuple[int, int]]:
    """Each once, those with most statements first: people with a word or a sound in common."""
    blocks: dict[str, list[int]] = defaultdict(list)
    people = (number for number, each in enumerate(quoted) if each.person)
    for number in sorted(people, key=lambda at: (-quoted[at].speaker.statements, at)):
        for block in alike_blocks(quoted[number]):
            blocks[block].append(number)
    crowded = (each[:LARGEST_BLOCK] for each in blocks.values() if len(each) > 1)
    yield from dict.fromkeys(chain.from_iterable(combinations(each, 2) for each in crowded))


def _leaders(quoted: Sequence[Quoted], pairs: Mapping[tuple[int, int], Verdict]) -> dict[int, int]:
    """For each who is joined the one with most statements; never through a third spelling.

    Whoever fits two people is left apart.
    """
    fits: dict[int, list[int]] = defaultdict(list)
    for (more, less), verdict in pairs.items():
        if verdict is Verdict.SAME:
            fits[less].append(more)
    leader: dict[int, int] = {}
    for number in sorted(fits, key=lambda at: (-quoted[at].speaker.statements, at)):
        first = {leader.get(more, more) for more in fits[number]}
        if len(first) == 1 and next(iter(first)) in fits[number]:
            leader[number] = next(iter(first))
    return leader


def _possible(
    quoted: Sequence[Quoted], pairs: Iterable[tuple[int, int]], leader: Mapping[int, int]
) -> dict[str, list[str]]:
    """By the keys of the spellings that lead."""
    found: dict[str, list[str]] = defaultdict(list)
    for one, other in pairs:
        left, right = (quoted[leader.get(at, at)].speaker.key for at in (one, other))
        if left != right:
            found[left].append(right)
            found[right].append(left)
    return found


def _with_possible(
    people: Sequence[Speaker], possible: Mapping[str, Sequence[str]]
) -> list[Speaker]:
    """By ascending key, each with who else it may be, those with most statements first."""
    person = {key: each for each in people for key in each.keys}
    found = []
    for each in people:
        others = {person[key].key for own in each.keys for key in possible.get(own, ())}
        first = sorted(others - {each.key}, key=lambda key: (-person[key].statements, key))
        found.append(replace(each, possibly=tuple(first[:MOST_POSSIBLE])) if first else each)
    return sorted(found, key=lambda speaker: speaker.key)
