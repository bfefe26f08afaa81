"""Titles, and keys that are equal for two spellings of one name. Knows no text and no people."""

import re
import unicodedata

from index.language.word_classes import word_set

# Titles are in lower case, without full stops. The lists differ on purpose: "then" is dropped from
# a name, but it does not make a name of what follows; "spokesman" does, but is kept as a role.
PLAIN_TITLES = word_set("mr mrs ms miss mx sir madam dame")
"""They say nothing of a person's role."""
_OFFICES = word_set("""
    dr prof professor lord lady captain capt general gen colonel col sergeant sgt president minister
    governor gov senator sen representative rep councillor mayor chancellor secretary judge justice
    king queen prince princess pope chief
""")
SPEAKER_TITLES = PLAIN_TITLES - word_set("mx madam") | _OFFICES | {"prime"}
"""Not part of the name of the speaker that a question asks for."""
_TITLES = (
    PLAIN_TITLES
    | _OFFICES
    | word_set("""
        rev reverend father sister imam rabbi bishop archbishop cardinal premier congressman
        congresswoman ambassador attorney major maj lieutenant lt commander admiral adm director
        duke duchess sheikh ayatollah deputy
    """)
)
TITLES = _TITLES | word_set("saint vice prime former late then acting first")
"""They do not distinguish two people."""
PERSON_TITLES = _TITLES | word_set("""
    councilman councilwoman cmdr coach officer detective inspector constable sheriff pastor chairman
    chairwoman speaker analyst spokesman spokeswoman spokesperson ceo cfo coo cto commissioner
    superintendent administrator adviser advisor candidate nominee economist strategist columnist
""")
"""The name after them is a person's."""
MALE_TITLES = word_set("mr sir lord king prince duke father pope sheikh imam")
FEMALE_TITLES = word_set("mrs ms miss lady dame madam queen princess duchess sister")
FULL_TITLES = {
    "sen": "senator",
    "rep": "representative",
    "gov": "governor",
    "prof": "professor",
    "dr": "doctor",
    "gen": "general",
    "col": "colonel",
    "capt": "captain",
    "lt": "lieutenant",
    "sgt": "sergeant",
    "adm": "admiral",
    "rev": "reverend",
    "fellows": "fellow",
}
"""Abbreviations and one plural."""
SPEAKER_ROLES = TITLES | word_set("""
    director chairman chairwoman chair spokesman spokeswoman spokesperson journalist reporter editor
    columnist analyst economist expert researcher scientist historian author writer lawyer attorney
    democrat republican conservative liberal labour independent leader candidate coach manager
    founder ceo executive activist campaigner strategist pollster adviser advisor officer official
    lecturer fellow actor actress singer owner farmer teacher nurse doctor student
""")
"""Stand before a name, or are all that is known of a speaker."""
_APOSTROPHE = re.compile(r"[’‘`´ʼ]")
_POSSESSIVE = re.compile(r"'s?$")
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")


def name_words(name: str) -> tuple[str, ...]:
    """Lower case, no accents, one apostrophe, split at hyphens, without leading titles.

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
    """Equal for two spellings of one full name: its words, without single-letter middle names."""
    words = name_words(name)
    middle = [word for word in words[1:-1] if len(word) > 1]
    return " ".join([*words[:1], *middle, *words[1:][-1:]])
