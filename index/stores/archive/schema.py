"""The tables of the archive, as numbered migrations; a released migration is never edited.

An instant is ISO 8601 in UTC for display (`recorded_at`), whole seconds for comparison
(`published_at`). Passages exist only for the current revision of a live article; statements stay
with the revision they were found in. The tables of speakers are derived from the statements.
"""

import uuid
from shlex import quote

from index.errors import ArchiveError, NoIndexError
from index.stores.archive.database import Connection, Database

APPLICATION_ID = 0x4F6E5265  # "OnRe"

Migration = tuple[str, ...]

_FIRST: Migration = (
    "create table meta (name text primary key, value text not null) without rowid",
    # `text` last: SQLite reads a long row's overflow pages to reach later columns
    """create table revisions (
        number integer primary key, article_id text not null, revision text not null,
        title text not null, url text, outlet text, authors text not null,
        published_at integer, published_original text, language text, metadata text not null,
        recorded_at text not null, furniture text not null default '[]', text text not null,
        unique (article_id, revision))""",
    # `fingerprint` hashes the facts that are indexed; `passages_for` is the recipe of the present
    # passages, null if there are none or those facts have changed
    """create table articles (
        id text primary key, current integer not null references revisions (number),
        fingerprint text not null, passages_for text,
        added_at text not null, updated_at text not null, removed_at text) without rowid""",
    "create index articles_by_recipe on articles (passages_for) where removed_at is null",
    # a rowid table: vectors are then stored in order of creation, which is the order of passages
    """create table embeddings (
        id integer primary key, key blob not null unique, vector blob not null)""",
    # autoincrement: an id is never reused, even after its passage is deleted
    """create table passages (
        id integer primary key autoincrement,
        revision integer not null references revisions (number),
        position integer not null, start integer not null, stop integer not null,
        key blob not null, embedding integer references embeddings (id))""",
    "create index passages_by_revision on passages (revision)",
    "create index passages_waiting on passages (id) where embedding is null",
    "create index passages_waiting_by_key on passages (key) where embedding is null",
    """create view live as
        select articles.id, articles.fingerprint, articles.passages_for, revisions.*
        from articles join revisions on revisions.number = articles.current
        where articles.removed_at is null""",
    """create view served as
        select articles.id, revisions.number = articles.current as is_current, revisions.*
        from articles join revisions on revisions.article_id = articles.id
        where articles.removed_at is null""",
)

_STATEMENTS: Migration = (
    # `speaker` is the key of the name, null if the speaker is unsure; `role` its words
    """create table statements (
        id integer primary key autoincrement,
        revision integer not null references revisions (number),
        position integer not null, speaker text, name text, source_type text not null, role text,
        payload text not null)""",
    "create index statements_by_revision on statements (revision)",
    # the recipe of the present statements, null if the indexed facts have changed
    "alter table articles add column statements_for text",
    "create index articles_by_attributor on articles (statements_for) where removed_at is null",
    "drop view live",
    """create view live as
        select articles.id, articles.fingerprint, articles.passages_for, articles.statements_for,
            revisions.*
        from articles join revisions on revisions.number = articles.current
        where articles.removed_at is null""",
)

_STORIES: Migration = (
    # what current revisions are compared by; `bands` is kept to find its rows for deletion
    """create table sketches (
        revision integer primary key references revisions (number),
        shingles blob not null, bands blob not null)""",
    """create table bands (
        value integer, revision integer, primary key (value, revision)) without rowid""",
    # close pairs, `enough` if they form a story; stored both ways round, so that an article's
    # pairs can be found and deleted from either side
    """create table copies (
        one integer, other integer, enough integer not null, primary key (one, other))
        without rowid""",
    # the recipe of the present sketch, null if the indexed facts have changed
    "alter table articles add column stories_for text",
    "create index articles_by_grouping on articles (stories_for) where removed_at is null",
    "drop view live",
    """create view live as
        select articles.id, articles.fingerprint, articles.passages_for, articles.statements_for,
            articles.stories_for, revisions.*
        from articles join revisions on revisions.number = articles.current
        where articles.removed_at is null""",
)

_CHECKSUMS: Migration = (
    # beside `revisions`, not in it: SQLite would read a row's whole text to reach a later column
    "create table checksums (revision integer primary key references revisions (number), value)",
    """insert into checksums select number, row_checksum(article_id, revision, title, url, outlet,
        authors, published_at, published_original, language, metadata, recorded_at, furniture)
        from revisions""",
    "alter table articles add column checksum text",
    "update articles set checksum = row_checksum(id, current, removed_at)",
    "alter table passages add column checksum text",
    "update passages set checksum = row_checksum(revision, position, start, stop, key)",
    "alter table statements add column checksum text",
    """update statements set checksum =
        row_checksum(revision, position, speaker, name, source_type, role, payload)""",
    "drop view live",
    "drop view served",
    """create view live as
        select articles.id, articles.current, articles.removed_at, articles.fingerprint,
            articles.passages_for, articles.statements_for, articles.stories_for,
            articles.checksum as article_checksum, checksums.value as checksum, revisions.*
        from articles join revisions on revisions.number = articles.current
        left join checksums on checksums.revision = revisions.number
        where articles.removed_at is null""",
    """create view served as
        select articles.id, articles.current, articles.removed_at,
            revisions.number = articles.current as is_current,
            articles.checksum as article_checksum, checksums.value as checksum, revisions.*
        from articles join revisions on revisions.article_id = articles.id
        left join checksums on checksums.revision = revisions.number
        where articles.removed_at is null""",
)


