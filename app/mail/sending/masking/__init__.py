"""Masking: keeping what one reader must not see out of everything that is sent to him."""
