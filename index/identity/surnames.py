"""Speakers of whom only the surname is known -> whose it is, if more than the surname says so.

"Fed Chair Renn" is the one Renn with that office; "Orm Fund's Renn" is the one Renn whom the same
article quotes in full; "Renn" alone, and president, is the president nearly all of whose surname's
statements are; with a word before it that is no name, company says so, too. A surname without
anything else is nobody's.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from index.identity.evidence import Register, roles_agree
from index.identity.quoted import Quoted

STRONG = 2
"""An office and more in common: see `roles_agree`."""


def whose_surnames(quoted: Sequence[Quoted], register: Register) -> dict[int, int]:
    """For each with a surname only, the one bearer who is meant."""
    bearers: dict[str, list[int]] = defaultdict(list)
    for number, each in enumerate(quoted):
        if each.person and each.bare.full:
            bearers[each.bare.surname].append(number)
    alone = (at for at, each in enumerate(quoted) if each.person and not each.bare.full)
    meant = {at: _meant(quoted, register, at, bearers[quoted[at].bare.surname]) for at in alone}
    return {number: one for number, one in meant.items() if one is not None}


def _meant(
    quoted: Sequence[Quoted], register: Register, number: int, bearers: Sequence[int]
) -> int | None:
    each = quoted[number]
    name = each.bare
    if name.generation:
        same = (at for at in bearers if quoted[at].bare.generation)
        fitting = [at for at in same if quoted[at].bare.generation == name.generation]
        return _only(fitting)
    here = [at for at in bearers if not quoted[at].articles.isdisjoint(each.articles)]
    if name.framed and len(here) == 1:
        return here[0]
    told = tuple(filter(None, (name.before, name.after, *each.speaker.roles)))
    agreeing = {at: roles_agree(told, quoted[at].speaker.roles) for at in bearers}
    famous = [
        at
        for at in bearers
        if register.is_famous(at)
        and (agreeing[at] > 0 or (name.framed and register.company(number, at)))
    ]
    return _only(famous) if famous else _only(_strongest(agreeing)) if name.framed else None


def _strongest(agreeing: Mapping[int, int]) -> list[int]:
    return [at for at, roles in agreeing.items() if roles >= STRONG]


def _only(numbers: Sequence[int]) -> int | None:
    return numbers[0] if len(numbers) == 1 else None
