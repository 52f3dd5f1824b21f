"""Reports of mail systems: which mail they are about, and what became of it."""
