"""Bring a database to the tables of this release, by alembic's migrations."""

from sqlalchemy import Engine

from bpr.errors import StoreError
from bpr.store.revisions import current_revision, knows_revision, latest_revision, migrate


def upgrade(engine: Engine) -> None:
    """Run the missing migrations; refuse a database that a newer release has written."""
    with engine.execution_options(writes=True).begin() as connection:
        current = current_revision(connection)
        if current == latest_revision():
            return
        if current and not knows_revision(current):
            msg = (
                f"データベース「{engine.url.database}」は、この版より新しい bpr で作られています。"
                "新しい版の bpr で開いてください。"
            )
            raise StoreError(msg)
        migrate(connection, "head")
