"""Keeping: backups of the database and their way back, on both databases. Keys and the ledger are kept elsewhere."""
