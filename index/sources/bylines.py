"""The people whom a byline, or what a page declares, names as authors.

A job title, an outlet and a place are no authors: a wrong author is a wrong attribution.
"""

import re
from collections.abc import Iterable, Iterator

from index.language.word_classes import NAME_PARTICLES, word_set

_ORGANISATIONS = word_set("""
    staff bureau desk agency agencies news press newsroom team editorial admin administrator
    webmaster media wire services service online digital university institute college newspaper
    magazine redaction network channel radio television editors reporters writers correspondents
    contributors
""")
"""A name that holds one is not a person's."""
_ROLES = word_set("""
    editor correspondent reporter writer columnist critic analyst contributor contributing
    journalist producer photographer photojournalist videographer presenter anchor blogger intern
    freelancer freelance guest author editor-in-chief subeditor sub-editor chief senior deputy
    assistant associate managing executive lead head director manager fellow professor lecturer
    researcher specialist
""")
"""Words of job titles: they and what belongs to them are no part of a name."""
_BEATS = word_set("""
    transport political politics science health business economics economic education environment
    environmental crime sport sports legal home foreign world international national local regional
    city arts culture entertainment technology tech defence defense diplomatic royal religious
    affairs social features investigations investigative data general multimedia video picture
    audience community climate energy industry financial finance money consumer travel food fashion
    property media north south east west northern southern european american asia africa europe
    the of for and at in its our own special
""")
"""Words beside a job title that belong to it."""
_CREDENTIALS = re.compile(
    r",?\s+(?:ph\.?d|m\.?d|d\.?phil|m\.?sc|m\.?a|mba|jr|sr|esq|r\.?n)\b\.?", re.IGNORECASE
)
_ASIDE = re.compile(r"\([^()]*\)|\S+@\S+|@\w+|https?:\S+|\bwww\.\S+")
_LEAD = re.compile(
    r"^(?:(?:story|words|text|written|reporting|reported|report|posted|published|article|analysis"
    r"|review|opinion)\s+)?by\b:?\s+|^(?:authors?|from|words)\s*:\s*",
    re.IGNORECASE,
)
_PLACE = re.compile(r"\s+(?:in|at|for|from|of)\s.*")
_JOINED = re.compile(r",?\s+(?:and|with)\s+|\s*[&;|•·/\n]\s*", re.IGNORECASE)
_PARTICLE = "|".join(sorted(NAME_PARTICLES))
_WORD = r"[^\W\d_a-z][\w.'\u2019\u2010-]*"
_NAME = re.compile(rf"{_WORD}(?: (?:(?:{_PARTICLE})\b|{_WORD})){{1,4}}")
_SINGLE = re.compile(r"[^\W\d_a-z][^\W\d_]{2,}")
_SPLIT_NAME = 2
_SITE_ENDINGS = ("com", "couk", "org", "net", "news", "online", "magazine", "group")


def byline_authors(written: str) -> list[str]:
    """Of a line such as "Ana Lima, Science Correspondent, and Jo Park"; empty if one is no person.

    A comma joins names only together with "and": what follows it alone is a job or a place.
    """
    parts = [part for part in _JOINED.split(_cleaned(written)) if part.strip()]
    listed = [each.strip() for part in parts for each in part.split(",")]
    if len(parts) == 1:
        listed = listed[:1]
    names = [name for each in listed if each and (name := _without_role(_PLACE.sub("", each)))]
    return names if names and all(map(_NAME.fullmatch, names)) else []


def declared_authors(values: Iterable[str], outlets: Iterable[str]) -> list[str]:
    """Of values that say they are authors: each once, without jobs, outlets and addresses."""
    known = {_key(outlet) for outlet in outlets} - {""}
    names = (name for value in values if not _is_outlet(value, known) for name in _declared(value))
    return [*dict.fromkeys(name for name in names if not _is_outlet(name, known))]


def _declared(value: str) -> Iterator[str]:
    parts = [part for part in _JOINED.split(_cleaned(value)) if part.strip()]
    for part in parts:
        listed = [each.strip() for each in part.split(",") if each.strip()]
        if len(listed) == _SPLIT_NAME and all(_SINGLE.fullmatch(each) for each in listed):
            yield f"{listed[1]} {listed[0]}"
            continue
        for each in listed:
            name = _without_role(_PLACE.sub("", each))
            if _NAME.fullmatch(name) or _SINGLE.fullmatch(name):
                yield name


def _cleaned(written: str) -> str:
    bare = _CREDENTIALS.sub("", _ASIDE.sub(" ", written))
    return _LEAD.sub("", " ".join(bare.split()))


def _without_role(part: str) -> str:
    """Without the words of a job title at either end; a job alone leaves nothing."""
    words = part.split()
    keys = [word.casefold().strip(".,:") for word in words]
    places = [at for at, key in enumerate(keys) if key in _ROLES]
    if not _ORGANISATIONS.isdisjoint(keys):
        return ""
    if not places:
        return part.strip(" ,.:-") if part[-2:-1].islower() else part.strip(" ,:-")
    first, last = places[0], places[-1]
    while first and keys[first - 1] in _BEATS:
        first -= 1
    before, after = words[:first], words[last + 1 :]
    name = max(before, after, key=len)
    return " ".join(name) if len(name) > 1 else ""


def _is_outlet(name: str, known: set[str]) -> bool:
    return bool(known & {_key(name), *(_key(name) + ending for ending in _SITE_ENDINGS)})


def _key(name: str) -> str:
    return re.sub(r"[^\w]|^the\s", "", name.casefold())
