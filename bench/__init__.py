"""How fast Casey is here, as ratios to limits measured in the same run."""
