"""Statements as text: the speaker, the kind of statement, the date and the content.

With colour the content is bold and underlined; without colour it is set between » and «.
"""

import shlex
from collections.abc import Iterator, Sequence

from rich.text import Text

from api.schemas.statements import KIND_WORDS
from api.terminal.suggestions import suggested
from api.terminal.text import copied, fact, one_line, set_off, source_lines
from index.language.calendar import day_words
from index.language.names import name_key, name_words
from index.language.numbers import counted
from index.statements import Polarity, Speaker, Statement
from rag.citations import Citation
from rag.query.respelling import Respelling
from rag.replies import StatementsReply
from rag.statements.ranking.search import is_certain

UNCERTAIN = "uncertain whether this speaker said this; listed last"


def statements_lines(reply: StatementsReply, *, marks: bool) -> Iterator[Text]:
    """Speaker by speaker, each statement dated: the list that `onrecord quotes` prints."""
    speakers = [speaker_of(each, reply.speakers) for each in reply.citations]
    for speaker in reply.speakers:
        yield from _heading_lines(speaker)
        for citation, its_speaker in zip(reply.citations, speakers, strict=True):
            if its_speaker is speaker:
                yield Text(" · ".join([_where(citation), _kind(citation)]))
                yield from _quote_lines(citation, marks=marks)
    for citation, its_speaker in zip(reply.citations, speakers, strict=True):
        if its_speaker is None:
            yield from speaker_lines(citation)
            yield from _quote_lines(citation, marks=marks)
    if reply.uncertain:
        yield Text(f"{counted(reply.uncertain, 'statement')} of {reply.total:,}: {UNCERTAIN}.")
    if len(reply.citations) < reply.total:
        shown = f"{len(reply.citations):,} of {reply.total:,} are shown"
        yield Text(f"{shown}; a higher --limit shows more.")


def speaker_of(citation: Citation, speakers: Sequence[Speaker]) -> Speaker | None:
    """The one of `speakers` who said it, or None; some articles give only a part of the name.

    For a description such as "experts", `speakers` are those most quoted under it.
    """
    statement = citation.statement
    key = name_key(statement.speaker or "") if statement and statement.sure else ""
    words = set(name_words(statement.speaker or "")) if statement and key else set()
    whole = (each for each in speakers if key in each.keys)
    part = (each for each in speakers if words and words <= set(name_words(each.name)))
    return next(whole, None) or next(part, None)


def speaker_lines(citation: Citation) -> Iterator[Text]:
    """Lines above a quote: its speaker, its kind and its source."""
    if statement := citation.statement:
        yield Text(_who(citation, statement), "bold")
        cue = f" (“{one_line(citation.reads(statement.cue))}”)" if statement.cue else ""
        yield Text(" · ".join([_kind(citation) + cue, _where(citation)]))


def naming_lines(citation: Citation) -> Iterator[Text]:
    """A line below a quote with the place of the name, if the source is only "she"."""
    statement = citation.statement
    if statement and statement.speaker and statement.source and statement.resolution_path:
        named = statement.resolution_path[-1]
        if not statement.source.start <= named.start < named.end <= statement.source.end:
            source = one_line(citation.reads(statement.source))
            place = f"named at {named.start}:{named.end}"
            yield fact(f"“{source}” is {one_line(statement.speaker)}, {place}")


def more_lines(shown: int, total: int | None, speakers: Sequence[Speaker]) -> Iterator[Text]:
    """How to see all statements, if the answer shows only some of them."""
    if total and total > shown and speakers:
        name = shlex.quote(one_line(speakers[0].name)) if len(speakers) == 1 else "NAME"
        lists = suggested(f"`onrecord quotes {name}` lists them.")
        yield Text(f"{counted(shown, 'statement', 'are', of=total)} shown; {lists}")


def speakers_lines(speakers: Sequence[Speaker]) -> Iterator[Text]:
    """The speakers, if several are quoted or share the name."""
    if len(speakers) > 1:
        yield Text(f"Statements by {len(speakers)} speakers: {names_words(speakers)}.")
        yield Text()


def namesakes_lines(speakers: Sequence[Speaker]) -> Iterator[Text]:
    """Others of the name, below the answer."""
    if speakers:
        yield Text(f"Others of that name: {names_words(speakers)}. Ask for them by full name.")


def respelling_lines(respelling: Respelling | None) -> Iterator[Text]:
    """How a misspelt name was read."""
    if respelling:
        asked, name = one_line(respelling.asked), one_line(respelling.name)
        yield Text(f"“{asked}” is not in the archive; read as {name}.")


def names_words(speakers: Sequence[Speaker]) -> str:
    """`Ines Calder (2 statements), Tobias Renn (1 statement)`."""
    return ", ".join(
        f"{one_line(each.name)} ({counted(each.statements, 'statement')})" for each in speakers
    )


def _heading_lines(speaker: Speaker) -> Iterator[Text]:
    yield Text(", ".join(one_line(part) for part in (speaker.name, *speaker.roles[:1])), "bold")
    statements = counted(speaker.statements, "statement")
    yield Text(f"{statements} in {counted(speaker.articles, 'article')}")
    yield Text()


def _quote_lines(citation: Citation, *, marks: bool) -> Iterator[Text]:
    yield set_off([citation], (citation.start, citation.end), marks=marks)
    yield from naming_lines(citation)
    yield from source_lines([citation], dated=False)
    yield Text()


def _who(citation: Citation, statement: Statement) -> str:
    """The full name and role, or the possible speakers."""
    if not statement.sure:
        possible = " or ".join(map(one_line, statement.candidates))
        return f"It is not certain who: {possible}" if possible else "It is not certain who"
    role = citation.reads(statement.role) if statement.role else ""
    return ", ".join(one_line(part) for part in (statement.speaker or "", role) if part)


def _kind(citation: Citation) -> str:
    statement = citation.statement
    if statement is None:
        return ""
    said = KIND_WORDS[statement.kind]
    said = said if statement.polarity is Polarity.POSITIVE else f"{said}, as not said"
    return said if is_certain(statement) else f"{said} · uncertain"


def _where(citation: Citation) -> str:
    """`4 March 2025, The Quay Courier and 2 other outlets`."""
    article = citation.article
    date = day_words(article.published_at) if article.published_at else "undated"
    parts = (date, one_line(article.outlet or ""))
    return ", ".join(part for part in parts if part) + copied(citation)
