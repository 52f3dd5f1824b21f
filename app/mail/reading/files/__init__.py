"""Files: what in a mail is not text to be read, and what it is called."""
