"""Persons and their addresses, teams, organizations, credentials, and what each may do."""
