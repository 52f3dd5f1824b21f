"""Privacy: what is known of a person, forgetting him, and striking out a text wherever it stands."""
