"""The words of a source in, what kind of source they are out, with its name or noun.

Knows one phrase and the mentions in it; `resolver` finds the speaker in the article.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.attribution.annotations import Mention
from index.documents import Span
from index.language.calendar import CAPITALISED_WEEKDAY
from index.language.gazetteers import (
    GROUP_NOUNS,
    NOT_PLURAL,
    ORGANISATION_WORDS,
    PERSON_NOUNS,
    TEXT_NOUNS,
)
from index.language.names import GENERATIONS, PERSON_TITLES, SPEAKER_ROLES
from index.language.word_classes import SOURCE_PRONOUNS
from index.statements import SourceType

_CUT = re.compile(
    r"\s*(?:[,;:(\[—–]|\s-{1,2}\s|\n|\b(?:who|whose|whom|which|that|when|where|while)\b"
    r"|[“”\"])"
)
_WHEN = re.compile(
    r"(?<!\bthe)(?<!\ba)\s(?:(?:just|only|earlier|early|late|later|on) )*"
    r"(?:(?:this|last|next|that) (?:week|month|year|weekend|morning|afternoon|evening|night|spring"
    rf"|summer|autumn|fall|winter)|(?:{CAPITALISED_WEEKDAY})|today|yesterday|tonight|recently)\b"
    r"(?!\s[A-Z])"
)
"""An adverbial between the source and its cue: "the bank just this month announced"."""
_PREPOSITION = re.compile(
    r"\s(?:of|for|from|at|in|with|to|on|by|against|near|within|inside|outside|behind|about"
    r"|familiar|involved|close|including|among|like|and (?:his|her|their|other))\s"
)
_LIST = re.compile(r",(?: [a-z’'-]+){1,3}(?:,(?: [a-z’'-]+){1,3})*,? and [a-z’'-]+")
_LISTED_FOR = re.compile(r"\b(?:for|of) (?:the )?(?:[a-z’'-]+ )?[a-z’'-]+\Z")
"""As in "the minister for women, children and the aged": one office."""
_BEFORE_NAME = re.compile(
    r"(?:\b(?:of|for|from|at|in|with|to|on|by|against|and|or|like)|['’]s|s['’])\s+(?:the\s+)?\Z"
)
_TITLES = re.compile(
    rf"(?:(?:{'|'.join(sorted(PERSON_TITLES, key=len, reverse=True))}"
    r"|prime|vice|then-?|former|ex-?)\b\.?\s+)+\Z",
    re.IGNORECASE,
)
_NO_LIST = frozenset("the a an his her its their who which said says was is".split())
_JOINED = re.compile(r"(?:,? (?:and|or|&)|,)\s+\Z")
_MANY = re.compile(
    r"(?:(?:the|these|those|all|about|around|at least|more than|nearly|almost|up to) )?(?:two|three"
    r"|four|five|six|seven|eight|nine|ten|\d+|dozens|several|many|some|most|both|few|a few|others"
    r"|other|various|numerous|hundreds|thousands|a (?:number|group|handful|majority|lot|couple)"
    r"|two-thirds|half|those|these|all)\b",
    re.IGNORECASE,
)
_OPENING = re.compile(
    r"(?:[\s,.;:“”\"'’‘()\[\]—–-]"
    r"|\b(?:and|but|as|while|though|although|or|when|where|after|before|because|since|if)\b\s)+"
)
_PARTICIPLE_END = re.compile(
    r"(?<=\w) (?:published|released|issued|conducted|commissioned|obtained|posted|filed|shown)\Z"
)
"""Left of "a study published this week"."""
_POSSESSIVE = re.compile(r"(?<=\w)['’]s\Z")
_AGENT = re.compile(r"['’]s (?:[\w-]+ )*[\w-]+(?:er|or|ist|ian|man|woman)\Z")
_SPEAKERS = (
    PERSON_NOUNS
    | ORGANISATION_WORDS
    | GROUP_NOUNS
    | SPEAKER_ROLES
    | frozenset("one someone somebody all both she he they another each".split())
)
_AGENT_ENDINGS = ("er", "or", "ist", "ian", "man", "woman", "person", "ee", "ant", "ent")
_APPOSITION = re.compile(r"\s*(?:,|[—–]|--)\s*(?P<noun>(?:[\w’'-]+ ){0,4})")
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class SourcePhrase:
    """The source of one attribution."""

    type: SourceType
    span: Span
    """Without clauses and brackets after it."""
    name: Mention | None
    """For a person or an organisation."""
    noun: str = ""
    """The head of a phrase without a name, in lower case."""
    capital: bool = False
    """Whether the noun is written with a capital, as a name is that was not found."""


def read_source(text: str, span: Span, mentions: Sequence[Mention]) -> SourcePhrase:
    """`mentions` are the mentions inside the span."""
    core = _core(text, span, mentions)
    written = core.of(text)
    if written.casefold() in SOURCE_PRONOUNS:
        return SourcePhrase(SourceType.PRONOUN, core, None)
    inside = [
        each for each in mentions if core.start <= each.span.start and each.span.end <= core.end
    ]
    head = _head(text, core, inside)
    people = [each for each in inside if each.kind == "PER" and _heads(text, core, head, each)]
    if means_text(_last_word(head.of(text))):  # "a study by Professor Levitt" is not Levitt
        people = [each for each in people if each.span.end <= head.end]
    if len(people) > 1:
        return SourcePhrase(SourceType.GROUP, core, None)
    if people:
        return SourcePhrase(SourceType.PERSON, core, people[0])
    if apposed := _apposed(text, span, core, mentions):
        return SourcePhrase(SourceType.PERSON, core, apposed)
    organisations = [each for each in inside if each.kind != "PER" and each.span.end == head.end]
    organisations = [
        each for each in organisations if not _BEFORE_NAME.search(text, core.start, each.span.start)
    ]
    if organisations and _only_name(text, head, organisations[-1].span):
        return SourcePhrase(SourceType.ORGANISATION, core, organisations[-1])
    return _unnamed(text, core, head)


def _core(text: str, span: Span, mentions: Sequence[Mention]) -> Span:
    """Up to the first comma, relative clause or bracket that is not part of a name.

    Without a possessive ending: in "Orlov's call for a truce" the source is Orlov.
    """
    opening = _OPENING.match(text, span.start, span.end)
    start = opening.end() if opening and opening.end() < span.end else span.start
    end = span.end
    cuts = sorted(
        [*_CUT.finditer(text, start, span.end), *_WHEN.finditer(text, start, span.end)],
        key=lambda each: each.start(),
    )
    for cut in cuts:
        inside = any(
            each.span.start < cut.end() and cut.start() < each.span.end for each in mentions
        )
        inside = inside or _is_in_list(text, start, cut.start())
        if cut.start() > start and not inside:
            end = cut.start()
            break
    shown = text[start:end].rstrip(" ,.;:-—–'’\"”")
    shown = _PARTICIPLE_END.sub("", _POSSESSIVE.sub("", shown))
    return Span(start, start + len(shown)) if shown else span


def _is_in_list(text: str, start: int, comma: int) -> bool:
    listed = _LIST.match(text, comma)
    words = {word.strip(",") for word in listed.group().split()} if listed else set()
    opened = _LISTED_FOR.search(text, start, comma) is not None
    return opened and listed is not None and not words & _NO_LIST


def _head(text: str, core: Span, inside: Sequence[Mention]) -> Span:
    """Up to the first preposition outside a name: "a spokesman" of "a spokesman for the fleet"."""
    for found in _PREPOSITION.finditer(text, core.start, core.end):
        if not any(
            each.span.start <= found.start() and found.end() <= each.span.end for each in inside
        ):
            return Span(core.start, found.start())
    return core


def _heads(text: str, core: Span, head: Span, name: Mention) -> bool:
    """Whether the name is the head of the phrase: not after "of", "for" or "'s"."""
    lead = text[core.start : name.span.start]
    titles = _TITLES.search(lead)
    lead = lead[: titles.start()] if titles else lead
    if name.span.end <= head.end:
        after = text[name.span.end : head.end].strip(" .")
        tail = after.casefold() in GENERATIONS | {"", "himself", "herself", "also", "then"}
        joined = _JOINED.match(text[name.span.end : head.end] or "x") is not None
        return (tail or joined or after[:4] == "and ") and not _possessive_before(lead)
    at_end = text[name.span.end : core.end].strip(" .") == ""
    return at_end and not _BEFORE_NAME.search(lead)


def _possessive_before(lead: str) -> bool:
    return _BEFORE_NAME.search(lead) is not None and not lead.rstrip().endswith((" and", " or"))


def _apposed(text: str, span: Span, core: Span, mentions: Sequence[Mention]) -> Mention | None:
    """As in "His lawyer, Ana Gomez": a noun for one person and, after the comma, the name."""
    words = {word.casefold() for word in _WORD.findall(core.of(text))}
    one = (
        words & PERSON_NOUNS
        or _AGENT.search(text, core.start, core.end)
        or core.of(text).casefold().startswith("one of ")
    )
    people = [each for each in mentions if each.kind == "PER" and each.span.start > core.end]
    if not one or not people or people[0].span.end > span.end:
        return None
    between = text[core.end : people[0].span.start]
    titles = _TITLES.search(between)
    match = _APPOSITION.fullmatch(between[: titles.start()] if titles else between)
    tail = text[people[0].span.end : people[0].span.end + 5]
    if not match or tail.startswith(" and ") or not _noun_or_nothing(match["noun"]):
        return None
    return people[0]


def _noun_or_nothing(words: str) -> bool:
    last = words.split()[-1:]
    return not last or last[0] in PERSON_NOUNS


def _only_name(text: str, head: Span, name: Span) -> bool:
    """Whether only an article or a possessive is before the name: "the", "North Korea's"."""
    lead = text[head.start : name.start].casefold().split()
    return (
        not lead or lead[0] in {"the", "a", "an", "its", "their"} or lead[-1].endswith(("'s", "’s"))
    )


def _unnamed(text: str, core: Span, head: Span) -> SourcePhrase:
    words = _WORD.findall(head.of(text))
    noun = _last_word(head.of(text))
    many = _MANY.match(text, head.start, head.end) or _plural(noun, words)
    kind = SourceType.GROUP if many else SourceType.UNNAMED
    capital = bool(words) and words[-1][0].isupper() and (len(words) > 1 or head == core)
    return SourcePhrase(kind, core, None, noun, capital)


def may_speak(source: SourcePhrase) -> bool:
    """Whether it has a name, is a pronoun or a group, or has a noun for those who speak."""
    noun = source.noun
    return (
        not noun
        or source.capital
        or source.type is SourceType.GROUP
        or noun in _SPEAKERS
        or means_text(noun)
        or noun.endswith(_AGENT_ENDINGS)
    )


def _last_word(written: str) -> str:
    words = _WORD.findall(written)
    noun = words[-1].casefold() if words else ""
    return noun[:-2] if noun.endswith(("'s", "’s")) else noun


def _plural(noun: str, words: Sequence[str]) -> bool:
    if words and words[0].casefold() in {"a", "an", "one", "another", "this", "that"}:
        return False
    if noun in GROUP_NOUNS:
        return True
    return noun.endswith("s") and not noun.endswith("ss") and noun not in NOT_PLURAL


def means_organisation(noun: str) -> bool:
    """Whether a common noun means an organisation: "the ministry"."""
    return noun in ORGANISATION_WORDS


def means_text(noun: str) -> bool:
    """Whether it is a text that speaks for its author: "the report"."""
    return noun in TEXT_NOUNS
