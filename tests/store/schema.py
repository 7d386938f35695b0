"""What tables, columns and triggers a database has, and at which revision it is."""

from typing import Any

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, inspect, text

from bpr.store.tables import METADATA


def differences(engine: Engine) -> list[Any]:
    """In what the database's tables are not those that the program uses."""
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, METADATA))


def describe(engine: Engine) -> dict[str, list[str]]:
    """Tables with their columns, and the triggers."""
    found = inspect(engine)
    tables = {
        name: [f"{column['name']} {column['type']}" for column in found.get_columns(name)]
        for name in found.get_table_names()
    }
    return tables | {"triggers": triggers(engine)}


def triggers(engine: Engine) -> list[str]:
    """The table of each trigger."""
    query = {
        "sqlite": "select tbl_name from sqlite_master where type = 'trigger'",
        "postgresql": "select relname from pg_trigger join pg_class on pg_class.oid = tgrelid where not tgisinternal",
    }[engine.dialect.name]
    with engine.connect() as connection:
        return sorted(name for (name,) in connection.execute(text(query)))


def version(engine: Engine) -> list[str]:
    with engine.connect() as connection:
        return list(connection.execute(text("select version_num from alembic_version")).scalars())
