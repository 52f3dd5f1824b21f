"""HTML: safe to be shown, and as text."""
