"""A page of statements, as a listing has them: nothing is decided and no copy is hidden."""

from dataclasses import dataclass, replace

from index.documents import Filter
from index.language.terms import STOP_TERMS, analyze
from index.statements import Speaker, StatementKind
from index.stores.search.statements import StatementQuery
from rag.answering.reply_builder import cited_statements
from rag.citations import Citation
from rag.statements.search import StatementCollection, read_all
from rag.statements.speaker_lookup import find_speaker, nearest


@dataclass(frozen=True, slots=True)
class Listing:
    """What is asked for: each part None or empty for anything."""

    speaker: str | None
    about: str | None
    kinds: tuple[StatementKind, ...]
    filter: Filter


@dataclass(frozen=True, slots=True)
class ListingPage:
    """Some of the statements, and how many there are."""

    speakers: tuple[Speaker, ...]
    total: int
    citations: tuple[Citation, ...]
    nearest: tuple[Speaker, ...] = ()
    """Speakers of nearly that name, where nobody bears it."""


def page(record: StatementCollection, listing: Listing, *, limit: int, offset: int) -> ListingPage:
    """Of whom the name may mean; the nearest to the subject first, newest first without one."""
    meant = find_speaker(listing.speaker or "", record.index)
    query = _query(listing)
    if meant.people:
        query = replace(query, speakers=meant.keys)
    elif listing.speaker:
        query = replace(query, speaker_words=meant.described)
    if listing.speaker and meant.anybody:
        return ListingPage((), 0, ())
    total = record.index.count(query)
    if listing.speaker and not total and not meant.people:
        return ListingPage((), 0, (), tuple(nearest(listing.speaker, record.index)))
    found = read_all(record, query, limit, offset)
    return ListingPage(meant.speakers, total, cited_statements(found, record))


def _query(listing: Listing) -> StatementQuery:
    terms = dict.fromkeys(analyze(listing.about or ""))
    telling = tuple(term for term in terms if term not in STOP_TERMS)
    return StatementQuery(about=telling or tuple(terms), kinds=listing.kinds, filter=listing.filter)
