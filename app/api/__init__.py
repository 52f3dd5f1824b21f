"""The HTTP interfaces: one dialect per folder, and what they share."""
