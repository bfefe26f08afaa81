"""Patterns of the passive: Y was told by X that …; “…,” Y was told; it was announced by X that ….

The agent after "by" speaks; the subject listens, so that without an agent there is no source. Only
in "X was quoted as saying" the subject speaks. Knows one sentence.
"""

from collections.abc import Sequence

from index.attribution.patterns.clauses import clause_end, first_comma, starts_clause
from index.attribution.patterns.matches import CueMatch, token_span
from index.attribution.patterns.noun_phrases import Phrase, phrase_after
from index.attribution.patterns.subjects import Subject, subject_before
from index.attribution.patterns.tokens import Token
from index.documents import Span
from index.language.calendar import CALENDAR_WORDS
from index.language.gazetteers import PERSON_NOUNS
from index.language.verbs.forms import VERB_FORMS
from index.language.verbs.reporting import HEARER_VERBS, SPEECH_VERBS
from index.language.word_classes import ALL_AUXILIARIES, BE_FORMS, VERB_HELPERS

WITH_AGENT, WITHOUT_AGENT = 0.85, 0.6
"""Confidence; with less, and without a clause, it only corrects what the tagger finds."""
ADVERBIAL = 7
"""The most words, such as "on Monday", between the verb and "by"."""
_OPENERS = frozenset("that whether if how why what".split())
_CUT = _OPENERS | {"as", "to", "and", "but"}


def is_passive(tokens: Sequence[Token], verb: int, floor: int) -> bool:
    """Whether a form of "be" belongs to the verb: "was told", "has not been told"."""
    start = _group_start(tokens, verb, floor)
    helped = any(token.lower in BE_FORMS for token in tokens[start:verb])
    return helped and tokens[verb].lower in VERB_FORMS and not tokens[verb].lower.endswith("ing")


def passive_report(
    tokens: Sequence[Token], verb: int, floor: int, sentence: int
) -> CueMatch | None:
    """Words with their agent; a listener's words also without one."""
    lemma = VERB_FORMS.get(tokens[verb].lower, "")
    if lemma not in SPEECH_VERBS:
        return None
    start = _group_start(tokens, verb, floor)
    if lemma == "quote":
        return _quoted_as_saying(tokens, start, verb, floor, sentence)
    by = _agent_place(tokens, verb + 1)
    agent = _agent(tokens, by + 1, lemma) if by else None
    first = agent.last if agent else verb + 1
    content, until = _content(tokens, first, start, floor, lemma)
    if agent is None and lemma in HEARER_VERBS:
        agent = _agent_at_end(tokens, first, until)
        content = (Span(content[0].start, tokens[agent.first - 2].end),) if agent else content
    confidence = WITH_AGENT if agent and content else WITHOUT_AGENT
    if agent and not content:
        content, until = _around(tokens, start, floor, agent), len(tokens)
    if not content or (agent is None and lemma not in HEARER_VERBS):
        return None
    return _match(tokens, (start, verb + 1), agent, content, until, sentence, confidence)


def heard_from(tokens: Sequence[Token], verb: int, sentence: int) -> CueMatch | None:
    """As in "Y heard from X that": X speaks."""
    if verb + 2 >= len(tokens) or tokens[verb + 1].lower != "from":
        return None
    agent = _agent(tokens, verb + 2, "hear")
    if agent is None or agent.last >= len(tokens) or tokens[agent.last].lower not in _OPENERS:
        return None
    end = clause_end(tokens, agent.last)
    content = (token_span(tokens, agent.last, end),)
    return _match(tokens, (verb, verb + 2), agent, content, end, sentence)


def _match(
    tokens: Sequence[Token],
    cue: tuple[int, int],
    speaking: Phrase | None,
    content: tuple[Span, ...],
    until: int,
    sentence: int,
    confidence: float = WITH_AGENT,
) -> CueMatch:
    source = token_span(tokens, speaking.first, speaking.last) if speaking else None
    return CueMatch(
        sentence,
        until,
        Subject(speaking, cue[0]) if speaking else None,
        source,
        token_span(tokens, *cue),
        content,
        (),
        confidence,
    )


