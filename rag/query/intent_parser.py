"""The intent of a question about speech: a few forms of English, one function for each.

A form reads words from left to right. A question that is not about speech has no intent; no input
is an error.
"""

from collections.abc import Callable
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import datetime
from itertools import pairwise

from index.language.verbs.forms import Form
from index.language.verbs.reporting import (
    GIVEN_NOUNS,
    GIVING_VERBS,
    QUOTE_NOUNS,
    QUOTED_FORMS,
    VIEW_NOUNS,
    VIEW_VERBS,
)
from index.language.word_classes import AUXILIARIES, BE, DO, HAVE, QUESTION_PRONOUNS
from index.statements import Polarity
from rag.dates.period import period_in, without_period
from rag.query.clause import (
    ABOUT,
    ANYBODY,
    ARTICLES,
    LONGEST_BEFORE_AUXILIARY,
    LONGEST_SPEAKER,
    ON,
    UNKNOWN_SPEAKERS,
    VAGUE,
    Clause,
    expanded,
    parse_clause,
    skip,
    speaker_in,
)
from rag.query.intent import Intent, IntentKind
from rag.query.speech_verb import acts_of, reported, topic_of, verb_after, verb_form


def read_intent(text: str, as_of: datetime | None = None, *, dates: bool = True) -> Intent | None:
    """What a question asks about speech, or None; `text` has no line breaks."""
    text = expanded(text)
    period = period_in(text, as_of) if dates else None
    clause = parse_clause(text if period is None else without_period(text, period))
    intent = next((found for form in _ORDER if (found := form(clause))), None)
    if intent is None or intent.speaker.lower() in UNKNOWN_SPEAKERS:
        return None
    intent = replace(intent, phrases=clause.quoted)
    if intent.speaker.lower() in ANYBODY:
        intent = replace(intent, speaker="")
    if period is None:
        return intent
    return replace(intent, period=period.filter, when=period.span.of(text))


def _counted(clause: Clause) -> Intent | None:
    """As in "How often has X spoken of T?", "How many times is X quoted?"."""
    opening = tuple(clause.lower(at) for at in range(3))
    if opening[:2] == ("how", "often"):
        found = _said_after(clause, 2)
    elif opening == ("how", "many", "times"):
        found = _said_after(clause, 3)
    elif opening[:2] == ("how", "many") and opening[2] in QUOTE_NOUNS:
        found = _listed(clause.after(2))
    else:
        return None
    return replace(found, kind=IntentKind.COUNTED, certain=True) if found else None


def _who(clause: Clause) -> Intent | None:
    """As in "Who said T?", "Which captain warned of T?", "Who is quoted as saying T?"."""
    opening = clause.lower(0)
    if opening not in {"who", "which", "whose"}:
        return None
    end = LONGEST_SPEAKER if opening == "which" else 5
    at = _finite(clause, 1, end)
    if at < 0 or clause.find(DO, 1, at) >= 0:  # as in "Who did X blame?"
        return _whose_words(clause)
    described = clause.written(1, at) if opening == "which" else ""
    found = reported(clause, at, described)
    if clause.lower(at + 1) == "what":
        return replace(found, topic=topic_of(clause.after(at + 2), found.verb)[1])
    return replace(found, kind=IntentKind.WHO, acts=acts_of(found.verb))


def _finite(clause: Clause, start: int, end: int) -> int:
    """The verb of "who has ever said", "which of them says", "who is quoted"; not a noun."""
    for at in range(start, min(end, len(clause.words))):
        word = clause.lower(at)
        verb = verb_form(clause, at)
        if word in QUOTED_FORMS or (verb and _fits(clause, at, verb.form)):
            return at
    return -1


def _fits(clause: Clause, at: int, form: Form) -> bool:
    before = clause.lower(at - 1)
    if before in {"the", "a", "an", "its", "his", "her", "their"}:
        return False
    went_on = before == "to" and clause.lower(at - 2) in {"on", "continued"}
    finite = form in {Form.PAST, Form.PRESENT}
    return finite or (form is Form.ING and before in BE) or (form is Form.BASE and went_on)


def _whose_words(clause: Clause) -> Intent | None:
    """As in "Whose words are “T”?", "Who used the phrase “T”?"."""
    named = clause.find(QUOTE_NOUNS | {"phrase", "expression", "term", "line"})
    if not clause.quoted or named < 0:
        return None
    return Intent(IntentKind.WHO, "", " ".join(clause.quoted))


