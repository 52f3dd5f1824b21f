"""How fast Casey is here, beside what is possible at all, measured in the same run."""
