"""Deciding about mail: what kind it is, which case it belongs to, who may write, and so what becomes of it."""
