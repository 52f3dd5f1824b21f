"""Orders: what the team can have done by the first lines of a mail."""
