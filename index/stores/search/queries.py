"""What a found document must fulfil unscored; and how queries are put together."""

from collections.abc import Iterable, Sequence

from tantivy import FieldType, Occur, Query, Schema

from index.documents import Filter
from index.stores.timestamps import bound, last_second


def of_filter(schema: Schema, wanted: Filter) -> list[Query]:
    """Over the fields `published`, in seconds, and `outlet`, casefolded."""
    outlets = [name.casefold() for name in wanted.outlets]
    return [*_dates(schema, wanted), *one_of(schema, "outlet", outlets)]


def one_of(schema: Schema, field: str, values: Sequence[str]) -> list[Query]:
    """That the field holds any of the values; nothing is asked where there are none."""
    if len(values) > 1:
        return [Query.term_set_query(schema, field, list(values))]
    return [Query.term_query(schema, field, only, index_option="basic") for only in values]


def fulfilling(conditions: Iterable[Query], ranked: Query | None = None) -> Query:
    """All of the conditions, silent; scored as `ranked`, everything where there is neither."""
    silent = [Query.const_score_query(condition, 0.0) for condition in conditions]
    wanted = [*([ranked] if ranked else []), *silent]
    if not wanted:
        return Query.all_query()
    return wanted[0] if len(wanted) == 1 else all_of(wanted)


def all_of(queries: Iterable[Query]) -> Query:
    return Query.boolean_query([(Occur.Must, query) for query in queries])


def any_of(queries: Iterable[Query]) -> Query:
    return Query.boolean_query([(Occur.Should, query) for query in queries])


def _dates(schema: Schema, wanted: Filter) -> list[Query]:
    """A document with no date has no value here, so no bound lets it through."""
    low = None if wanted.published_from is None else bound(wanted.published_from)
    last = last_second(wanted)
    if low is None and last is None:
        return []
    return [Query.range_query(schema, "published", FieldType.Integer, low, last)]