def _quoted_first(clause: Clause) -> Intent | None:
    """As in "“T”: who said that?"."""
    if not clause.words or not clause.words[0].quoted:
        return None
    at = clause.find({"who"})
    if at < 0 or _finite(clause, at + 1, at + 4) < 0:
        return None
    return Intent(IntentKind.WHO, "", " ".join(clause.quoted), verb="say")


def _asked_what(clause: Clause) -> Intent | None:
    """As in "What did X say about T?", "On T, what has X said?", "what X said about T"."""
    at = clause.find(QUESTION_PRONOUNS, 0, LONGEST_BEFORE_AUXILIARY)
    if at < 0 or (at > 0 and clause.lower(0) not in ABOUT | {"in", "to", "at", "from", "with"}):
        return None
    found = (
        _view_of(clause.after(at))
        or _given(clause, at + 1)
        or _said_after(clause, at + 1)
        or _indirect(clause, at)
    )
    before = clause.written(1, at) if at > 1 else ""
    return replace(found, topic=f"{before} {found.topic}".strip()) if found else None


def _said_after(clause: Clause, start: int) -> Intent | None:
    """From the auxiliary on: "[how much] did X say [T]"."""
    auxiliary = clause.find(AUXILIARIES, start, start + LONGEST_BEFORE_AUXILIARY)
    if auxiliary < 0:
        return None
    verb = verb_after(clause, auxiliary)
    if verb < 0:
        return _said_by(clause, auxiliary)
    subject = _subject(clause, start, auxiliary)
    speaker = speaker_in(clause, auxiliary + 1, verb)
    found = reported(clause, verb, speaker)
    if not speaker:
        return None
    negative = clause.find({"not", "never"}, auxiliary + 1, verb) >= 0
    return replace(
        found,
        topic=f"{subject} {found.topic}".strip(),
        polarity=Polarity.NEGATIVE if negative else found.polarity,
    )


def _subject(clause: Clause, start: int, auxiliary: int) -> str:
    """The words between "which" and its auxiliary, where they name a topic."""
    words = range(start, auxiliary)
    telling = [at for at in words if clause.lower(at) not in VAGUE | VIEW_NOUNS | ARTICLES]
    return clause.written(telling[0], auxiliary) if telling else ""


def _said_by(clause: Clause, auxiliary: int) -> Intent | None:
    """As in "What was said (by X) about T?", "What has been said about T?"."""
    at = clause.find({"said", "written"}, auxiliary + 1, auxiliary + 3)
    if at < 0:
        return None
    listener, about = topic_of(clause.after(at + 1), "say")
    if clause.lower(at + 1) == "by":
        return _by(clause, at + 1)
    return Intent(IntentKind.SAID, "", about, listener, "say") if about else None


def _indirect(clause: Clause, at: int) -> Intent | None:
    """As in "[tell me] what X said about T": a finite verb without an auxiliary before it."""
    if clause.lower(at) != "what" or clause.lower(at + 1) in AUXILIARIES:
        return None
    for verb in range(at + 2, min(len(clause.words), at + 2 + LONGEST_SPEAKER)):
        known = verb_form(clause, verb)
        if clause.lower(verb) in AUXILIARIES:
            return None
        if known and known.form is not Form.ING and known.lemma not in VIEW_VERBS:
            speaker = speaker_in(clause, at + 1, verb)
            return reported(clause, verb, speaker) if speaker else None
    return None


def _view_of(clause: Clause) -> Intent | None:
    """As in "What is X's view on T?", "X’s latest comments", "the position of X on T"."""
    auxiliary = clause.find(DO | HAVE)
    end = auxiliary if auxiliary >= 0 else LONGEST_SPEAKER + 4
    for at, word in enumerate(clause.words[:end]):
        if word.lower in VIEW_NOUNS and (owner := _owner(clause, at)) >= 0:
            first = skip(clause, 0, QUESTION_PRONOUNS | BE | {"about"})
            speaker = speaker_in(clause, first, owner + 1).removesuffix(clause.ending(owner))
            about = topic_of(clause.after(at + 1), "")[1]
            return Intent(IntentKind.SAID, speaker, about) if speaker else None
        of = word.lower in VIEW_NOUNS and clause.lower(at + 1) in {"of", "from"}
        if of and _leads(clause, at):
            return _by(clause, at + 1, ON | {"to"})
    return None


