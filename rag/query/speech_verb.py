"""The verb of speech in a question, and what the words after it ask for."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from index.language.verbs.forms import QUESTION_VERBS, Form, VerbForm
from index.language.verbs.phrasal import FIRST_WORDS, PhrasalVerb, phrasal_verb
from index.language.verbs.reporting import (
    GENERAL_VERBS,
    NEGATIVE_VERBS,
    QUESTION_LISTENER_VERBS,
    QUOTED_FORMS,
    SPEECH_ONLY_VERBS,
    VIEW_VERBS,
)
from index.language.word_classes import BE, DO, HAVE, MODALS
from index.statements import Act, Polarity
from rag.query.clause import (
    ABOUT,
    CLAUSE_OPENERS,
    LONGEST_SPEAKER,
    LOOSENING,
    Clause,
    skip,
    speaker_in,
)
from rag.query.intent import Intent, IntentKind

LONGEST_PHRASE = 5
MOST_BETWEEN = 3
"""Words from a noun that could be a verb to the verb of its subject."""
_NO_SUBJECT = ABOUT | CLAUSE_OPENERS | MODALS | DO | HAVE | BE | {"and", "or", "to"}
_DECLINING = NEGATIVE_VERBS | {f"{verb}d" for verb in NEGATIVE_VERBS}
_FORMS: tuple[tuple[AbstractSet[str], frozenset[Form]], ...] = (
    (DO | MODALS, frozenset({Form.BASE})),
    (HAVE, frozenset({Form.PAST})),
    (BE, frozenset({Form.ING})),
)


def verb_form(clause: Clause, at: int) -> VerbForm | None:
    """The verb that starts at this word, also one of two words: "point out"."""
    phrase = _phrase(clause, at)
    if phrase is not None:
        return VerbForm(phrase.lemma, FIRST_WORDS[clause.lower(at)].form)
    return QUESTION_VERBS.get(clause.lower(at))


def _phrase(clause: Clause, at: int) -> PhrasalVerb | None:
    phrase = phrasal_verb([clause.lower(each) for each in range(at, at + LONGEST_PHRASE)], 0)
    return phrase if phrase and phrase.asks else None


def verb_after(clause: Clause, auxiliary: int) -> int:
    """The position of the verb that goes with the auxiliary and has a subject; -1 for none."""
    allowed = next(forms for words, forms in _FORMS if clause.lower(auxiliary) in words)
    end = min(len(clause.words), auxiliary + 1 + LONGEST_SPEAKER)
    places = [
        at
        for at in range(auxiliary + 2, end)
        if (verb_form(clause, at) or clause.lower(at) in QUOTED_FORMS)
        and not clause.words[at].possessive
        and speaker_in(clause, auxiliary + 1, at)
        and (clause.lower(at) not in VIEW_VERBS or clause.lower(0) == "how")
    ]
    fitting = [at for at in places if _form(clause, at, auxiliary) in allowed]
    chosen = fitting or [at for at in places if clause.lower(auxiliary) in DO]
    return _last_of_run(clause, chosen) if chosen else -1


def reported(clause: Clause, verb: int, speaker: str) -> Intent:
    """What the verb and the words after it ask for."""
    word, after = clause.lower(verb), verb + 1
    negative = False
    if word in _DECLINING and clause.lower(after) == "to":
        negative, word, after = True, clause.lower(after + 1), after + 2
    if word in QUOTED_FORMS:
        word, after = "say", skip(clause, after, {"as", "saying"})
    lemma = QUESTION_VERBS[word].lemma if word in QUESTION_VERBS else "say"
    if phrase := _phrase(clause, verb):
        lemma, after = phrase.lemma, verb + phrase.width
    listener, about = topic_of(clause.after(after), lemma)
    polarity = None if lemma == "deny" else Polarity.POSITIVE  # a denial of saying is negative
    return Intent(
        IntentKind.SAID,
        speaker,
        about,
        listener,
        lemma,
        acts=acts_of(lemma),
        polarity=Polarity.NEGATIVE if negative else polarity,
        certain=lemma in SPEECH_ONLY_VERBS or phrase is not None,
    )


def topic_of(rest: Clause, lemma: str) -> tuple[str, str]:
    """The listener and the topic."""
    start, size = skip(rest, 0, LOOSENING - {"to", "first", "one"} | {"nothing"}), len(rest.words)
    to = rest.lower(start) == "to" and lemma not in {"respond", "reply", "react"}
    at = rest.find(ABOUT, start)
    if to and lemma not in QUESTION_LISTENER_VERBS and at > start:
        return rest.written(start + 1, at), rest.written(at + 1, size)
    if lemma in QUESTION_LISTENER_VERBS and rest.lower(start) not in ABOUT | CLAUSE_OPENERS:
        opener = rest.find(CLAUSE_OPENERS, start + 1)
        cuts = [cut for cut in (at, opener) if cut > start]
        cut = min(cuts, default=size)
        return rest.written(start, cut), rest.written(cut + 1, size)
    opens = rest.lower(start) in ABOUT | {"to", "that", "as", "whether", "if", "in", "by", "at"}
    return "", rest.written(start + opens, size)


def acts_of(lemma: str) -> tuple[Act, ...]:
    """A denial is the opposite of a statement; other verbs only vary it."""
    return (Act.DENY,) if lemma == "deny" else ()


def _form(clause: Clause, at: int, auxiliary: int) -> Form | None:
    """The form of the verb; "quoted" goes with any form of "be"."""
    if clause.lower(at) in QUOTED_FORMS:
        return Form.ING if clause.lower(auxiliary) in BE else Form.PAST
    found = verb_form(clause, at)
    return found.form if found else None


def _last_of_run(clause: Clause, places: Sequence[int]) -> int:
    """The second of "report say" and of "state media say": the first is a part of the subject."""
    last = places[0]
    for at in places[1:]:
        between = {clause.lower(each) for each in range(last + 1, at)}
        plain = clause.lower(at) in GENERAL_VERBS and at <= last + MOST_BETWEEN
        if between and (not plain or not _NO_SUBJECT.isdisjoint(between)):
            break
        last = at
    return last
