"""Headers: who wrote, to whom, and what about."""
