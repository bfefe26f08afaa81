"""A speaker -> the other names that articles give beside the name: "better known as Bono".

Read from the roles and from nicknames inside the name. Knows no text and no storage.
"""

import re

from index.language.names import NICKNAME, name_key, name_words, plain_name
from index.statements import Speaker

_CAPITAL = r"[A-Z][\w.$’'-]*"
KNOWN_AS = re.compile(
    r"(?:(?:who|and|is|was|also|better|best|commonly|widely|popularly|professionally|simply|more"
    r"|often|otherwise|formerly|now) )*"
    r"(?:(?:known|billed|credited) (?:\w+ly )?(?:as|by the name)|(?:who )?(?:goes by"
    r"|(?:performs|records|writes|raps|streams) (?:\w+ly )?(?:as|under the name))(?: the name)?"
    r"|whose (?:real|legal|full|birth|given|stage|pen) name (?:is|was)) [“\"]?"
    rf"(?P<called>(?:[Tt]he |[Ee]l |[Ll]a )?{_CAPITAL}(?: (?:the |de )?(?:{_CAPITAL}|\d+)){{0,3}})"
    r"[”\"]?"
)
"""The words right after a name; `called` is the other one."""


def called(speaker: Speaker) -> tuple[str, ...]:
    """As written, each once; of nicknames those of several words, since others are anybody's.

    >>> from index.statements import SourceType
    >>> roles = ("commonly known as Judge Judy", "a host")
    >>> called(Speaker("ana sol", "Ana Sol", SourceType.PERSON, (), roles, 3, 2))
    ('Judge Judy',)
    """
    roles = dict.fromkeys((*speaker.roles, *(role.words for role in speaker.told)))
    found = [match["called"] for role in roles if (match := KNOWN_AS.match(role))]
    names = (speaker.name, *speaker.aliases)
    inside = [match["nickname"] for name in names for match in NICKNAME.finditer(name)]
    found += [each for each in inside if " " in each]
    return tuple(dict.fromkeys(each.rstrip(".,") for each in found))


def called_form(name: str) -> str:
    """Equal for two spellings of a name that somebody is called by; titles are part of it."""
    return plain_name(name).removeprefix("the ")


def called_keys(speaker: Speaker) -> frozenset[str]:
    """Keys of those names, where a speaker of their own may have it: not of "Judge Judy"."""
    names = (name for name in called(speaker) if called_form(name) == " ".join(name_words(name)))
    return frozenset(map(name_key, names)) - {speaker.key}
