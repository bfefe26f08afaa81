"""Patterns of labelled speech: "NAME: …" in transcripts, and a quotation signed "— Name".

A question labelled "Q" or an answer labelled "A" has no speaker and gives no match.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import groupby, zip_longest

from index.attribution.patterns.matches import CueMatch, token_span
from index.attribution.patterns.tokens import Token, TokenizedSentence
from index.documents import Span
from index.language.calendar import DAYS
from index.language.gazetteers import GIVEN_NAMES, PERSON_NOUNS
from index.language.names import PERSON_TITLES, SPEAKER_ROLES
from index.language.verbs.forms import VERB_FORMS
from index.language.word_classes import FORM_LABELS, NOTE_LABELS, QUOTATION_MARKS

LABELLED, SIGNED = 0.9, 0.94
LABEL_WORDS = 6
SIGNATURE_TOKENS = range(2, 17)
FEW = 2
"""At most this many labels in capitals may be headings."""
MOST_PARAGRAPHS = 6
"""Of one turn of a transcript."""
_NO_SPEAKER = frozenset(
    """
    q a question answer note photo photos video related read update updated correction caption
    image source sources credit more watch also here this that these today now first second
    third finally result warning editor background abstract published location date time where
    when who what why how pros cons bottom conclusion summary by from location price contact
    """.split()
)
_SPEAKING = PERSON_NOUNS | PERSON_TITLES | SPEAKER_ROLES | GIVEN_NAMES
_SMALL = frozenset("of the and for de van von al bin".split())
_SENTENCE_ENDS = frozenset((".", "?", "!", "…", "”", '"', "’", "'", ")", "]", "-", "—", "–"))
_DASHES = frozenset(("—", "–", "--", "-", "―"))


def labelled_turns(sentences: Sequence[TokenizedSentence]) -> list[CueMatch]:
    """What follows each speaker's label.

    A label counts if it comes before a quotation, if it comes again while there are others, or if
    it is in capitals like several more; any other may be a heading or an item of a list.
    """
    starts = [at for at in range(len(sentences)) if _opens_paragraph(sentences, at)]
    labels = {at: label for at in starts if (label := _label(sentences[at].tokens))}
    labels = _without_form_labels(sentences, labels) if labels else {}
    often = Counter(_words(_named(sentences[at].tokens, label)) for at, label in labels.items())
    spoken = {at for at, label in labels.items() if _speaks(sentences[at].tokens, label, often)}
    return [
        _turn(sentences, at, labels[at], _until(sentences, at, following))
        for at, following in zip_longest(labels, list(labels)[1:])
        if at in spoken
    ]


def signed_quotes(sentences: Sequence[TokenizedSentence]) -> Iterator[CueMatch]:
    """A quotation and, after a dash, its speaker on the same line or on the next."""
    for at, sentence in enumerate(sentences):
        tokens = sentence.tokens
        quotes = [place for place, token in enumerate(tokens) if token.quote is not None]
        if len(quotes) == 1 and quotes[0] == 0 and _signature(tokens[1:]):
            yield _signed(at, tokens[0], tokens[1:])
        elif len(tokens) == 1 and quotes and at + 1 < len(sentences):
            following = sentences[at + 1].tokens
            if _signature(following):
                yield _signed(at + 1, tokens[0], following)


def _opens_paragraph(sentences: Sequence[TokenizedSentence], at: int) -> bool:
    return at == 0 or sentences[at - 1].paragraph != sentences[at].paragraph


def _label(tokens: Sequence[Token]) -> int | None:
    """The position of the colon after a label that may be a name."""
    first = _first(tokens)
    for at, token in enumerate(tokens[: LABEL_WORDS + 2]):
        if token.text == ":":
            named = at + 1 < len(tokens) and _is_name(tokens[first:at])
            return at if named else None
        if at < first:
            continue
        if not (token.word or token.text in {".", ",", "(", ")", "'"}):
            return None
    return None


def _without_form_labels(
    sentences: Sequence[TokenizedSentence], labels: Mapping[int, int]
) -> dict[int, int]:
    """Without "Home town:" and "BEST MOMENT:": fields of a form, not people who speak.

    What follows a field is mostly no whole sentence; or the field is of words that the article uses
    as common ones. A single such word may be a surname: High, Brown.
    """
    common = {token.text for each in sentences for token in each.tokens if token.text.islower()}
    whole, often = Counter[str](), Counter[str]()
    for at, label in labels.items():
        name = _words(_named(sentences[at].tokens, label))
        often[name] += 1
        whole[name] += _ends_a_sentence(sentences[at].tokens[-1])
    return {
        at: label
        for at, label in labels.items()
        if 2 * whole[name := _words(_named(sentences[at].tokens, label))] >= often[name]
        and not _is_common(_named(sentences[at].tokens, label), common)
    }


def _ends_a_sentence(token: Token) -> bool:
    return token.quote is not None or token.text in _SENTENCE_ENDS


def _is_common(name: Sequence[Token], common: AbstractSet[str]) -> bool:
    words = [token.lower for token in name if token.word]
    telling = [word for word in words if word not in _SMALL]
    speaks = bool(_SPEAKING.intersection(words))
    return len(telling) > 1 and not speaks and set(telling) <= common


def _first(tokens: Sequence[Token]) -> int:
    """The position of the label: a transcript may be quoted as a whole."""
    return int(tokens[0].text in QUOTATION_MARKS)


def _is_name(tokens: Sequence[Token]) -> bool:
    words = [token for token in tokens if token.word]
    capital = all(word.capital or word.lower in _SMALL for word in words)
    first = words[0].lower if words else ""
    closed = first in _NO_SPEAKER or first in DAYS or first in VERB_FORMS
    closed = closed or (bool(words) and words[-1].lower in FORM_LABELS)
    closed = closed or all(
        word.lower in NOTE_LABELS or word.lower in _SMALL or word.text.isdigit() for word in words
    )
    return 0 < len(words) <= LABEL_WORDS and capital and not closed


def _named(tokens: Sequence[Token], label: int) -> Sequence[Token]:
    return tokens[_first(tokens) : label]


def _words(tokens: Sequence[Token]) -> str:
    return " ".join(token.text for token in tokens)


def _speaks(tokens: Sequence[Token], label: int, often: Counter[str]) -> bool:
    name = _named(tokens, label)
    again = often[_words(name)] > 1
    if not any(token.quote or token.text[0].isalpha() for token in tokens[label + 1 :]):
        return False
    turns = again and len(often) > 1
    shouted = all(token.text.isupper() for token in name if token.word)
    quoted = tokens[label + 1].quote is not None and len(tokens) <= label + 3
    return turns or quoted or (shouted and len(often) > 1 and sum(often.values()) > FEW)


def _turn(sentences: Sequence[TokenizedSentence], at: int, label: int, until: int) -> CueMatch:
    """The content ends before `until`; it has one span for each paragraph."""
    tokens = sentences[at].tokens
    spans: list[Span] = []
    for paragraph, held in groupby(sentences[at:until], key=lambda each: each.paragraph):
        parts = list(held)
        start = tokens[label + 1] if paragraph == sentences[at].paragraph else parts[0].tokens[0]
        spans.append(Span(start.start, parts[-1].tokens[-1].end))
    source, cue = token_span(tokens, _first(tokens), label), token_span(tokens, label, label + 1)
    return CueMatch(at, len(tokens), None, source, cue, tuple(spans), (), LABELLED)


def _until(sentences: Sequence[TokenizedSentence], at: int, following: int | None) -> int:
    """The next turn if it is near, else the end of the paragraph."""
    here = sentences[at].paragraph
    near = following is not None and sentences[following].paragraph - here <= MOST_PARAGRAPHS
    if following is not None and near:
        return following
    last = at
    while last < len(sentences) and sentences[last].paragraph == here:
        last += 1
    return last


def _signature(tokens: Sequence[Token]) -> bool:
    if len(tokens) not in SIGNATURE_TOKENS or tokens[0].text not in _DASHES:
        return False
    broken = any(token.quote is not None or token.text in {":", ";"} for token in tokens)
    return tokens[1].capital and not broken


def _signed(sentence: int, quote: Token, tokens: Sequence[Token]) -> CueMatch:
    last = len(tokens) - (tokens[-1].text == ".")
    source, cue = token_span(tokens, 1, last), token_span(tokens, 0, 1)
    content = Span(quote.start, quote.end)
    return CueMatch(sentence, len(tokens), None, source, cue, (content,), (), SIGNED)
