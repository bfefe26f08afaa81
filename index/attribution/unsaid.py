"""Attributions that are no statements: nobody has said the words, or not yet.

What somebody must say, may say or plans to say has not been said; a question put to somebody is
not theirs; "is expected" and "is known as" name nobody; to plead guilty, to prove or to sign is a
deed. Knows the words of one sentence, but no speakers.
"""

import re
from itertools import pairwise

from index.attribution.annotations import Attribution
from index.attribution.cues import act_of, is_passive, lemma_of
from index.attribution.deeds import tells_no_words
from index.attribution.speakers.source_phrases import means_text
from index.documents import Span
from index.language.verbs.forms import VERB_FORMS
from index.language.verbs.reporting import (
    BLAMING_VERBS,
    HEARER_VERBS,
    INTENTION_VERBS,
    NEGATIVE_VERBS,
    PERSUASION_VERBS,
    PROOF_VERBS,
    SPEECH_VERBS,
    WITHHELD_VERBS,
)
from index.language.word_classes import NOTE_LABELS
from index.statements import Act, SourceType, Statement, StatementKind

_LEAD = 60
_INTENDED = (
    r"(?:wants?|wanted|hop(?:es?|ed|ing)|plan(?:s|ned|ning)?|inten(?:ds?|ded|ding)"
    r"|aim(?:s|ed|ing)?|seek(?:s|ing)?|sought|wish(?:es|ed)?|prepar(?:es?|ed|ing)"
    r"|read(?:ies|ied|ying)|needs?|needed)"
)
_DUE = (
    r"(?:is|are|was|were|be|been)\s+(?:\w+ly\s+|also\s+)?(?:expected|set|due|likely|unlikely"
    r"|about|going|scheduled|ready|prepared|poised|supposed|required|hoping|planning|preparing"
    r"|eager|keen)\s+to"
)
_OBLIGED = rf"(?:must|should|shall|ought\s+to|(?:has|have)\s+(?:yet\s+)?to|{_INTENDED}\s+to)"
_POSSIBLE = rf"(?:will|may|might|could|can(?!\s+(?:confirm|reveal|announce|disclose))|{_DUE})"
_VERB = r"(?:\s+(?:also|then|now|soon|still|have|[a-z]+ly))*\s+(?!not\b|only\b)[a-z]"
_NOT_YET = re.compile(rf"\b{_OBLIGED}{_VERB}")
_PERHAPS = re.compile(rf"(?:\b{_POSSIBLE}|['’]ll){_VERB}")
_CONDITION = re.compile(
    r"(?:\b(?:(?i:if|unless|whether|lest|should|in case|provided|assuming)"
    r"|(?i:contrary to|despite) what)|(?:\A|[\n.!?”]\s*)Had)\s+(?i:the\s+|an?\s+)?\Z"
)
_EVENT = re.compile(
    r"\b(?:open|clos|join|lead|led|attend|chair|host|held|hold|began|begin|end|resum|start|watch)\w*\s"
    r".*\b(?:debates?|talks|discussions?|meetings?|hearings?|sessions?|negotiations|conference)\b",
    re.IGNORECASE,
)
"""As in "opened the debate on": who takes part in an event has not said its subject."""
_PLEA = re.compile(r"(?:not\s+)?guilty\b|no\s+contest\b|innocent\b", re.IGNORECASE)
_CLAUSE = re.compile(r"(?:that|whether|if|how|why)\b", re.IGNORECASE)
_INFINITIVE = re.compile(r"\s*(?:to\s+)?([a-z]+)\b", re.IGNORECASE)
_PERSONAL = frozenset("he she i we you who".split())
_ANYBODY = frozenset(("i", "we", "you", "one", "nobody", "no one", "anyone", "everyone"))
_PICTURES = frozenset(
    "footage video photo picture image camera scan brain screen billboard display".split()
)
_LABEL_WORD = re.compile(r"[a-z]+(?:'[a-z]*)?")
_QUOTES = '“”„«»"'


def is_statement(attribution: Attribution, text: str) -> bool:
    """Whether its words were said or are held."""
    if _is_note(attribution, text):
        return False
    if not attribution.cue:
        return True
    cue = attribution.cue[0]
    lemma = lemma_of(cue.of(text))
    return not (
        _is_ahead(attribution, cue, text)
        or _is_conditional(attribution, cue, text)
        or _is_put_to_somebody(attribution, cue, text, lemma)
        or _is_of_nobody(attribution, cue, text, lemma)
        or (_EVENT.search(cue.of(text)) is not None and not _is_quoted(attribution, text))
        or _is_own_view(attribution, text, lemma)
        or (lemma in NEGATIVE_VERBS and not _withholds_words(attribution, cue, text))
        or tells_no_words(attribution, cue, text, lemma)
        or (lemma == "plead" and _PLEA.match(text, attribution.content[0].start) is not None)
    )


