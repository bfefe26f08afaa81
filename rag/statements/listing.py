"""A page of statements by speaker, topic, kind and filter. Decides nothing and hides no copy."""

from dataclasses import dataclass, replace

from index.documents import Filter
from index.language.terms import STOP_TERMS, analyze
from index.statements import Speaker, StatementKind
from index.stores.search.statements import StatementQuery
from rag.citations import Citation
from rag.statements.reply import cite_statements
from rag.statements.search import ScoredStatement, StatementCollection
from rag.statements.speaker_lookup import find_speaker, similar_speakers


@dataclass(frozen=True, slots=True)
class ListingRequest:
    """Which statements to list; None or empty for any."""

    speaker: str | None
    about: str | None
    kinds: tuple[StatementKind, ...]
    filter: Filter


@dataclass(frozen=True, slots=True)
class ListingPage:
    """Some of the statements, and how many there are."""

    speakers: tuple[Speaker, ...] = ()
    total: int = 0
    citations: tuple[Citation, ...] = ()
    similar: tuple[Speaker, ...] = ()
    """Suggestions, if nobody has the name asked for."""


def list_statements(
    collection: StatementCollection, request: ListingRequest, *, limit: int, offset: int
) -> ListingPage:
    """The nearest to the topic first; without a topic, the newest first."""
    match, query = find_speaker(request.speaker or "", collection.index), _query(request)
    if match.people:
        query = replace(query, speakers=match.keys)
    elif request.speaker:
        query = replace(query, speaker_words=match.description)
    if request.speaker and match.is_empty:
        return ListingPage()
    total = collection.index.count(query)
    if request.speaker and not total and not match.people:
        return ListingPage(similar=similar_speakers(request.speaker, collection.index))
    found = [ScoredStatement(*each) for each in collection.search(query, limit, offset)]
    return ListingPage(match.speakers, total, cite_statements(found, collection))


def _query(request: ListingRequest) -> StatementQuery:
    terms = dict.fromkeys(analyze(request.about or ""))
    content = tuple(term for term in terms if term not in STOP_TERMS)
    return StatementQuery(about=content or tuple(terms), kinds=request.kinds, filter=request.filter)
