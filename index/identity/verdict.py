"""How two names are alike and what else speaks for one person -> whether they are one."""

from enum import IntEnum

from index.identity.evidence import Agreement
from index.identity.likeness import Likeness


class Verdict(IntEnum):
    """Whether two speakers are one person."""

    APART = 0
    POSSIBLE = 1
    SAME = 2


def judged(
    alike: Likeness,
    agreement: Agreement,
    *,
    rarer: bool,
    famous: bool,
    both_names: bool,
    full: bool,
) -> Verdict:
    """By the name and the evidence together.

    `famous`: one of the two said nearly all that anybody of the surname said; `both_names`: the
    words that differ are both names that several others have, so that they may be two people's;
    `full`: both names are of more than one word.
    """
    shown = agreement.together or agreement.company > 0 or agreement.roles > 0
    one_office = both_names and rarer and agreement.roles > 1
    one_sound = alike.same_sound and not alike.loose
    if (alike.nickname and shown) or (one_office and one_sound):
        return Verdict.SAME
    if agreement.roles < 0:
        return Verdict.APART
    if alike.loose:
        return _of_loose_sound(agreement, certain=rarer and not both_names)
    if both_names or alike.one_junior:
        return _of_two_names(alike, agreement, both_names=both_names, known=rarer and famous)
    if alike.other_form:
        return _of_other_form(alike, agreement, rarer=rarer, famous=famous)
    return _of_spellings(alike, agreement, rarer=rarer, full=full)


def _of_loose_sound(agreement: Agreement, *, certain: bool) -> Verdict:
    """Karin and Karen, with one office at one place."""
    if agreement.roles > 1 and certain and not agreement.together:
        return Verdict.SAME
    return Verdict(agreement.roles > 1)


def _of_two_names(
    alike: Likeness, agreement: Agreement, *, both_names: bool, known: bool
) -> Verdict:
    """Two given names, or a father's and a son's: an office is not enough.

    Unless only one of them is known, and the other name is its full form.
    """
    same_given = not alike.differing
    if agreement.together and (both_names or same_given):
        return Verdict.APART
    company = agreement.roles > 1 and agreement.company > 0
    formal = known and alike.one_junior and not same_given
    one_name = alike.same_middle and agreement.roles > 1
    if company or one_name or (formal and min(agreement.roles, agreement.company) > 0):
        return Verdict.SAME
    return Verdict(agreement.strength > same_given)


def _of_other_form(alike: Likeness, agreement: Agreement, *, rarer: bool, famous: bool) -> Verdict:
    """A short form of the given name, or more names in the middle."""
    apart = not agreement.together
    one_office = agreement.roles > 0 and not agreement.elsewhere
    shown = agreement.strength > 1 and apart and (not alike.differing or rarer)
    if one_office or shown or (rarer and famous and apart):
        return Verdict.SAME
    return Verdict(agreement.strength > 0)


def _of_spellings(alike: Likeness, agreement: Agreement, *, rarer: bool, full: bool) -> Verdict:
    """One sound, or a slip of the pen."""
    shown = agreement.strength + agreement.together
    if (rarer and shown > 0) or (alike.same_sound and shown > 1):
        return Verdict.SAME
    return Verdict(shown > 0 or (rarer and full))
