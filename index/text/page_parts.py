"""Boilerplate known by its place: bylines, links to other stories, signatures, notes on authors.

A pattern sees one paragraph; these rules also look at its neighbours and at the rest of the text.
In doubt nothing is marked.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from index.documents import BoilerplateKind
from index.language.word_classes import word_set
from index.text.line_shapes import (
    CONTACT,
    JOB_LINE,
    NAME,
    NAME_LINE,
    OUTLET_LINE,
    compiled,
)

Kinds = Sequence[BoilerplateKind | None]
Finder = Callable[[Sequence[str], Kinds], Iterator[int]]

LINE = 60
"""Characters in a line that could be a name, an outlet or a heading."""
_HEAD = 4
"""How many paragraphs count as possible bylines."""
_END = 4
"""How many paragraphs at the end can be notes on the author."""
_NOTE_WORDS = 70
_BYLINE_WORDS = 6
_SENTENCE_WORDS = 8
_LINK_WORDS = range(5, 26)
_HEADLINE_WORDS = 4
_SUMMARY_ITEMS = 3
_ITEM_WORDS = 30

_STOPPED = re.compile(r"[.!?][\"”’')\]]*\Z")
_CAPITALISED = compiled(r"(?-i:[A-Z@])\S*(?: (?:(?-i:[A-Z|(])\S*|[a-z]{1,4}\b))*\Z")
_SUMMARY = compiled(
    r"(?:this )?(?:ai|a\.i\.|machine)[- ](?:assisted|generated|powered|written)"
    r" (?:summar(?:y|ies)|overview|highlights|key points|(?:key )?takeaways)\b\W*"
)
_LABELLED = compiled(
    r"(?P<label>(?-i:[A-Z0-9][A-Z0-9 ’'.&$,-]{2,48}))[:|] ?(?P<headline>\S.*[^.!;:\"”])\Z"
)
_INVITATION = compiled(
    r"(?P<label>(?-i:[A-Z0-9])[^.:“”\"]{2,45}): (?P<headline>(?:(?:the )?latest|see|follow"
    r"|shop (?:this|our|the)|track|compare|browse|download|sign up|best .* (?:of|for) 20\d\d)"
    r"\b.*)\Z"
)
_LINKS = word_set("read more story stories related background photos video opinion")
"""Labels that one article may have several times."""
_OTHER_LABELS = re.compile(
    r"(?:note|who|what|when|where|why|how|winners?|losers?|cost|tickets|address|phone|final"
    r"|score|goal|update[ds]?|correction|editor.s note|q|a|question|answer|claim|verdict|fact"
    r"|myth|step|tip|day|week|rule|reason|no|number|part|phase|\d+)\b",
    re.IGNORECASE,
)
_SMALL_WORD = re.compile(r"\b[a-z]{3,}\b")
_FULL_NAME = rf"{NAME}(?: {NAME}){{1,3}}"
_SIGNATURE = compiled(
    rf"[-–—\u2212]{{1,2}} ?(?P<names>{_FULL_NAME}(?:(?:,? and |, ){_FULL_NAME}){{0,4}})\.?\Z"
)
_AUTHOR_NOTE = compiled(
    rf"(?:(?:reporter|columnist|staff writer) )?(?P<name>{_FULL_NAME})(?:, [^,.]{{2,60}},)?"
    r" (?:(?:covers|writes (?:about|for)|reports (?:on|for))\b"
    r"|(?:can|may) be (?:reached|contacted|e-?mailed|followed)\b"
    r"|is (?:an?|the)\b[^.]*\b(?:reporter|editor|columnist|correspondent|journalist|writer"
    r"|contributor|producer|photographer)\b)"
)


def marked_by_place(pieces: Sequence[str], kinds: Kinds) -> list[BoilerplateKind | None]:
    """The kinds, with those of the paragraphs that only their place gives away."""
    marked = list(kinds)
    for finder, kind in _FINDERS:
        for position in finder(pieces[: len(marked)], marked):
            marked[position] = marked[position] or kind
    return marked


def _bylines(pieces: Sequence[str], _: Kinds) -> Iterator[int]:
    """An outlet or a job alone on one of the first lines, with the name beside it."""
    head = [piece if len(piece) <= LINE else "" for piece in pieces[:_HEAD]]
    for position, piece in enumerate(head):
        if OUTLET_LINE.match(piece) or JOB_LINE.match(piece):
            yield position
            beside = [near for near in (position - 1, position + 1) if 0 <= near < len(head)]
            yield from [near for near in beside if _is_byline(head, near)][:1]
    if _opens_with_byline(pieces):
        yield from (0, 1)


def _is_byline(head: Sequence[str], position: int) -> bool:
    piece = head[position]
    alone = position == 0 and re.match(r"\S+(?: \S+){,2}\Z", piece) is not None
    return NAME_LINE.match(piece) is not None or (alone and not _STOPPED.search(piece))


def _opens_with_byline(pieces: Sequence[str]) -> bool:
    """A name, and a line that is all capitalised words, above the first sentence."""
    name, outlet, first = (*pieces[:3], "", "", "")[:3]
    return (
        max(len(name), len(outlet)) <= LINE
        and NAME_LINE.match(name) is not None
        and _CAPITALISED.match(outlet) is not None
        and outlet.count(" ") < _BYLINE_WORDS
        and not _STOPPED.search(outlet)
        and first.count(" ") >= 2 * _SENTENCE_WORDS
    )


def _machine_summary(pieces: Sequence[str], _: Kinds) -> Iterator[int]:
    """What is labelled as written by a machine: its first three items, one sentence each."""
    for position, piece in enumerate(pieces):
        if label := _SUMMARY.match(piece):
            yield position
            items = _SUMMARY_ITEMS - (label.end() < len(piece))
            for below in range(position + 1, min(position + 1 + items, len(pieces))):
                if not _is_one_sentence(pieces[below]):
                    break
                yield below


def _is_one_sentence(piece: str) -> bool:
    ends = re.findall(r"[.!?](?= [A-Z])", piece)
    return piece[-1:] == "." and not ends and piece.count(" ") < _ITEM_WORDS and piece[0].isalnum()


def _links(pieces: Sequence[str], kinds: Kinds) -> Iterator[int]:
    """A label and a headline on a line alone between sentences."""
    found = [_LABELLED.match(piece) or _INVITATION.match(piece) for piece in pieces]
    labels = Counter(match["label"].casefold() for match in found if match)
    for position, match in enumerate(found):
        if match and kinds[position] is None and _is_link(match, labels):
            around = (_near(pieces, kinds, position, -1), _near(pieces, kinds, position, 1))
            if all(around):
                yield position


def _is_link(match: re.Match[str], labels: Counter[str]) -> bool:
    label, headline = match["label"].casefold(), match["headline"]
    return (
        match.string.count(" ") + 1 in _LINK_WORDS
        and not _OTHER_LABELS.match(label)
        and (labels[label] == 1 or label in _LINKS)
        and headline.count(" ") + 1 >= _HEADLINE_WORDS
        and len(_SMALL_WORD.findall(headline)) > 1
    )


def _near(pieces: Sequence[str], kinds: Kinds, position: int, step: int) -> bool:
    """Whether the next paragraph that is neither marked nor a link is a sentence, or there is none.

    Above the first paragraph there has to be one: a text does not begin with a link.
    """
    position += step
    while 0 <= position < len(pieces):
        piece = pieces[position]
        label = piece.partition(":")[0].casefold()
        if kinds[position] is None and label not in _LINKS:
            return bool(_STOPPED.search(piece)) and piece.count(" ") >= _SENTENCE_WORDS
        position += step
    return step > 0


def _signatures(pieces: Sequence[str], _: Kinds) -> Iterator[int]:
    """Who wrote an entry of a live blog; a name under a quotation, letter or poem stands once."""
    found = [_SIGNATURE.match(piece) for piece in pieces]
    names = Counter(match["names"] for match in found if match)
    live = any(count > 1 for count in names.values())
    for position, match in enumerate(found):
        if match and (live or OUTLET_LINE.match(match["names"].rpartition(", ")[2])):
            yield position


def _author_notes(pieces: Sequence[str], kinds: Kinds) -> Iterator[int]:
    """Who the author is and how to write to them: a name the article does not mention."""
    for position in range(max(1, len(pieces) - _END), len(pieces)):
        piece = pieces[position]
        match = _AUTHOR_NOTE.match(piece)
        if not match or piece.count(" ") >= _NOTE_WORDS or re.search(r"[\"“]", piece):
            continue
        surname = match["name"].split()[-1]
        others = (
            other
            for at, other in enumerate(pieces)
            if at != position and kinds[at] is None and not re.search(CONTACT, other)
        )
        if not any(surname in other for other in others):
            yield position


_FINDERS: tuple[tuple[Finder, BoilerplateKind], ...] = (
    (_bylines, BoilerplateKind.NOTICE),
    (_machine_summary, BoilerplateKind.NOTICE),
    (_links, BoilerplateKind.TEASER),
    (_signatures, BoilerplateKind.NOTICE),
    (_author_notes, BoilerplateKind.NOTICE),
)
