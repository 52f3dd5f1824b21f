"""Deskie's dialect, below /api: a file per resource, each of which declares its routes on the blueprint.

It is a translation: every route calls the verbs that the native API calls. What is the same as with the vendor and
what is not, and why, stands in docs/api/deskie.md.
"""

from app.api.deskie import cases, companies, users
from app.api.deskie.routing import PREFIX, bp

__all__ = ["PREFIX", "bp", "cases", "companies", "users"]