def _given(clause: Clause, start: int) -> Intent | None:
    """As in "What reason did X give for T?", "Which figures has X offered to the panel?"."""
    auxiliary = clause.find(DO | HAVE, start, start + LONGEST_BEFORE_AUXILIARY)
    verb = clause.find(GIVING_VERBS, auxiliary + 2, auxiliary + 1 + LONGEST_SPEAKER)
    if auxiliary < 0 or verb < 0 or clause.lower(auxiliary - 1) not in GIVEN_NOUNS:
        return None
    listener, about = topic_of(clause.after(verb + 1), "")
    speaker = speaker_in(clause, auxiliary + 1, verb)
    return Intent(IntentKind.SAID, speaker, about, listener) if speaker else None


def _owner(clause: Clause, noun: int) -> int:
    """The position of the possessive before the noun, at most two words earlier, or -1."""
    near = range(noun - 1, max(-1, noun - 4), -1)
    return next((at for at in near if clause.words[at].possessive), -1)


def _leads(clause: Clause, noun: int) -> bool:
    """Whether only words such as "what is the" come before it."""
    led = {"what", "which", "how", "the", "any", "all", "latest", "recent"} | BE
    return all(clause.lower(at) in led for at in range(noun))


def _according(clause: Clause) -> Intent | None:
    """As in "According to X, T?" and "T, according to X?"."""
    pairs = pairwise(word.lower for word in clause.words)
    at = next((at for at, pair in enumerate(pairs) if pair == ("according", "to")), -1)
    if at < 0:
        return None
    start = at + 2
    if at > 0:
        return _of_source(clause.written(start, len(clause.words)), clause.written(0, at))
    comma = clause.find({","}, start)
    end = comma if comma >= 0 else clause.find(QUESTION_PRONOUNS | AUXILIARIES, start + 1)
    end = end if end >= 0 else len(clause.words)
    about = clause.written(end, len(clause.words))
    return _of_source(clause.written(start, end), about)


def _of_source(source: str, about: str) -> Intent | None:
    speaker = source.partition(",")[0].strip()
    return Intent(IntentKind.SAID, speaker, about) if speaker else None


def _listed(clause: Clause) -> Intent | None:
    """As in "Quotes by X", "all statements from X about T", "How many comments of X"."""
    at = clause.find(QUOTE_NOUNS, 0, 4)
    if at < 0:
        return None
    by = clause.find({"by", "from", "of"}, at + 1, at + 5)
    led = all(clause.lower(each) in ARTICLES | {"latest", "recent"} for each in range(at))
    between = all(clause.lower(each) in BE | {"there", "made"} for each in range(at + 1, by))
    if by >= 0 and led and between:
        return _by(clause, by)
    about = led and clause.lower(at + 1) in {"about", "on", "regarding", "concerning"}
    return Intent(IntentKind.SAID, "", clause.written(at + 2, len(clause.words))) if about else None


def _by(clause: Clause, by: int, before: AbstractSet[str] = ON) -> Intent | None:
    """The speaker after "by", the topic after the first "about" or "on"."""
    at = clause.find(before, by + 2)
    end = at if at >= 0 else len(clause.words)
    speaker = speaker_in(clause, by + 1, end)
    about = clause.written(end + 1, len(clause.words))
    return Intent(IntentKind.SAID, speaker, about) if speaker else None


def _headline(clause: Clause) -> Intent | None:
    """As in "X on T", typed into a search box; the archive knows whether X is a speaker."""
    at = clause.find({"on", "about"}, 1, 6)
    led = clause.lower(0) in QUESTION_PRONOUNS | AUXILIARIES
    if at < 0 or led or at + 1 == len(clause.words):
        return None
    speaker, about = speaker_in(clause, 0, at), clause.written(at + 1, len(clause.words))
    return Intent(IntentKind.SAID, speaker, about, certain=False) if speaker else None


def _whether(clause: Clause) -> Intent | None:
    """As in "Did X comment on T?", "Has X said anything about T?", "Is X quoted on T?"."""
    if clause.lower(0) not in DO | HAVE | BE:
        return None
    found = _said_after(clause, 0)
    if found is None:
        return None
    polarity = None if found.polarity is Polarity.POSITIVE else found.polarity
    return replace(found, kind=IntentKind.COMMENTED, polarity=polarity)


_ORDER: tuple[Callable[[Clause], Intent | None], ...] = (
    _counted,
    _quoted_first,
    _who,
    _according,
    _asked_what,
    _whether,
    _view_of,
    _listed,
    _headline,
)
"""The more specific form first."""
