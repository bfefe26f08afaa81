"""Speakers who are one person in, that person out. Decides nothing."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import chain

from index.identity.bare_name import bare_name
from index.identity.quoted import Quoted
from index.statements import MOST_ROLES, MOST_TOLD, Speaker, ToldRole


def joined(quoted: Sequence[Quoted], leader: Mapping[int, int]) -> list[Quoted]:
    """Each number in `leader` becomes a part of the speaker it leads to."""
    members: dict[int, list[Quoted]] = defaultdict(list)
    for number, each in enumerate(quoted):
        members[leader.get(number, number)].append(each)
    return [_one_of(theirs) for theirs in members.values()]


def _one_of(theirs: Sequence[Quoted]) -> Quoted:
    if len(theirs) == 1:
        return theirs[0]
    articles = frozenset().union(*(each.articles for each in theirs))
    return Quoted(_joined([each.speaker for each in theirs], len(articles)), articles)


def _joined(spellings: Sequence[Speaker], articles: int) -> Speaker:
    """All spellings as one speaker, under the name with most statements and nothing around it."""
    first, *others = sorted(spellings, key=_plainest)
    return replace(
        first,
        aliases=_each_once(others, lambda each: (each.name, *each.aliases), first.aliases),
        roles=_each_once(others, lambda each: each.roles, first.roles)[:MOST_ROLES],
        statements=sum(each.statements for each in spellings),
        articles=articles,
        told=_told([first, *others]),
        also=_each_once(others, lambda each: each.keys, first.also),
        names=tuple(chain.from_iterable(each.names for each in (first, *others))),
    )


def _plainest(speaker: Speaker) -> tuple[bool, bool, int, str]:
    name = bare_name(speaker.name)
    return not name.full, name.framed, -speaker.statements, speaker.key


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