def _is_note(attribution: Attribution, text: str) -> bool:
    """Whether the source is a label of the paper: "CORRECTION: …", "Editor's note: …"."""
    label = attribution.source[0] if attribution.source else None
    words = _LABEL_WORD.findall(label.of(text).lower().replace("’", "'")) if label else []
    marked = label is not None and (
        text[label.end : label.end + 1] == ":" or label.of(text).isupper()
    )
    return marked and bool(words) and all(word in NOTE_LABELS for word in words)


def is_deed(statement: Statement, text: str) -> bool:
    """As in "Weiss showed that she can listen": what a person proves is a deed, unlike a study.

    What a picture shows is none either.
    """
    if statement.lemma not in PROOF_VERBS or statement.kind is not StatementKind.INDIRECT:
        return False
    source = statement.source.of(text).lower() if statement.source else ""
    words = [word.removesuffix("s") for word in source.split()]
    written = any(map(means_text, words)) and not _PICTURES.intersection(words)
    personal = statement.source_type is SourceType.PERSON or source in _PERSONAL
    return not written and (personal or bool(_PICTURES.intersection(words)))


def _is_ahead(attribution: Attribution, cue: Span, text: str) -> bool:
    """Not said yet: "must explain that", "is expected to say", "hopes to persuade them"."""
    lead = re.split(r"[.,;:!?\n“”\"()]", text[max(0, cue.start - _LEAD) : cue.start])[-1]
    words = f"{lead}{cue.of(text)}"
    if _ends_in(_NOT_YET, words, len(lead)) or _intends_to_speak(cue, text):
        return True
    return _ends_in(_PERHAPS, words, len(lead)) and not _is_quoted(attribution, text)


def _ends_in(ahead: re.Pattern[str], words: str, cue: int) -> bool:
    """Whether a match ends inside the cue, at its verb."""
    return any(found.end() > cue for found in ahead.finditer(words))


def _intends_to_speak(cue: Span, text: str) -> bool:
    """As in "plans to" with the content "tell the islands"."""
    words = cue.of(text).lower().split()
    intends = any(VERB_FORMS.get(word) in INTENTION_VERBS for word in words)
    verb = _INFINITIVE.match(text, cue.end)
    if not intends or not verb:
        return False
    infinitive = words[-1] == "to" or verb.group().lower().lstrip().startswith("to ")
    spoken = verb[1].lower()
    return infinitive and VERB_FORMS.get(spoken, spoken) in PERSUASION_VERBS


def _withholds_words(attribution: Attribution, cue: Span, text: str) -> bool:
    """As in "declined to comment"; "refused to pay" is a deed."""
    first = next((each for each in attribution.content if each.start >= cue.end), cue)
    words = f"{cue.of(text)} {text[first.start : first.start + _LEAD]}".lower().split()
    verbs = [after.strip(".,;") for word, after in pairwise(words) if word == "to"][:1]
    return all(VERB_FORMS.get(verb, verb) in WITHHELD_VERBS for verb in verbs)


def _is_conditional(attribution: Attribution, cue: Span, text: str) -> bool:
    """As in "if she says": right before the source, or before the cue where that comes first."""
    sources = [each.start for each in attribution.source if each.start < cue.start]
    start = min(sources, default=cue.start)
    return _CONDITION.search(text, max(0, start - _LEAD), start) is not None


def _is_put_to_somebody(attribution: Attribution, cue: Span, text: str, lemma: str) -> bool:
    """As in "asked about the strategy, he left" and "was asked whether": a question to them."""
    if lemma != "ask" or _has_agent(attribution, text):
        return False
    asked = cue.of(text).lower().split()
    first = attribution.content[0]
    follows = first.start >= cue.end and text[first.start] not in _QUOTES
    later = all(
        each.start > first.start or text[each.end : cue.start] == ", "
        for each in attribution.source
    )
    return is_passive(cue.of(text)) or (asked[0] in {"asked", "when"} and follows and later)


def _is_of_nobody(attribution: Attribution, cue: Span, text: str, lemma: str) -> bool:
    """As in "is expected to rain", "is known as": no agent, no clause, no quotation."""
    spoken = lemma in HEARER_VERBS or lemma in BLAMING_VERBS
    if attribution.source or spoken or not is_passive(cue.of(text)):
        return False
    after = (each for each in attribution.content if each.start >= cue.end)
    clause = any(_CLAUSE.match(text, each.start) for each in after)
    quoted = _is_quoted(attribution, text) and lemma in SPEECH_VERBS
    return not clause and not quoted


def _is_own_view(attribution: Attribution, text: str, lemma: str) -> bool:
    """As in "I think that": the writer's, or anybody's, outside of any quotation."""
    sources = {each.of(text).lower() for each in attribution.source}
    return bool(sources & _ANYBODY) and act_of(lemma) is Act.ATTITUDE


def _has_agent(attribution: Attribution, text: str) -> bool:
    before = (text[max(0, each.start - 4) : each.start] for each in attribution.source)
    return any(each.lower().endswith(" by ") for each in before)


def _is_quoted(attribution: Attribution, text: str) -> bool:
    return any(mark in each.of(text) for each in attribution.content for mark in _QUOTES)