def _noting(trigger: str, *revisions: str) -> str:
    """`or ignore` would not do: a trigger follows the conflict clause of what fired it."""
    notes = (
        f"insert into unpublished select {each}"  # noqa: S608  ours
        f" where not exists (select 1 from unpublished where revision = {each});"
        for each in revisions
    )
    return f"create trigger {trigger} begin {' '.join(notes)} end"


_UNPUBLISHED: Migration = (
    # what changed since the generation in `meta`: revisions, deleted statements, and speakers
    "create table unpublished (revision integer primary key)",
    "create table unpublished_statements (id integer primary key, speaker text)",
    "create table unpublished_speakers (key text primary key) without rowid",
    _noting("passage_added after insert on passages", "new.revision"),
    _noting("passage_embedded after update of embedding on passages", "new.revision"),
    _noting("passage_deleted after delete on passages", "old.revision"),
    _noting("statement_added after insert on statements", "new.revision"),
    _noting("statement_deleted after delete on statements", "old.revision"),
    """create trigger statement_gone after delete on statements begin
        insert into unpublished_statements values (old.id, old.speaker); end""",
    _noting("article_added after insert on articles", "new.current"),
    _noting(
        """article_changed after update of current, removed_at on articles
        when old.current is not new.current or old.removed_at is not new.removed_at""",
        *("old.current", "new.current"),
    ),
    _noting(
        "revision_changed after update of title, outlet, published_at on revisions", "new.number"
    ),
    "create index articles_by_current on articles (current)",
    "create index statements_by_speaker on statements (speaker) where speaker is not null",
    # every name with sure statements, its spellings not joined (`articles` are ids, as JSON), and
    # one speaker for each person
    "create table quoted (key text primary key, articles text not null, payload text not null)",
    "create table people (key text primary key, payload text not null)",
)

_NAMES: Migration = (
    # filled by the next publish, since no `joined_by` in `meta` says by which rules they are joined
    # how an article names a speaker: (name, type, role) of each statement, as JSON
    """create table quoted_in (
        name integer, revision integer, published integer, first integer not null,
        mentions text not null, primary key (name, revision)) without rowid""",
    "create index quoted_in_by_revision on quoted_in (revision, name)",
    # every name with sure statements, its spellings not joined; `plain` is null for a group's,
    # `surname` for all but people's full names, `said` their statements, `person` whose it is
    """create table names (
        id integer primary key, key text not null unique, plain text, surname text, person text,
        said integer not null default 0, articles integer not null default 0, payload text)""",
    "create index names_by_plain on names (plain, said) where plain is not null",
    "create index names_by_surname on names (surname, said) where surname is not null",
    "create index names_by_person on names (person) where person is not null",
    """create table name_blocks (
        block integer, name integer, primary key (block, name)) without rowid""",
    "drop table quoted",
    "drop index statements_by_speaker",
)

MIGRATIONS: tuple[Migration, ...] = (
    _FIRST,
    _STATEMENTS,
    _STORIES,
    _CHECKSUMS,
    _UNPUBLISHED,
    _NAMES,
)
READABLE = 3
"""The oldest format that can be read without a migration."""


def prepare(
    database: Database, migrations: tuple[Migration, ...] = MIGRATIONS, readable: int = READABLE
) -> str:
    """Migrate the file to the present format, or raise; returns its identity.

    A reader migrates nothing, and reads formats from `readable` on.
    """
    with database.plain() as connection:
        found = _version(connection, database, newest=len(migrations), readable=readable)
        if not database.read_only:
            connection.execute("pragma journal_mode=wal").fetchall()
    if found < len(migrations) and not database.read_only:
        _migrate(database, migrations)
    with database.read() as connection:
        return str(connection.value("select value from meta where name = 'identity'"))


def _version(connection: Connection, database: Database, *, newest: int, readable: int) -> int:
    """The format of the file, 0 for an empty one; raises if it is not an archive."""
    version, application, objects = connection.execute(
        "select user_version, application_id, (select count(*) from sqlite_master)"
        " from pragma_user_version, pragma_application_id"
    ).fetchone()
    if application != APPLICATION_ID and (application, version, objects) != (0, 0, 0):
        raise ArchiveError(
            f"{database.path} is a database of another program, not an archive; "
            "choose another data folder"
        )
    if version > newest:
        raise ArchiveError(
            f"{database.path} has format {version}, this onrecord reads formats up to {newest}; "
            "upgrade onrecord"
        )
    if database.read_only and version < readable:
        if version == 0:
            raise nothing_here(database)
        raise ArchiveError(
            f"{database.path} has format {version}, this onrecord needs {newest}; "
            "run `onrecord index rebuild` once to bring it up to date"
        )
    return int(version)


def nothing_here(database: Database) -> NoIndexError:
    folder = database.path.parent
    return NoIndexError(
        f"nothing has been indexed in {folder} yet; "
        f"add articles with `onrecord index add --data {quote(str(folder))} PATH`"
    )


def _migrate(database: Database, migrations: tuple[Migration, ...]) -> None:
    with database.write() as connection:
        # checked again: another process may have migrated while this one waited for the lock
        found = _version(connection, database, newest=len(migrations), readable=0)
        for statement in (line for migration in migrations[found:] for line in migration):
            connection.execute(statement)
        connection.execute(f"pragma user_version={len(migrations)}")
        if found == 0:
            connection.execute(f"pragma application_id={APPLICATION_ID}")
            connection.execute("insert into meta values ('identity', ?)", (str(uuid.uuid4()),))
