"""The verb of speech in a question, and what the words after it ask for. Knows no whole form."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from index.language.reporting_verbs import (
    NEGATIVE_VERBS,
    QUESTION_LISTENER_VERBS,
    QUOTED_FORMS,
    SPEECH_ONLY_VERBS,
    VIEW_VERBS,
)
from index.language.verb_forms import QUESTION_VERBS, Form
from index.language.word_classes import BE, DO, HAVE, MODALS
from index.statements import Act, Polarity
from rag.query.clause import (
    ABOUT,
    CLAUSE,
    LONGEST_SPEAKER,
    LOOSENING,
    Clause,
    past,
    speaker_in,
)
from rag.query.intent import Intent, IntentKind

_DECLINING = NEGATIVE_VERBS | {f"{verb}d" for verb in NEGATIVE_VERBS}
_FORMS: tuple[tuple[AbstractSet[str], frozenset[Form]], ...] = (
    (DO | MODALS, frozenset({Form.BASE})),
    (HAVE, frozenset({Form.PAST})),
    (BE, frozenset({Form.ING})),
)


def verb_after(asked: Clause, auxiliary: int) -> int:
    """The verb that goes with the auxiliary and has someone before it; -1 when there is none."""
    wanted = next(forms for words, forms in _FORMS if asked.plain(auxiliary) in words)
    end = min(len(asked.words), auxiliary + 1 + LONGEST_SPEAKER)
    places = [
        at
        for at in range(auxiliary + 2, end)
        if (asked.plain(at) in QUESTION_VERBS or asked.plain(at) in QUOTED_FORMS)
        and not asked.words[at].owns
        and speaker_in(asked, auxiliary + 1, at)
        and (asked.plain(at) not in VIEW_VERBS or asked.plain(0) == "how")
    ]
    fitting = [at for at in places if _form(asked.plain(at), auxiliary, asked) in wanted]
    chosen = fitting or [at for at in places if asked.plain(auxiliary) in DO]
    return _last_of_run(chosen) if chosen else -1


def reported(asked: Clause, verb: int, speaker: str) -> Intent:
    """What the verb and the words after it ask for."""
    word, after = asked.plain(verb), verb + 1
    negative = False
    if word in _DECLINING and asked.plain(after) == "to":
        negative, word, after = True, asked.plain(after + 1), after + 2
    if word in QUOTED_FORMS:
        word, after = "say", past(asked, after, {"as", "saying"})
    lemma = QUESTION_VERBS[word].lemma if word in QUESTION_VERBS else "say"
    listener, about = topic_of(asked.after(after), lemma)
    return Intent(
        IntentKind.SAID,
        speaker,
        about,
        listener,
        lemma,
        acts=acts_of(lemma),
        polarity=Polarity.NEGATIVE if negative else Polarity.POSITIVE,
        certain=lemma in SPEECH_ONLY_VERBS,
    )


def topic_of(rest: Clause, lemma: str) -> tuple[str, str]:
    """Whom it was said to, and what about."""
    start, size = past(rest, 0, LOOSENING - {"to", "first", "one"} | {"nothing"}), len(rest.words)
    to = rest.plain(start) == "to" and lemma not in {"respond", "reply", "react"}
    at = rest.find(ABOUT, start)
    if to and lemma not in QUESTION_LISTENER_VERBS and at > start:
        return rest.written(start + 1, at), rest.written(at + 1, size)
    if lemma in QUESTION_LISTENER_VERBS and rest.plain(start) not in ABOUT | CLAUSE:
        clause = rest.find(CLAUSE, start + 1)
        cuts = [cut for cut in (at, clause) if cut > start]
        cut = min(cuts, default=size)
        return rest.written(start, cut), rest.written(cut + 1, size)
    opens = rest.plain(start) in ABOUT | {"to", "that", "as", "whether", "if", "in", "by", "at"}
    return "", rest.written(start + opens, size)


def acts_of(lemma: str) -> tuple[Act, ...]:
    """To deny a thing is the opposite of saying it; the others only colour it."""
    return (Act.DENY,) if lemma == "deny" else ()


def _form(word: str, auxiliary: int, asked: Clause) -> Form:
    """The verb's; "quoted" goes with any form of "be"."""
    if word in QUOTED_FORMS:
        return Form.ING if asked.plain(auxiliary) in BE else Form.PAST
    return QUESTION_VERBS[word].form


def _last_of_run(places: Sequence[int]) -> int:
    """Of "the report say" the second: a verb right before a verb is a noun."""
    last = places[0]
    for at in places[1:]:
        if at != last + 1:
            break
        last = at
    return last
