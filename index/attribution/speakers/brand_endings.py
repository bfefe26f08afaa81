"""A speaker such as "Macy" in an article that always writes "Macy's" -> the whole name.

The names of an article end before a possessive, since "Orlov's call" is Orlov's. The name of a shop
or a brand keeps its ending: it stands several times with it, never without, and does what no
possessive can, as in "Macy's said" and "Macy's, the retailer,".
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from index.documents import Span
from index.language.word_classes import ALL_AUXILIARIES, word_set
from index.statements import SourceType, Statement

ENDING = 2
"""Letters of a possessive ending."""
_ENDING = re.compile(r"['’]s(?!\w)")
_SAYING = word_set("said says told tells announced declined confirmed added warned")
_VERBS = "|".join(sorted(map(re.escape, _SAYING | ALL_AUXILIARIES)))
_ACTS = (
    rf"['’]s(?:,? (?:also |now |(?!family)\w+ly )?(?:{_VERBS})\b|, (?:the|an?|one of|which|whose) )"
)


def with_brand_endings(text: str, statements: Sequence[Statement]) -> list[Statement]:
    """The statements, those of a brand with its name as it is always written."""
    brands: dict[str, bool] = {}
    return [_with_ending(text, each, brands) for each in statements]


def _with_ending(text: str, statement: Statement, brands: dict[str, bool]) -> Statement:
    named = statement.resolution_path[-1] if statement.resolution_path else None
    known = statement.sure and statement.role is None  # a shop holds no office
    if not known or named is None or not _ENDING.match(text, named.end):
        return statement
    name = named.of(text)
    if name not in brands:
        brands[name] = _is_brand(text, name)
    if not brands[name]:
        return statement
    whole = Span(named.start, named.end + ENDING)
    type_ = statement.source_type
    return replace(
        statement,
        speaker=whole.of(text),
        resolution_path=(*statement.resolution_path[:-1], whole),
        source_type=SourceType.ORGANISATION if type_ is SourceType.PERSON else type_,
    )


def _is_brand(text: str, name: str) -> bool:
    """Whether it is written more than once, never without the ending, and acts."""
    word = name.rsplit(maxsplit=1)[-1]
    last = re.escape(word)
    several = len(re.findall(rf"(?<!\w){last}['’]s(?!\w)", text)) > 1
    alone = re.search(rf"(?<!\w){last}(?!['’]s(?!\w)|\w)", text)
    acts = re.search(rf"(?<!\w){re.escape(name)}{_ACTS}", text)
    return word[0].isupper() and several and alone is None and acts is not None
