"""Alembic's entry: runs the migrations on the connection and in the transaction that the store has opened."""

from alembic import context

connection = context.config.attributes["connection"]
context.configure(connection=connection, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
