"""Service levels: by when the team is to answer and to resolve, and what comes of it. A file per verb or concept."""

from app.sla import models

__all__ = ["models"]
