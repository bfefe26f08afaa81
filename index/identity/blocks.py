"""A speaker -> what others must have in common with it to be joined with it, or to be told by it.

Names that may be alike share a block. A name that only others explain, as a surname or a piece of a
headline, asks for a block that those are in. Compares nobody.
"""

from collections.abc import Iterator
from itertools import chain

from index.identity.evidence import FAMOUS_ARTICLES
from index.identity.headlines import asked_names, asked_surnames
from index.identity.likeness import SLIP_LETTERS, sound
from index.identity.quoted import Quoted
from index.language.gazetteers import forms_of
from index.language.names import GENERATIONS, name_key, nicknames

SHORTEST_SINGLE = 6
"""Letters of a name of one word that may be a slip of another."""

MOST_INITIALS = 2
"""Letters of a given name that may be initials: J., JD."""


def filed_under(each: Quoted) -> set[str]:
    """All blocks that the name is in."""
    words = map(word_block, each.words)
    asked = (f"asks {block}" for block in _asked(each))
    return {*shared_blocks(each), *_bears(each), *asked, *words, *map(calls_block, each.called)}


def word_block(word: str) -> str:
    """Of all names with the word."""
    return f"word {word}"


def calls_block(key: str) -> str:
    """Of all whom articles call so."""
    return f"calls {key}"


def telling(each: Quoted) -> set[str]:
    """Blocks of the names that have to be decided again when this one changes."""
    known = {*_bears(each), *_names(each)}
    return {*shared_blocks(each), *(f"asks {block}" for block in known)}


def told_by(each: Quoted) -> set[str]:
    """Blocks of the names that this one is decided by."""
    return {*shared_blocks(each), *_asked(each)}


def shared_blocks(each: Quoted) -> set[str]:
    """Of names that may be joined with this one, surnames aside."""
    start, hyphen, _ = each.bare.name.rpartition("-")
    cut = {_name(name_key(start))} if hyphen and " " in start else set()
    return _names(each) | cut | (alike_blocks(each) if each.person else set())


def alike_blocks(each: Quoted) -> set[str]:
    """Equal for two people's names of one sound, with one slip, or with forms of one given name.

    And where one is called by the other's name.
    """
    words = [word for word in each.words if word not in GENERATIONS]
    blocks = {_name(key) for key in (each.speaker.key, *each.called)}
    if len(words) > 1:
        given, last = words[0], words[-1]
        blocks.add(f"sound {sound(given)} {sound(last)}")
        blocks.add(f"sound {' '.join(map(sound, each.bare.key.split()))}")
        for form in chain.from_iterable(map(forms_of, (given, *nicknames(each.bare.name)))):
            blocks.add(f"form {form} {last}")
        blocks |= {f"slip {part} {last}" for part in _shortened(given)}
        blocks |= {f"slip {given} {part}" for part in _shortened(last)}
        if len(given) <= MOST_INITIALS or each.speaker.articles >= FAMOUS_ARTICLES:
            initials = {word for word in words[:-1] if len(word) == 1}.union(given[:MOST_INITIALS])
            blocks |= {f"initial {letter} {last}" for letter in initials}
    elif words and len(words[0]) >= SHORTEST_SINGLE:
        blocks.add(f"sound {sound(words[0])}")
        blocks |= {f"slip {part}" for part in _shortened(words[0])}
    return blocks


def _shortened(word: str) -> Iterator[str]:
    """The word, and all words of one letter less: two with one slip have one of them in common."""
    yield word
    if len(word) >= SLIP_LETTERS:
        yield from (word[:at] + word[at + 1 :] for at in range(len(word)))


def _names(each: Quoted) -> set[str]:
    return {_name(key) for key in (each.plain_key, each.speaker.key)}


def _bears(each: Quoted) -> set[str]:
    return {_surname(each.bare.surname)} if each.person and each.bare.full else set()


def _asked(each: Quoted) -> set[str]:
    """Whose surname it is, and whose name is a part of it."""
    name = each.speaker.name
    surnames = asked_surnames(name) if each.person else set()
    if each.person and not each.bare.full:
        surnames = {*surnames, each.bare.surname}
    return {*map(_surname, surnames), *map(_name, asked_names(name))}


def _name(key: str) -> str:
    return f"name {key}"


def _surname(key: str) -> str:
    return f"surname {key}"
