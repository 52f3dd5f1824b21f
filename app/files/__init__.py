"""The contents of files, each stored once under its SHA-256."""
