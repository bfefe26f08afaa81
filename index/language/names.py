"""When two written names are one name. Knows no text and no people."""

import re
import unicodedata

TITLES = frozenset(
    """
    mr mrs ms miss mx dr prof professor sir dame lord lady madam rev reverend father sister
    imam rabbi bishop archbishop cardinal pope saint president vice prime minister chancellor
    premier governor gov mayor senator sen representative rep congressman congresswoman
    councillor secretary ambassador judge justice attorney general gen colonel col major maj
    captain capt lieutenant lt sergeant sgt commander admiral adm chief director king queen
    prince princess duke duchess sheikh ayatollah former late then acting deputy first lady
    """.split()
)
"""Stand before anybody's name, so they tell nobody apart."""
_APOSTROPHE = re.compile(r"[’‘`´ʼ]")
_POSSESSIVE = re.compile(r"'s?$")
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")


def name_words(name: str) -> tuple[str, ...]:
    """The words that tell: lower case, no accents, one apostrophe, hyphens apart, no titles.

    >>> name_words("Dr Eul‑Chul Lim's")
    ('eul', 'chul', 'lim')
    >>> name_words("Robert C. O’Brien")
    ('robert', 'c', "o'brien")
    """
    plain = unicodedata.normalize("NFKD", _APOSTROPHE.sub("'", name)).casefold()
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    words = [_POSSESSIVE.sub("", word) for word in _WORD.findall(plain)]
    first = next((at for at, word in enumerate(words) if word not in TITLES), len(words))
    return tuple(words[first:] or words)


def name_key(name: str) -> str:
    """Equal for two spellings of one full name: the words, but no single-letter middle name."""
    words = name_words(name)
    middle = [word for word in words[1:-1] if len(word) > 1]
    return " ".join([*words[:1], *middle, *words[1:][-1:]])
