"""How Alembic finds the house: the app's engine, or a connection that is given; its tables."""

from contextlib import nullcontext

from alembic import context
from flask import current_app

from webapp.db import Base, db, will_write

will_write()
given = context.config.attributes.get("connection")
with db.engine.connect() if given is None else nullcontext(given) as connection:
    # SQLite rebuilds a table to alter it; foreign keys must look away meanwhile, which can be
    # said only outside a transaction and so to the driver itself.
    if connection.dialect.name == "sqlite":
        connection.connection.driver_connection.execute("PRAGMA foreign_keys = OFF")
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        **current_app.extensions["migrate"].configure_args,
    )
    with context.begin_transaction():
        context.run_migrations()
    if connection.dialect.name == "sqlite":
        connection.connection.driver_connection.execute("PRAGMA foreign_keys = ON")
