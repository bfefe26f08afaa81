"""Verbs of speech with a bare noun phrase that is not what was said: "rejected his appeals".

A noun phrase is kept where it tells what was said ("warned of floods", "criticised the plan"). It
is none where the verb does something to it (a court, a vote, a race), where it names only a source
("citing the law"), or where nothing was said at all ("did not answer questions"). Knows the words
of one attribution, but no speakers.
"""

import re

from index.attribution.annotations import Attribution
from index.attribution.cues import ACCORDING_TO, act_of, reports
from index.documents import Span
from index.language.gazetteers import GROUP_NOUNS, PERSON_NOUNS
from index.language.verbs.forms import VERB_FORMS
from index.language.word_classes import (
    ALL_AUXILIARIES,
    CUE_AUXILIARIES,
    PREPOSITIONS,
    word_set,
)
from index.statements import Act

_WORD = re.compile(r"[^\W_]+(?:['’.&-]+[^\W_]+)*")
_MARKS = '“”„«»"'
_CLAUSES = word_set("""
    that whether if how why what who where when i he she they we it there to not never n't
""")
_HEAD_ENDS = PREPOSITIONS | word_set("""
    who whom whose which that as when while after before because since until to and or but filed
    brought made shortly
""")
_PROCEEDINGS = word_set("""
    appeal appeals bid bids motion motions petition petitions lawsuit lawsuits suit suits case cases
    application applications plea pleas stay injunction charges bail visa permit permits entry
    access request requests
""")
"""A court or an office does something with these."""
_CLAIMS = word_set("""
    claim claims idea ideas notion view views assertion assertions account accounts premise argument
    arguments assumption assumptions narrative version theory allegation allegations accusation
    accusations suggestion suggestions criticism characterization description statement statements
    report reports remark remarks
""")
_CALLED = word_set("""
    race races election elections vote votes meeting meetings strike strikes police ambulance
    conference session halt witness witnesses game games timeout seat seats contest state states
    truce emergency number parents wife mother
""")
_AUTHORITIES = word_set("""
    law laws act statute rule rules regulation regulations clause section amendment exemption
    exemptions precedent policy provision privilege code order orders source sources records
    official officials data figures report reports study studies survey poll document documents
    statement statements article articles record
""")
_TOPICS = word_set("""
    question questions request requests call calls email emails e-mail e-mails message messages
    inquiry inquiries letter letters
""")
_PERSONS = word_set("him her them it us me you himself herself themselves")
_AIMED = word_set("""
    thank criticize criticise praise attack blame slam blast mock address hail defend applaud
    congratulate welcome condemn support back endorse oppose admire love like call quote
""")
"""Of whom alone, these tell nothing that was said: "criticised him after the vote"."""
_TIMES = word_set("after on in during since when at again last before")
_COMMANDS = word_set("order command instruct direct")
_GIVEN = word_set("""
    announce release issue propose offer reveal disclose mention unveil publish express voice cite
    make give provide
""")
_SHOWN = word_set("promise signs interest improvement results")
_AGENTS = _AUTHORITIES | PERSON_NOUNS | GROUP_NOUNS


def tells_no_words(attribution: Attribution, cue: Span, text: str, lemma: str) -> bool:
    """Whether the content is a bare noun phrase of a deed, or empty of words said."""
    if any(mark in each.of(text) for each in attribution.content for mark in _MARKS):
        return False
    spoken = [word.casefold() for word in _WORD.findall(cue.of(text))]
    after = next((each for each in attribution.content if each.start >= cue.end), None)
    written = _WORD.findall(after.of(text)) if after else []
    words = [word.casefold().replace("’", "'") for word in written]
    if not words:
        return False
    if lemma == "know" and spoken[:1] == ["known"]:  # as in "is known for"
        return True
    if lemma in {"decline", "refuse"} or _is_clause(words):
        return _answers_nothing(lemma, words)
    described = _describes(attribution, cue, spoken, text, lemma)
    return described or _answers_nothing(lemma, words) or _does(lemma, spoken, written, words)


