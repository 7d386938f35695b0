"""Which revisions of the tables this release knows, and what a database has at each of them."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, MetaData, Table, create_engine, func, select

from bpr.store.tables import METADATA

_OWN_TABLE = "alembic_version"


def latest_revision() -> str:
    """Return the revision of this release."""
    return _scripts().get_current_head() or ""


def knows_revision(revision: str) -> bool:
    """Tell whether this release has a revision; it has all but later ones."""
    return revision in {script.revision for script in _scripts().walk_revisions()}


def current_revision(connection: Connection) -> str:
    """Return the revision of a database."""
    return MigrationContext.configure(connection).get_current_revision() or ""


def migrate(connection: Connection, revision: str) -> None:
    """Run the migrations up to a revision, in the transaction of the connection."""
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def rebuild(connection: Connection, revision: str) -> None:
    """Throw the tables of this release away and make those of an earlier one."""
    METADATA.drop_all(connection)
    connection.exec_driver_sql(f"DROP TABLE {_OWN_TABLE}")
    migrate(connection, revision)


def find_tables(connection: Connection, revision: str) -> list[Table]:
    """Tables of a database at a revision, each after those that it refers to."""
    if revision == latest_revision():
        return METADATA.sorted_tables
    found = MetaData()
    found.reflect(connection)
    return [table for table in found.sorted_tables if table.name != _OWN_TABLE]


def list_tables(revision: str) -> list[Table]:
    """Tables that a revision has, without a database."""
    if revision == latest_revision():
        return METADATA.sorted_tables
    with _new_database(revision) as connection:
        return find_tables(connection, revision)


def count_rows(connection: Connection) -> dict[str, int]:
    """Rows of each table of this release."""
    counts = {
        table.name: select(func.count()).select_from(table) for table in METADATA.sorted_tables
    }
    return {name: connection.execute(query).scalar_one() for name, query in counts.items()}


def count_own_rows() -> dict[str, int]:
    """Rows that the migrations themselves put into each table."""
    with _new_database("head") as connection:
        return count_rows(connection)


@contextmanager
def _new_database(revision: str) -> Iterator[Connection]:
    engine = create_engine("sqlite://")
    try:
        with engine.begin() as connection:
            migrate(connection, revision)
            yield connection
    finally:
        engine.dispose()


@cache
def _scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(_config())


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return config
