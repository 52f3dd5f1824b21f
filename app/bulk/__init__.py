"""Much work at once: a job is a list of rows, each done by the verb that does it alone, and each with a result."""
