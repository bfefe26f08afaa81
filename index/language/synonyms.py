"""Everyday words of the news that say nearly the same: send and dispatch, die and perish.

Written for this project. A group lists words, with irregular forms; words joined by + stand for the
others only together. A word may be in several groups: "fire" is a blaze, a shot and a dismissal.
Words of different groups are different things: the injured are not the dead.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from functools import lru_cache
from itertools import permutations, product

from index.language.terms import analyze

_GROUPS = """
send sent dispatch deploy ship
buy bought acquire purchase
sell sold sale
die dead death perish kill fatal fatality slay slain deadly
murder assassinate slay slain
injure injury hurt wound
missing disappear vanish
arrest detain apprehend custody
charge accuse indict prosecute
convict guilty
acquit clear+of
jail imprison prison sentence
release free
fine penalise penalize
sue lawsuit
rescue save
evacuate displace homeless
infect sick sicken ill case
kidnap abduct hostage
flee fled escape
shoot shot gunfire fire+on open+fire
attack assault raid strike struck hit
explode explosion blast detonate burst
burn burnt blaze fire flames
destroy wreck demolish raze flatten
damage harm
crash collide collision smash
flood inundate
quit resign leave left step+down stand+down stepped+down stood+down
fire sack dismiss axe lay+off laid+off oust
hire recruit employ take+on
retire retirement
choose chose chosen pick elect appoint select
replace succeed take+over
lead led head
win won beat beaten defeat victory
lose lost beaten defeat
begin began begun start launch commence get+under+way
open inaugurate unveil
end finish conclude
close shut
stop halt suspend
cancel scrap call+off called+off
delay postpone put+off
return come+back came+back go+back
leave left depart withdraw withdrew withdrawn pull+out
arrive arrival reach
go went gone travel fly flew flown
move relocate transfer
build built construct erect
make made produce manufacture
repair mend fix restore
pay paid spend spent
cost price worth
raise collect fundraise
raise hike increase lift
rise rose risen increase grow grew grown climb jump surge soar
fall fell fallen drop decline decrease slump plunge plummet tumble sink sank sunk shrink shrank
cut reduce slash lower trim
revenue sales turnover
profit earnings
loss losses
debt owe
wage salary pay
give gave given donate grant provide supply hand+over
get got receive obtain
steal stole stolen rob loot theft robbery
take took taken seize capture
find found discover uncover locate
lend lent loan
help aid assist support
ask request
urge call+on called+on appeal
ban prohibit outlaw forbid forbade bar
allow permit let authorise authorize
approve endorse agree back accept
reject refuse turn+down turned+down
show reveal disclose
hide hid hidden conceal
warn caution alert
threaten threat
promise pledge vow
plan intend propose
investigate probe inquiry examine
search hunt
protest demonstrate demonstration rally march
vote ballot
sign deal+signed
meet met talks
marry wed wedding
divorce separate
born birth
hold held stage host
join enter
visit tour
teach taught educate
trigger cause prompt spark
win+award awarded prize
troops soldiers forces
car vehicle
house home
firm company business
child children kid
police officers
doctor physician
airplane aeroplane plane aircraft jet airliner
boat ship vessel
film movie
storm hurricane cyclone typhoon
worker employee staff
student pupil
shop store
road street
"""
_CONTRASTS = """
buy | sell
sack | choose | recruit
rise hike | drop slash
approve | reject
allow | ban
acquit | convict
born | perish
begin | finish
"""
"""Words whose groups are not the same thing: a sentence about one does not answer about another."""
_QUANTITIES = """
perish | injure | missing | arrest | accuse | convict | jail | rescue | evacuate | infect | kidnap
| recruit | sack | vote | protest | acquit | marry | flee | born
revenue | profit | loss | debt | collect | fine | theft | lend | wage
collect | cost | buy | lend
spend | revenue | profit | debt | collect | lend | wage
win | lose
build | destroy | damage | repair | flood
find | missing | steal
buy | sell | make | hike | slash
cost | revenue | profit
"""
"""Beside a number: the number of one is not that of another. A line that begins with | goes on."""
_MEMBERS: tuple[tuple[tuple[str, ...], ...], ...] = tuple(
    tuple(dict.fromkeys(tuple(analyze(word.replace("+", " "))) for word in line.split()))
    for line in _GROUPS.strip().splitlines()
)
"""The terms of each word or phrase, by group."""
_GROUPS_OF: Mapping[str, frozenset[int]]


def _by_term() -> dict[str, frozenset[int]]:
    found: dict[str, set[int]] = defaultdict(set)
    for number, members in enumerate(_MEMBERS):
        for member in members:
            if len(member) == 1:
                found[member[0]].add(number)
    return {term: frozenset(groups) for term, groups in found.items()}


_GROUPS_OF = _by_term()


def _contrasts(listed: str) -> frozenset[tuple[int, int]]:
    """Pairs of groups, both ways; the groups of words of one side do not contrast."""
    pairs = set()
    for line in listed.strip().replace("\n|", " |").splitlines():
        sides = [
            groups_of(term for word in side.split() for term in analyze(word))
            for side in line.split("|")
        ]
        for one, other in permutations(sides, 2):
            pairs |= set(product(one - other, other - one))
    return frozenset(pairs)


def synonyms(term: str) -> tuple[tuple[str, ...], ...]:
    """The other words and phrases of the term's groups, in terms of the index."""
    groups = sorted(_GROUPS_OF.get(term, ()))
    found = (member for group in groups for member in _MEMBERS[group] if member != (term,))
    return tuple(dict.fromkeys(found))


def groups_of(terms: Iterable[str]) -> frozenset[int]:
    """The groups to which any of the terms belongs alone."""
    return frozenset().union(*(_GROUPS_OF.get(term, frozenset()) for term in terms))


@lru_cache(maxsize=16_384)
def groups_of_word(word: str) -> frozenset[int]:
    """The groups of a single word as it is written."""
    return groups_of(analyze(word))


def contrast(one: AbstractSet[int], other: AbstractSet[int], *, counted: bool) -> bool:
    """Whether groups are of two different things, `counted` if they stand beside a number."""
    pairs = _COUNTED_APART if counted else _APART
    return not one & other and any(pair in pairs for pair in product(one, other))


def contrasting(groups: AbstractSet[int], *, counted: bool) -> frozenset[int]:
    """Those of the groups that contrast with any other."""
    return (_COUNTED_CONTRASTING if counted else _CONTRASTING) & groups


_APART = _contrasts(_CONTRASTS)
_COUNTED_APART = _APART | _contrasts(_QUANTITIES)
_CONTRASTING = frozenset(one for one, _ in _APART)
_COUNTED_CONTRASTING = frozenset(one for one, _ in _COUNTED_APART)
