"""Speakers in, one for each person out: spellings and slips of one name are joined.

Joined is only what both name and evidence show; what may be is listed as possible. Statements keep
the name of their article, and nothing is stored: every publish decides again.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from enum import IntEnum
from itertools import chain, combinations

from index.identity.evidence import Agreement, Quoted, Register
from index.identity.likeness import Likeness, likeness, sound
from index.language.gazetteers import forms_of
from index.language.names import GENERATIONS, name_words
from index.statements import MOST_ROLES, MOST_TOLD, SourceType, Speaker, ToldRole

LARGEST_BLOCK = 40
"""Of speakers with names that may be alike, those with most statements are compared."""
MUCH_RARER = 0.25
"""A slip has at most this share of the statements under the right name."""
MANY_BEARERS = 3
"""A word in so many names is a name itself, so it is rarely a slip of another."""
MOST_POSSIBLE = 3
SHORTEST_SINGLE = 6
"""Letters of a name of one word that may be a slip of another."""


class Verdict(IntEnum):
    """Whether two speakers are one person."""

    APART = 0
    POSSIBLE = 1
    SAME = 2


def one_for_each_person(quoted: Sequence[Quoted]) -> list[Speaker]:
    """By ascending key; a person has the key of the spelling with most statements."""
    register = Register(quoted)
    pairs = {
        pair: verdict
        for pair in _pairs(quoted)
        if (verdict := _verdict(quoted, register, *pair)) is not Verdict.APART
    }
    leader = _leaders(quoted, pairs)
    members: dict[int, list[int]] = defaultdict(list)
    for number in range(len(quoted)):
        members[leader.get(number, number)].append(number)
    possible = _possible(quoted, pairs, leader)
    people = (
        _joined([quoted[each] for each in theirs], possible.get(first, ()))
        for first, theirs in members.items()
    )
    return sorted(people, key=lambda speaker: speaker.key)


def _verdict(quoted: Sequence[Quoted], register: Register, one: int, other: int) -> Verdict:
    left, right = quoted[one].speaker, quoted[other].speaker
    alike = likeness(left.name, right.name)
    if alike is None:
        return Verdict.APART
    shares = sorted((left.statements, right.statements))
    rarer = shares[0] <= MUCH_RARER * shares[1]
    both_names = not alike.other_form and any(
        min(register.bearers[a], register.bearers[b]) >= MANY_BEARERS for a, b in alike.differing
    )
    return judged(
        alike,
        register.agreement(one, other),
        rarer=rarer,
        both_names=both_names,
        full=" " in left.key and " " in right.key,
    )


def judged(
    alike: Likeness, agreement: Agreement, *, rarer: bool, both_names: bool, full: bool
) -> Verdict:
    """By the name and the evidence together.

    `both_names`: the words that differ are both names that several others have, so that they may
    be two people's; `full`: both names are of more than one word.
    """
    if agreement.roles < 0:
        return Verdict.APART
    same_given = not alike.differing
    if agreement.together and (both_names or (alike.one_junior and same_given)):
        return Verdict.APART
    if both_names or alike.one_junior:
        same = agreement.roles > 1 and agreement.company > 0
        return Verdict.SAME if same else Verdict(agreement.strength > same_given)
    if alike.other_form:
        known = agreement.strength > 1 and not agreement.together
        same = agreement.roles > 1 or (known and (same_given or rarer))
        return Verdict.SAME if same else Verdict(agreement.strength > 0)
    shown = agreement.strength + agreement.together
    if (rarer and shown > 0) or (alike.same_sound and shown > 1):
        return Verdict.SAME
    return Verdict(shown > 0 or (rarer and full))


def _pairs(quoted: Sequence[Quoted]) -> Iterator[tuple[int, int]]:
    """Each once, those with most statements first: people with a word or a sound in common."""
    blocks: dict[object, list[int]] = defaultdict(list)
    order = sorted(range(len(quoted)), key=lambda at: (-quoted[at].speaker.statements, at))
    for number in order:
        if quoted[number].speaker.type is SourceType.PERSON:
            for block in _blocks(quoted[number].speaker):
                blocks[block].append(number)
    crowded = (each[:LARGEST_BLOCK] for each in blocks.values() if len(each) > 1)
    yield from dict.fromkeys(chain.from_iterable(combinations(each, 2) for each in crowded))


def _blocks(speaker: Speaker) -> Iterator[object]:
    """Equal for two names of one sound, with one slip, or with forms of one given name."""
    words = [word for word in name_words(speaker.name) if word not in GENERATIONS]
    if len(words) > 1:
        yield sound(words[0]), sound(words[-1])
        yield from ((form, words[-1], "form") for form in forms_of(words[0]))
        yield from (hash((part, words[-1])) for part in _shortened(words[0]))
        yield from (hash((words[0], part)) for part in _shortened(words[-1]))
        yield tuple(map(sound, speaker.key.split()))
    elif words and len(words[0]) >= SHORTEST_SINGLE:
        yield (sound(words[0]),)
        yield from map(hash, _shortened(words[0]))


def _shortened(word: str) -> Iterator[str]:
    """The word, and all words of one letter less: two with one slip have one of them in common."""
    yield word
    yield from (word[:at] + word[at + 1 :] for at in range(len(word)))


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
    quoted: Sequence[Quoted], pairs: Iterable[tuple[int, int]], leader: dict[int, int]
) -> dict[int, tuple[str, ...]]:
    found: dict[int, dict[str, None]] = defaultdict(dict)
    for one, other in pairs:
        left, right = leader.get(one, one), leader.get(other, other)
        if left != right:
            found[left][quoted[right].speaker.key] = None
            found[right][quoted[left].speaker.key] = None
    return {number: tuple(keys)[:MOST_POSSIBLE] for number, keys in found.items()}


def _joined(theirs: Sequence[Quoted], possibly: Sequence[str]) -> Speaker:
    """All spellings as one speaker, under the name with most statements."""
    first, *others = sorted(
        (each.speaker for each in theirs), key=lambda each: (-each.statements, each.key)
    )
    if not others:
        return replace(first, possibly=tuple(possibly)) if possibly else first
    return replace(
        first,
        aliases=_each_once(others, lambda each: (each.name, *each.aliases), first.aliases),
        roles=_each_once(others, lambda each: each.roles, first.roles)[:MOST_ROLES],
        statements=sum(each.speaker.statements for each in theirs),
        articles=len(frozenset().union(*(each.articles for each in theirs))),
        told=_told([first, *others]),
        also=tuple(each.key for each in others),
        possibly=tuple(possibly),
    )


def _told(spellings: Iterable[Speaker]) -> tuple[ToldRole, ...]:
    """The roles of every spelling; one in the same words has the days of all."""
    days: dict[str, list[int]] = defaultdict(list)
    written: dict[str, str] = {}
    for role in chain.from_iterable(each.told for each in spellings):
        plain = role.words.casefold()
        days[plain] += role.days
        written.setdefault(plain, role.words)
    ordered = sorted(days, key=lambda plain: -len(days[plain]))
    return tuple(ToldRole(written[each], tuple(sorted(days[each]))) for each in ordered)[:MOST_TOLD]


def _each_once(
    others: Iterable[Speaker], read: Callable[[Speaker], Iterable[str]], first: Iterable[str]
) -> tuple[str, ...]:
    return tuple(dict.fromkeys(chain(first, *map(read, others))))