def _quoted_as_saying(
    tokens: Sequence[Token], start: int, verb: int, floor: int, sentence: int
) -> CueMatch | None:
    """The one quoted speaks, whoever quotes: "X was quoted by Y as saying"."""
    near = range(verb + 1, min(len(tokens) - 1, verb + ADVERBIAL + 4))
    at = next((at for at in near if _lower(tokens, at, at + 2) == ["as", "saying"]), None)
    subject = subject_before(tokens, start, floor)
    if at is None or subject is None:
        return None
    content, until = _content(tokens, at + 2, start, floor, "say")
    if not content:
        return None
    return _match(tokens, (start, at + 2), subject.phrase, content, until, sentence)


def _content(
    tokens: Sequence[Token], first: int, start: int, floor: int, lemma: str
) -> tuple[tuple[Span, ...], int]:
    """What was said, and the token after it: a quotation before, or what follows `first`."""
    quoted = [at for at in range(floor, start) if tokens[at].quote is not None]
    if quoted:
        return (token_span(tokens, quoted[-1], quoted[-1] + 1),), first
    while first < len(tokens) and tokens[first].text in {",", ":"}:
        first += 1
    first = _past_adverbial(tokens, first)
    if first >= len(tokens):
        return (), first
    lower = tokens[first].lower
    hearing = lemma in HEARER_VERBS
    opens = lower in _OPENERS or tokens[first].quote is not None or (hearing and lower == "to")
    if not opens and not ((hearing or lemma == "say") and starts_clause(tokens, first)):
        return (), first
    end = clause_end(tokens, first)
    if start > 0 and tokens[start - 1].lower in {"who", "which"}:
        end = first_comma(tokens, first, end)
    return ((token_span(tokens, first, end),), end) if end > first else ((), first)


def _around(tokens: Sequence[Token], start: int, floor: int, agent: Phrase) -> tuple[Span, ...]:
    """The thing spoken of, and what is said of it: "the plan was criticised by X as late"."""
    subject = subject_before(tokens, start, floor)
    end = clause_end(tokens, agent.last)
    parts = []
    if subject and tokens[subject.phrase.first].lower not in {"it", "there"}:
        parts.append(token_span(tokens, subject.phrase.first, subject.phrase.last))
    if agent.last < end and tokens[agent.last].word:
        parts.append(token_span(tokens, agent.last, end))
    return tuple(parts)


def _past_adverbial(tokens: Sequence[Token], first: int) -> int:
    """The position of a "that" or "to" after "on Monday" or "in a letter"."""
    for at in range(first, min(len(tokens), first + ADVERBIAL)):
        if tokens[at].lower in _OPENERS | {"to"}:
            return at if tokens[first].lower in {"on", "in", "by", "at", "last", "again"} else first
        if not tokens[at].word:
            break
    return first


def _agent_place(tokens: Sequence[Token], first: int) -> int | None:
    """The position of "by" right after a verb or an adverbial."""
    for at in range(first, min(len(tokens), first + ADVERBIAL)):
        if tokens[at].lower == "by":
            return at
        if tokens[at].lower in _CUT or not tokens[at].word:
            return None
    return None


def _agent(tokens: Sequence[Token], first: int, lemma: str) -> Phrase | None:
    """The phrase from `first`; a date is no agent, and X in "accused by X of" ends before "of"."""
    if first >= len(tokens) or tokens[first].lower in CALENDAR_WORDS:
        return None
    cuts = {"that", "whether", "as"} | ({"of"} if lemma == "accuse" else set())
    end = len(tokens) - (tokens[-1].text == ".")
    ceiling = next((at for at in range(first, end) if tokens[at].lower in cuts), end)
    return phrase_after(tokens, first, ceiling)


def _agent_at_end(tokens: Sequence[Token], first: int, until: int) -> Phrase | None:
    """As in "was told to leave by the guard": only a phrase with a noun for a person."""
    places = [at for at in range(first + 1, until) if tokens[at].lower == "by"]
    if not places or first >= len(tokens) or tokens[first].lower != "to":
        return None
    phrase = _agent(tokens, places[-1] + 1, "tell")
    named = phrase and any(
        token.lower in PERSON_NOUNS for token in tokens[phrase.first : phrase.last]
    )
    return phrase if named else None


def _group_start(tokens: Sequence[Token], verb: int, floor: int) -> int:
    while verb > floor and (
        tokens[verb - 1].lower in ALL_AUXILIARIES
        or tokens[verb - 1].lower in VERB_HELPERS
        or tokens[verb - 1].lower.endswith(("ly", "n't"))
    ):
        verb -= 1
    return verb


def _lower(tokens: Sequence[Token], first: int, last: int) -> list[str]:
    return [token.lower for token in tokens[first:last]]
