"""Closed classes of English words, and what may be told of a token by them. Knows no sentence."""

from collections.abc import Sequence

from index.attribution.patterns.tokens import Token
from index.language.calendar import DAYS

PRONOUNS = frozenset("he she they it we i you who which".split())
DETERMINERS = frozenset(
    """
    the a an this that these those his her its their our my your some many most several few all
    both each every another any no other one two three four five six seven eight nine ten
    dozens hundreds thousands
    """.split()
)
LINKS = frozenset("of for at from in with on to by about near".split())
"""Prepositions that may stand inside a noun phrase."""
CLAUSES = frozenset(
    """
    and but or nor yet so that which who whom whose when while as if because although though
    whether where before after since until unless than what why how then even
    """.split()
)
VERBS = frozenset(
    """
    is are was were be been being am has have had do does did will would shall should can could
    may might must 's 're 've 'd 'll not n't
    """.split()
)
PREPOSITIONS = LINKS | frozenset(
    "during under over into against between through without within amid like per via upon".split()
)
HELPERS = frozenset(
    """
    has have had would could might may will did do does also later then now once often since
    still even just recently repeatedly previously already never not always again first soon
    long himself herself themselves itself too ever both all further sometimes quickly has've
    hasn't didn't haven't hadn't wouldn't won't doesn't don't
    """.split()
)
"""May stand between a subject and its verb, and belong to the cue."""
STARTS = frozenset("on continued continues began begins proceeded tried sought rose".split())
"""Before "to say": "went on to say", "began to say"."""
LEADING = PREPOSITIONS | frozenset(
    """
    when after before while as if since later earlier then although though because asked speaking
    and but so once until still now also meanwhile however minutes hours days weeks months years
    moments seconds yesterday today last next this
    """.split()
)
MODALS = frozenset("will would could did does do may might can should to".split())
PLURAL = frozenset("they we i you who people police both many some others most".split())
ASIDES = frozenset("however meanwhile though too moreover therefore instead then".split())
APPOSITIVE = 26
"""Tokens at most between a name and its verb, where commas enclose what it is."""
LONGEST = 14
MARKS = frozenset(("“", "”", '"', "''", "``", "‘", "’", "'"))


def is_noun(token: Token) -> bool:
    lower = token.lower
    closed = lower in PREPOSITIONS or lower in CLAUSES or lower in VERBS or lower in PRONOUNS
    return token.word and not closed and lower not in DAYS and lower not in DETERMINERS


def can_speak(tokens: Sequence[Token]) -> bool:
    """A phrase that can speak: a capital, a determiner or a plural."""
    first, head = tokens[0], tokens[-1]
    if first.lower in DETERMINERS and len(tokens) == 1:
        return first.lower in {"some", "many", "most", "several", "both", "another", "one"}
    capital = any(token.capital for token in tokens)
    return (
        capital
        or first.lower in DETERMINERS
        or (head.lower.endswith("s") and head.lower not in {"his", "this"})
    )
