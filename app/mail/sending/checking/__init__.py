"""Checking: the last looks at the final bytes, before they leave."""
