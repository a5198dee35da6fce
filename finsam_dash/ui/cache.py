"""The store, opened once a process, and what is read from it, kept until the data version changes. Never by time."""
