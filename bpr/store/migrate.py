"""Bring a database to the tables of this release, by alembic's migrations."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

from bpr.errors import StoreError


def upgrade(engine: Engine) -> None:
    """Run the missing migrations; refuse a database that a newer release has written."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    script = ScriptDirectory.from_config(config)
    with engine.execution_options(writes=True).begin() as connection:
        current = MigrationContext.configure(connection).get_current_revision()
        if current == script.get_current_head():
            return
        if current is not None and current not in {r.revision for r in script.walk_revisions()}:
            msg = (
                f"データベース「{engine.url.database}」は、この版より新しい bpr で作られています。"
                "新しい版の bpr で開いてください。"
            )
            raise StoreError(msg)
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
