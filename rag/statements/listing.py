"""A page of statements by speaker, topic, kind and filter. Decides nothing and hides no copy."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.documents import Filter
from index.language.names import name_key
from index.language.terms import STOP_TERMS, analyze
from index.statements import SourceType, Speaker, Statement, StatementKind
from index.stores.search.statements import StatementHit, StatementQuery
from rag.citations import Citation
from rag.statements.ranking.search import ScoredStatement, StatementCollection, is_certain
from rag.statements.reply import cite_statements
from rag.statements.speakers.lookup import (
    MOST_NAMESAKES,
    NamedSpeaker,
    find_speaker,
    similar_speakers,
)

MOST_ORDERED = 2_000
"""Statements put in order, the certain first; those beyond follow as the index has them."""

DESCRIBED = (SourceType.GROUP, SourceType.ORGANISATION, SourceType.UNNAMED)
"""What words that are no person's name may be."""


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
    uncertain: int = 0
    """Of the total: perhaps never said, or somebody else's; listed last."""
    similar: tuple[Speaker, ...] = ()
    """Suggestions, if nobody has the name asked for."""


def list_statements(
    collection: StatementCollection, request: ListingRequest, *, limit: int, offset: int
) -> ListingPage:
    """The certain first; of them the nearest to the topic, without a topic the newest."""
    match = find_speaker(request.speaker or "", collection.index).everyone
    query = _query(request)
    if match.people:
        query = replace(query, speakers=match.keys)
    elif request.speaker:
        query = replace(query, speaker_words=match.description)
    if request.speaker and match.is_empty:
        return ListingPage()
    total = collection.index.count(query)
    if request.speaker and not total and not match.people:
        return ListingPage(similar=similar_speakers(request.speaker, collection.index))
    ordered = _ordered(collection.index.search(query, MOST_ORDERED), by_topic=bool(query.about))
    page = ordered[offset : offset + limit]
    if beyond := limit - len(page):
        page += collection.index.search(query, beyond, max(offset, MOST_ORDERED))
    found = [ScoredStatement(*each) for each in collection.with_articles(page)]
    uncertain = sum(not is_certain(hit.statement) for hit in ordered)
    speakers = [_counted(person, collection) for person in match.people]
    if request.speaker and not speakers:
        speakers = _described(request.speaker, [hit.statement for hit in ordered], collection)
    return ListingPage(tuple(speakers), total, cite_statements(found, collection), uncertain)


def _ordered(hits: Sequence[StatementHit], *, by_topic: bool) -> list[StatementHit]:
    """The certain first. Without a topic, of one article's first the direct quotations."""
    first: dict[str, int] = {}
    for place, hit in enumerate(hits):
        first.setdefault(hit.statement.article_id, place)

    def order(placed: tuple[int, StatementHit]) -> tuple[bool, int, bool, int]:
        place, statement = placed[0], placed[1].statement
        group = place if by_topic else first[statement.article_id]
        direct = statement.kind is StatementKind.DIRECT
        return not is_certain(statement), group, not direct, place

    return [hit for _, hit in sorted(enumerate(hits), key=order)]


def _counted(person: NamedSpeaker, collection: StatementCollection) -> Speaker:
    """With the counts of the list: statements that only give a part of the name are theirs too."""
    if len(person.keys) == 1:
        return person.speaker
    query = StatementQuery(speakers=person.keys)
    hits = collection.index.search(query, MOST_ORDERED)
    articles = len({hit.statement.article_id for hit in hits})
    return replace(person.speaker, statements=collection.index.count(query), articles=articles)


def _described(
    words: str, statements: Sequence[Statement], collection: StatementCollection
) -> list[Speaker]:
    """Of a description such as "experts": the speakers listed, those with most of the list first.

    Sources that are nobody's name are one speaker, in the words asked for.
    """
    keys = Counter(name_key(each.speaker) for each in statements if each.sure and each.speaker)
    listed = (collection.index.speaker(key) for key, _ in keys.most_common(MOST_NAMESAKES))
    if known := [speaker for speaker in listed if speaker]:
        return known
    kinds = Counter(each.source_type for each in statements)
    kind = next((each for each, _ in kinds.most_common() if each in DESCRIBED), SourceType.UNNAMED)
    articles = len({each.article_id for each in statements})
    return [Speaker(name_key(words), words, kind, (), (), len(statements), articles)]


def _query(request: ListingRequest) -> StatementQuery:
    terms = dict.fromkeys(analyze(request.about or ""))
    content = tuple(term for term in terms if term not in STOP_TERMS)
    return StatementQuery(about=content or tuple(terms), kinds=request.kinds, filter=request.filter)
