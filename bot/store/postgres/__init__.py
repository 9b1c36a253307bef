"""The store of an installation with several machines: PostgreSQL, or what speaks its language."""
