"""Names of bodies that go on after "of" or "for": "Department of Justice", "Confederation of …".

The tagger and the rules may end such a name before "of", or find it in pieces. A person's name
never has such a phrase. Knows no entities.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from index.attribution.annotations import Mention
from index.documents import Span
from index.language.calendar import CALENDAR_WORDS
from index.language.gazetteers import ORGANISATION_WORDS, OUTLETS, PERSON_NOUNS
from index.language.names import PERSON_TITLES
from index.language.word_classes import word_set

_CAPITALISED = r"[^\W\d_a-z][\w’'&-]*(?<!['’]s)(?<![\W_])"
_OF = re.compile(
    rf" (?P<word>of|for) (?:the )?(?P<named>{_CAPITALISED}(?: {_CAPITALISED})*"
    rf"(?:(?:, {_CAPITALISED}(?: {_CAPITALISED})?)*,? (?P<and>and) {_CAPITALISED}"
    rf"(?: {_CAPITALISED})?)?)(?![\w’'-])"
)
_ARTICLE = re.compile(r"\b[Tt]he(?: [\w.-]+)? \Z")
_BODIES = ORGANISATION_WORDS | word_set("""
    confederation defense defence society academy league board administration authority directorate
    chamber house conference coalition alliance order church diocese archdiocese synod service
    commissariat centers centres institutes division section branch chapter faculty
""")
_LISTING = word_set("ministry department institute institutes centers centres office")
"""Of these the phrase may be a list: "Department of Health and Human Services"."""
_PERSONS = PERSON_NOUNS | PERSON_TITLES


def with_of_phrases(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """`mentions` and the result are each ascending and disjoint."""
    found: list[Mention] = []
    for mention in _extended(text, mentions):
        if not found or mention.span.start >= found[-1].span.end:
            found.append(mention)
    return found


def _extended(text: str, mentions: Sequence[Mention]) -> Iterator[Mention]:
    people = [each.span.start for each in mentions if each.kind == "PER"]
    for mention in mentions:
        end = _end(text, mention) if mention.kind in {"ORG", "MISC"} else mention.span.end
        if end == mention.span.end:
            yield mention
            continue
        yield Mention(Span(mention.span.start, _before_person(text, mention, end, people)), "ORG")


def _before_person(text: str, mention: Mention, end: int, people: Sequence[int]) -> int:
    """Without the name of somebody inside the phrase: "Bank of Arden Ana Lind"."""
    first = bisect_right(people, mention.span.end)
    place = next((at for at in people[first : first + 2] if at < end), end)
    opens = text[mention.span.end : place].split()[-1:] in (["of"], ["for"], ["the"])
    return end if opens else mention.span.end + len(text[mention.span.end : place].rstrip())


def _end(text: str, mention: Mention) -> int:
    """Where the name ends with its phrase; at the same place if it has none."""
    words = mention.span.of(text).split()
    head = words[-1].strip(".").casefold()
    after = _OF.match(text, mention.span.end)
    if after is None or not _is_body(text, mention, head, after["word"]):
        return mention.span.end
    named = after["named"]
    if after["and"] and head not in _LISTING:
        named = re.split(r",| and ", named)[0]
    named = named[: _size(named)]
    return after.start("named") + len(named) if named else mention.span.end


def _size(named: str) -> int:
    """Characters before a date or the title of somebody: "Bank of Arden President"."""
    end = 0
    for word in re.finditer(r"\S+", named):
        plain = word.group().strip(",.").casefold()
        titled = plain in _PERSONS and word.end() < len(named)
        if titled or plain in CALENDAR_WORDS:
            break
        end = word.end()
    return len(re.sub(r",? and\Z|,\Z", "", named[:end]))


def _is_body(text: str, mention: Mention, head: str, word: str) -> bool:
    """By its last word; or after "the", which no company and no person has before its name."""
    if head in _BODIES:
        return True
    personal = head in _PERSONS
    return (
        word == "of"
        and mention.kind == "ORG"
        and not personal
        and head not in OUTLETS
        and _ARTICLE.search(text, max(0, mention.span.start - 20), mention.span.start) is not None
        and not mention.span.of(text).isupper()
    )
