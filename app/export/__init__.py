"""Cases as files to be taken away: as they are told, line by line or as a table, and one of them with all its files."""
