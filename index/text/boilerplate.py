"""Finds boilerplate in a saved page: captions, teasers, newsletter and comment forms.

Patterns judge whole paragraphs; everything after a comment form near the end is marked too. A
false mark hides reporting, so a pattern requires a whole phrase, or two signs at once, in a short
paragraph. A quotation, a correction or an update note is never boilerplate.
"""

import re
from collections.abc import Sequence

from index.documents import Boilerplate, BoilerplateKind, Span
from index.text.boilerplate_patterns import PATTERNS, BoilerplatePattern
from index.text.captions import captions_before_title
from index.text.line_shapes import QUOTED_LABEL, compiled
from index.text.page_parts import LINE, marked_by_place
from index.text.paragraphs import paragraphs

MOST_CHARACTERS = 900
"""A longer paragraph is never marked for its own wording."""
COMMENT_FORM_WORDS = 40
TAIL_WORDS = 150
"""The rest is marked with a comment form unless more words of prose than this follow it."""
PROSE_WORDS = 20
"""The fewest words of a paragraph of prose; it must also end with a full stop."""
HEAD = 2
END = 6
"""How many paragraphs count as the first and as the last."""
_ODD_SPACE = re.compile(r"[^\S ]")
"""Patterns use plain spaces; saved pages also have no-break spaces and newlines."""

HEADLINE_WORDS = 16
SENTENCE_ENDS = '.!?:;,…"”’»)'
"""A headline ends with none of these; a paragraph of reporting nearly always does."""
ANNOUNCING = compiled(
    r"(?:see also|read (?:more|also|next)|also read|you (?:may|might) also like"
    r"|more (?:stories|on this(?: story)?|from [\w .'’&-]{2,40})|recommended(?: stories)?"
    r"|related(?: (?:stories|articles|news|content|coverage|posts))?)\W*"
)
"""A heading on its own line, followed by headlines of other stories."""

ON_RECORD = compiled(
    r"\s*(?:[\"“‘'«]|\W?(?:corrections?|clarifications?|editor['’]s note|an earlier version"
    r"|this (?:story|article|report|version) (?:has been|was|is) (?:updated|corrected|amended)))"
)
"""The start of a quotation or of a note on the publication: never boilerplate."""

COMMENT_FORM = compiled(
    r"(?:leave a (?:reply|comment)|cancel reply|post (?:a|your) comments?"
    r"|log ?in to (?:leave a )?comment|your e-?mail address will not be"
    r"|required fields are marked|notify me of (?:new|follow)|save my name|this site uses akismet"
    r"|learn how your comment data|be the first to comment|(?:you must be |please )(?:logged|log"
    r"|sign(?:ed)?)[ -]?in to (?:post|leave|comment)|(?:sorry, )?comments (?:are"
    r"|have been) (?:now |currently )?(?:closed|disabled|off|turned off)"
    r"|please enter your (?:comment|name|e-?mail)|commenting is (?:not|closed))\b"
)
COMMENT_HEADING = compiled(
    r"(?:(?:\d+ )?(?:reader )?(?:comments?|replies|responses?)(?: \(\d+\))?|(?:view|show"
    r"|read) (?:all )?comments?|(?:add|write) a comment|join the (?:conversation|discussion"
    r"|debate)|\d+ (?:thoughts?|responses?|comments?|replies) (?:on|to) [\"“‘'].*)\W*\Z"
)


def find_boilerplate(text: str, title: str = "") -> tuple[Boilerplate, ...]:
    """Ascending and disjoint; each mark is one paragraph, except the comments at the end.

    What stands in the text above the line with the article's title is a caption.
    """
    spans, plain = paragraphs(text), _ODD_SPACE.sub(" ", text)
    pieces = [span.of(plain) for span in spans]
    tail = _comments_start(spans, pieces)
    kinds = [_kind(piece, position, tail) for position, piece in enumerate(pieces[:tail])]
    for position in range(_captions(pieces, title)):
        kinds[position] = BoilerplateKind.CAPTION
    kinds = marked_by_place(pieces, _with_announced(pieces, kinds))
    marks = [Boilerplate(span, kind) for span, kind in zip(spans, kinds, strict=False) if kind]
    if tail < len(spans):
        rest = Span(spans[tail].start, spans[-1].end)
        marks.append(Boilerplate(rest, BoilerplateKind.COMMENTS))
    return tuple(marks)


def _captions(pieces: Sequence[str], title: str) -> int:
    """How many paragraphs above the title are captions."""
    count = captions_before_title(pieces)
    shown = pieces[count].strip("#*_ ") if count else ""
    return count if shown and shown == title.strip() else 0


def _with_announced(
    pieces: Sequence[str], kinds: Sequence[BoilerplateKind | None]
) -> list[BoilerplateKind | None]:
    """Headlines under a teaser's heading, such as "See also", are teasers too."""
    marked, announced = list(kinds), False
    for position, piece in enumerate(pieces[: len(kinds)]):
        if announced and marked[position] is None and _is_headline(piece):
            marked[position] = BoilerplateKind.TEASER
        else:
            announced = ANNOUNCING.fullmatch(piece) is not None
    return marked


def _is_headline(piece: str) -> bool:
    return (
        piece.count(" ") < HEADLINE_WORDS
        and not ON_RECORD.match(piece)
        and piece[-1] not in SENTENCE_ENDS
    )


def _kind(piece: str, position: int, count: int) -> BoilerplateKind | None:
    if len(piece) > MOST_CHARACTERS:
        return None
    if ON_RECORD.match(piece):
        return BoilerplateKind.TEASER if QUOTED_LABEL.match(piece) else None
    words, lowered = piece.count(" ") + 1, piece.lower()
    for pattern in PATTERNS:
        candidate = words <= pattern.most_words and pattern.hint in lowered
        if candidate and _placed(pattern, position, count) and pattern.pattern.match(piece):
            return pattern.kind
    return BoilerplateKind.COMMENTS if _is_form(piece) else None


def _placed(pattern: BoilerplatePattern, position: int, count: int) -> bool:
    if pattern.place == "head":
        return position < HEAD
    return pattern.place == "anywhere" or position >= count - END


def _comments_start(spans: Sequence[Span], pieces: Sequence[str]) -> int:
    """The first paragraph of the comments at the end; the number of paragraphs if there are none.

    A bare heading such as "Comments" counts only if a comment form follows.
    """
    start, prose, form = len(pieces), 0, False
    for position in range(len(pieces) - 1, -1, -1):
        piece = pieces[position]
        if 3 * spans[position].start < spans[-1].end or prose > TAIL_WORDS:
            break
        if _is_form(piece):
            start, form = position, True
        elif form and len(piece) <= 2 * LINE and COMMENT_HEADING.match(piece):
            start = position
        else:
            prose += _prose(piece)
    return start


def _is_form(piece: str) -> bool:
    return COMMENT_FORM.match(piece) is not None and piece.count(" ") < COMMENT_FORM_WORDS


def _prose(piece: str) -> int:
    words = piece.count(" ") + 1
    return words if words >= PROSE_WORDS and piece.rstrip("\"”’')").endswith((".", "!", "?")) else 0
