"""A Django database backend: PostgreSQL that starts itself with the first connection."""
