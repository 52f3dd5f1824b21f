"""The case and everything that can happen to it, a file per verb or concept."""

from app.cases import attachments, custom_fields, invitations, labels, links, models, ratings

__all__ = ["attachments", "custom_fields", "invitations", "labels", "links", "models", "ratings"]