def announces_nothing(attribution: Attribution, cue: Span, text: str, lemma: str) -> bool:
    """As in "has announced no recall", which says that nothing was announced."""
    after = attribution.content[0].of(text) if attribution.content[0].start >= cue.end else ""
    words = [word.casefold() for word in _WORD.findall(after)]
    none = words[:1] == ["no"] and len(words) > 1 and words[1] not in {"one", "longer", "matter"}
    return lemma in _GIVEN and none and not ALL_AUXILIARIES.intersection(words)


def _is_clause(words: list[str]) -> bool:
    return words[0] in _CLAUSES or bool(ALL_AUXILIARIES.intersection(words))


def _describes(
    attribution: Attribution, cue: Span, spoken: list[str], text: str, lemma: str
) -> bool:
    """As in "the player's hopes of", "its promising plan", "members supporting the ban"."""
    attitude = act_of(lemma) is Act.ATTITUDE
    source = attribution.source[-1] if attribution.source else None
    if source is None:
        return False
    owned = source.of(text).endswith(("'s", "’s", "s'", "s’"))
    going_on = len(spoken) == 1 and spoken[0].endswith("ing")
    if owned and (going_on or (attitude and spoken[-1:] == ["of"])):
        return True
    return attitude and going_on and text[source.end : cue.start].isspace()


def _answers_nothing(lemma: str, words: list[str]) -> bool:
    """As in "did not respond to a request", "would not answer questions"."""
    addressed = lemma in {"respond", "reply", "answer"}
    return addressed and bool(_TOPICS.intersection(_head_words(words, len(words))))


def _does(lemma: str, spoken: list[str], written: list[str], words: list[str]) -> bool:
    known = reports(lemma) or lemma in {"", ACCORDING_TO}
    head = _head(written, words)
    plain = head.casefold()
    deeds = (
        not known and not (lemma in _COMMANDS and {"to", "be"}.intersection(words)),
        lemma == "back" and _has_other_verb(spoken),
        lemma == "rule" and bool({"against", "favor", "favour", "for"} & {*spoken, *words[:2]}),
        lemma == "call" and plain in _CALLED and not _complemented(words),
        lemma == "single out" and not {"for", "as"}.intersection(words),
        lemma == "cite" and _is_source(head) and not {"as", "that"}.intersection(words + spoken),
        lemma == "challenge" and plain not in _CLAIMS,
        lemma in {"reject", "dismiss", "deny", "refuse"} and plain in _PROCEEDINGS,
        lemma == "consider" and not _complemented(words),
        lemma == "find" and "out" in spoken,
        lemma == "show" and bool(_SHOWN.intersection(spoken)),
        lemma == "disagree" and bool({"about", "on", "over"} & {*spoken, *words[:1]}),
        lemma == "agree" and spoken[-1] in {"agree", "agreed", "agrees"} and words[0] == "a",
        lemma in _AIMED and _is_only_person(lemma, words),
    )
    return any(deeds)


def _is_source(head: str) -> bool:
    """Whether it is a name, or a noun for who or what is relied on."""
    noun = head.casefold()
    return head[0].isupper() or noun in _AGENTS


def _is_only_person(lemma: str, words: list[str]) -> bool:
    """As in "him", "them on Monday"; "calls them fools" tells what was said."""
    if words[0] not in _PERSONS:
        return False
    own = lemma == "call" and words[0].endswith(("self", "selves"))
    return own or len(words) == 1 or words[1] in _TIMES


def _has_other_verb(spoken: list[str]) -> bool:
    """As in "walked back"."""
    telling = [word for word in spoken if word not in CUE_AUXILIARIES and not word.endswith("ly")]
    return len(telling) > 1 and VERB_FORMS.get(telling[0]) is None


def _complemented(words: list[str]) -> bool:
    """Whether what it is called follows: "called the race a farce", "considers him unfit"."""
    second = bool({"a", "an", "the", "as"}.intersection(words[1:]))
    return second or (words[0] in _PERSONS and len(words) > 1)


def _head(written: list[str], words: list[str]) -> str:
    size = len(_head_words(words, 1))
    return written[max(0, size - 1)]


def _head_words(words: list[str], least: int) -> list[str]:
    """The words up to the first preposition or clause, at least so many."""
    for at, word in enumerate(words):
        if at >= least and word in _HEAD_ENDS:
            return words[:at]
    return words
