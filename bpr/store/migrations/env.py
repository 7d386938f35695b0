"""How alembic runs our migrations: on the connection that `migrate.upgrade` hands over."""

from alembic import context

from bpr.store.tables import METADATA

context.configure(connection=context.config.attributes["connection"], target_metadata=METADATA)
with context.begin_transaction():
    context.run_migrations()
