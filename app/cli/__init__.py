"""The commands: `casey` administers, `caseyd` runs everything."""

from app.cli.admin import casey
from app.cli.daemon import caseyd

__all__ = ["casey", "caseyd"]
