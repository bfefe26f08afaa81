"""The archive: the file, every text and its hash, what was derived, and what has no owner."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np

from index.errors import DamagedArticleError
from index.language.numbers import counted
from index.maintenance.health.findings import (
    FINISH,
    REBUILD,
    RESTORE,
    Finding,
    Grade,
    graded,
    some,
)
from index.maintenance.health.stored_articles import ArticlesRead
from index.stores.archive.checksums import PASSAGE, STATEMENT, check_derived
from index.stores.archive.database import Connection
from index.stores.archive.schema import MIGRATIONS

LARGE_LOG = 256 * 1024 * 1024
"""Bytes of the write-ahead log beyond which something keeps it from being emptied."""

_WITHOUT_OWNER: Mapping[str, str] = {
    "passages of no current revision": "passages where revision not in"
    " (select current from articles where removed_at is null)",
    "statements of no revision": "statements where revision not in (select number from revisions)",
    "checksums of no revision": "checksums where revision not in (select number from revisions)",
    "revisions without a checksum": "revisions where number not in"
    " (select revision from checksums)",
    "articles without their revision": "articles where not exists (select 1 from revisions"
    " where number = current and article_id = articles.id)",
    "revisions without their article": "revisions where article_id not in"
    " (select id from articles)",
    "passages whose vector is lost": "passages where embedding is not null and not exists"
    " (select 1 from embeddings where id = embedding and embeddings.key = passages.key)",
    "sketches of no current revision": "sketches where revision not in"
    " (select current from articles where removed_at is null)",
    "bands of no sketch": "bands where revision not in (select revision from sketches)",
    "copies of no sketch": "copies where one not in (select revision from sketches)"
    " or not exists (select 1 from copies as back"
    " where back.one = copies.other and back.other = copies.one)",
    "mentions of no name": "quoted_in where name not in (select id from names)",
    "blocks of no name": "name_blocks where name not in (select id from names)",
}


def is_old_format(connection: Connection) -> bool:
    """Whether its next writer changes the tables, and what is in them is checked after that."""
    return int(connection.value("pragma user_version")) < len(MIGRATIONS)


def file_findings(connection: Connection, path: Path) -> Iterator[Finding]:
    """SQLite's own view of the file, its format and its log."""
    faults = [str(row[0]) for row in connection.execute("pragma integrity_check(5)")]
    fault = "" if faults == ["ok"] else f"SQLite finds the archive damaged: {some(faults)}."
    yield graded(
        "archive file",
        fault,
        fine="SQLite finds the archive whole.",
        grade=Grade.FAIL,
        mend=RESTORE,
    )
    found, newest = int(connection.value("pragma user_version")), len(MIGRATIONS)
    yield graded(
        "archive format",
        f"The archive has format {found}; the next writer brings it to {newest}."
        if found < newest
        else "",
        fine=f"The archive has format {newest}.",
        grade=Grade.WARN,
        mend=FINISH,
    )
    log = path.with_name(f"{path.name}-wal")
    size = log.stat().st_size if log.exists() else 0
    large = f"The write-ahead log has {size:,} bytes: a reader that does not end may hold it."
    yield graded(
        "write-ahead log",
        large if size > LARGE_LOG else "",
        fine=f"The write-ahead log has {size:,} bytes.",
        grade=Grade.WARN,
        mend="onrecord index compact",
    )


def text_findings(read: ArticlesRead) -> Iterator[Finding]:
    damaged = sorted(set(read.damaged))
    yield graded(
        "texts",
        f"{counted(len(damaged), 'article', 'were')} altered since: {some(damaged)}."
        if damaged
        else "",
        fine="1 text is as it was stored, with its facts."
        if read.revisions == 1
        else f"{read.revisions:,} texts are as they were stored, with their facts.",
        grade=Grade.FAIL,
        mend=RESTORE,
    )


def derived_findings(connection: Connection) -> Iterator[Finding]:
    """Passages and statements are as they were made, and everything belongs to something."""
    for name, columns in (("passages", PASSAGE), ("statements", STATEMENT)):
        count, altered = _altered(connection, name, columns)
        yield graded(
            name,
            f"Altered since they were made: {name} of {some(altered)}." if altered else "",
            fine=f"{counted(count, name.removesuffix('s'), 'are')} as made.",
            grade=Grade.FAIL,
            mend=RESTORE,
        )
    lost = [
        f"{what} ({count:,})"
        for what, rows in _WITHOUT_OWNER.items()
        if (count := connection.value(f"select count(*) from {rows}"))  # noqa: S608  ours
    ]
    yield graded(
        "orphans",
        f"The archive has rows that belong to nothing: {', '.join(lost)}." if lost else "",
        fine="Everything derived belongs to a text.",
        grade=Grade.FAIL,
        mend=RESTORE,
    )
    differing = _differing_bands(connection)
    yield graded(
        "near duplicates",
        f"What near duplicates are found by differs for {counted(differing, 'article')}."
        if differing
        else "",
        fine="What near duplicates are found by is as it was made.",
        grade=Grade.FAIL,
        mend=RESTORE,
    )


def name_findings(connection: Connection) -> Iterator[Finding]:
    """The names of statements are those that speakers are put together from."""
    rows = connection.execute(
        """select statements.speaker, count(*) as said from statements
        join live on live.number = statements.revision where speaker is not null
        group by statements.speaker"""
    )
    said = dict(map(tuple, rows.fetchall()))
    kept: dict[str, int] = dict.fromkeys(said, 0)
    for key, mentions in connection.execute(
        "select key, mentions from quoted_in join names on names.id = quoted_in.name"
    ):
        kept[key] = kept.get(key, 0) + _mentioned(mentions)
    differing = sorted(key for key in said.keys() | kept if said.get(key, 0) != kept.get(key))
    yield graded(
        "names",
        f"{counted(len(differing), 'name', 'do')} not have the statements that the archive has: "
        f"{some(differing)}."
        if differing
        else "",
        fine=f"{counted(len(said), 'name', 'have')} the statements that the archive has.",
        grade=Grade.FAIL,
        mend=REBUILD,
    )


def _mentioned(mentions: str) -> int:
    """-1 if it cannot be read: no name has so few."""
    try:
        return len(json.loads(mentions))
    except ValueError:
        return -1


def _altered(connection: Connection, table: str, columns: str) -> tuple[int, list[str]]:
    """How many rows there are, and the articles of those altered."""
    count, articles = 0, set()
    for row in connection.execute(
        f"select {table}.*, article_id from {table}"  # noqa: S608  one of two
        f" left join revisions on number = {table}.revision"
    ):
        count += 1
        try:
            check_derived(row, row["article_id"], columns)
        except DamagedArticleError:
            articles.add(repr(row["article_id"]))
    return count, sorted(articles)


def _differing_bands(connection: Connection) -> int:
    """Articles whose bands are not those that their sketch has."""
    stored: dict[int, set[int]] = {}
    for value, revision in connection.execute("select value, revision from bands"):
        stored.setdefault(revision, set()).add(value)
    differing = 0
    for revision, bands in connection.execute("select revision, bands from sketches"):
        whole = len(bands) % 8 == 0
        own = set(np.frombuffer(bands, "<i8").tolist()) if whole else {-1}
        differing += own != stored.get(revision, set())
    return differing
