"""Speakers with one full name and other words around it -> who is who. Compares no spellings.

"Senator Maren Orlov of Tarn", "Tarn's Maren Orlov" and "Maren Orlov" are one, as two articles with
"Maren Orlov" are, unless their offices contradict each other or the name is a common one.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from index.identity.bare_name import BareName
from index.identity.evidence import Register, roles_agree
from index.identity.quoted import Quoted
from index.language.names import name_key
from index.statements import SourceType

COMMON_WORD = 5
"""Names with a word: if so many have both, two people may have the whole name."""


def same_names(quoted: Sequence[Quoted], register: Register) -> dict[int, int]:
    """For each with words around a name, who has that name without; and of bodies with "The"."""
    by_name: dict[str, list[int]] = defaultdict(list)
    for number, each in enumerate(quoted):
        by_name[each.plain_key].append(number)
    found = {}
    for numbers in by_name.values():
        first, *others = sorted(numbers, key=lambda at: _plainest(quoted[at]))
        found.update({at: first for at in others if _agree(quoted, register, at, first)})
    leading = set(found.values())
    cut = _cut_at_hyphens(quoted, {name: numbers[0] for name, numbers in by_name.items()})
    return found | {at: whole for at, whole in cut.items() if at not in leading | set(found)}


def _cut_at_hyphens(quoted: Sequence[Quoted], by_name: Mapping[str, int]) -> dict[int, int]:
    """Who is called Ana Lind where Ana Lind-Falk is quoted, too: the rest of the name was lost."""
    found = {}
    for whole, each in enumerate(quoted):
        start, hyphen, _ = each.bare.name.rpartition("-")
        at = by_name.get(name_key(start)) if hyphen and " " in start else None
        if at is not None and at != whole and quoted[at].articles & each.articles:
            found[at] = whole
    return found


def _plainest(each: Quoted) -> tuple[bool, int, str]:
    """First who is quoted under the name alone, then who is quoted most."""
    speaker = each.speaker
    around = each.bare.framed or speaker.name.casefold().startswith("the ")
    return around, -speaker.statements, speaker.key


def _agree(quoted: Sequence[Quoted], register: Register, framed: int, plain: int) -> bool:
    speaker, other = quoted[framed].speaker, quoted[plain].speaker
    name = quoted[framed].bare
    if not name.framed:
        return speaker.type is other.type is SourceType.ORGANISATION
    if other.type is not SourceType.PERSON:
        return False
    roles = roles_agree(_offices(name, speaker.roles), _all_offices(quoted[plain]))
    if roles > 0 or register.together(framed, plain) or register.is_famous(plain):
        return True
    if register.company(framed, plain):
        return True
    told = any(map(_tells_whose, _all_offices(quoted[plain])))
    return not (roles < 0 or told or _is_common(name, register))


def _tells_whose(role: str) -> bool:
    """Whether it names a body: "president of the Orm Fund", and not "anchor"."""
    return any(word[0].isupper() for word in role.split()[1:])


def _is_common(name: BareName, register: Register) -> bool:
    words = name.key.split()
    return min(map(register.counts.bearers, (words[0], words[-1]))) >= COMMON_WORD


def _all_offices(each: Quoted) -> tuple[str, ...]:
    return _offices(each.bare, each.speaker.roles)


def _offices(name: BareName, roles: Sequence[str]) -> tuple[str, ...]:
    return tuple(filter(None, (name.before, name.after, *roles)))
