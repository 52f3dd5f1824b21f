"""The fixtures of a whole Casey over real servers."""

from tests.real import dovecot, house, outside, valkey

__all__ = ["dovecot", "house", "outside", "valkey"]
