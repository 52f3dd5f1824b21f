"""Ids in addresses, as far as the database knows any."""

ID = "int(max=2147483647)"
